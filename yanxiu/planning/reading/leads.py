"""Of whom and of which period the items of a list speak by the words that lead to it.

每位教师每学期：备课…；听课…, or such a sentence or heading with the items below it.
"""

import re
from functools import lru_cache

from yanxiu.planning.reading.circles import PER, Context, update
from yanxiu.planning.reading.frequencies import PERIOD
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.phrases import amounts_in

_OWN = re.compile(r"^[^:：，,。；;]{2,24}[:：]")
_LEADING = re.compile(r"[^。；;]{2,60}[:：]\s*$")
_REACH = 40
_EVERY = re.compile(r"每|人均|各")


def lead_in(reading: Reading, place: int) -> Context:
    """What the paragraph, the sentence or the heading above item number `place` says of all."""
    item = reading.items[place]
    if reading.kind != "plan":
        return Context()
    own = _OWN.match(item.text)
    said = _told(own[0]) if own else None
    return said or (_above(reading, place) if item.mark else None) or _headed(reading, item)


@lru_cache(maxsize=128)  # every item of a list asks for the sentence above it; nobody changes it
def _told(text: str) -> Context | None:
    """Whom and when `text` names, None if it names neither or counts something itself."""
    if not _EVERY.search(text) or not (PER.search(text) or PERIOD.search(text)):
        return None
    if amounts_in(PERIOD.sub("", text)):
        return None
    context = Context()
    update(context, text)
    return context


def _above(reading: Reading, place: int) -> Context | None:
    """What the sentence before a list says: the nearest paragraph above with another mark."""
    item = reading.items[place]
    style = item.mark.style if item.mark else ""
    for above in reading.items[max(place - _REACH, 0) : place][::-1]:
        if above.section != item.section:
            return None
        if above.mark is None or above.mark.style != style:
            leads = _LEADING.search(above.text)
            return _told(leads[0]) if leads else None
    return None


def _headed(reading: Reading, item: Item) -> Context:
    title = reading.sections[item.section - 1].title if item.section else ""
    return _told(title) or Context()
