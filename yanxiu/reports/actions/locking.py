"""Reading and locking a summary, and making sure that it is where it should be."""

from yanxiu.reports.models import Summary
from yanxiu.reports.refusals import SummaryInOtherState, SummaryNotOpen, WordsChangedMeanwhile

JOINED = ("organisation", "unit", "teacher", "term")


def read(summary: Summary) -> Summary:
    """Return `summary` as it is saved now, without a lock."""
    return Summary.objects.select_related(*JOINED).get(pk=summary.pk)


def locked(summary: Summary) -> Summary:
    """Return `summary` as it is saved now, locked until the transaction ends."""
    rows = Summary.objects.select_for_update(of=("self",)).select_related(*JOINED)
    return rows.get(pk=summary.pk)


def locked_draft(summary: Summary) -> Summary:
    """Lock a summary that is being written.

    Raises:
        SummaryNotOpen: it is handed in or approved.
    """
    found = locked(summary)
    if found.state != Summary.State.DRAFT:
        raise SummaryNotOpen(str(found.get_state_display()))
    return found


def locked_as_read(known: Summary, *, deed: str) -> Summary:
    """Lock the summary and make sure that it is still the one that was reckoned.

    Reckoning and writing the Word document take too long to hold the write lock of SQLite, so
    they come before.
    """
    summary = locked(known)
    same = (summary.state, summary.prose, summary.outline)
    if same != (known.state, known.prose, known.outline):
        raise WordsChangedMeanwhile(deed)
    return summary


def require_state(summary: Summary, *states: str, deed: str) -> None:
    """Make sure that the summary is in one of `states`."""
    if summary.state not in states:
        raise SummaryInOtherState(deed, str(summary.get_state_display()))
