"""The week of a county of 5,000 teachers, as a researcher of its office looks at it."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from bench.cast import BEGAN, add_teachers, log_in
from bench.requests import Case, Prepared, get, repeated
from yanxiu.agenda import actions as agenda
from yanxiu.agenda.calendars import week_of
from yanxiu.agenda.models import Occasion
from yanxiu.kernel.spans import moment_at
from yanxiu.kernel.uids import new_uid
from yanxiu.people import actions as people
from yanxiu.people.models import Membership, Organisation, Unit, UnitKind

SCHOOLS, GROUPS, MEMBERS = 60, 12, 7
PAGE = "agenda:calendar"
SOURCE = "activities.session"


def prepare(case: Case) -> Prepared:
    """Fill the county and ask for its week and its month."""
    now = timezone.now()
    office = people.add_organisation(
        None, "量尺县教研室", by=None, at=now, level_name="县", is_school=False
    )
    (researcher,) = add_teachers(office, 1, now, role="researcher", first=90_000_000)
    monday = week_of(timezone.localdate(now)).start
    for number in range(SCHOOLS):
        _add_school(office, number, monday)
    keys = log_in([researcher] * case.clients)
    address = reverse(PAGE)
    streams = {
        view: repeated(
            case,
            [get(f"{address}?who=county&view={view}", session=key) for key in keys],
            status=200,
        )
        for view in ("week", "month")
    }
    return Prepared(
        streams,
        {"teachers": SCHOOLS * GROUPS * MEMBERS, "occasions_of_the_week": SCHOOLS * GROUPS},
    )


def _add_school(office: Organisation, number: int, monday: date) -> None:
    """Add a school whose groups all meet in the week of `monday`."""
    now = timezone.now()
    school = people.add_organisation(office, f"量尺第{number}小学", by=None, at=now)
    kind = UnitKind.objects.all()[0]
    units = Unit.objects.bulk_create(
        Unit(organisation=school, kind=kind, name=f"{index}组") for index in range(GROUPS)
    )
    first = number * GROUPS * MEMBERS
    teachers = add_teachers(school, GROUPS * MEMBERS, now, first=first)
    Membership.objects.bulk_create(
        Membership(unit=units[index % GROUPS], teacher=teacher, starts_on=BEGAN)
        for index, teacher in enumerate(teachers)
    )
    occasions = []
    for index, unit in enumerate(units):
        start = moment_at(monday + timedelta(days=index % 5)) + timedelta(hours=14, minutes=index)
        occasions.append(
            Occasion(
                organisation=school, unit=unit, title=f"第{index}组研讨", starts_at=start,
                ends_at=start + timedelta(minutes=80), place="会议室", source_kind=SOURCE,
                source_id=new_uid(),
            )
        )  # fmt: skip
    agenda.plan_occasions(occasions)
