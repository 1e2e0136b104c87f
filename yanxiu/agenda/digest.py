"""Composing what leaves the house: one digest a day, a nudge on the day, changes of today at once.

Composing again makes nothing twice: each message has a key that says what it is about. What goes
to a group is read from its own occasions alone, so that nothing about one person can get there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.agenda.answering import overdue_lines
from yanxiu.agenda.expected import Ahead, ahead
from yanxiu.agenda.models import Occasion, Task
from yanxiu.agenda.wording import change_line, lines_of, occasion_line, task_line
from yanxiu.kernel.spans import SCHOOL_ZONE, Span, day_of, moment_at
from yanxiu.notices.models import QUIET_FROM, Message, Notice, NoticeWishes, Robot
from yanxiu.notices.queries import digest_at, is_quiet, not_before
from yanxiu.ui.wording import day_text

TOGETHER = 200
"""How many persons are composed for at once."""

NUDGE_BEFORE = timedelta(hours=1)
TASKS_AT = time(15)
JUST_DIGESTED = timedelta(minutes=90)
LOOKS_BACK = timedelta(minutes=30)
EMAIL, IN_APP = "email", "in_app"


def compose(now: datetime) -> int:
    """Put everything that is due at `now` into the outbox; return how many messages are new."""
    steps: tuple[Callable[[datetime], int], ...] = (
        compose_changes, compose_group_changes, compose_digests, compose_group_digests,
        compose_nudges,
    )  # fmt: skip
    return sum(step(now) for step in steps)


def _post(messages: Iterable[Message]) -> int:
    """Add those messages that are not there yet; return how many that were."""
    rows = list(messages)
    known = set(
        Message.objects.filter(key__in=[row.key for row in rows]).values_list("key", flat=True)
    )
    fresh = [row for row in rows if row.key not in known]
    Message.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _message(key: str, purpose: str, now: datetime, **rest: object) -> Message:
    title = str(rest.pop("title"))[:120]
    return Message(key=key, purpose=purpose, made_at=now, title=title, **rest)


def _in_batches(rows: list[NoticeWishes]) -> Iterable[list[NoticeWishes]]:
    return (rows[start : start + TOGETHER] for start in range(0, len(rows), TOGETHER))


# ---- one digest a day for a person ----


def compose_digests(now: datetime) -> int:
    """Compose today's digest for everybody whose hour has come."""
    day = day_of(now)
    rows = NoticeWishes.objects.exclude(email_confirmed_at=None).exclude(digest_made_on=day)
    due = [
        wishes
        for wishes in rows
        if wishes.wants("digest", EMAIL)
        and digest_at(wishes, now) <= now
        and not is_quiet(wishes, now)
    ]
    return sum(_digests(batch, day, now) for batch in _in_batches(due))


def _digests(batch: list[NoticeWishes], day: date, now: datetime) -> int:
    people = ahead([wishes.teacher_id for wishes in batch], day)
    told = _unread(batch, now)
    overdue = overdue_lines({mine.organisation for mine in people.values()}, day)
    made = []
    for wishes in batch:
        mine = people.get(wishes.teacher_id)
        notices, school = told[wishes.teacher_id], overdue.get(wishes.teacher_id, "")
        if mine and (school or _is_worth(mine, notices, day)):
            made.append(_digest(wishes, mine, notices, day, now, school=school))
    with transaction.atomic():
        NoticeWishes.objects.filter(pk__in=[wishes.pk for wishes in batch]).update(
            digest_made_on=day
        )
        return _post(made)


def _unread(batch: list[NoticeWishes], now: datetime) -> dict[int, list[Notice]]:
    """Return what each has not read and was told since the digest before; one statement."""
    wishes_of = {wishes.teacher_id: wishes for wishes in batch}
    found: dict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(
        teacher__in=wishes_of, read_at=None, at__gt=now - timedelta(days=7)
    ).order_by("at"):
        wishes = wishes_of[notice.teacher_id]
        last = wishes.digest_made_on or day_of(now) - timedelta(days=1)
        if notice.at > moment_at(last, time(wishes.digest_hour)) and wishes.wants(
            notice.kind, EMAIL
        ):
            found[notice.teacher_id].append(notice)
    return found


def _is_worth(mine: Ahead, notices: list[Notice], day: date) -> bool:
    """Tell whether there is anything new to say: what is merely owed is said again on Mondays."""
    near = {day - timedelta(days=1), day, day + timedelta(days=1)}
    urgent = any(task.due_on in near for task in mine.tasks)
    monday = day.isoweekday() == 1 and bool(mine.tasks)
    return bool(mine.today or mine.tomorrow or notices or urgent or monday)


