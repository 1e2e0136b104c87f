"""How many lessons of which kind, level, subject and term: counts of what a reader may see."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from yanxiu.kernel.spans import Span
from yanxiu.lessons.models import Lesson, LessonKind, Listener
from yanxiu.lessons.permissions import may_see_lesson
from yanxiu.lessons.queries.levels import UNCHECKED, level_choices, level_stands, of_level
from yanxiu.people.access import allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.terms.models import Term


@dataclass(frozen=True)
class Line:
    """One line of a table of counts: what it is for, the number by column, and their sum."""

    code: str
    name: str
    numbers: tuple[int, ...]
    total: int


@dataclass
class Counts:
    """Given lessons of a school, or of all below an office, within a term."""

    levels: list[tuple[str, str]] = field(default_factory=list)
    by_kind: list[Line] = field(default_factory=list)
    by_subject: list[Line] = field(default_factory=list)
    by_unit: list[Line] = field(default_factory=list)
    by_school: list[Line] = field(default_factory=list)
    total: int = 0
    recorded: int = 0
    planned: int = 0
    school_above_group: bool = False


def given_in(rows: "QuerySet[Lesson]", span: Span) -> "QuerySet[Lesson]":
    """Return those of `rows` that were given within `span`."""
    start, end = span.moments()
    return rows.filter(state=Lesson.State.GIVEN, starts_at__gte=start, starts_at__lt=end)


def with_record(rows: "QuerySet[Lesson]") -> "QuerySet[Any]":
    """Add `recorded`: whether an observation of the lesson was handed in."""
    handed_in = Listener.objects.filter(lesson=OuterRef("pk"), recorded_at__isnull=False)
    found: QuerySet[Any] = rows.annotate(recorded=Exists(handed_in))
    return found


def counts(
    reader: Teacher,
    organisation: Organisation,
    span: Span,
    *,
    subject: str = "",
    level: str = "",
) -> Counts:
    """Return the counts of `organisation` and all below it; one statement.

    Only what `reader` may see is counted, so each number opens to as many lessons. A level above
    the school that nobody has checked is counted as that, and not as the level.
    """
    start, end = span.moments()
    rows = allowed(may_see_lesson, reader, Lesson.objects.all()).filter(
        organisation__path__startswith=organisation.path, starts_at__gte=start, starts_at__lt=end
    )
    rows = rows.exclude(state=Lesson.State.CANCELLED)
    if subject:
        rows = rows.filter(subject=subject)
    rows = of_level(rows, level)
    believed = Case(
        When(level_stands(), then=F("level")), default=Value(UNCHECKED), output_field=CharField()
    )
    grouped = (
        with_record(rows)
        .annotate(believed=believed)
        .order_by()
        .values_list(
            "state", "kind__uid", "kind__name", "kind__order", "believed", "subject", "unit__uid",
            "unit__name", "organisation__uid", "organisation__name", "organisation__path",
            "recorded",
        )
        .annotate(number=Count("pk"))
    )  # fmt: skip
    return _summed(list(grouped))


def _summed(grouped: Iterable[tuple[Any, ...]]) -> Counts:
    found = Counts()
    tables: dict[str, dict[tuple[Any, str, str], Counter[str]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for (
        state, kind, kind_name, order, level, subject, unit, unit_name, school, school_name, path,
        recorded, number,
    ) in grouped:  # fmt: skip
        if state != Lesson.State.GIVEN:
            found.planned += number
            continue
        found.total += number
        found.recorded += number if recorded else 0
        tables["kind"][order, str(kind), kind_name][level] += number
        tables["subject"][subject or "～", subject, subject or "未写学科"][level] += number
        tables["unit"][unit_name or "～", str(unit or ""), unit_name or "不属于教研组"][level] += (
            number
        )
        tables["school"][path, str(school), school_name][level] += number
    used = {level for lines in tables["kind"].values() for level in lines}
    found.levels = [(code, str(name)) for code, name in level_choices() if code in used]
    codes = [code for code, _name in found.levels]
    for name, target in (
        ("kind", found.by_kind), ("subject", found.by_subject), ("unit", found.by_unit),
        ("school", found.by_school),
    ):  # fmt: skip
        target.extend(
            Line(key[1], key[2], tuple(each[code] for code in codes), each.total())
            for key, each in sorted(tables[name].items(), key=lambda one: one[0])
        )
    sums: Counter[str] = Counter()
    for line in tables["kind"].values():
        sums += line
    group = sums[Lesson.Level.GROUP]
    found.school_above_group = 0 < group < sums[Lesson.Level.SCHOOL]
    return found


def by_term(
    reader: Teacher, organisation: Organisation, terms: Sequence[Term], *, subject: str = ""
) -> list[Line]:
    """Return how many lessons of each kind were given in each of `terms`; one statement."""
    if not terms:
        return []
    rows = allowed(may_see_lesson, reader, Lesson.objects.all()).filter(
        organisation__path__startswith=organisation.path, state=Lesson.State.GIVEN
    )
    if subject:
        rows = rows.filter(subject=subject)
    wanted: dict[str, Any] = {}
    for place, term in enumerate(terms):
        start, end = term.span.moments()
        wanted[f"term_{place}"] = Count("pk", filter=Q(starts_at__gte=start, starts_at__lt=end))
    found: Any = (
        rows.order_by()
        .values("kind__uid", "kind__name", "kind__order")
        .annotate(**wanted)
        .order_by("kind__order", "kind__uid")
    )
    lines = [
        Line(
            str(row["kind__uid"]),
            row["kind__name"],
            tuple(row[name] for name in wanted),
            sum(row[name] for name in wanted),
        )
        for row in found
    ]
    return [line for line in lines if line.total]


def open_kinds(kinds: Iterable[LessonKind]) -> list[LessonKind]:
    """Return those of `kinds` that a number of open lessons means."""
    return [kind for kind in kinds if kind.is_open]
