"""Agreed plans are a common source: what is taken from them is never somebody's copying."""

from datetime import datetime

from yanxiu.kernel.sources import source_of
from yanxiu.originality import actions as originality
from yanxiu.preparation import content
from yanxiu.preparation.models import LessonPlan


def let_be_quoted(plan: LessonPlan, *, at: datetime) -> None:
    """Tell the check of originality that everybody may take from `plan`."""
    originality.enter(
        source_of(plan),
        title=plan.title,
        text=content.plain_text(plan.content),
        organisation=plan.organisation,
        author=None,
        common=True,
        at=at,
    )
