"""Comparing schemes and reckoning again, in the background."""

from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from yanxiu.jobs.table import Work
from yanxiu.ledger.actions import comparing, keeping, reckoning
from yanxiu.ledger.documents import difference_sheet
from yanxiu.ledger.models import Reckoning
from yanxiu.ledger.permissions import may_see_reckoning
from yanxiu.ledger.refusals import ReckoningGone
from yanxiu.people.access import get_allowed


def _asked(running: Any) -> Reckoning:
    """Return the reckoning of the job, if the right to it is still held."""
    rows = Reckoning.objects.select_related("organisation", "file")
    try:
        return get_allowed(may_see_reckoning, running.by, rows, running.detail["reckoning"])
    except Http404 as error:
        raise ReckoningGone from error


def compare(running: Any) -> None:
    """Compare two schemes over an organisation, and keep the result as a workbook too."""
    found = comparing.compare(_asked(running), at=timezone.now(), told=running.step)
    sheet = difference_sheet.workbook(found, running.by)
    people = [row.teacher for row in difference_sheet.people_of(found, running.by)]
    comparing.take_sheet(people, by=running.by, at=timezone.now())
    running.keep(sheet, name=difference_sheet.name_of(found))


def reckon(running: Any) -> None:
    """Find out what a new reckoning would change; nothing is posted."""
    reckoning.count_changes(_asked(running), at=timezone.now(), told=running.step)


def post(running: Any) -> None:
    """Post what was shown."""
    found = _asked(running)
    reckoning.post_lines(found, by=running.by, at=timezone.now(), told=running.step)


def refresh(running: Any) -> None:
    """Reckon again where the teachers of an organisation and of all below it stand."""
    within = Q(organisation__path__startswith=running.organisation.path)
    keeping.refresh(at=timezone.now(), within=within, step=running.step)


WORKS = [
    Work("ledger.refresh", name="重新计算学时情况", run=refresh),
    Work("ledger.compare", name="比较两份方案", run=compare),
    Work("ledger.reckon", name="重新核算：算差异", run=reckon),
    Work("ledger.post-reckoning", name="重新核算：入账", run=post),
]
