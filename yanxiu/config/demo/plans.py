"""The plans of the demo school: one written by hand, one read from a document."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from yanxiu.config.demo.calendar import Half
from yanxiu.config.demo.people import School
from yanxiu.planning import actions
from yanxiu.planning.models import Plan, Quota, Rhythm
from yanxiu.terms.models import Term

HERE = Path(__file__).resolve().parent
MONTHS = {
    1: {
        9: ["制订学校和教研组研修计划", "新教师座谈会"],
        10: ["各组主题研讨第一次", "作业抽样统计"],
        11: ["集体备课展示", "青年教师汇报课"],
        12: ["各组主题研讨第二次", "读书心得交流"],
        1: ["期末研修工作总结"],
    },
    2: {
        3: ["制订学校和教研组研修计划", "各组主题研讨第一次"],
        4: ["集体备课展示"],
        5: ["各组主题研讨第二次", "青年教师汇报课"],
        6: ["读书心得交流", "期末研修工作总结"],
    },
}
WORDS = "〇一二三四五六七八九十"


def _month_word(month: int) -> str:
    ten = 10
    return WORDS[month] if month <= ten else f"十{WORDS[month - ten]}"


def write_plan(
    school: School, term: Term, half: Half, data: Mapping[str, Any], *, at: datetime
) -> Plan:
    """Write the plan of a past term by hand and put it into force."""
    office = school.posts["research_office"]
    plan = actions.start_plan(
        school.organisation, term, f"{term}{data['plan_title']}", by=office, at=at
    )
    actions.add_goal(plan, text="每个教研组形成三条可以照做的教学共识", by=office, at=at)
    actions.add_goal(plan, text="重复抄写类作业逐月减少", by=office, at=at)
    actions.add_quota(
        plan,
        name="听课",
        amount=Decimal(10),
        unit_of_measure="节",
        by=office,
        at=at,
        per=Quota.Per.TEACHER,
    )
    for group in school.groups:
        actions.add_rhythm(
            plan,
            unit=group.unit,
            weekday=group.plan["weekday"],
            half_day=Rhythm.HalfDay.AFTERNOON,
            minutes=80,
            place=group.plan["place"],
            by=office,
            at=at,
        )
    for month, texts in MONTHS[half.half].items():
        for text in texts:
            actions.add_item(plan, text=text, month=month, by=office, at=at)
    return actions.confirm_plan(plan, by=office, at=at)


def read_plan(school: School, term: Term, half: Half, *, at: datetime) -> Plan:
    """Read the plan of the present term from a document and confirm it, value by value."""
    office = school.posts["research_office"]
    lines = []
    for month, texts in MONTHS[half.half].items():
        lines.append(f"{_month_word(month)}月份：\n")
        lines += [f"{number}.{text}\n" for number, text in enumerate(texts, 1)]
    document = (HERE / "plan.txt").read_text(encoding="utf-8").format(months="\n".join(lines))
    name = f"{term}校本研修工作计划.txt"
    (proposal,) = actions.read_proposals(
        school.organisation, document.encode(), name=name, by=office, at=at
    )
    # A grade is no unit that is counted by; the school drops that number.
    decided: dict[str, dict[str, Any] | None] = {"汇报课": {"per": "teacher"}, "分层作业样本": None}
    decisions = {finding.pk: decided.get(finding.name, {}) for finding in proposal.findings.all()}
    actions.decide(proposal, decisions, term=term, by=office, at=at)
    return actions.confirm_proposal(proposal, by=office, at=at)


def agree_open_slot(school: School, plan: Plan, *, at: datetime) -> None:
    """Let the group whose slot the document left open agree on one."""
    group = school.groups[3]
    actions.agree_rhythm(
        plan.rhythms.get(weekday=None),
        weekday=group.plan["weekday"],
        half_day=Rhythm.HalfDay.AFTERNOON,
        place=group.plan["place"],
        by=group.leader,
        at=at,
    )


def finish_past_items(plan: Plan, school: School, *, until: datetime) -> None:
    """Mark what the months before `until` brought, all but the last thing."""
    office = school.posts["research_office"]
    past = plan.planitems.filter(month__lt=until.date().replace(day=1)).order_by("month", "order")
    for item in list(past)[:-1] if plan.term.ends_on > until.date() else past:
        actions.finish_item(item, on=item.month.replace(day=20), note="", by=office, at=until)
