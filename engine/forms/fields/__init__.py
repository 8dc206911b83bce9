"""The generic component types: those of the form editor that need no domain."""

from collections.abc import Mapping

from engine.forms.fields.choices import Checkbox, Checklist, Radio, Select
from engine.forms.fields.dates import DateBoxes
from engine.forms.fields.files import FilePicker
from engine.forms.fields.lists import DynamicList
from engine.forms.fields.number import Number
from engine.forms.fields.shown import (
    Button,
    Computed,
    Group,
    Separator,
    Spacer,
    Table,
    TextBlock,
)
from engine.forms.fields.text import TextArea, TextField
from engine.forms.types import FieldType

GENERIC_TYPES: Mapping[str, FieldType] = {
    kind.type: kind()
    for kind in (
        TextField,
        TextArea,
        Number,
        DateBoxes,
        Select,
        Radio,
        Checklist,
        Checkbox,
        FilePicker,
        Group,
        DynamicList,
        TextBlock,
        Table,
        Separator,
        Spacer,
        Button,
        Computed,
    )
}
