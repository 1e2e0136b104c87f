"""What somebody has been told, and how the outbox stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, F, Func, IntegerField, OuterRef, QuerySet, Subquery

from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import SCHOOL_ZONE, day_of, moment_at
from yanxiu.notices.models import Message, Notice, NoticeWishes
from yanxiu.notices.permissions import may_see_notice
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.places.table import Link, links

MOST_COUNTED = 99
ON_BELL = "notices_unread"
"""As what an account carries the number of its bell."""


def unread_count(teacher: Teacher) -> int:
    """Return how many notices `teacher` has not read, counted up to 99; one indexed statement."""
    rows = Notice.objects.filter(teacher=teacher.pk, read_at=None).order_by()
    return len(rows.values_list("pk", flat=True)[:MOST_COUNTED])


def unread_beside() -> Subquery:
    """Return how many notices an account has not read, for the question that loads it.

    Every page asks for the account, so the bell needs no statement of its own.
    """
    rows = Notice.objects.filter(teacher=OuterRef("pk"), read_at=None).order_by()
    counted = rows.annotate(number=Func(F("pk"), function="COUNT")).values("number")
    return Subquery(counted, output_field=IntegerField())


def on_bell(teacher: Teacher) -> int:
    """Return how many notices `teacher` had not read when the request began, up to 99."""
    known: int | None = getattr(teacher, ON_BELL, None)
    return unread_count(teacher) if known is None else min(known, MOST_COUNTED)


def notices_of(teacher: Teacher) -> "QuerySet[Notice]":
    """Return what `teacher` has been told, the newest first."""
    return allowed(may_see_notice, teacher, Notice.objects.all())


@dataclass(frozen=True)
class ShownNotice:
    """A notice with the page it leads to, if that opens for its reader."""

    notice: Notice
    link: Link | None


def shown(notices: Iterable[Notice], reader: Teacher) -> list[ShownNotice]:
    """Return `notices` with their links; one statement per kind of source."""
    rows = list(notices)
    sources = {row.pk: Source(row.source_kind, row.source_id) for row in rows}
    found = links(sources.values(), reader)
    return [ShownNotice(row, found.get(sources[row.pk])) for row in rows]


def wishes_of(teacher: Teacher) -> NoticeWishes:
    """Return how `teacher` wants to be told; the defaults, not saved, where nothing was chosen."""
    found = NoticeWishes.objects.filter(teacher=teacher.pk).first()
    return found or NoticeWishes(teacher=teacher)


def is_quiet(wishes: NoticeWishes, moment: datetime) -> bool:
    """Tell whether `moment` lies in the quiet hours, which may pass midnight."""
    clock = moment.astimezone(SCHOOL_ZONE).time()
    start, end = wishes.quiet_from, wishes.quiet_until
    return start <= clock < end if start <= end else clock >= start or clock < end


def not_before(wishes: NoticeWishes, moment: datetime) -> datetime:
    """Return `moment`, or the end of the quiet hours it lies in."""
    if not is_quiet(wishes, moment):
        return moment
    day = day_of(moment)
    end = moment_at(day, wishes.quiet_until)
    return end if end > moment else moment_at(day + timedelta(days=1), wishes.quiet_until)


def digest_at(wishes: NoticeWishes, now: datetime) -> datetime:
    """Return when today's digest is due for `wishes`, quiet hours kept."""
    return not_before(wishes, moment_at(day_of(now), time(wishes.digest_hour)))


@dataclass(frozen=True)
class Queue:
    """How many messages of one channel are in which state."""

    channel: str
    waiting: int
    sent: int
    failed: int
    dropped: int


def queues(messages: "QuerySet[Message]") -> list[Queue]:
    """Return the state of each channel that `messages` go by; one statement."""
    found: dict[str, dict[str, int]] = {}
    for row in messages.order_by().values("channel", "state").annotate(number=Count("pk")):
        found.setdefault(row["channel"], {})[row["state"]] = row["number"]
    states = [str(state) for state in ("waiting", "sent", "failed", "dropped")]
    return [
        Queue(channel, *(counts.get(state, 0) for state in states))
        for channel, counts in sorted(found.items())
    ]


def retried_from(attempts: int, now: datetime) -> datetime:
    """Return when a message that failed `attempts` times is tried again."""
    minutes = (1, 5, 20, 60)
    return now + timedelta(minutes=minutes[min(attempts, len(minutes)) - 1])
