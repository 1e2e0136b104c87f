"""Chinese numerals for headings."""

_ONES = "零一二三四五六七八九"
TEN = 10


def numeral(number: int) -> str:
    """Return a number from 1 to 99 as a heading counts: 十一, 二十."""
    tens, ones = divmod(number, TEN)
    head = ("" if tens == 1 else _ONES[tens]) + "十" if tens else ""
    return head + (_ONES[ones] if ones else "")
