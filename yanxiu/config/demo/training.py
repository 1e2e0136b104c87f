"""What the demo school has of training: tags, an expert, a course somebody went to, a series."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from yanxiu.activities.actions.experts import add_expert, invite_expert
from yanxiu.activities.actions.tagging import tag_session
from yanxiu.activities.models import ExpertKind, Session, Tag
from yanxiu.config.demo.people import School
from yanxiu.kernel.spans import day_of
from yanxiu.training import actions


def fill(school: School, *, now: datetime) -> None:
    """Tag what was held, register who taught, and let one teacher go out and report."""
    office, day = school.posts["research_office"], day_of(now)
    by: dict[str, Any] = {"by": office, "at": now}
    held = Session.objects.filter(
        organisation=school.organisation, closed_at__isnull=False
    ).order_by("-starts_at")
    tags = {tag.code: tag for tag in Tag.objects.filter(organisation=None)}
    whole = list(held.filter(unit=None)[:4])
    for session, codes in zip(whole, (("ethics",), ("homework",), ("standards",), ("technology",)),
                              strict=False):  # fmt: skip
        tag_session(session, [tags[code] for code in codes], **by)
    for session in {one.activity_id: one for one in held.exclude(unit=None)[:30]}.values():
        tag_session(session, [tags["materials_methods"], tags["preparing"]], **by)
    expert = add_expert(
        school.organisation,
        kind=ExpertKind.objects.get(organisation=None, code="college_instructor"),
        name="简老师",
        workplace="县教师进修学校",
        topics="作业设计、课堂提问",
        **by,
    )
    if whole:
        invite_expert(whole[0], expert, topic="怎样布置少而精的作业", **by)
    _outside(school, by, now)
    series = actions.start_series(
        school.organisation,
        name="全员通识培训",
        audience="all",
        starts_on=day - timedelta(days=60),
        last_on=day + timedelta(days=60),
        purpose="每人听一次师德讲座，读一本书，写几句想法。",
        **by,
    )
    actions.add_part(series, kind="tag", target=tags["ethics"], **by)
    actions.add_part(series, kind="self_study", title="读一本教育书，写几句想法", **by)


def _outside(school: School, by: dict[str, Any], now: datetime) -> None:
    """One course: one teacher went and was recognised, another has applied for the next."""
    # Nobody recognises the own hours, so whoever went is not the office that decides.
    day, first, second = day_of(now), school.posts["teacher"], school.groups[2].members[3]
    facts = {
        "title": "新课标与课堂提问研修班",
        "organiser": "县教师进修学校",
        "place": "县城",
        "starts_on": day - timedelta(days=20),
        "last_on": day - timedelta(days=18),
        "hours": Decimal(12),
    }
    course = actions.enter_course(school.organisation, facts, **by)
    (went,) = actions.send(course, [first], **by)
    went = actions.hand_in(
        went,
        hours=Decimal(12),
        report="提问要留给学生想的时间，下周先在自己班上试。",
        by=first,
        at=now,
    )
    actions.recognise(went, hours=Decimal(12), **by)
    later = {
        **facts,
        "title": "单元整体教学工作坊",
        "starts_on": day + timedelta(days=15),
        "last_on": day + timedelta(days=16),
    }
    actions.apply(
        school.organisation, facts=later, purpose="想学会按单元备课", cost=Decimal(300),
        by=second, at=now,
    )  # fmt: skip
