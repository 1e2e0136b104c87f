"""People, posts and duties, and what is known of the staff."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model

from tests.conftest import SINCE
from yanxiu.conftest import MORNING, Cast
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.people import actions as people
from yanxiu.people.actions import (
    delegation,
    governing,
    kinds,
    oversight,
    roles,
    staff,
)
from yanxiu.people.models import Membership, Organisation, Role, Teacher, UnitKind


def add_others(cast: Cast) -> None:
    """Add who has no post, a researcher above, and all posts of this school for 钱老师 at hers."""
    cast.people["nobody"] = people.add_teacher(name="无任职者", by=None, at=MORNING)
    sun = cast.people["sun"] = people.add_teacher(name="孙教研员", by=None, at=MORNING)
    central = Organisation.objects.get(parent=None)
    _give(sun, central, "researcher")
    qian = cast.people["qian"]
    for role in ("principal", "administrator"):
        _give(qian, cast.other_school, role)
    group = UnitKind.objects.get(code="teaching_research_group")
    unit = people.add_unit(cast.other_school, "数学教研组", group, by=None, at=MORNING)
    duty = Membership.Duty.LEADER
    people.join_unit(unit, qian, starts_on=SINCE, by=None, at=MORNING, duty=duty)


def _give(teacher: Teacher, organisation: Organisation, code: str) -> None:
    role = Role.objects.get(code=code)
    people.give_post(teacher, organisation, role, starts_on=SINCE, by=None, at=MORNING)


def put_staff(cast: Cast) -> dict[str, Model]:
    """A title with a requirement and a programme, a goal, a team, and a leave of long ago."""
    guan, zhou, wang = (cast.people[name] for name in ("guan", "zhou", "wang"))
    by: dict[str, Any] = {"by": zhou, "at": MORNING}
    facts = {
        "name": "校级骨干教师", "ladder": "骨干教师", "level": "校", "is_honour": True,
        "criteria": "独立设计教案。", "duties": "", "requirements": "上一节研究课",
        "term_years": 3,
    }  # fmt: skip
    tier = staff.shape_tier(cast.school, facts, **by)
    programme = {
        "name": "启航工程", "tier": tier, "aim": "", "starts_on": SINCE, "ends_on": None,
        "requirements": "",
    }  # fmt: skip
    return {
        "校级称号": tier,
        "称号的要求": tier.requirements.get(),
        "培养方案": staff.open_programme(cast.school, programme, **by),
        "队伍目标": staff.keep_goal(cast.school, {"text": "会制作课件"}, **by),
        "混编小组": staff.keep_team(
            cast.school, name="备课攻关", task="", members=[(wang.pk, "young")], **by
        ),
        "王老师的离岗": staff.add_leave(
            wang, kind="study", starts_on=date(2021, 3, 1), ends_on=date(2021, 4, 1), by=guan,
            at=MORNING,
        ),
    }  # fmt: skip


def put_governing(cast: Cast, at: datetime) -> dict[str, Model]:
    """A role and a duty of the school, a deputy of the days to come, remarks and a visit."""
    guan, shen, wang = (cast.people[name] for name in ("guan", "shen", "wang"))
    post = guan.posts.get(role__code="administrator")
    day = day_of(at)
    duty = governing.add_responsibility(cast.school, governing.DutyFacts("宣传员"), by=guan, at=at)
    governing.appoint(duty, wang, starts_on=day, by=guan, at=at)
    project = UnitKind.objects.get(code="project_group")
    return {
        "教务员岗位": roles.make_role(cast.school, "教务员", ["see_plans"], by=guan, at=at),
        "跨学科小组类别": kinds.add_kind(
            cast.school, kinds.KindFacts("跨学科小组"), by=guan, at=at
        ),
        "作业设计课题组": people.add_unit(cast.school, "作业设计课题组", project, by=guan, at=at),
        "关管理的岗位": post,
        "关管理的代理": delegation.delegate(
            post, cast.people["zhao"], rights=["see_people"], reason="外出学习",
            starts_on=day + timedelta(days=90), ends_on=day + timedelta(days=95), by=guan, at=at,
        ),
        "宣传员职责": duty,
        "宣传员的任期": duty.holders.get(),
        "校长的意见": oversight.remark(
            source_of(cast.maths), cast.school, title="数学教研组", kind="question",
            text="下周活动安排在哪一天？", by=shen, at=at,
        ),
        "校长的走访": oversight.log_act(
            cast.school, oversight.ActFacts(day, "走访", "听取意见"), by=shen, at=at
        ),
    }  # fmt: skip
