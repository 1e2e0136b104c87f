"""Notes after teaching, the check, the school's form, the schedule, and requirements by grade."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import NotAllowed, allowed
from yanxiu.people.models import Teacher
from yanxiu.preparation import actions
from yanxiu.preparation.models import (
    GradeRequirement,
    LessonPlan,
    PostLessonNote,
    RequirementVersion,
    TeachingTopic,
)
from yanxiu.preparation.permissions import may_see_note, may_see_plan
from yanxiu.preparation.queries.form import form_of
from yanxiu.preparation.tests.conftest import Started

TODAY = date(2026, 10, 15)
SCHEDULE = """第一单元
第1周 口算除法 2课时
第2周 笔算除法（一）　2课时
笔算除法（二）
第二单元 分数
第5周：分数的初步认识 3节
"""


# ---- notes after teaching ----
def test_a_note_is_its_writers_alone_unless_shared(
    agreed: LessonPlan, wang: Teacher, li: Teacher, zhao: Teacher
) -> None:
    note = actions.add_note(agreed, text="第二问太大。", taught_on=TODAY, by=wang, at=NOON)

    def readers() -> list[str]:
        rows = PostLessonNote.objects.all()
        return [one.name for one in (wang, li, zhao) if allowed(may_see_note, one, rows).exists()]

    assert readers() == ["王老师"]
    actions.change_note(note, text="第二问太大。", is_shared=True, edition=0, by=wang, at=NOON)
    assert readers() == ["王老师", "李组长"]


def test_a_note_changed_on_another_device_is_not_overwritten(
    agreed: LessonPlan, wang: Teacher
) -> None:
    note = actions.add_note(agreed, text="一", taught_on=TODAY, by=wang, at=NOON)
    actions.change_note(note, text="手机上写的", is_shared=False, edition=0, by=wang, at=NOON)

    with pytest.raises(BadInput, match="别的设备"):
        actions.change_note(note, text="电脑上写的", is_shared=False, edition=0, by=wang, at=NOON)
    note.refresh_from_db()
    assert note.text == "手机上写的"


# ---- the check ----
def test_a_check_names_what_the_school_asks_for_and_is_not_there(
    started: Started, wang: Teacher, li: Teacher
) -> None:
    own = actions.hand_in(started(by=wang, kind="personal"), by=wang, at=MORNING)

    found = actions.review(
        own, mark="good", criteria={"innovation": "excellent"}, seen=["life"], by=li, at=NOON
    )

    assert [one["name"] for one in found.missing] == ["课程标准条目", "学生起点知识", "学情分析"]
    assert [(one["name"], one["mark"]) for one in found.criteria] == [
        ("规范", ""), ("创新", "excellent")
    ]  # fmt: skip
    assert [one["name"] for one in found.checklist if one["seen"]] == ["联系生活与社会"]
    own.refresh_from_db()
    assert own.state == "checked"


def test_a_plan_given_back_is_revised_and_handed_in_again(
    started: Started, wang: Teacher, li: Teacher
) -> None:
    own = actions.hand_in(started(by=wang, kind="personal"), by=wang, at=MORNING)
    with pytest.raises(BadInput, match="写明改什么"):
        actions.review(own, mark="revise", criteria={}, by=li, at=NOON)
    actions.review(own, mark="revise", criteria={}, comment="补上学情。", by=li, at=NOON)

    actions.revise(own, texts={"learners": "多数会口算。"}, reason="补学情", by=wang, at=NOON)
    own = actions.hand_in(own, by=wang, at=NOON)

    assert own.state == "handed_in"
    assert own.reviews.get().version.number == 1


def test_nobody_checks_the_own_plan(started: Started, li: Teacher) -> None:
    own = actions.hand_in(started(kind="personal"), by=li, at=MORNING)

    with pytest.raises(NotAllowed):
        actions.review(own, mark="good", criteria={}, by=li, at=NOON)


def test_an_own_plan_becomes_an_example_by_its_authors_hand_alone(
    started: Started, wang: Teacher, li: Teacher, zhou: Teacher, zhao: Teacher
) -> None:
    own = actions.hand_in(started(by=wang, kind="personal"), by=wang, at=MORNING)
    actions.review(own, mark="excellent", criteria={}, by=li, at=NOON)

    with pytest.raises(NotAllowed):
        actions.mark_example(own, is_example=True, by=zhou, at=NOON)
    actions.mark_example(own, is_example=True, by=wang, at=NOON)
    assert allowed(may_see_plan, zhao, LessonPlan.objects.all()).exists()


def test_the_school_sets_its_own_sections_and_old_plans_keep_theirs(
    cast: Cast, started: Started, zhou: Teacher, li: Teacher
) -> None:
    old = started()
    given: dict[str, Any] = {
        "criteria": [],
        "checklist": [],
        "steps": ["talk"],
        "by": zhou,
        "at": NOON,
    }
    sections = [{"code": "aim", "name": "一句话目标", "help": "", "wanted": True}]

    actions.save_form(cast.school, sections=sections, **given)

    assert [one["name"] for one in started(texts={}).content] == ["一句话目标"]
    old.refresh_from_db()
    assert len(old.content) == 11
    assert form_of(cast.school).steps == ["talk"]
    with pytest.raises(NotAllowed):
        actions.save_form(cast.school, sections=sections, **{**given, "by": li})


# ---- the teaching schedule ----
def test_a_schedule_is_read_as_people_write_it(cast: Cast, li: Teacher) -> None:
    found = actions.set_topics(
        cast.maths, cast.term, grade="三年级", topics=actions.read_topics(SCHEDULE), by=li, at=NOON
    )

    assert [(one.week, one.title, one.periods, one.textbook_unit) for one in found] == [
        (1, "口算除法", 2, "第一单元"),
        (2, "笔算除法（一）", 2, "第一单元"),
        (2, "笔算除法（二）", 1, "第一单元"),
        (5, "分数的初步认识", 3, "第二单元 分数"),
    ]


def test_setting_the_schedule_again_keeps_what_was_prepared(
    cast: Cast, started: Started, li: Teacher
) -> None:
    topics = actions.read_topics(SCHEDULE)
    given: dict[str, Any] = {"grade": "三年级", "by": li, "at": NOON}
    first = actions.set_topics(cast.maths, cast.term, topics=topics, **given)
    kept, dropped = (started(facts={"topic": first[at]}) for at in (0, 2))

    actions.set_topics(cast.maths, cast.term, topics=topics[:2], **given)

    kept.refresh_from_db()
    dropped.refresh_from_db()
    assert (kept.topic, dropped.topic) == (first[0], None)
    assert TeachingTopic.objects.count() == 2


def test_a_plan_and_the_topic_of_its_title_find_each_other(
    cast: Cast, started: Started, li: Teacher
) -> None:
    before = started(facts={"title": "分数的初步认识", "grade": ""})
    topics = actions.read_topics(SCHEDULE)
    actions.set_topics(cast.maths, cast.term, grade="三年级", topics=topics, by=li, at=NOON)

    after = started(facts={"title": "口算除法", "grade": "三年级"})
    elsewhere = started(facts={"title": "笔算除法（二）", "grade": "四年级"})

    before.refresh_from_db()
    assert [str(plan.topic) for plan in (before, after)] == ["分数的初步认识", "口算除法"]
    assert elsewhere.topic is None


def test_the_schedule_is_the_leaders_to_set(cast: Cast, wang: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.set_topics(cast.maths, cast.term, grade="", topics=[], by=wang, at=NOON)


# ---- requirements by grade ----
@pytest.fixture
def asked(cast: Cast, li: Teacher) -> GradeRequirement:
    return actions.begin_requirement(
        cast.maths, subject="数学", grade="三年级", text="能口算两位数除法。", by=li, at=MORNING
    )


def test_requirements_are_in_force_once_another_has_approved_them(
    asked: GradeRequirement, zhou: Teacher, li: Teacher
) -> None:
    version = asked.versions.get()
    with pytest.raises(NotAllowed):
        actions.decide_requirement(version, approved=True, by=li, at=NOON)

    version = actions.decide_requirement(version, approved=True, by=zhou, at=NOON)

    assert (version.state, version.decided_by_name) == ("approved", "周主任")


def test_a_second_proposal_says_why_and_does_not_overwrite_anothers(
    asked: GradeRequirement, li: Teacher
) -> None:
    given: dict[str, Any] = {"edition": 1, "by": li, "at": NOON}
    with pytest.raises(BadInput, match="为什么改"):
        actions.propose(asked, text="新的要求。", reason="", **given)
    actions.propose(asked, text="新的要求。", reason="课标改了", **given)

    with pytest.raises(BadInput, match="没有盖掉"):
        actions.propose(asked, text="又一份。", reason="也想改", **given)
    assert RequirementVersion.objects.count() == 2


def test_the_first_page_tells_the_checkers_alone_how_many_plans_wait(
    client: Client, started: Started, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    def told(reader: Teacher) -> str:
        client.force_login(reader)
        return client.get("/").content.decode()

    own = actions.hand_in(started(by=wang, kind="personal"), by=wang, at=MORNING)
    actions.hand_in(started(by=li, kind="personal"), by=li, at=MORNING)

    assert "2 份教案等您检查" in told(zhou)
    assert "1 份教案等您检查" in told(li)
    assert f'href="{reverse("preparation:plans")}?whose=check"' in told(li)
    assert "等您检查" not in told(wang)

    actions.review(own, mark="good", criteria={}, seen=[], by=zhou, at=NOON)
    assert "等您检查" not in told(li)
