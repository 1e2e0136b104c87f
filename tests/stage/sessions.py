"""Sessions, how people sign in, and what is studied, agreed and said in them."""

from datetime import datetime, timedelta

from django.db.models import Model

from tests.conftest import sign_in
from yanxiu.activities import actions as activities
from yanxiu.activities.actions.filing import add_file
from yanxiu.activities.models import (
    ActivityKind,
    Attendance,
    HomeRecognition,
    SchedulingBatch,
    Session,
)
from yanxiu.agenda.models import Occasion, Task
from yanxiu.conftest import MORNING, Cast
from yanxiu.ledger.models import Entry, Record


def put_sessions(cast: Cast, at: datetime) -> dict[str, Model]:
    """A closed session of the maths group, one open now, and one for the whole school."""
    li, wang, zhou = (cast.people[name] for name in ("li", "wang", "zhou"))
    closed, opened, whole = (
        activities.plan_session(
            cast.school,
            title=title,
            kind=ActivityKind.objects.get(code="research_activity"),
            unit=unit,
            starts_at=at - timedelta(minutes=5),
            ends_at=at + timedelta(minutes=85),
            by=by,
            at=at,
        )
        for title, unit, by in (
            ("分数的意义", cast.maths, li),
            ("图形的运动", cast.maths, li),
            ("学期总动员", None, zhou),
        )
    )  # fmt: skip
    for session in (closed, opened):
        sign_in(activities.open_sign_in(session, by=li, at=at), wang)
    closed = activities.close_session(closed, by=li, at=at + timedelta(seconds=1))
    return {
        "数学组的场次": closed,
        "数学组正在签到的场次": Session.objects.get(pk=opened.pk),
        "全校的场次": whole,
        "数学组的日程": Occasion.objects.get(source_id=closed.uid),
        "李组长的待办": Task.objects.get(teacher=li, source_id=closed.uid),
        "数学组场次的文件": add_file(closed, "板书.txt", b"1/2", by=li, at=at),
        "王老师的考勤": Attendance.objects.get(session=closed, teacher=wang),
        "王老师的研修记录": Record.objects.get(teacher=wang),
        "王老师的入账": Entry.objects.get(teacher=wang),
    }


def put_signing(cast: Cast, at: datetime) -> dict[str, Model]:
    """A rule of the school, and in the session open now a roll just called and a spot check."""
    li, zhou = cast.people["li"], cast.people["zhou"]
    opened = Session.objects.get(organisation=cast.school, title="图形的运动")
    called = activities.call_roll(opened, {li: "present"}, by=li, at=at)
    assert called is not None
    return {
        "清河小学的签到办法": activities.set_sign_in_rule(
            cast.school, by=zhou, at=at, way="code", signs_out=False
        ),
        "刚才的点名": called,
        "抽点": activities.draw_spot_check(opened, by=li, at=at),
    }


def put_talk(cast: Cast, things: dict[str, Model]) -> dict[str, Model]:
    """What is studied, asked, agreed and said: themes, a problem, a resolution, a remark."""
    li, wang, zhou = (cast.people[name] for name in ("li", "wang", "zhou"))
    closed, opened = things["数学组的场次"], things["数学组正在签到的场次"]
    assert isinstance(closed, Session)
    assert isinstance(opened, Session)
    whole = activities.set_theme(cast.school, cast.term, text="让错误说话", by=zhou, at=MORNING)
    return {
        "数学组的活动": opened.activity,
        "全校的研究主题": whole,
        "数学组的研究主题": activities.set_theme(
            cast.school, cast.term, text="计算的错误", unit=cast.maths, parent=whole, by=li,
            at=MORNING,
        ),
        "数学组的教学问题": activities.raise_problem(
            cast.school, kind="hot", text="作业怎样分层", unit=cast.maths, by=wang, at=MORNING
        ),
        "王老师的议定事项": activities.agree(
            closed, text="带一份错题", owner=wang, by=li, at=MORNING
        ),
        "本校的活动类别": activities.add_kind(
            cast.school, name="午间沙龙", record_kind="research_activity",
            activity_class="exchange", by=zhou, at=MORNING,
        ),
        "待本校认定的联合场次": HomeRecognition.objects.create(
            session=closed, organisation=cast.school
        ),
        "排期批次": SchedulingBatch.objects.create(
            plan_id=things["已确认的学校计划"].pk, since=cast.term.starts_on, at=MORNING,
            by_uid=zhou.uid, by_name=zhou.name,
        ),
        "王老师的讨论发言": activities.say(
            opened.activity, text="先画图", by=wang, at=MORNING
        ),
    }  # fmt: skip
