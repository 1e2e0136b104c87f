"""What works tell the search, and the check of originality: never a private draft to others."""

from datetime import datetime

from yanxiu.kernel.sources import Source, source_of
from yanxiu.originality import actions as originality
from yanxiu.search import actions as search
from yanxiu.works.models import Work, WorkText
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
    """Have the search read again what stands under headings; rows in one go are not noticed."""
    uids = work.texts.values_list("uid", flat=True)
    search.note_changed([source_of(work), *(Source(WorkText.SOURCE_KIND, uid) for uid in uids)])