def _digest(
    wishes: NoticeWishes,
    mine: Ahead,
    notices: list[Notice],
    day: date,
    now: datetime,
    *,
    school: str,
) -> Message:
    parts = (
        (_("今天"), [occasion_line(row) for row in mine.today]),
        (_("明天"), [occasion_line(row) for row in mine.tomorrow]),
        (_("请您办的"), [task_line(row, day) for row in mine.tasks]),
        (_("有变更或答复"), [notice.title for notice in notices]),
        (_("您负责的学校"), [school] if school else []),
    )
    title = _("%(day)s 研修：今天 %(today)s 场，待办 %(tasks)s 件") % {
        "day": day_text(day),
        "today": len(mine.today),
        "tasks": len(mine.tasks),
    }
    return _message(
        f"digest:{wishes.uid}:{day}", Message.Purpose.DIGEST, now,
        title=title, text=lines_of(parts), path=reverse("dashboard:home"),
        organisation=mine.organisation, channel=EMAIL, teacher_id=wishes.teacher_id,
        due_at=now, useless_from=_until_quiet(wishes, day),
    )  # fmt: skip


def _until_quiet(wishes: NoticeWishes, day: date) -> datetime:
    """Return when a message of `day` is of no more use: when the person's rest begins."""
    end = moment_at(day, wishes.quiet_from)
    late = wishes.quiet_from > time(wishes.digest_hour)
    return end if late else moment_at(day + timedelta(days=1))


# ---- a nudge on the day ----


def compose_nudges(now: datetime) -> int:
    """Nudge, at most once a day, whoever has something within the hour or due today."""
    day = day_of(now)
    soon = Occasion.objects.filter(
        state=Occasion.State.PLANNED, starts_at__gt=now, starts_at__lte=now + NUDGE_BEFORE
    )
    owed = Task.objects.filter(state=Task.State.OPEN, due_on=day)
    late = now.astimezone(SCHOOL_ZONE).time() >= TASKS_AT
    if not soon.exists() and not (late and owed.exists()):
        return 0
    rows = NoticeWishes.objects.exclude(nudge_made_on=day)
    wanting = [wishes for wishes in rows if _by(wishes) and not _just_told(wishes, now)]
    return sum(_nudges(batch, day, now, late=late) for batch in _in_batches(wanting))


def _by(wishes: NoticeWishes) -> list[str]:
    """Return the channels by which a nudge is wanted and can go."""
    found = [IN_APP] if wishes.wants("nudge", IN_APP) else []
    if wishes.email_confirmed_at and wishes.wants("nudge", EMAIL):
        found.append(EMAIL)
    return found


def _just_told(wishes: NoticeWishes, now: datetime) -> bool:
    """Tell whether it is quiet, or the digest said the same a moment ago."""
    digested = (
        wishes.digest_made_on == day_of(now)
        and bool(wishes.email_confirmed_at)
        and wishes.wants("digest", EMAIL)
        and now - digest_at(wishes, now) < JUST_DIGESTED
    )
    return digested or is_quiet(wishes, now)


def _nudges(batch: list[NoticeWishes], day: date, now: datetime, *, late: bool) -> int:
    people = ahead([wishes.teacher_id for wishes in batch], day)
    made, nudged = [], []
    for wishes in batch:
        mine = people.get(wishes.teacher_id)
        if mine is None:
            continue
        coming = [row for row in mine.today if row.starts_at > now]
        owed = [task for task in mine.tasks if task.due_on == day]
        near = any(row.starts_at <= now + NUDGE_BEFORE for row in coming)
        if near or (late and owed):
            nudged.append(wishes.pk)
            made += [
                _nudge(wishes, mine, coming, owed, channel=channel, now=now)
                for channel in _by(wishes)
            ]
    with transaction.atomic():
        NoticeWishes.objects.filter(pk__in=nudged).update(nudge_made_on=day)
        return _post(made)


def _nudge(
    wishes: NoticeWishes,
    mine: Ahead,
    coming: list[Occasion],
    owed: list[Task],
    *,
    channel: str,
    now: datetime,
) -> Message:
    day = day_of(now)
    lines = [occasion_line(row) for row in coming]
    lines += [_("今天到期：%(title)s") % {"title": task.title} for task in owed]
    ends = coming[0].starts_at if coming else moment_at(day + timedelta(days=1))
    return _message(
        f"nudge:{wishes.uid}:{day}:{channel}", Message.Purpose.NUDGE, now,
        title=_("提醒：%(what)s") % {"what": lines[0]}, text="\n".join(lines[1:]),
        path=reverse("dashboard:home"), organisation=mine.organisation, channel=channel,
        teacher_id=wishes.teacher_id, due_at=now, useless_from=ends,
    )  # fmt: skip


# ---- changes of today, at once ----


def _of_today(now: datetime) -> Q:
    """Return the condition that an occasion still ahead is of today, or was before it moved."""
    _start, end = Span(day_of(now), day_of(now) + timedelta(days=1)).moments()
    return Q(starts_at__gt=now, starts_at__lt=end) | Q(moved_from__gt=now, moved_from__lt=end)


def _last_use(occasion: Occasion, now: datetime) -> datetime:
    """Return from when a change is no news: the earlier of the times still ahead."""
    times = [occasion.starts_at, occasion.moved_from]
    return min(one for one in times if one is not None and one > now)


