"""Component types of the domain as far as the shipped forms know them: by name."""

from engine.forms import GENERIC_TYPES, FieldType


class StandIn(FieldType):
    """Takes one text, or none, like the simplest of components."""

    parts = None

    def __init__(self, name: str, outcomes: frozenset[str] = frozenset()) -> None:
        self.type = name
        self.outcomes = outcomes

    def bind(self, definition, submitted, context):
        return submitted.first("") or None


MERGES = frozenset({"merge_admission_number", "merge_archive", "merge_transfer"})
COMPONENTS = [
    "batch_picker",
    "certificate_list",
    "certificate_review_panel",
    "correction_fields",
    "correction_panel",
    "correction_request",
    "declaration_panel",
    "graduation_checklist",
    "id_upgrade",
    "identity_summary",
    "matching_board",
    "payment_status",
    "photo",
    "print_centre",
    "province_picker",
    "score_table",
    "transcript_table",
]
TYPES = {
    **GENERIC_TYPES,
    **{name: StandIn(name) for name in COMPONENTS},
    "consolidation_rows": StandIn("consolidation_rows", MERGES),
}
