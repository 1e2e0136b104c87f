"""The list of sessions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yanxiu.activities import queries
from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.activities.views.shown import STATE_LABELS, state_label
from yanxiu.kernel.spans import Span, day_of
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models import Teacher, Unit
from yanxiu.ui.pages import show

PER_PAGE = 50
MOST_UNITS = 80
"""Above so many units the search box finds them better than a select."""

MONTHS_BACK, MONTHS_AHEAD = 11, 5

NO_MINUTES = "no-minutes"
TABS = {
    "": (_("今天和以后"), queries.ahead, ("planned", "open", "due", "cancelled")),
    "left-open": (_("过期未关闭"), queries.left_open, ()),
    "past": (_("已结束"), queries.ended, ("closed", "cancelled", NO_MINUTES)),
}
"""The tabs: name, which sessions, and the states they can have."""


@dataclass(frozen=True)
class Wanted:
    """What the reader wants to see; a value that means nothing is no filter."""

    tab: str
    text: str
    unit: int | None
    state: str
    month: date | None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        """Read the filters of the address."""
        tab = query.get("when", "")
        tab = tab if tab in TABS else ""
        state = query.get("state", "")
        unit = query.get("unit", "")
        return cls(
            tab=tab,
            text=query.get("q", "").strip()[:40],
            unit=int(unit) if unit.isdecimal() and len(unit) < 19 else None,  # noqa: PLR2004
            state=state if state in TABS[tab][2] else "",
            month=_month(query.get("month", "")),
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the tab was chosen."""
        return bool(self.text or self.unit or self.state or self.month)

    def among(self, rows: "QuerySet[Session]", at: datetime) -> "QuerySet[Session]":
        """Return those of `rows` that are wanted, the nearest first."""
        _name, belongs, _states = TABS[self.tab]
        rows = rows.filter(belongs(at))
        if self.text:
            rows = rows.filter(
                Q(title__icontains=self.text)
                | Q(unit__name__icontains=self.text)
                | Q(organisation__name__icontains=self.text)
            )
        if self.unit:
            rows = rows.filter(unit=self.unit)
        if self.state == NO_MINUTES:
            rows = rows.filter(~Q(closed_at=None), minutes_taken=None)
        elif self.state:
            rows = rows.filter(queries.in_state(self.state, at))
        if self.month:
            start, end = Span(self.month, _next_month(self.month)).moments()
            rows = rows.filter(starts_at__gte=start, starts_at__lt=end)
        return rows.order_by(*(("starts_at", "id") if self.tab == "" else ("-starts_at", "-id")))


def _month(text: str) -> date | None:
    try:
        month = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 (a month has no zone)
    except ValueError:
        return None
    # At either end of the calendar there is no next month, or no moment of another zone.
    return month if date.min.year < month.year < date.max.year else None


def _next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months(today: date) -> list[date]:
    """Return the months that the filter offers, the newest first."""
    newest = today.year * 12 + today.month - 1 + MONTHS_AHEAD
    return [
        date(number // 12, number % 12 + 1, 1)
        for number in range(newest, newest - MONTHS_BACK - MONTHS_AHEAD - 1, -1)
    ]


def _units(teacher: Teacher) -> list[Unit]:
    rows = Unit.objects.filter(
        Q(pk__in=teacher.units) | Q(organisation__in=teacher.reach("see_sessions")), ends_on=None
    )
    found = list(rows.select_related("organisation").order_by("organisation", "id")[:MOST_UNITS])
    return found if 1 < len(found) < MOST_UNITS else []


@dataclass(frozen=True)
class Line:
    """One session of the list."""

    session: Session
    state: str
    label: str
    turnout: queries.Turnout | None


@login_required
@require_safe
def sessions(request: TeacherRequest) -> HttpResponse:
    """Show the sessions this reader may see, those ahead or those past."""
    at = timezone.now()
    teacher = request.teacher
    wanted = Wanted.of(request.GET)
    seen = allowed(may_see_session, teacher, Session.objects.select_related("unit", "organisation"))
    page = Paginator(wanted.among(seen, at), PER_PAGE).get_page(request.GET.get("page"))
    counts = queries.turnouts(page.object_list)
    lines = [
        Line(row, row.state(at), state_label(row, at), counts.get(row.pk))
        for row in page.object_list
    ]
    words = {**STATE_LABELS, NO_MINUTES: _("缺活动记录")}
    context = {
        "wanted": wanted,
        "page": page,
        "lines": lines,
        "tabs_of_list": [(code, name) for code, (name, _rows, _states) in TABS.items()],
        "left_open": seen.filter(queries.left_open(at)).count(),
        "states": [(code, words[code]) for code in TABS[wanted.tab][2]],
        "months": _months(day_of(at)),
        "units": _units(teacher),
        "several_schools": len({line.session.organisation_id for line in lines}) > 1,
        "may_plan": bool(teacher.leads) or teacher.holds("manage_sessions"),
        "may_schedule": teacher.holds("manage_sessions"),
        "may_look": bool(teacher.leads) or teacher.holds("see_sessions"),
    }
    return show(request, "activities/sessions.html", context)