def compose_changes(now: datetime) -> int:
    """Tell persons at once of changes to what is on today; other changes wait for the digest."""
    notices = list(
        Notice.objects.filter(
            kind=Notice.Kind.CHANGE, at__gt=now - LOOKS_BACK, at__lte=now, read_at=None
        )
    )
    if not notices:
        return 0
    occasions = {
        (row.source_kind, row.source_id): row
        for row in Occasion.objects.filter(
            _of_today(now), source_id__in={notice.source_id for notice in notices}
        )
    }
    wishes_of = {
        wishes.teacher_id: wishes
        for wishes in NoticeWishes.objects.exclude(email_confirmed_at=None).filter(
            teacher__in={notice.teacher_id for notice in notices}
        )
    }
    made = []
    for notice in notices:
        occasion = occasions.get((notice.source_kind, notice.source_id))
        wishes = wishes_of.get(notice.teacher_id)
        if occasion and wishes and wishes.wants(notice.kind, EMAIL):
            made.append(_change(notice, wishes, _last_use(occasion, now), now))
    return _post(made)


def _change(notice: Notice, wishes: NoticeWishes, ends: datetime, now: datetime) -> Message:
    return _message(
        f"change:{notice.uid}:{EMAIL}", Message.Purpose.CHANGE, now,
        title=notice.title, text=notice.text, path=reverse("notices:notices"),
        organisation_id=notice.organisation_id, channel=EMAIL, teacher_id=notice.teacher_id,
        due_at=not_before(wishes, now), useless_from=ends,
    )  # fmt: skip


def compose_group_changes(now: datetime) -> int:
    """Tell groups at once when something of theirs that is on today was moved or called off."""
    changed = list(
        Occasion.objects.announced()
        .filter(
            _of_today(now),
            changed_at__gt=now - LOOKS_BACK,
            changed_at__lte=now,
            sequence__gt=0,
        )
        .exclude(state=Occasion.State.HELD)
        .select_related("unit", "organisation")
    )
    if not changed:
        return 0
    quiet = NoticeWishes()
    made = [
        _message(
            f"change:{robot.uid}:{row.uid}:{row.sequence}", Message.Purpose.CHANGE, now,
            title=change_line(row), organisation_id=robot.organisation_id, channel=robot.channel,
            robot=robot, due_at=not_before(quiet, now), useless_from=_last_use(row, now),
        )
        for robot, rows in _heard_by(list(Robot.objects.filter(is_active=True)), changed)
        for row in rows
    ]  # fmt: skip
    return _post(made)


# ---- one digest a day for a group ----


def _heard_by(robots: list[Robot], occasions: list[Occasion]) -> list[tuple[Robot, list[Occasion]]]:
    """Return for each robot what its whole group may see: the unit's own, or the whole school's."""
    by: dict[tuple[str, int], list[Occasion]] = defaultdict(list)
    for row in occasions:
        by[_whose(row)].append(row)
    return [(robot, by[_whose(robot)]) for robot in robots]


def _whose(row: Occasion | Robot) -> tuple[str, int]:
    return ("unit", row.unit_id) if row.unit_id else ("school", row.organisation_id)


def compose_group_digests(now: datetime) -> int:
    """Compose what each group has today and tomorrow, once its hour has come."""
    day, clock = day_of(now), now.astimezone(SCHOOL_ZONE).time()
    if clock >= QUIET_FROM:
        return 0
    rows = Robot.objects.filter(is_active=True, digest_hour__lte=clock.hour)
    robots = list(rows.exclude(digest_made_on=day).select_related("unit", "organisation"))
    if not robots:
        return 0
    start, end = Span(day, day + timedelta(days=2)).moments()
    occasions = (
        Occasion.objects.announced()
        .filter(
            Q(unit__in=[robot.unit_id for robot in robots if robot.unit_id])
            | Q(unit=None, organisation__in=[robot.organisation_id for robot in robots]),
            starts_at__gte=start,
            starts_at__lt=end,
        )
        .exclude(state=Occasion.State.CANCELLED)
    )
    heard = _heard_by(robots, list(occasions.select_related("unit")))
    made = [_group_digest(robot, found, day, now) for robot, found in heard if found]
    with transaction.atomic():
        Robot.objects.filter(pk__in=[robot.pk for robot in robots]).update(digest_made_on=day)
        return _post(made)


def _group_digest(robot: Robot, occasions: list[Occasion], day: date, now: datetime) -> Message:
    today = [occasion_line(row) for row in occasions if day_of(row.starts_at) == day]
    tomorrow = [occasion_line(row) for row in occasions if day_of(row.starts_at) > day]
    name = robot.unit.name if robot.unit else robot.organisation.name
    return _message(
        f"digest:{robot.uid}:{day}", Message.Purpose.DIGEST, now,
        title=_("%(day)s %(name)s的安排") % {"day": day_text(day), "name": name},
        text=lines_of(((_("今天"), today), (_("明天"), tomorrow))),
        organisation_id=robot.organisation_id, channel=robot.channel, robot=robot,
        due_at=now, useless_from=moment_at(day, QUIET_FROM),
    )  # fmt: skip
