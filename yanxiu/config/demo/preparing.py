"""What the demo school prepares: an agreed plan, one that is talked about, and a schedule."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from yanxiu.activities.models import Session
from yanxiu.config.demo.people import School
from yanxiu.kernel.spans import day_of
from yanxiu.lessons.models import Lesson
from yanxiu.people.models import Teacher
from yanxiu.preparation import actions, content
from yanxiu.preparation.models import LessonPlan, TeachingTopic
from yanxiu.terms.queries import term_on


def fill(school: School, *, now: datetime) -> None:
    """Let the first group prepare two lessons together, and the office look at one."""
    data = yaml.safe_load(Path(__file__).with_name("preparing.yaml").read_text(encoding="utf-8"))
    group = next((one for one in school.groups if one.unit.subject == "语文"), school.groups[0])
    leader, first, second = group.leader, *_others(group.members, group.leader)
    term = term_on(school.organisation, day_of(now))
    if term is None:
        return
    at = now - timedelta(days=12)
    topics = actions.set_topics(
        group.unit, term, grade=data["grade"], topics=actions.read_topics(data["schedule"]),
        by=leader, at=at,
    )  # fmt: skip
    held = Session.objects.filter(unit=group.unit, closed_at__isnull=False).order_by("-starts_at")
    agreed = _start(school, data["agreed"], topics[0], by=leader, at=at)
    agreed = actions.change_facts(agreed, {"session": held.first()}, by=leader, at=at)
    agreed = actions.offer(agreed, by=leader, at=at)
    _talk(agreed, data["agreed"]["said"], (first, second), leader, at + timedelta(days=1))
    agreed = actions.agree(agreed, by=leader, at=at + timedelta(days=2))
    own = actions.make_own(agreed, by=first, at=at + timedelta(days=3))
    actions.save(own, texts=data["own"], edition=own.edition, by=first, at=at + timedelta(days=3))
    own = actions.hand_in(own, by=first, at=at + timedelta(days=4))
    actions.review(
        own, mark="good", criteria={"innovation": "excellent"}, seen=["life", "questions"],
        comment=data["comment"], by=leader, at=at + timedelta(days=5),
    )  # fmt: skip
    day = day_of(at + timedelta(days=6))
    actions.add_note(
        own, text=data["note"], taught_on=day, is_shared=True, by=first,
        at=at + timedelta(days=6),
    )  # fmt: skip
    talked = _start(school, data["talked"], topics[1], by=second, at=now - timedelta(days=3))
    talked = actions.offer(talked, by=second, at=now - timedelta(days=2))
    _talk(talked, data["talked"]["said"], (first, leader), second, now - timedelta(days=1))
    actions.ask_question(
        talked, text=data["question"], owner=first, due_on=day_of(now) + timedelta(days=5),
        by=second, at=now - timedelta(days=1),
    )  # fmt: skip
    asked = actions.begin_requirement(
        group.unit, subject=group.unit.subject or "语文", grade=data["grade"],
        text=data["requirement"], by=leader, at=at,
    )  # fmt: skip
    _beside_a_lesson(data["beside"], now)
    office = school.posts["research_office"]
    if office.pk != leader.pk:
        actions.decide_requirement(asked.versions.get(), approved=True, by=office, at=at)


def _others(members: list[Teacher], leader: Teacher) -> list[Teacher]:
    """Return two members beside the leader."""
    return [one for one in members if one.pk != leader.pk][:2]


def _start(
    school: School, told: dict[str, Any], topic: TeachingTopic, *, by: Teacher, at: datetime
) -> LessonPlan:
    unit = topic.unit
    facts = {
        "title": topic.title,
        "subject": unit.subject,
        "grade": topic.grade,
        "topic": topic,
        "periods": topic.periods,
        "textbook_unit": topic.textbook_unit,
        **told.get("facts", {}),
    }
    return actions.start(
        school.organisation, kind="shared", unit=unit, facts=facts, texts=told["texts"],
        by=by, at=at,
    )  # fmt: skip


def _talk(
    plan: LessonPlan,
    said: list[dict[str, str]],
    people: tuple[Teacher, Teacher],
    settles: Teacher,
    at: datetime,
) -> None:
    """Let two colleagues speak to the paragraphs that begin as told; settle what has a state."""
    for number, one in enumerate(said):
        where = next(
            place.id for place in content.paragraphs(plan.content)
            if place.text.startswith(one["about"])
        )  # fmt: skip
        made = actions.comment(
            plan, paragraph=where, text=one.get("text", ""), proposal=one.get("proposal", ""),
            by=people[number % 2], at=at,
        )  # fmt: skip
        if "state" in one:
            actions.settle(made, one["state"], answer=one.get("answer", ""), by=settles, at=at)
            plan.refresh_from_db()


def _beside_a_lesson(told: dict[str, Any], now: datetime) -> None:
    """Lay an own plan beside the lesson it was written for, and revise it after the lesson."""
    lesson = Lesson.objects.filter(title=told["title"], state=Lesson.State.GIVEN).first()
    if lesson is None:
        return
    before = lesson.starts_at - timedelta(days=2)
    by: dict[str, Any] = {"by": lesson.teacher}
    plan = actions.start(
        lesson.organisation, kind="personal", unit=lesson.unit, texts=told["texts"],
        facts={"title": lesson.title, "subject": lesson.subject}, at=before, **by,
    )  # fmt: skip
    actions.use_in(plan, lesson, at=before, **by)
    after = min(now, lesson.ends_at + timedelta(days=1))
    actions.revise(plan, texts=told["after"], reason=told["reason"], at=after, **by)
    actions.hand_in(plan, at=after, **by)
