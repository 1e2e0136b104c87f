"""Beginning a notice from something that is to happen or is asked; through the tables only."""

from dataclasses import dataclass
from typing import Any

from yanxiu.agenda.models import Occasion
from yanxiu.kernel.sources import Source
from yanxiu.people.models import Organisation, Teacher
from yanxiu.places.table import all_places
from yanxiu.reports.models import Letter
from yanxiu.ui.wording import clock_text, day_text


@dataclass(frozen=True)
class Beginning:
    """The first words of a notice, and what it is about."""

    given: dict[str, Any]
    about: Source | None = None
    name: str = ""


def begun_from(about: Source | None, organisation: Organisation, reader: Teacher) -> Beginning:
    """Return what a notice about `about` begins with, as far as `reader` may see it."""
    given: dict[str, Any] = {
        "code": _last_code(organisation),
        "signed_by": organisation.name,
        "printed_by": organisation.name,
    }
    if about is None:
        return Beginning(given)
    place = all_places().get(about.kind)
    row = place.rows().filter(place.seen_by(reader), uid=about.uid).first() if place else None
    if place is None or row is None:
        return Beginning(given)
    title, text = place.title(row), place.text(row) if place.text else ""
    given["title"] = f"关于“{_inside(title)}”的通知"
    more = text.removeprefix(title).strip()
    given["body"] = "\n".join([*_when_and_where(about), *([more] if more else [])])
    return Beginning(given, about, f"{place.name}：{title}")


def _inside(title: str) -> str:
    """Return a title that stands inside quotation marks: those inside become single ones."""
    return title.strip("“”").replace("“", "‘").replace("”", "’")[:80]


def _last_code(organisation: Organisation) -> str:
    """Return the 机关代字 that the organisation used last: nobody types it twice."""
    rows = Letter.objects.filter(organisation=organisation).exclude(code="")
    return rows.order_by("-made_at").values_list("code", flat=True).first() or ""


def _when_and_where(about: Source) -> list[str]:
    found = Occasion.objects.filter(source_kind=about.kind, source_id=about.uid).first()
    if found is None:
        return []
    when = f"{day_text(found.starts_at, year=True)}{clock_text(found.starts_at)}"
    lines = ["一、时间", f"{when}至{clock_text(found.ends_at)}。"]
    return [*lines, "二、地点", f"{found.place}。"] if found.place else lines
