"""The code on a printed page by which anyone may ask whether it is genuine."""

from uuid import UUID

from engine.db.envelope import lookup_index

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0/O, 1/I/L; their number is prime, so the last sign finds every slip of one or two signs."""
LENGTH = 11
GROUP = 4


def verification_code(document_id: UUID) -> str:
    """Return the code of a document, like `7KQM-2XRD-9ABC`: nobody can work it out from the id."""
    number = int(lookup_index(str(document_id), "document code")[:16], 16)
    signs = []
    for _place in range(LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return _grouped("".join(signs) + _check_sign("".join(signs)))


def typed_code(text: str) -> str | None:
    """Return what was typed as the code is written, or None where it has a slip of the pen."""
    signs = "".join(text.upper().replace("-", " ").split())
    if len(signs) != LENGTH + 1 or not set(signs) <= set(ALPHABET):
        return None
    return _grouped(signs) if _check_sign(signs[:-1]) == signs[-1] else None


def _check_sign(signs: str) -> str:
    total = sum(place * ALPHABET.index(sign) for place, sign in enumerate(signs, start=1))
    return ALPHABET[total % len(ALPHABET)]


def _grouped(signs: str) -> str:
    return "-".join(signs[i : i + GROUP] for i in range(0, len(signs), GROUP))
