"""Having the kept standings reckoned again that a page is about to show."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from yanxiu.jobs import actions as jobs
from yanxiu.jobs.refusals import TooManyJobs
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.actions.keeping import mark_others, refresh
from yanxiu.ledger.models import StandingRow
from yanxiu.people.models import Organisation, Teacher
from yanxiu.people.models.teacher import below
from yanxiu.portfolio.queries.overview import Wanted

AT_ONCE: Final = 50
"""So many are reckoned while a page is made; the others are, in the background."""


def bring_up(
    wanted: Wanted, old: int, *, organisation: Organisation | None, by: Teacher, at: datetime
) -> int:
    """Reckon some of the `old` ones at once; return how many remain.

    Those that remain are reckoned in the background, once, for whoever asked first.

    Args:
        wanted: who is asked for; all of the organisation and below are reckoned, whatever filter.
        old: how many have no true row.
        organisation: whose people they are, None if the background is to be left alone.
        by: who looks.
        at: when, aware.
    """
    if not old:
        return 0
    within = Q(organisation__path__startswith=wanted.path)
    within &= below(list(wanted.reach), "organisation__")
    remain = max(0, old - refresh(AT_ONCE, at=at, within=within))
    if remain and organisation:
        # Who has too many jobs already may still read; the next reader starts it.
        with suppress(TooManyJobs):
            jobs.start(
                "ledger.refresh",
                title=_("重新计算学时情况：%(name)s") % {"name": organisation.name},
                detail={"organisation": str(organisation.uid)},
                by=by,
                organisation=organisation,
                at=at,
            )
    return remain


def make_true(rows: Sequence[StandingRow], *, at: datetime) -> None:
    """Reckon those of a page again that are not true, or whose tiers or exemptions changed.

    `rows` have their teachers loaded. One statement if nothing is old.
    """
    day = day_of(at)
    changed = mark_others(rows, at)
    old = [row for row in rows if not row.is_true(day)]
    if changed or old:
        refresh(at=at, within=Q(teacher__in=[row.teacher_id for row in rows]))
