"""Publishing an approved summary inside the school, and counting who has opened it."""

from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices import actions as notices
from yanxiu.notices.models import Notice
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.planning.demands import teachers_below
from yanxiu.reports.actions.locking import locked
from yanxiu.reports.models import Summary, SummaryReader
from yanxiu.reports.permissions import may_return_summary
from yanxiu.reports.refusals import NotPublishable


@transaction.atomic
def publish(summary: Summary, *, by: Teacher, at: datetime) -> Summary:
    """Tell everybody of the school that an approved summary can be read.

    Raises:
        NotAllowed: `by` neither approves nor manages the summary.
        NotPublishable: it is not approved, one person's own, or published already.
    """
    require(may_return_summary, by, summary)
    summary = locked(summary)
    if not summary.is_approved:
        raise NotPublishable("这份总结还没有审定")
    if summary.is_personal:
        raise NotPublishable("个人总结不在校内发布")
    if summary.published_at:
        raise NotPublishable("这份总结已经发布过")
    summary.published_at, summary.published_by_name = at, by.name
    summary.save(update_fields=["published_at", "published_by_name"])
    readers = teachers_below(summary.organisation, day_of(at)).exclude(pk=by.pk)
    notices.notify(
        readers,
        kind=Notice.Kind.CHANGE,
        title=f"可以看了：{summary}",
        source=source_of(summary),
        organisation=summary.organisation,
        at=at,
    )
    trail.record(by, "reports.summary-published", summary, at=at)
    return summary


def count_reader(summary: Summary, reader: Teacher, *, at: datetime) -> None:
    """Note that `reader` opened a published summary, once; only the number is ever shown."""
    if summary.published_at is None or summary.is_personal:
        return
    if reader.name in {summary.published_by_name, summary.approved_by_name}:
        return
    SummaryReader.objects.get_or_create(summary=summary, teacher=reader, defaults={"at": at})
