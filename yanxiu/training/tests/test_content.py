"""Content tags: several on one activity, its hours counted once; by teacher, by group."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from yanxiu.activities.actions.tagging import add_tag, change_tag, lay_teaching_ground, tag_session
from yanxiu.activities.content import record_theme
from yanxiu.activities.models import Classification, Tag
from yanxiu.activities.permissions import may_see_tag
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Record
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.training import actions
from yanxiu.training.models import OutsideTraining
from yanxiu.training.queries.audiences import staff
from yanxiu.training.queries.content import spent, summed, tags_in
from yanxiu.training.tests.conftest import Hold

DAY = date(2026, 10, 15)
TERM = Span(date(2026, 9, 1), date(2027, 1, 23))


@pytest.fixture
def content(cast: Cast) -> Classification:
    return Classification.objects.get(code="content")


def test_what_is_shipped_is_laid_once(cast: Cast) -> None:
    before = Tag.objects.count()

    lay_teaching_ground()

    assert Tag.objects.count() == before
    skills = Tag.objects.filter(classification__code="skill").values_list("name", flat=True)
    assert list(skills) == ["备课", "说课", "听课", "评课", "辅导学生", "批改作业"]
    assert {"师德", "政策法规", "教材教法", "学科前沿", "心理健康", "命题", "作业"} <= set(
        Tag.objects.filter(classification__code="content").values_list("name", flat=True)
    )


def test_a_session_with_two_tags_counts_in_both_and_once_in_the_total(
    cast: Cast, hold: Hold, zhou: Teacher, wang: Teacher, content: Classification,
    ethics: Tag, homework: Tag,
) -> None:  # fmt: skip
    tag_session(hold(wang), [ethics, homework], by=zhou, at=NOON)

    mine = spent(staff(cast.school, DAY), TERM, tags_in(content))[wang.pk]

    assert (mine.hours(ethics.pk), mine.hours(homework.pk)) == (Decimal("1.50"), Decimal("1.50"))
    assert mine.once == Decimal("1.50")


def test_a_tag_put_on_after_closing_counts_without_touching_what_was_posted(
    cast: Cast, hold: Hold, zhou: Teacher, wang: Teacher, content: Classification, ethics: Tag
) -> None:
    session = hold(wang)
    assert spent(staff(cast.school, DAY), TERM, tags_in(content)) == {}
    written = list(Record.objects.values_list("uid", "written_at"))

    tag_session(session, [ethics], by=zhou, at=NOON)

    assert wang.pk in spent(staff(cast.school, DAY), TERM, tags_in(content))
    assert list(Record.objects.values_list("uid", "written_at")) == written


def test_a_tag_below_counts_for_the_one_above(
    cast: Cast, hold: Hold, zhou: Teacher, wang: Teacher, content: Classification
) -> None:
    below = Tag.objects.get(name="智慧教育平台应用")
    tag_session(hold(wang), [below], by=zhou, at=NOON)

    mine = spent(staff(cast.school, DAY), TERM, tags_in(content))[wang.pk]

    assert below.parent is not None
    assert mine.hours(below.parent.pk) == Decimal("1.50")


def test_sessions_outside_training_and_self_study_stand_apart(
    cast: Cast, hold: Hold, reported: OutsideTraining, zhou: Teacher, wang: Teacher,
    content: Classification, ethics: Tag,
) -> None:  # fmt: skip
    tag_session(hold(wang), [ethics], by=zhou, at=NOON)
    reported.course.tags.add(ethics)
    actions.recognise(reported, hours=Decimal(12), by=zhou, at=NOON)
    note = actions.send_study(
        cast.school, title="读政策", note="要点", happened_on=DAY, minutes=30, tags=[ethics],
        by=wang, at=NOON,
    )  # fmt: skip
    actions.accept_study(note, by=zhou, at=NOON)

    mine = spent(staff(cast.school, DAY), TERM, tags_in(content))[wang.pk]

    assert (mine.at_sessions, mine.outside, mine.alone) == (
        Decimal("1.50"), Decimal("9.00"), Decimal("0.50"),
    )  # fmt: skip
    assert summed([mine, mine]).once == Decimal("22.00")


def test_a_campaign_ends_and_stays_searchable(cast: Cast, zhou: Teacher, hold: Hold) -> None:
    reform = Classification.objects.get(code="reform")
    tag = add_tag(
        cast.school, classification=reform, name="荣辱观教育", starts_on=date(2020, 1, 1),
        by=zhou, at=MORNING,
    )  # fmt: skip
    tag_session(hold(zhou), [tag], by=zhou, at=NOON)

    change_tag(
        tag, name=tag.name, starts_on=tag.starts_on, ends_on=date(2026, 10, 14), by=zhou, at=NOON
    )

    assert tag not in Tag.objects.on(DAY)
    seen = allowed(may_see_tag, zhou, Tag.objects.all())
    assert seen.get(name="荣辱观教育").taggings.count() == 1


def test_a_school_adds_what_it_needs_but_not_twice_and_changes_nothing_shipped(
    cast: Cast, zhou: Teacher, wang: Teacher, qian: Teacher, ethics: Tag
) -> None:
    reform = Classification.objects.get(code="reform")
    six = add_tag(
        cast.school, classification=reform, name="六型课堂", starts_on=DAY, by=zhou, at=MORNING
    )
    add_tag(
        cast.school, classification=reform, parent=six, name="开放的课堂", starts_on=DAY,
        by=zhou, at=MORNING,
    )  # fmt: skip

    with pytest.raises(BadInput):
        add_tag(cast.school, classification=reform, name="双减", starts_on=DAY, by=zhou, at=MORNING)
    with pytest.raises(NotAllowed):
        add_tag(cast.school, classification=reform, name="乱", starts_on=DAY, by=wang, at=MORNING)
    with pytest.raises(NotAllowed):
        change_tag(ethics, name="改", starts_on=DAY, ends_on=None, by=zhou, at=MORNING)
    assert six not in allowed(may_see_tag, qian, Tag.objects.all())


def test_a_theme_that_a_scheme_counts_goes_with_the_record(
    cast: Cast, reported: OutsideTraining, zhou: Teacher, wang: Teacher
) -> None:
    reform = Classification.objects.get(code="reform")
    tag = add_tag(
        cast.school, classification=reform, name="主题一", record_theme="theme_1", starts_on=DAY,
        by=zhou, at=MORNING,
    )  # fmt: skip
    reported.course.tags.add(tag)

    actions.recognise(reported, hours=Decimal(12), by=zhou, at=NOON)

    assert Record.objects.get(teacher=wang).theme == "theme_1"


def test_the_hours_cost_the_same_for_few_and_many(
    cast: Cast, hold: Hold, zhou: Teacher, wang: Teacher, content: Classification, ethics: Tag,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for _number in range(8):
        tag_session(hold(wang), [ethics], by=zhou, at=NOON)

    with django_assert_max_num_queries(6):
        mine = spent(staff(cast.school, DAY), TERM, tags_in(content))[wang.pk]
    assert mine.sessions[ethics.pk] == 8


def test_a_session_knows_the_theme_of_its_tags_for_its_record(
    cast: Cast, hold: Hold, zhou: Teacher
) -> None:
    reform = Classification.objects.get(code="reform")
    tag = add_tag(
        cast.school, classification=reform, name="主题二", record_theme="theme_2", starts_on=DAY,
        by=zhou, at=MORNING,
    )  # fmt: skip
    session = hold()
    assert record_theme(session) == ""

    tag_session(session, [tag], whole_series=False, by=zhou, at=NOON)

    assert record_theme(session) == "theme_2"
