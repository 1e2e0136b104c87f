"""Which paragraphs are running text, to be read for what they say and not as items of a list."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.items import Item, Reading

_LISTED = frozenset({"goal", "form", "content", "outcome", "rule", "slot", "schedule", "problem"})
_SUMMED = re.compile(r"、[^，。；]{1,12}[二两三四五六七八九十][个大项种类片]|[周“]")
_LONG = 60


def prose_items(reading: Reading) -> Iterator[Item]:
    """Paragraphs that tell something; in a plan a short item of a list is already told whole."""
    for item in reading.items:
        ahead = item.month and (reading.kind == "plan" or item.topic == "next")
        if ahead or item.paragraph.lines[0].cells:  # told as a schedule, or row by row
            continue
        listed = item.topic in _LISTED and item.mark and len(item.text) <= _LONG
        summed = item.topic != "goal" and _SUMMED.search(item.body)
        told = listed and not summed
        if reading.kind == "summary" or not told:
            yield item
