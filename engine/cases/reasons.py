"""The sentence that an operator gives for an act; it stands in the audit for good."""

from engine.errors import Invalid
from engine.i18n import gettext as _
from engine.people.personal import holds_personal

SHORTEST, LONGEST = 2, 200


def reason_in(text: str, *, field: str = "reason") -> str:
    """Return the reason as it is kept; `Invalid` says how to mend it."""
    # What cannot be printed cannot be kept: PostgreSQL refuses some of it.
    said = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    if len(said) < SHORTEST:
        raise Invalid({field: _("请写明原因，至少两个字。它会留在记录里。")})
    if len(said) > LONGEST:
        raise Invalid({field: _("请缩短到 %(n)s 个字以内。", n=LONGEST)})
    if holds_personal(said):
        raise Invalid({field: _("请不要写身份证号或手机号：记录不能删改，可用申报编号代替。")})
    return said
