"""A transcript as a value: its rows, sums and conditions, each said in the language of the page."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from engine.declaration import codes, graduation, graduation_words
from engine.declaration.models import SourceKind
from engine.i18n import chosen
from engine.i18n import gettext as _


class Share(StrEnum):
    """Which of the sums a course belongs to."""

    REQUIRED = "required"
    ELECTIVE = "elective"
    ADD_ON = "add_on"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a score was earned; `number` is an admission or archive number."""

    kind: str
    number: str = ""
    place: str = ""
    month: str = ""

    @property
    def is_transfer(self) -> bool:
        return bool(self.place)

    @property
    def words(self) -> str:
        if self.is_transfer:
            return _("转入 %(place)s %(month)s", place=self.place_name, month=self.month)
        if self.kind == SourceKind.ARCHIVE:
            return _("档案号 %(number)s", number=self.number)
        return self.number

    @property
    def place_name(self) -> str:
        return codes.label_of((*codes.CITIES, *codes.PROVINCES), self.place)


@dataclass(frozen=True, slots=True)
class Row:
    """One course of the plan and what fills it: records, or a certificate (Chinese, English)."""

    code: str
    name: str
    credits: int
    share: str
    is_graduation_work: bool
    marks: tuple[str, ...] = ()
    passed_on: date | None = None
    sources: tuple[Source, ...] = ()
    replaced: tuple[str, ...] = ()
    certificate: tuple[str, str] | None = None

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        lists = {
            "marks": tuple(stored["marks"]),
            "sources": tuple(Source(**source) for source in stored["sources"]),
            "replaced": tuple(stored["replaced"]),
            "certificate": tuple(stored["certificate"]) if stored["certificate"] else None,
        }
        return cls(**{**stored, **lists})

    @property
    def mark(self) -> str:
        return _("免考") if self.certificate else "/".join(self.marks)

    @property
    def source(self) -> str:
        return _("、").join(dict.fromkeys(source.words for source in self.sources))

    @property
    def remark(self) -> str:
        """顶替(原代码), 免考(证书类型), 转入(地点), 加考."""
        return _("；").join(self._remarks())

    def _remarks(self) -> Iterable[str]:
        if self.certificate:
            yield _("免考(%(certificate)s)", certificate=chosen(*self.certificate))
        if self.replaced:
            yield _("顶替(原 %(old)s)", old=_("、").join(self.replaced))
        for place in dict.fromkeys(s.place_name for s in self.sources if s.is_transfer):
            yield _("转入(%(place)s)", place=place)
        if self.share == Share.ADD_ON:
            yield _("加考")


@dataclass(frozen=True, slots=True)
class Sum:
    label: str
    courses: int
    credits: int


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the graduation checklist in words."""

    title: str
    verdict: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole transcript. `lines` are the graduation conditions as facts."""

    rows: tuple[Row, ...]
    lines: tuple[Mapping[str, Any], ...]
    courses: int
    credits: int
    institution: str
    frozen_at: datetime | None = None

    @property
    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any], frozen_at: datetime) -> Self:
        rows = tuple(map(Row.from_json, stored["rows"]))
        lines = tuple(stored["lines"])
        return cls(**{**stored, "rows": rows, "lines": lines, "frozen_at": frozen_at})

    @property
    def sums(self) -> list[Sum]:
        """Courses and credits of each share that occurs."""
        labels = {
            Share.REQUIRED: _("必考课程"),
            Share.ELECTIVE: _("选考课程"),
            Share.ADD_ON: _("加考课程"),
            Share.PRACTICE: _("实践环节和毕业论文"),
        }
        grouped = {share: [r for r in self.rows if r.share == share] for share in labels}
        return [
            Sum(labels[share], len(rows), sum(row.credits for row in rows))
            for share, rows in grouped.items()
            if rows
        ]

    @property
    def conditions(self) -> list[Condition]:
        found = map(graduation.Line.from_json, self.lines)
        return [
            Condition(
                graduation_words.title_of(line),
                line.verdict.value,
                graduation_words.verdict_word(line.verdict),
                graduation_words.explain(line),
            )
            for line in found
        ]
