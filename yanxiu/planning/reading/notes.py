"""What a reader should look at: numbers that are missing, sentences told twice, contradictions."""

from collections.abc import Iterable, Iterator

from yanxiu.planning.reading.contradictions import contradictions, credit_rules
from yanxiu.planning.reading.findings import Finding, Note
from yanxiu.planning.reading.items import Reading
from yanxiu.planning.reading.phrases import sentences
from yanxiu.texts.numerals import HAN

_LEAST = 20
_HAN_ONES = "零一二三四五六七八九"


def read_notes(reading: Reading, findings: Iterable[Finding]) -> tuple[Note, ...]:
    """All notes in the order of their lines."""
    found = (
        *_missing_numbers(reading),
        *_broken_lines(reading),
        *_repeated(reading),
        *contradictions(credit_rules(findings)),
    )
    return tuple(sorted(found, key=lambda note: note.line))


def _missing_numbers(reading: Reading) -> Iterator[Note]:
    """Numbers that jump forward, as where a page was lost; one that begins again is a new list."""
    last: dict[str, int] = {}
    order: list[str] = []
    for item in reading.items:
        mark = item.mark
        if mark is None:
            continue
        if mark.style in order:
            for deeper in order[order.index(mark.style) + 1 :]:
                last.pop(deeper, None)
            order = order[: order.index(mark.style) + 1]
        else:
            order.append(mark.style)
        expected = last.get(mark.style, 0) + 1
        if mark.ordinal > expected and mark.style != "decimal":
            missing = _range(expected, mark.ordinal - 1, mark.printed)
            sentence = f"编号从“{mark.printed}”起，前面缺少{missing}。"
            yield Note("number-missing", sentence, item.line().number)
        last[mark.style] = mark.ordinal


def _range(first: int, last: int, like: str) -> str:
    names = [_numeral(number, like) for number in (first, last)]
    return f"“{names[0]}”" if first == last else f"“{names[0]}”至“{names[1]}”"


def _numeral(number: int, like: str) -> str:
    """`number` in the writing of the printed mark `like`."""
    han = any(letter in HAN for letter in like)
    return _HAN_ONES[number] if han and number < len(_HAN_ONES) else str(number)


def _broken_lines(reading: Reading) -> Iterator[Note]:
    for item in reading.items:
        for before, after in zip(item.paragraph.lines, item.paragraph.lines[1:], strict=False):
            sentence = f"第 {before.number} 行的句子断到了第 {after.number} 行，已接着读。"
            yield Note("line-broken", sentence, before.number)


def _repeated(reading: Reading) -> Iterator[Note]:
    seen: dict[str, int] = {}
    for item in reading.items:
        for sentence in sentences(item.text):
            text = sentence.text.strip()
            if len(text) < _LEAST:
                continue
            line = item.line(sentence.start).number
            first = seen.setdefault(text, line)
            if first != line:
                yield Note("sentence-repeated", f"这句话与第 {first} 行的一句相同。", line)
