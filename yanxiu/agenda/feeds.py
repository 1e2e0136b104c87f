"""Calendars as iCalendar (RFC 5545), for phones and computers that subscribe.

Tasks are all-day events and not VTODO: the calendars of phones show nothing else of a subscription.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vDuration

from yanxiu.agenda.models import CalendarLink, Occasion, Task
from yanxiu.agenda.permissions import may_see_occasion, mine
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import SCHOOL_ZONE, Span
from yanxiu.people.access import allowed
from yanxiu.people.models.teacher import below
from yanxiu.places.table import Link, links
from yanxiu.terms.models import DayOff
from yanxiu.terms.queries import above
from yanxiu.ui.wording import weekday_text

BEHIND, AHEAD = timedelta(days=60), timedelta(days=400)
MOST = 2000
REFRESH = timedelta(hours=4)
MILLISECONDS = 80
"""Where the moment of a UUIDv7 begins, in bits."""


def made_at(uid: UUID) -> datetime:
    """Return the moment in which a UUIDv7 was made, to the second."""
    return datetime.fromtimestamp((uid.int >> MILLISECONDS) // 1000, UTC)


def feed(link: CalendarLink, day: date) -> bytes:
    """Return the calendar of `link` around `day`; the same bytes as long as nothing changes.

    Everything is asked as its owner, so what the owner may no longer see is no longer in it; who
    has left gets a calendar without events, which empties the copies on the phone.
    """
    teacher = link.teacher
    if not teacher.is_active or not teacher.posts_today or not _still_belongs(link):
        return _bytes(_("已停止"), [])
    span = Span(day - BEHIND, day + AHEAD)
    occasions = list(_occasions(link, span))
    tasks = _tasks(link)
    rows: list[Occasion | Task] = [*occasions, *tasks]
    shown = links((Source(row.source_kind, row.source_id) for row in rows), teacher)
    events = [
        *(_of_occasion(row, shown) for row in occasions),
        *(_of_task(row, shown) for row in tasks),
        *(_of_day_off(row) for row in _days_off(link, span)),
    ]
    return _bytes(_name(link), events)


def _bytes(name: str, events: list[Event]) -> bytes:
    return bytes(_calendar(name, events).to_ical())


def _still_belongs(link: CalendarLink) -> bool:
    if link.unit_id:
        return link.unit_id in link.teacher.units
    if link.organisation:
        paths = [post.organisation.path for post in link.teacher.posts_today]
        return any(link.organisation.path.startswith(path) for path in paths)
    return True


def _name(link: CalendarLink) -> str:
    if link.unit:
        return link.unit.name
    if link.organisation:
        return link.organisation.name
    return _("研修 · %(name)s") % {"name": link.teacher.name}


def _occasions(link: CalendarLink, span: Span) -> Iterable[Occasion]:
    """Return the occasions of `link`, those called off too: calendars must hear of it."""
    start, end = span.moments()
    rows = Occasion.objects.filter(starts_at__gte=start, starts_at__lt=end)
    if link.unit_id:
        rows = rows.filter(unit=link.unit_id)
    elif link.organisation:
        rows = rows.filter(below([link.organisation.path], "organisation__"))
    permission = mine if link.scope == CalendarLink.Scope.PERSON else may_see_occasion
    found = allowed(permission, link.teacher, rows)
    return found.select_related("unit", "organisation").order_by("starts_at", "pk")[:MOST]


def _tasks(link: CalendarLink) -> list[Task]:
    if link.scope != CalendarLink.Scope.PERSON:
        return []
    rows = Task.objects.filter(teacher=link.teacher, state=Task.State.OPEN, due_on__isnull=False)
    return list(rows.order_by("due_on", "pk")[:MOST])


def _days_off(link: CalendarLink, span: Span) -> Iterable[DayOff]:
    organisation = link.organisation or (
        link.unit.organisation if link.unit else link.teacher.organisation
    )
    rows = DayOff.objects.filter(
        above(organisation), Q(starts_on__lt=span.end), ends_on__gt=span.start
    )
    return rows.select_related("organisation")[:MOST]


def _calendar(name: str, events: list[Event]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Yanxiu//Yanxiu//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    calendar.add_component(_zone())
    for event in events:
        calendar.add_component(event)
    return calendar


def _zone() -> Timezone:
    """Return Asia/Shanghai, which has kept one time since 1991; older days do not occur here."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1991, 9, 15, 0, 0))  # noqa: DTZ001 (local by definition)
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone = Timezone()
    zone.add("tzid", "Asia/Shanghai")
    zone.add_component(standard)
    return zone


def _of_occasion(row: Occasion, shown: dict[Source, Link]) -> Event:
    changed = row.changed_at or made_at(row.uid)
    event = Event()
    event.add("uid", f"{row.uid}@yanxiu")
    event.add("dtstamp", changed.replace(microsecond=0).astimezone(UTC))
    event.add("last-modified", changed.replace(microsecond=0).astimezone(UTC))
    event.add("sequence", row.sequence)
    off = row.state == Occasion.State.CANCELLED
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("summary", _("已取消：%(title)s") % {"title": row.title} if off else row.title)
    event.add("dtstart", row.starts_at.astimezone(SCHOOL_ZONE))
    event.add("dtend", row.ends_at.astimezone(SCHOOL_ZONE))
    if row.place:
        event.add("location", row.place)
    event.add("description", row.unit.name if row.unit else row.organisation.name)
    _add_page(event, row, shown)
    return event


def _of_task(row: Task, shown: dict[Source, Link]) -> Event:
    assert row.due_on is not None  # noqa: S101 (only such tasks are asked for)
    event = _all_day(f"{row.uid}@yanxiu", row.due_on, row.due_on + timedelta(days=1))
    event.add("dtstamp", made_at(row.uid))
    event.add("summary", _("待办：%(title)s") % {"title": row.title})
    _add_page(event, row, shown)
    return event


def day_off_text(row: DayOff) -> str:
    """Return what a calendar says about days off or make-up days."""
    if row.kind == DayOff.Kind.OFF:
        return _("%(name)s（放假）") % {"name": row.name}
    if row.taught_as:
        day = weekday_text(row.taught_as)
        return _("%(name)s（调休上课，上%(day)s的课）") % {"name": row.name, "day": day}
    return _("%(name)s（调休上课）") % {"name": row.name}


def _of_day_off(row: DayOff) -> Event:
    uid = f"day-off-{row.organisation.uid}-{row.pk}@yanxiu"
    event = _all_day(uid, row.starts_on, row.ends_on)
    # The row keeps no moment of its own; a fixed one leaves the feed the same until it changes.
    event.add("dtstamp", made_at(row.organisation.uid))
    event.add("summary", day_off_text(row))
    return event


def _all_day(uid: str, starts_on: date, ends_on: date) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstart", starts_on)
    event.add("dtend", ends_on)
    event.add("transp", "TRANSPARENT")
    return event


def _add_page(event: Event, row: Occasion | Task, shown: dict[Source, Link]) -> None:
    link = shown.get(Source(row.source_kind, row.source_id))
    if link:
        event.add("url", f"{settings.PUBLIC_URL}{link.url}")
