"""Every amount a text states, so that none gets by: 12, １２, 二十余, 百分之五, 10月15日, ③, 过半.

What looks like an amount and is none is known by name: headings, 一是 and 第一 at the head of a
clause, and words such as 一起, 统一, 十分. Whatever numeral is left is an amount, readable or not.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from yanxiu.texts.numerals import HAN as READABLE
from yanxiu.texts.numerals import read_han

_WORDS_ALONE = set("什参參叄漆")
"""Characters with a numeric value in the code table that nobody counts with."""
_MORE_HAN = "廿卅卌俩仨"
LONGEST = 24
"""Longer runs of digits are no amounts that anybody gave."""


@lru_cache(maxsize=8192)
def is_numeral(char: str) -> bool:
    """Tell whether `char` can state a number, also hidden in ½, Ⅲ, ③ or ㋉."""
    if char in _WORDS_ALONE:
        return False
    if char in READABLE or char in _MORE_HAN or unicodedata.numeric(char, None) is not None:
        return True
    wide = unicodedata.normalize("NFKC", char)
    return wide != char and any(is_numeral(one) for one in wide)


_HALF_WIDTH = {"％": "%", "．": ".", "－": "-", "−": "-", "–": "—", "～": "~", "：": ":"}


@lru_cache(maxsize=8192)
def _plain_char(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    return {"％": "%", "．": ".", "－": "-", "−": "-", "–": "—", "～": "~", "：": ":"}.get(
        char, char
    )


def plain(text: str) -> str:
    """Return `text` with every decimal digit as 0 to 9, each character in its place."""
    return "".join(map(_plain_char, text))


@dataclass(frozen=True)
class Amount:
    """What a text states at one place.

    Attributes:
        start: where it begins.
        end: where it ends.
        written: the characters.
        kind: `number`, `percent`, `date`, `pair` (3—5, 14:30, 三分之二), or `words` (过半, ③).
        value: what is compared: numbers in order, or the characters themselves.
        measure: of what, by its class: 场 for 场 and 次.
        manner: what stands around it and changes it: 超过, 余, 第.
    """

    start: int
    end: int
    written: str
    kind: str
    value: tuple[object, ...]
    measure: str = ""
    manner: str = ""

    def is_in(self, given: Iterable["Amount"]) -> bool:
        """Tell whether one of `given` says the same."""
        others = [one for one in given if one.kind == self.kind]
        if self.kind == "date":
            return _date_is_in(self.value, [one.value for one in others])
        return any(
            (one.value, one.manner) == (self.value, self.manner)
            and (not self.measure or not one.measure or self.measure == one.measure)
            for one in others
        )


def _date_is_in(asked: tuple[object, ...], given: list[tuple[object, ...]]) -> bool:
    years = {one[0] for one in given if one[0] is not None}
    for one in given:
        # A day without its year is of the only year there is.
        year = one[0] if one[0] is not None or len(years) != 1 else next(iter(years))
        known = (year, *one[1:])
        if all(part is None or part == other for part, other in zip(asked, known, strict=True)):
            return True
    return False


_HAN = f"[{READABLE}{_MORE_HAN}]"
_NUM = rf"(?:[0-9]+(?:[,，][0-9]{{3}})*(?:\.[0-9]+)?[十百千万萬亿億]*|{_HAN}+(?:[点點]{_HAN}+)?)"
_ANY = f"0-9{READABLE}{_MORE_HAN}"

_IDIOMS = (
    "统一|万一|唯一|单一|同一|专一|之一|逐一|划一|合一|归一|如一|一起|一些|"
    "一直|一定|一样|一致|一般|一旦|一同|一并|一律|一切|一贯|一向|一再|一味|"
    "一经|一概|一系列|一方面|一线|一体|一体化|一边|一时|一如既往|一步步|一步一步|"
    "进一步|更进一步|一丝不苟|一心一意|一脉相承|一目了然|一针见血|一马当先|一以贯之|"
    "一对一|第一时间|第一线|第一手|举一反三|始终如一|融为一体|独一无二|再三|"
    "接二连三|三番五次|三言两语|七嘴八舌|两全其美|两者|二者|千方百计|千锤百炼|"
    "百花齐放|百年大计|百尺竿头|四面八方|五湖四海|不二|万分|万千|万物|百姓|百科|"
    "零散|零星|零碎|零距离|队伍|陆续|大陆|几乎|无几|所剩无几|放肆|肆意|点点滴滴|"
    "上半年|下半年|上半学期|下半学期|多半|一一对应|学以致用"
)
_NO_AMOUNT = re.compile(rf"(?<![{_ANY}])(?:{_IDIOMS}|十分(?!钟|之))(?![{_ANY}])")
_CLAUSE = r"(?:(?<=^)|(?<=[，。；：、！？:;,\s（(“]))"
_ENUMERATION = re.compile(
    rf"{_CLAUSE}(?:第[一二三四五六七八九十]{{1,2}}(?=[，,、：:])|其[一二三四五](?=[，,、：:是])"
    r"|[一二三四五六七八九十](?=[是要则]))"
    r"|^\s*(?:[一二三四五六七八九十]{1,3}、|[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)）]"
    r"|[0-9]{1,2}[.、)）](?![0-9])|[①-⑳⑴-⒇㈠-㈩])"
)
_VAGUE = re.compile(
    r"绝大多数|大多数|绝大部分|大部分|多数|半数|过半|大半|一半|翻一?番|翻倍|成倍|倍增|减半|若干"
    r"|[十百千万]几|数以[十百千万亿]+计|成百上千|成千上万|(?:上|近|好|数|几)+[十百千万亿]+[余多]?"
    r"|(?:好几|几|数)(?=[次场名位个项节篇份天年月周所人轮届家])(?<!次数)(?<!人数)"
    r"|半(?=[天年日月个数]|小时|学期)|几(?!乎|何)"
)
_YEAR = r"(?:[0-9]{4}|[0-9]{2}(?=年[0-9]{1,2}月)|[零〇○一二三四五六七八九]{4})"
_SMALL = r"(?:[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_DATE = re.compile(
    rf"(?<![{_ANY}])(?:(?P<y>{_YEAR})年(?:(?P<m>{_SMALL})月(?:份?(?P<d>{_SMALL})[日号])?)?"
    rf"|(?P<m2>{_SMALL})月(?:份?(?P<d2>{_SMALL})[日号])?|(?P<d3>{_SMALL})[日号])"
)
_PERCENT = re.compile(
    rf"(?P<of>[百千万])分之(?P<a>{_NUM})|(?P<b>{_NUM})\s*(?P<sign>[%‰])|(?P<c>{_NUM})个?百分点"
)
_PAIR = re.compile(rf"(?P<a>{_NUM})\s*(?P<by>分之|比|[-—~至到]+|[:/／×xX*])\s*(?P<b>{_NUM})")
_NUMBER = re.compile(rf"(?P<n>{_NUM})(?P<more>[余餘多几幾来來])?(?P<scale>[万萬亿億])?")

_BEFORE = re.compile(
    r"(超过|多于|大于|高于|逾|近|将近|接近|约为?|大约|大概|不足|不到|少于|低于|至少|不少于|不低于|不超过"
    r"|至多|最多|最少|平均|人均|每|增加了?|新增|减少了?|增长了?|提高了?|下降了?|多了|少了|负|[-+＋]|第)\s*$"
)
_AFTER = re.compile(r"\s*(?:[一-鿿]{0,3}?(?P<a>以上|以下|左右|上下|以内)|[一-鿿](?P<b>[多余]))")
_CLASSES = {
    **dict.fromkeys("场次", "场"),
    **dict.fromkeys("人名位", "人"),
    **dict.fromkeys("个项件", "个"),
    **dict.fromkeys("节堂", "节"),
}
_PARTICLES = set("是的和与及并也都等了在中为由把被而或则就之其")


def measure_of(text: str) -> str:
    """Return the class of the measure at the head of `text`, "" if none stands there."""
    text = text.lstrip()
    if text.startswith("人次"):
        return "人次"
    char = text[:1]
    if not "一" <= char <= "鿿" or char in _PARTICLES:
        return ""
    return _CLASSES.get(char, char)


def number_of(written: str) -> Decimal | None:
    """Return the number that `written` is, None if it is none or too long."""
    digits = re.match(r"[0-9,，.]*", written)
    head = digits[0] if digits else ""
    if not head:
        return read_han(written) if _is_usual(written) else None
    if len(head) > LONGEST:
        return None
    try:
        value = Decimal(re.sub("[,，]", "", head))
    except InvalidOperation:
        return None
    for scale in written[len(head) :]:
        value *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4}.get(scale, 10**8)
    return value


def amounts(text: str, besides: Iterable[tuple[int, int]] = ()) -> list[Amount]:
    """Return every amount that `text`, one sentence or one line, states.

    Args:
        text: what somebody wrote.
        besides: the places that state nothing, such as tokens.
    """
    written = plain(text)
    free = [True] * len(text)
    for start, end in besides:
        _take(free, start, end)
    for pattern in (_ENUMERATION, _NO_AMOUNT):
        for match in pattern.finditer(written):
            _take(free, match.start(), match.end())
    found = []
    for read in (_dates, _vague, _percents, _pairs, _numbers, _leftovers):
        for amount in read(written, free):
            found.append(amount)
            _take(free, amount.start, amount.end)
    return sorted(found, key=lambda one: one.start)


_LEVEL = "(?:[一二两三四五六七八九壹贰叁肆伍陆柒捌玖]{unit})"
_SECTION = (
    rf"(?:{_LEVEL.format(unit='[千仟]')}零?)?(?:{_LEVEL.format(unit='[百佰]')}零?)?"
    r"(?:[一二三四五六七八九壹贰叁肆伍陆柒捌玖]?[十拾])?[一二两三四五六七八九壹贰叁肆伍陆柒捌玖]?"
)
_USUAL = re.compile(
    rf"(?:(?:{_SECTION}[亿億]零?)?(?:{_SECTION}[万萬]零?)?{_SECTION}|[零〇○一二三四五六七八九]+)"
    r"(?:[点點][零〇○一二三四五六七八九]+)?"
)


def _is_usual(written: str) -> bool:
    """Tell whether `written` is spelt as people spell numbers, and not as 亿十二 or 十百."""
    starts_right = written[:1] not in set("万萬亿億百千点點")
    return starts_right and len(written) <= LONGEST and bool(_USUAL.fullmatch(written))


def _take(free: list[bool], start: int, end: int) -> None:
    free[start:end] = [False] * (end - start)


def _matches(pattern: re.Pattern[str], text: str, free: list[bool]) -> Iterator[re.Match[str]]:
    """Yield the matches that lie in free places alone."""
    at = 0
    while match := pattern.search(text, at):
        if match.end() > match.start() and all(free[match.start() : match.end()]):
            yield match
            at = match.end()
        else:
            at = match.start() + 1


def _dates(text: str, free: list[bool]) -> Iterator[Amount]:
    for match in _matches(_DATE, text, free):
        parts = (match["y"], match["m"] or match["m2"], match["d"] or match["d2"] or match["d3"])
        value = tuple(number_of(part) if part else None for part in parts)
        yield Amount(match.start(), match.end(), match[0], "date", value)


def _vague(text: str, free: list[bool]) -> Iterator[Amount]:
    for match in _matches(_VAGUE, text, free):
        yield Amount(match.start(), match.end(), match[0], "words", (match[0],))


def _percents(text: str, free: list[bool]) -> Iterator[Amount]:
    for match in _matches(_PERCENT, text, free):
        number = number_of(match["a"] or match["b"] or match["c"])
        of = {"百": "%", "千": "‰"}.get(match["of"] or "", match["of"]) or match["sign"] or "百分点"
        yield replace(_amount(text, match, (number, of), ""), kind="percent")


def _pairs(text: str, free: list[bool]) -> Iterator[Amount]:
    for match in _matches(_PAIR, text, free):
        by = "—" if set(match["by"]) <= set("-—~至到") else match["by"]
        value = (number_of(match["a"]), by, number_of(match["b"]))
        yield _amount(text, match, value, measure_of(text[match.end() :]))


def _numbers(text: str, free: list[bool]) -> Iterator[Amount]:
    for match in _matches(_NUMBER, text, free):
        number = number_of(match["n"] + (match["scale"] or ""))
        value = (number,) if number is not None else (match[0],)
        measure = measure_of(text[match.end() :])
        yield _amount(text, match, value, measure, more=match["more"] or "")


def _amount(
    text: str, match: re.Match[str], value: tuple[object, ...], measure: str, *, more: str = ""
) -> Amount:
    kind = "number" if len(value) == 1 else "pair"
    before = _BEFORE.search(text[max(0, match.start() - 5) : match.start()])
    after = _AFTER.match(text[match.end() : match.end() + 6])
    manner = "/".join(
        (before[1] if before else "", more and "余", (after["a"] or after["b"]) if after else "")
    )
    return Amount(match.start(), match.end(), match[0], kind, value, measure, manner.strip("/"))


def _leftovers(text: str, free: list[bool]) -> Iterator[Amount]:
    """Yield every numeral that nothing above has read."""
    for at, char in enumerate(text):
        if free[at] and is_numeral(char):
            yield Amount(at, at + 1, char, "words", (char,))
