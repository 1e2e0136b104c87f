"""Reading the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from yanxiu.kernel.spans import Span
from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.models import Award, Entry, Record, SchemeAdoption
from yanxiu.ledger.rules.counting import Earned
from yanxiu.ledger.rules.loading import shipped_version
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Standing
from yanxiu.ledger.rules.standing import standing as reckon_standing
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.organisation import held_on


def schemes_on(organisation: Organisation, day: date) -> list[Scheme]:
    """Return the schemes in force for `organisation` on `day`, its own before its superiors'.

    A scheme adopted by the school and by a superior counts once, in the school's version.
    """
    upwards = organisation.lineage
    rows = SchemeAdoption.objects.filter(held_on(day), organisation__in=upwards)
    found: dict[str, SchemeAdoption] = {}
    for row in rows.order_by("organisation__path", "starts_on"):
        found[row.scheme] = row
    return [shipped_version(row.scheme, row.version) for row in found.values()]


def living_entries() -> "QuerySet[Entry]":
    """Return the entries that count: neither reversed nor counter-entries."""
    rows: QuerySet[Entry] = Entry.objects.filter(reverses=None, reversed_by=None)
    return rows


def waiting_awards() -> "QuerySet[Award]":
    """Return the awards of living records that no final step has posted."""
    return Award.objects.filter(valid=True, record__withdrawn_at=None, entry=None)


def with_entries(awards: "QuerySet[Award]") -> "QuerySet[Any]":
    """Return `awards` with `posted`, the amount of the entry or None, and `is_reversed`.

    The posting is the first entry of its award. It is not sought by `reverses=None`, for then
    SQLite walks the index of all entries that reverse nothing once for every award.
    """
    own = Entry.objects.filter(award=OuterRef("pk"))
    return awards.annotate(
        posted=Subquery(own.order_by("number").values("amount")[:1]),
        is_reversed=Exists(own.filter(reverses__isnull=False)),
    )


@dataclass(frozen=True)
class TeacherStanding:
    """One teacher's standing under one scheme, as pages show it."""

    scheme: Scheme
    standing: Standing


def standings(
    teacher: Teacher, organisation: Organisation, on: date, *, semester: Span | None = None
) -> list[TeacherStanding]:
    """Return where `teacher` stands on `on` under each scheme in force; three statements."""
    schemes = schemes_on(organisation, on)
    names = [scheme.id for scheme in schemes]
    posted = list(
        living_entries()
        .filter(teacher=teacher, scheme__in=names, earned_on__lte=on)
        .select_related("record")
    )
    waiting = list(
        waiting_awards().filter(record__teacher=teacher, scheme__in=names).select_related("record")
    )
    found = []
    for scheme in schemes:
        standing = reckon_standing(
            scheme,
            [_earned(entry, teacher) for entry in posted if entry.scheme == scheme.id],
            [_earned(award, teacher) for award in waiting if award.scheme == scheme.id],
            on=on,
            semester=semester,
        )
        found.append(TeacherStanding(scheme, standing))
    return found


def standings_of(
    teachers: Sequence[Teacher],
    organisation: Organisation,
    on: date,
    *,
    semester: Span | None = None,
) -> dict[int, list[TeacherStanding]]:
    """Return where each of `teachers` stands, by primary key; two statements, however many.

    All are reckoned by the schemes of `organisation`; the rows are read in a stream, so memory
    holds those of one teacher at a time.
    """
    schemes = schemes_on(organisation, on)
    found: dict[int, list[TeacherStanding]] = {}
    known = {teacher.pk: teacher for teacher in teachers}
    awards = (
        with_entries(Award.objects.all())
        .filter(
            valid=True,
            record__teacher__in=known,
            record__withdrawn_at=None,
            record__happened_on__lte=on,
            scheme__in=[scheme.id for scheme in schemes],
        )
        .select_related("record")
        .defer("steps")
        .order_by("record__teacher_id")
    )
    rows = awards.iterator(chunk_size=2000) if known and schemes else iter(())
    for pk, own in groupby(rows, key=lambda award: award.record.teacher_id):
        found[pk] = _standings_from(list(own), known[pk], schemes, on, semester)
    for pk, teacher in known.items():
        if pk not in found:
            found[pk] = _standings_from([], teacher, schemes, on, semester)
    return found


def _standings_from(
    awards: list[Any], teacher: Teacher, schemes: list[Scheme], on: date, semester: Span | None
) -> list[TeacherStanding]:
    """Reckon one teacher from awards that know what of them is posted."""
    posted: dict[str, list[Earned]] = {scheme.id: [] for scheme in schemes}
    waiting: dict[str, list[Earned]] = {scheme.id: [] for scheme in schemes}
    for award in awards:
        if award.posted is None:
            waiting[award.scheme].append(_earned(award, teacher))
        elif not award.is_reversed:
            award.amount = award.posted
            posted[award.scheme].append(_earned(award, teacher))
    return [
        TeacherStanding(
            scheme,
            reckon_standing(
                scheme, posted[scheme.id], waiting[scheme.id], on=on, semester=semester
            ),
        )
        for scheme in schemes
    ]


def _earned(row: Entry | Award, teacher: Teacher) -> Earned:
    record = row.record
    record.teacher = teacher
    return Earned(facts_of(record), row.amount, row.unit, record.happened_on, record.uid)


def records_of(teacher: Teacher, span: Span) -> "QuerySet[Record]":
    """Return the records of `teacher` within `span`, newest first, withdrawn ones too."""
    return Record.objects.filter(
        teacher=teacher, happened_on__gte=span.start, happened_on__lt=span.end
    ).order_by("-happened_on", "-id")
