"""What the research office of the demo school wants of its staff: skills, goals, a programme."""

from datetime import datetime, timedelta
from typing import Any

from yanxiu.config.demo.people import School
from yanxiu.kernel.spans import day_of
from yanxiu.people.actions import staff
from yanxiu.people.models import Teacher, Tier
from yanxiu.people.models.teacher import today


def shape(school: School, *, at: datetime) -> None:
    """Set two goals, ask about skills, describe one title, and open a programme for it."""
    organisation = school.organisation
    office = Teacher.objects.get(pk=school.posts["research_office"].pk)
    by: dict[str, Any] = {"by": office, "at": at}
    skill = staff.add_skill(organisation, name="制作多媒体课件", group="信息技术", **by)
    staff.add_skill(organisation, name="沟通与合作", group="教师素养", **by)
    for teacher in school.teachers[::2]:
        staff.rate_skills(teacher, {skill.pk: 2}, by=teacher, at=at)
    goal = {
        "text": "45 岁以下教师会制作课件",
        "population": "young",
        "indicator": "skill",
        "skill": skill,
        "target_percent": 80,
        "due_on": today() + timedelta(days=120),
    }
    staff.keep_goal(organisation, goal, **by)
    staff.keep_goal(organisation, {"text": "教科研的风气更浓"}, **by)
    tier = Tier.objects.filter(organisation=organisation).order_by("order").last()
    if tier is None:
        return
    facts = {
        "name": tier.name, "ladder": "骨干教师" if "骨干" in tier.name else "",
        "level": "区" if tier.name.startswith("区") else "", "is_honour": True,
        "criteria": "能独立设计一个单元，愿意把课开给同事看。",
        "requirements": "上一节研究课\n写一篇课例", "duties": "带一位新教师", "term_years": 3,
    }  # fmt: skip
    staff.shape_tier(organisation, facts, tier=tier, **by)
    programme = {
        "name": "领航工程", "tier": tier, "aim": "一年里带出一个能讲清楚的教学主张。",
        "starts_on": day_of(at), "ends_on": None, "requirements": "主持一个小课题",
    }  # fmt: skip
    staff.open_programme(organisation, programme, **by)
