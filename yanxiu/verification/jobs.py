"""Closing a large school, or all schools of a central school or county, in the background."""

from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone

from yanxiu.jobs.table import Work
from yanxiu.kernel.refusals import BadInput, Refusal
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.actions.closing import close_year
from yanxiu.ledger.models import YearClosing
from yanxiu.ledger.queries import closings
from yanxiu.ledger.refusals import YearClosed
from yanxiu.people.access import get_allowed
from yanxiu.people.models import Organisation
from yanxiu.verification.permissions import may_close_year

MOST_TOLD = 5


def close_years(running: Any) -> None:
    """Close one year of each school; who is closed already is passed over, so it can be resumed.

    Raises:
        BadInput: some schools could not be closed, each with its reason; the others are.
    """
    try:
        asked = get_allowed(
            may_close_year, running.by, Organisation.objects.all(), running.detail["organisation"]
        )
    except Http404 as error:
        raise BadInput("您已经没有办理这个组织年度登记的权限，没有做。") from error
    today = day_of(timezone.now())
    schools = list(
        Organisation.objects.filter(path__startswith=asked.path, is_school=True).order_by("path")
    )
    failed = []
    for number, school in enumerate(schools):
        running.step(number, len(schools), school.name)
        found = _years(school, today, running.detail["year"])
        if running.detail["year"] and not found:
            failed.append(f"{school.name}：学校已经没有要登记的这个年度，请回到年度登记页重新选。")
        for year in found:
            try:
                _close(running, year, number, len(schools))
            except YearClosed:
                continue
            except Refusal as no:
                failed.append(f"{school.name}：{no}")
    running.step(len(schools), len(schools))
    if failed:
        told = "".join(failed[:MOST_TOLD])
        message = f"{len(schools) - len(failed)}所学校已登记，{len(failed)}所没有：{told}"
        raise BadInput(message)


def _close(running: Any, year: closings.Year, number: int, of: int) -> None:
    def tell(done: int, people: int) -> None:
        running.step(number, of, f"{year.school.name} {done} / {people}")

    close_year(
        year, leave_open=running.detail["leave_open"], by=running.by, at=timezone.now(), tell=tell
    )


def _years(school: Organisation, today: date, code: str) -> list[closings.Year]:
    """Return the year that was asked for, else the last one of each scheme that is over."""
    found = closings.years_of(school, today)
    if code:
        scheme, _at, start = code.partition("@")
        return [
            one for one in found
            if one.scheme.id == scheme and one.span.start.isoformat() == start
        ]  # fmt: skip
    last: dict[str, closings.Year] = {}
    for one in found:
        if one.span.end <= today:
            last.setdefault(one.scheme.id, one)
    closed = set(
        YearClosing.objects.filter(organisation=school, state=YearClosing.State.CLOSED)
        .values_list("scheme", "starts_on")
    )  # fmt: skip
    return [one for one in last.values() if (one.scheme.id, one.span.start) not in closed]


WORKS = [Work("verification.close", name="年度登记", run=close_years)]
