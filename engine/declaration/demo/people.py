"""The people S1–S11 of the demonstration, all fictitious, with every score they have."""

from dataclasses import dataclass
from datetime import date

SCHOOL = "演示职业技术学院（虚构）"
HOST = "演示主考院校（虚构）"


@dataclass(frozen=True, slots=True)
class DemoScore:
    code: str
    mark: int
    passed_on: date
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class DemoNumber:
    """One admission number with its scores."""

    number: str
    scores: tuple[DemoScore, ...]
    graduated_on: date | None = None


@dataclass(frozen=True, slots=True)
class DemoArchive:
    major_part: str
    sequence_part: str
    scores: tuple[DemoScore, ...]


@dataclass(frozen=True, slots=True)
class DemoTransfer:
    kind: str
    place: str
    month: str
    scores: tuple[DemoScore, ...]


@dataclass(frozen=True, slots=True)
class DemoCandidate:
    """A person of the registry; `id_number` is as it stands there, of 15 digits in one case."""

    key: str
    name: str
    id_number: str
    mobile: str
    plan_id: str
    numbers: tuple[DemoNumber, ...]
    prior_major: str | None = None
    archives: tuple[DemoArchive, ...] = ()
    transfers: tuple[DemoTransfer, ...] = ()

    @property
    def admission_number(self) -> str:
        """The number that the person signs in with."""
        return self.numbers[0].number


def passes(codes: str, *, since: int, **marks: int) -> tuple[DemoScore, ...]:
    """Make scores for codes listed with spaces, two a sitting from April of a year on.

    Marks not given (`c00067=85`) are made from the code, between 62 and 91."""
    return tuple(
        DemoScore(code, marks.get(f"c{code}", 62 + int(code) * 7 % 30), _sitting(since, place // 2))
        for place, code in enumerate(codes.split())
    )


def thesis(code: str, year: int) -> DemoScore:
    """A thesis is graded in words; 良好 counts as 80."""
    return DemoScore(code, 80, date(year, 11, 20), "良好")


def _sitting(since: int, count: int) -> date:
    month, day = ((4, 14), (10, 20))[count % 2]
    return date(since + count // 2, month, day)


_ADMINISTRATION = (
    "03708 03709 14660 07816 10999 05722 03450 00261 14655 01680 13709 04863 03954 13000"
)
_BUSINESS = "03708 03709 13000 13887 13683 14199 03346 01465 00067 14071 14198 10617"
_OLD_ADMINISTRATION = "03708 03709 00034 00315 00316 01848 00318 00319 00320 00923 00341 00322"
_ACCOUNTING = "04729 00020 00009 00043 00155 00156 00157 00067 00065 00144 00146"
_COLLEGE_ADMINISTRATION = (
    "03706 12656 13126 00312 03333 03334 00277 00292 13672 00341 04729 00288 00163 13428 01679"
    " 14355"
)

CANDIDATES = (
    DemoCandidate(
        "S1",
        "测试甲",
        "370200199003159814",
        "13900000001",
        "JS2024-120402",
        (
            DemoNumber(
                "020120100001", (*passes(_ADMINISTRATION, since=2021), thesis("10197", 2024))
            ),
        ),
        "行政管理",
    ),
    DemoCandidate(
        "S2",
        "测试乙",
        "370200198511029827",
        "13900000002",
        "JS2024-120201K",
        (
            DemoNumber("020119200002", passes(_BUSINESS, since=2020, c00067=78, c03709=60)),
            DemoNumber(
                "020115200777",
                passes("04184 00051 00052 00067 03709", since=2016, c00067=85, c03709=60),
            ),
        ),
        "工商企业管理",
    ),
    DemoCandidate(
        "S3",
        "测试丙",
        "370200680129981",
        "13900000003",
        "DEMO-SD-630302",
        (DemoNumber("020101100003", passes(f"{_ACCOUNTING} 00018 00019", since=2004)),),
        archives=(
            DemoArchive(
                "02033",
                "00417",
                (
                    DemoScore("00002", 71, date(2000, 10, 28)),
                    DemoScore("00003", 66, date(2001, 4, 21)),
                    DemoScore("00041", 82, date(1999, 10, 23)),
                ),
            ),
        ),
    ),
    DemoCandidate(
        "S4",
        "测试丁",
        "370200199307049841",
        "13900000004",
        "JS2024-050101",
        (
            DemoNumber(
                "020118100004",
                (
                    *passes("03708 03709 00538 00539 03954 07827 10398 14025 00814", since=2019),
                    thesis("10196", 2023),
                ),
            ),
        ),
        "语文教育",
        transfers=(
            DemoTransfer(
                "in_province", "370700", "2019-05", passes("00037 00536 00537", since=2018)
            ),
            DemoTransfer("out_of_province", "130000", "2015-10", passes("00540 00541", since=2015)),
        ),
    ),
    DemoCandidate(
        "S5",
        "测试戊",
        "370200198812319852",
        "13900000005",
        "DEMO-SD-120402",
        (
            DemoNumber(
                "020117200005", (*passes(_OLD_ADMINISTRATION, since=2018), thesis("06999", 2022))
            ),
        ),
        "行政管理",
    ),
    DemoCandidate(
        "S6",
        "测试己",
        "370200199709099868",
        "13900000006",
        "DEMO-SD-630302",
        (DemoNumber("020121100006", passes(f"03706 12656 00041 {_ACCOUNTING}", since=2021)),),
    ),
    DemoCandidate(
        "S7",
        "测试庚",
        "370200200002299888",
        "13900000007",
        "JS2024-120201K",
        (
            DemoNumber(
                "020122100007",
                (*passes(f"{_BUSINESS} 04184 00051", since=2022), thesis("14790", 2025)),
            ),
        ),
    ),
    DemoCandidate(
        "S8",
        "测试辛",
        "370200199505179874",
        "13900000008",
        "JS2024-590206",
        (DemoNumber("020120200008", passes(_COLLEGE_ADMINISTRATION, since=2021)),),
    ),
    DemoCandidate(
        "S9",
        "测试壬",
        "37020019871130976X",
        "13900000009",
        "DEMO-SD-120402",
        (
            DemoNumber(
                "020116200009", (*passes(_OLD_ADMINISTRATION, since=2017), thesis("06999", 2021))
            ),
            DemoNumber("020108100779", (), graduated_on=date(2012, 12, 30)),
        ),
        "公共管理",
    ),
    DemoCandidate(
        "S10",
        "测试癸",
        "370200199606069770",
        "13900000010",
        "JS2024-590206",
        (DemoNumber("020120200010", passes(_COLLEGE_ADMINISTRATION, since=2021)),),
    ),
    DemoCandidate(
        "S11",
        "测试子",
        "370200199408129971",
        "13900000011",
        "JS2024-590206",
        (DemoNumber("020120200011", passes(_COLLEGE_ADMINISTRATION, since=2021)),),
    ),
)
