"""Training outside and inside, and what people are told."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from yanxiu.activities.actions.experts import add_expert
from yanxiu.activities.actions.tagging import add_tag
from yanxiu.activities.models import (
    Classification,
    ExpertKind,
)
from yanxiu.agenda.links import make_link
from yanxiu.conftest import Cast
from yanxiu.jobs.models import Job
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices import actions as notices
from yanxiu.notices.models import Notice
from yanxiu.training import actions as training


def put_training(cast: Cast, at: datetime) -> dict[str, Model]:
    """A tag, an expert, a course with 王老师's application, a series, a note and a check."""
    zhou, wang, day = cast.people["zhou"], cast.people["wang"], day_of(at)
    by: dict[str, Any] = {"by": zhou, "at": at}
    course = training.enter_course(
        cast.school,
        {"title": "数感研修班", "organiser": "县进修学校", "starts_on": day, "last_on": day},
        **by,
    )
    series = training.start_series(
        cast.school,
        name="通识培训",
        audience=f"unit:{cast.maths.uid}",
        starts_on=day,
        last_on=day + timedelta(days=60),
        **by,
    )
    return {
        "本校的标签": add_tag(
            cast.school, classification=Classification.objects.get(code="reform"),
            name="六型课堂", starts_on=day, **by,
        ),
        "外请的专家": add_expert(
            cast.school, kind=ExpertKind.objects.get(code="professor"), name="乔教授", **by
        ),
        "外训课程": course,
        "王老师的外出培训": training.apply(
            cast.school, course=course, purpose="弄清数感怎样教", by=wang, at=at
        ),
        "培训系列": series,
        "系列里的自学": training.add_part(series, kind="self_study", title="读一本书", **by),
        "王老师的自学记录": training.send_study(
            cast.school, title="读书", note="要点", happened_on=day, minutes=40, by=wang, at=at
        ),
        "技能测查": training.start_skill_check(
            cast.school, name="同屏技术", audience=f"unit:{cast.maths.uid}", held_on=day,
            levels=["未掌握", "掌握"], passing=2, **by,
        ),
    }  # fmt: skip


def put_told(cast: Cast, at: datetime) -> dict[str, Model]:
    """A notice, the robot of the maths group, a message that failed, and a calendar link."""
    li, wang = cast.people["li"], cast.people["wang"]
    notices.notify(
        [wang],
        kind="change",
        title="改到录播教室",
        source=source_of(cast.maths),
        organisation=cast.school,
        at=at,
    )
    robot = notices.add_robot(
        cast.school,
        cast.maths,
        channel="wecom",
        name="数学组群",
        url="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=stage",
        secret="",
        digest_hour=7,
        by=li,
        at=at,
    )
    message = notices.try_robot(robot, by=li, at=at)
    link, _token = make_link(wang, "person", at=at)
    job = Job.objects.create(
        organisation=cast.school, by=wang, kind="made.up", title="合订本", made_at=at, queued_at=at
    )
    return {
        "王老师的后台任务": job,
        "王老师的通知": Notice.objects.get(teacher=wang, title="改到录播教室"),
        "数学组的机器人": robot,
        "一条待发消息": message,
        "王老师的日历订阅": link,
    }
