"""Where a paragraph goes over to what is to come (下学期，我们将……), and what it means to do."""

import re
from collections.abc import Iterator
from functools import lru_cache

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Reading
from yanxiu.planning.reading.phrases import Phrase, sentences, uncounted

_WISH = re.compile(
    r"(?:为此[，,]?)?(?:(?:在)?(?:今后|以后|将来|未来|明年|来年|下半年|下一?阶段|下一?学[期年]|新的?(?:的一)?[年学][期年度]?|下一步|接下来)(?:的[一-鿿]{2,8}?(?:中|里))?"
    r"[，,、]?(?:我们?|学校|本组|我[校园组镇]|教研组|中心校|教[科导]室|里)?(?:还?[将要会拟想]|打算|准备|计划|应|争取|力争|需|重点|主要|继续|着力|一定|必须|努力)"
    r"|(?:今后|下一步|下一?学[期年]|下阶段|来年|新的?学[期年])[^，,。；：:]{0,8}[，,：:]"
    r"|对(?:今后|以后|下一步)的?[^，,。]{0,12}[，,]我们[将要]"
    r"|(?:我们?|学校|本组|我[校园组镇])?[将要会拟]在?(?:今后|以后|明年|来年|下半年|下一?阶段|下一?学[期年]|下一步|新的?学[期年])"
    r"|(?:针对|对于)(?:以上|上述|这些)[^。；]{0,20}[，,][^。；]{0,6}(?:我们|学校|将|要|拟))"
)

_ASKED = re.compile(r"(?:今后|下一步|下一?学[期年]|明年|来年)[^，,。；：:]{0,6}[：:]")
"""下学期怎么办：…: a paragraph that lists what is to come."""
_ANNOUNCED = re.compile(r"[^。；;:：]{0,40}[:：]")
_LEAST, _LONGEST = 4, 60


@lru_cache(maxsize=256)
def wish_at(text: str) -> int | None:
    """Where a paragraph begins to tell what is to come (下学期，我们……), None if it does not."""
    return next((each.start for each in sentences(text) if _WISH.match(each.text.strip())), None)


def wishes_in(text: str) -> Iterator[Phrase]:
    """What a paragraph means to do from there on, each sentence or counted part for itself."""
    since = wish_at(text)
    if since is None:
        return
    opened = _ANNOUNCED.match(text[since:]) or _WISH.match(text[since:])
    begin = since + (opened.end() if opened else 0)
    for sentence in sentences(text[begin:]):
        said = uncounted(sentence.text)
        if _LEAST <= len(said) <= _LONGEST and not GAP.search(said):
            yield Phrase(said, begin + sentence.start + sentence.text.find(said))


def read_wishes(reading: Reading) -> Iterator[Finding]:
    """The measures in a paragraph that first admits something: ……不够。今后我们将……."""
    if reading.kind == "plan":
        return
    for item in reading.items:
        title = reading.topics[item.section - 1] if item.section else ""
        alone = item.topic == "next" and title == "" and bool(_ASKED.match(item.text))
        if not (alone or item.topic == "problem") or item.paragraph.lines[0].cells:
            continue
        for said in wishes_in(item.text):
            line = item.line(said.start)
            written = reading.written[line.number]
            yield Finding("content", said.text, said.text, line.number, written)
