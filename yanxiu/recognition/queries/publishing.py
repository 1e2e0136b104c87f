"""What a public notice shows: what each person earned in a span, as its scheme lets it be shown."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from yanxiu.kernel.amounts import plain
from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Entry
from yanxiu.ledger.queries import schemes_on
from yanxiu.ledger.rules.process import Publication as Rules
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.wording import kind_word
from yanxiu.people.models import Membership, Organisation, Teacher
from yanxiu.recognition.models import Publication
from yanxiu.terms.queries import school_days

SATURDAY = 6
FARTHEST = 120
"""So many days ahead working days are looked for; a longer holiday is a slip in the calendar."""


@dataclass(frozen=True)
class Notice:
    """By which scheme a notice can be put up, and what it says about notices."""

    scheme: Scheme
    rules: Rules


def notices_of(organisation: Organisation, day: date) -> list[Notice]:
    """Return the schemes in force that say how results are made public."""
    return [
        Notice(scheme, scheme.publication)
        for scheme in schemes_on(organisation, day)
        if scheme.publication
    ]


def end_of(organisation: Organisation, starts_on: date, working_days: int) -> date:
    """Return the first day after `working_days` days on which the school works."""
    calendar = school_days(organisation)
    left, day = working_days, starts_on
    for _ in range(FARTHEST):
        taught = calendar.weekday(day)
        # A make-up day is a working day, whatever day of the week it falls on.
        if day in calendar.make_up or (taught is not None and taught < SATURDAY):
            left -= 1
        day += timedelta(days=1)
        if not left:
            break
    return day


def lines_of(organisation: Organisation, scheme: Scheme, span: Span) -> list[dict[str, Any]]:
    """Return what each person earned in `span` by kind, as it would be shown; three statements.

    Sorted by name, never by amount: nobody is ranked.
    """
    rows = (
        Entry.objects.filter(
            organisation=organisation,
            scheme=scheme.id,
            earned_on__gte=span.start,
            earned_on__lt=span.end,
        )
        .order_by("teacher__pinyin", "teacher_id", "record__kind")
        .values("teacher_id", "teacher__uid", "teacher__name", "record__kind", "unit")
        .annotate(amount=Sum("amount"), records=Count("record", distinct=True))
    )
    found = list(rows)
    units = _units([row["teacher_id"] for row in found], organisation, span.end)
    return [
        {
            "teacher": str(row["teacher__uid"]),
            "name": row["teacher__name"],
            "unit": units.get(row["teacher_id"], ""),
            "kind": kind_word(row["record__kind"], scheme),
            "hours": plain(Decimal(row["amount"])),
            "records": row["records"],
            "unit_word": scheme.unit_label(row["unit"]),
        }
        for row in found
        if row["amount"]
    ]


def _units(teachers: list[int], organisation: Organisation, day: date) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    members = Membership.objects.on(day).filter(
        teacher__in=teachers, unit__organisation=organisation, unit__kind__governs=""
    )
    for pk, name in members.order_by("unit__kind__order").values_list("teacher_id", "unit__name"):
        found[pk].append(name)
    return {pk: names[0] for pk, names in found.items()}


@dataclass(frozen=True)
class Person:
    """One person of a notice, with what it shows of the hours, each line as it is read.

    `number` is where the person stands in the notice, from 1: it goes into addresses, for the uid
    of a person whose name is masked would tell on other pages who it is.
    """

    number: int
    name: str
    unit: str
    is_own: bool
    lines: list[dict[str, Any]]


def people_of(made: Publication, reader: Teacher) -> list[Person]:
    """Return the people of a notice as `reader` may read them: the own name first, and whole.

    Where the scheme does not show the kinds, a person's hours are one sum.
    """
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in made.lines:
        found[line["teacher"]].append(line)
    numbers = {uid: number for number, uid in enumerate(found, 1)}
    own = str(reader.uid)
    people = [
        Person(
            number=numbers[uid],
            name=name_in(made, some[0]["name"], is_own=uid == own),
            unit=some[0]["unit"],
            is_own=uid == own,
            lines=some if "kind" in made.fields else _summed(some),
        )
        for uid, some in found.items()
    ]
    return sorted(people, key=lambda one: not one.is_own)


def person_at(made: Publication, number: int) -> str | None:
    """Return the uid of the person who stands at `number` in a notice, as `people_of` counts."""
    uids = list(dict.fromkeys(line["teacher"] for line in made.lines))
    return uids[number - 1] if 1 <= number <= len(uids) else None


def name_in(made: Publication, name: str, *, is_own: bool) -> str:
    """Return a name as the notice lets it be read."""
    return name if is_own or "name" not in made.mask else masked(name)


def _summed(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sums: dict[str, tuple[Decimal, int]] = {}
    for line in lines:
        hours, records = sums.get(line["unit_word"], (Decimal(0), 0))
        sums[line["unit_word"]] = hours + Decimal(line["hours"]), records + line["records"]
    return [
        {"kind": "", "hours": plain(hours), "records": records, "unit_word": word}
        for word, (hours, records) in sums.items()
    ]


def masked(name: str) -> str:
    """Return a name of which the family name and the length alone can be read."""
    return name[:1] + "＊" * max(1, len(name) - 1)
