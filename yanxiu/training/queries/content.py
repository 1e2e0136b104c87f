"""Hours by content: what the records of a span were about, each hour counted once in the total."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yanxiu.activities.models import Classification, Session, Tag, Tagging
from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Record
from yanxiu.people.models import Organisation, Teacher
from yanxiu.training.models import OutsideTraining, SelfStudy

MINUTES_PER_HOUR = Decimal(60)
KINDS = (Session.SOURCE_KIND, OutsideTraining.SOURCE_KIND, SelfStudy.SOURCE_KIND)
SESSIONS, OUTSIDE, OWN = KINDS


def clock_hours(minutes: int) -> Decimal:
    """Return minutes as clock hours with two places."""
    return (Decimal(minutes) / MINUTES_PER_HOUR).quantize(Decimal("0.01"))


def classifications(organisation: Organisation) -> "QuerySet[Classification]":
    """Return the shipped classifications, and those of `organisation` and its superiors."""
    upwards = organisation.lineage
    return Classification.objects.filter(
        Q(organisation=None) | Q(organisation__in=upwards)
    ).order_by("order", "id")


def roots(tags: Iterable[Tag]) -> dict[int, int]:
    """Return for each tag the primary key of the topmost one above it."""
    parents = {tag.pk: tag.parent_id for tag in tags}
    found = {}
    for pk in parents:
        top = pk
        while above := parents.get(top):
            top = above
        found[pk] = top
    return found


@dataclass
class Spent:
    """Minutes of one person or group: by topmost tag, by source, and all of them once."""

    by_tag: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    by_kind: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    sessions: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def once(self) -> Decimal:
        """Clock hours of all records with a tag of the classification, each counted once."""
        return clock_hours(sum(self.by_kind.values()))

    def hours(self, tag: int) -> Decimal:
        """Clock hours of one tag, what is below it included."""
        return clock_hours(self.by_tag.get(tag, 0))

    @property
    def at_sessions(self) -> Decimal:
        """Clock hours at sessions of the school."""
        return clock_hours(self.by_kind.get(SESSIONS, 0))

    @property
    def outside(self) -> Decimal:
        """Clock hours of outside training."""
        return clock_hours(self.by_kind.get(OUTSIDE, 0))

    @property
    def alone(self) -> Decimal:
        """Clock hours of self-study."""
        return clock_hours(self.by_kind.get(OWN, 0))


def tags_of_sources(records: Sequence[Any]) -> dict[tuple[str, UUID], set[int]]:
    """Return the tags of each source of `records`; at most five statements."""
    uids: dict[str, set[UUID]] = defaultdict(set)
    for kind, uid in {(row["source_kind"], row["source_id"]) for row in records}:
        uids[kind].add(uid)
    found: dict[tuple[str, UUID], set[int]] = defaultdict(set)
    sessions = Session.objects.filter(uid__in=uids[SESSIONS]).values_list(
        "pk", "uid", "activity_id"
    )
    by_activity: dict[int, list[tuple[int, UUID]]] = defaultdict(list)
    for pk, uid, activity in sessions:
        by_activity[activity].append((pk, uid))
    taggings = Tagging.objects.filter(activity__in=by_activity)
    for tag, activity, session in taggings.values_list("tag_id", "activity_id", "session_id"):
        for pk, uid in by_activity[activity]:
            if session in {None, pk}:
                found[SESSIONS, uid].add(tag)
    for kind, rows, lookup in (
        (OUTSIDE, OutsideTraining.objects, "course__tags"),
        (OWN, SelfStudy.objects, "tags"),
    ):
        if uids[kind]:
            pairs = rows.filter(uid__in=uids[kind]).exclude(**{lookup: None})
            for uid, tag in pairs.values_list("uid", lookup):
                found[kind, uid].add(tag)
    return found


def spent(people: "QuerySet[Teacher]", span: Span, tags: Sequence[Tag]) -> dict[int, Spent]:
    """Return by teacher what the records within `span` were about, as far as `tags` say it.

    Some five statements; `tags` are all those of one classification, see `tags_in`.
    """
    top = roots(tags)
    records = list(
        Record.objects.filter(
            teacher__in=people.order_by().values("pk"),
            withdrawn_at=None,
            source_kind__in=KINDS,
            happened_on__gte=span.start,
            happened_on__lt=span.end,
        ).values("teacher_id", "minutes", "source_kind", "source_id")
    )
    about = tags_of_sources(records)
    found: dict[int, Spent] = defaultdict(Spent)
    for row in records:
        own = {
            top[tag] for tag in about.get((row["source_kind"], row["source_id"]), ()) if tag in top
        }
        if not own:
            continue
        mine = found[row["teacher_id"]]
        mine.by_kind[row["source_kind"]] += row["minutes"] or 0
        for tag in own:
            mine.by_tag[tag] += row["minutes"] or 0
            mine.sessions[tag] += 1
    return dict(found)


def summed(rows: Iterable[Spent]) -> Spent:
    """Return the sum of `rows`, as for a group."""
    total = Spent()
    for row in rows:
        for tag, minutes in row.by_tag.items():
            total.by_tag[tag] += minutes
        for kind, minutes in row.by_kind.items():
            total.by_kind[kind] += minutes
        for tag, times in row.sessions.items():
            total.sessions[tag] += times
    return total


def tags_in(classification: Classification) -> list[Tag]:
    """Return all tags of a classification, those of every school; one statement."""
    return list(Tag.objects.filter(classification=classification))


def top_tags(tags: Sequence[Tag], organisation: Organisation) -> list[Tag]:
    """Return the topmost of `tags` that `organisation` uses or once used."""
    known = {None, *organisation.lineage}
    return [tag for tag in tags if tag.parent_id is None and tag.organisation_id in known]
