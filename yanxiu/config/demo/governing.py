"""The governing bodies of the demo school, one place of them left empty as in real life."""

from datetime import date, datetime

from yanxiu.config.demo.people import School
from yanxiu.people import actions as people
from yanxiu.people.actions import governing
from yanxiu.people.actions.governing import DutyFacts
from yanxiu.people.actions.profile import write_profile
from yanxiu.people.models import Membership, Responsibility, UnitKind

SINCE = date(2024, 9, 1)
DUTIES = (
    DutyFacts("组长", text="全面统筹校本研修，审定计划和总结。", seat="leader", order=1),
    DutyFacts("副组长", text="分管校本研修，督促落实。", seat="deputy", order=2),
    DutyFacts("宣传员", text="收集照片和报道，写简讯。", function="宣传", order=3),
)


def set_up(school: School, *, at: datetime) -> None:
    """Make a leading group, a working group and a party branch, with duties and a profile."""
    chinese = school.groups[0]
    leaders = {
        ("leading_group", "校本研修领导小组"): school.posts["principal"],
        ("working_group", "校本研修工作小组"): school.posts["research_office"],
        ("party_branch", "党支部"): chinese.members[4],
    }
    for (code, name), leader in leaders.items():
        kind = UnitKind.objects.get(organisation=None, code=code)
        unit = people.add_unit(school.organisation, name, kind, by=None, at=at)
        duty = Membership.Duty.LEADER
        people.join_unit(unit, leader, starts_on=SINCE, by=None, at=at, duty=duty)
        for facts in DUTIES if code == "leading_group" else ():
            governing.add_responsibility(school.organisation, facts, unit=unit, by=None, at=at)
    governing.name_responsible(
        school.organisation,
        Responsibility.Code.RESEARCH,
        school.posts["research_office"],
        starts_on=SINCE,
        by=None,
        at=at,
    )
    write_profile(
        school.organisation,
        motto="日有所进",
        philosophy="让每个孩子被看见，让每位教师有成长。",
        approach="以常态课为根，以教研组为桥，把研修做在平常。",
        by=None,
        at=at,
    )
