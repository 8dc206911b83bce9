"""What a certificate says, in words: the names of its fields, hints, and what was stated."""

import json

from engine.declaration import codes
from engine.declaration.models import Certificate, Exemption, ExemptionDecision
from engine.forms.spelling import as_text
from engine.i18n import gettext as _

PICTURES = ("image", "transcript")
"""Fields of a type that are pictures."""
SHOWN_DIGITS = 4


def label_of(name: str) -> str:
    """Return what a field is called; one that is new in the data keeps its own name."""
    labels = {
        "cert_no": _("证书编号"),
        "holder_name": _("持证人姓名"),
        "issue_date": _("发证日期"),
        "score": _("成绩"),
        "exam_session": _("考试时间"),
        "level": _("等级"),
        "subject": _("科目"),
        "grade": _("成绩等第"),
        "written_score": _("笔试成绩"),
        "oral_score": _("口试成绩"),
        "school": _("毕业学校"),
        "major": _("所学专业"),
        "study_form": _("学习形式"),
        "verification_code": _("学信网在线验证码"),
        "manage_no": _("管理号"),
        "qualification_type": _("资格种类"),
        "modules": _("模块"),
        "image": _("证书的照片"),
        "transcript": _("成绩单的照片"),
    }
    return labels.get(name, name)


def hint_of(name: str, least: int | None) -> str:
    """Return how to fill a field; `least` is the lowest score that is of any use."""
    if least is not None:
        return _("达到 %(least)s 分才能对顶", least=least)
    hints = {
        "cert_no": _("照证书上的写"),
        "exam_session": _("年和月，例如 2010-12"),
        "grade": _("例如 优秀、良好、合格"),
        "study_form": _("例如 全日制、业余、函授"),
    }
    return hints.get(name, "")


def said_of(certificate: Certificate) -> dict[str, str]:
    """Return what was stated by field, in the order of the type, as people read it."""
    columns = {
        "cert_no": certificate.number,
        "issue_date": as_text(certificate.issued_on),
        "score": as_text(certificate.score),
        "level": certificate.level,
    }
    said = {**_details(certificate), **columns}
    names = (name for name in certificate.type.fields if name not in PICTURES)
    return {name: text for name in names if (text := said.get(name))}


def picture_ids(certificate: Certificate) -> dict[str, str]:
    """Return the stored pictures of a certificate by the field they were uploaded for."""
    details = _details(certificate)
    others = {name: details[name] for name in PICTURES if name in details}
    return {"image": str(certificate.file_id), **others}


def masked_number(number: str) -> str:
    """`102101421002345` becomes `****2345`: enough to tell one's own certificates apart."""
    return "****" + number[-SHOWN_DIGITS:] if len(number) > 2 * SHOWN_DIGITS else "****"


def _details(certificate: Certificate) -> dict[str, str]:
    found: dict[str, str] = json.loads(certificate.details or "{}")
    return found


def reason_of(row: Exemption | ExemptionDecision) -> str:
    """Return why it was refused: the reason from the list, and the reviewer's own words."""
    listed = codes.label_of(codes.CERTIFICATE_REFUSALS, row.reason_code)
    return "：".join(part for part in (listed, row.reason_text) if part)
