"""What works tell the search, and the check of originality: never a private draft to others."""

from datetime import datetime

from yanxiu.kernel.sources import source_of
from yanxiu.originality import actions as originality
from yanxiu.places.writing import tell_written
from yanxiu.works.models import Work
from yanxiu.works.permissions import HANDED_IN


def compare(work: Work, *, at: datetime) -> None:
    """Enter its text among those that later ones are compared with, as far as others know of it.

    What was written for oneself stays out: a passage found in it would be told to others.
    """
    note(work)
    if work.dropped_at or (work.state not in HANDED_IN and work.shared_with == Work.Shared.NOBODY):
        originality.remove(source_of(work))
        return
    originality.enter(
        source_of(work),
        title=work.title,
        text="\n".join(row.text for row in work.texts.all() if not row.is_private),
        organisation=work.organisation,
        author=work.teacher,
        at=at,
    )


def note(work: Work) -> None:
    """Tell that what stands under headings was written; rows in one go are not noticed."""
    tell_written([work, *work.texts.all()])
