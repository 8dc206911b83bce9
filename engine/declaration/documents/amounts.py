"""Money in capital characters, as receipts have it: 20 yuan are 贰拾元整."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")
FOUR = 10_000


def capital_yuan(fen: int) -> str:
    """Write whole fen, up to a trillion yuan, so that nobody can add a stroke."""
    yuan, rest = divmod(fen, 100)
    jiao, last = divmod(rest, 10)
    whole = f"{_capital(yuan)}元" if yuan else ""
    if not rest:
        return f"{whole or '零元'}整"
    tenths = f"{DIGITS[jiao]}角" if jiao else "零" * bool(yuan)
    return whole + tenths + (f"{DIGITS[last]}分" if last else "整")


def _capital(number: int) -> str:
    said, group = "", 0
    below = FOUR
    while number:
        number, part = divmod(number, FOUR)
        if part:
            gap = "零" if said and below < FOUR // 10 else ""
            said = f"{_four(part)}{GROUPS[group]}{gap}{said}"
        # 零 sets off what comes to the left of a group that does not begin with thousands.
        below, group = part, group + 1
    return said


def _four(number: int) -> str:
    said, has_gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            has_gap = bool(said)
            continue
        said += ("零" if has_gap else "") + DIGITS[digit] + PLACES[place]
        has_gap = False
    return said
