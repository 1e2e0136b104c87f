"""A few notices, so that the bell of the demo school has something to say."""

from datetime import datetime, timedelta

from yanxiu.agenda.models import Occasion
from yanxiu.config.demo.people import School
from yanxiu.kernel.sources import Source, source_of
from yanxiu.notices import actions as notices


def tell(school: School, *, now: datetime) -> None:
    """Tell the teacher and the group leader what a usual week brings."""
    people = [school.posts["teacher"], school.posts["group_leader"]]
    coming = (
        Occasion.objects.filter(organisation=school.organisation, starts_at__gt=now)
        .order_by("starts_at")
        .first()
    )
    if coming:
        notices.notify(
            people,
            kind="change",
            title=f"地点改了：{coming.title}"[:120],
            text="这一场改在录播教室，时间不变。",
            source=Source(coming.source_kind, coming.source_id),
            organisation=school.organisation,
            at=now - timedelta(hours=3),
        )
    notices.notify(
        people[:1],
        kind="reminder",
        title="研修日历可以订阅到手机上了，改期会自己跟着变",
        source=source_of(school.organisation),
        organisation=school.organisation,
        at=now - timedelta(days=1),
    )
