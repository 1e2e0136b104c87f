"""Saving a plan: nothing that anybody typed is lost, and versions say what changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from yanxiu.cast import MORNING, NOON
from yanxiu.kernel.refusals import BadInput
from yanxiu.lessons.models import Lesson
from yanxiu.people.access import NotAllowed, allowed
from yanxiu.people.models import Teacher
from yanxiu.preparation import actions, content
from yanxiu.preparation.models import LessonPlan, PlanVersion
from yanxiu.preparation.permissions import may_see_plan, may_see_version
from yanxiu.preparation.refusals import DraftGone, WrongState
from yanxiu.preparation.tests.conftest import TEXTS, Started


def _marks(plan: LessonPlan) -> dict[str, str]:
    return {code: content.mark_of(text) for code, text in content.texts_of(plan.content).items()}


def test_two_who_write_in_different_sections_do_not_disturb_each_other(
    started: Started, li: Teacher
) -> None:
    plan = started()
    given: dict[str, Any] = {
        "edition": plan.edition,
        "started_from": _marks(plan),
        "by": li,
        "at": NOON,
    }

    actions.save(plan, texts={**TEXTS, "board": "分数 四分之一"}, **given)
    second = actions.save(plan, texts={**TEXTS, "homework": "说给家人听。"}, **given)

    texts = content.texts_of(second.plan.content)
    assert not second.clashes
    assert (texts["board"], texts["homework"]) == ("分数 四分之一", "说给家人听。")


def test_of_a_section_that_both_wrote_nothing_is_overwritten(started: Started, li: Teacher) -> None:
    plan = started()
    given: dict[str, Any] = {
        "edition": plan.edition,
        "started_from": _marks(plan),
        "by": li,
        "at": NOON,
    }
    actions.save(plan, texts={"board": "第一台手机"}, **given)

    late = actions.save(plan, texts={"board": "第二台手机", "homework": "练习二"}, **given)

    plan.refresh_from_db()
    texts = content.texts_of(plan.content)
    assert (texts["board"], texts["homework"]) == ("第一台手机", "练习二")
    assert [(one.theirs, one.typed) for one in late.clashes] == [("第一台手机", "第二台手机")]
    assert "“板书设计”" in str(late.refusal())


def test_an_older_edition_without_its_beginnings_is_told_of_every_difference(
    started: Started, li: Teacher
) -> None:
    plan = started()
    actions.save(plan, texts={"board": "先存的"}, edition=0, by=li, at=NOON)

    late = actions.save(plan, texts={"board": "后存的"}, edition=0, by=li, at=NOON)

    assert [one.code for one in late.clashes] == ["board"]


def test_a_paragraph_keeps_its_id_and_a_new_one_never_takes_an_old_one(
    started: Started, li: Teacher
) -> None:
    plan = started()
    before = {one.text: one.id for one in content.paragraphs(plan.content)}
    actions.save(plan, texts={"process": "全新的开头"}, edition=0, by=li, at=NOON)
    actions.save(plan, texts={"process": TEXTS["process"]}, edition=1, by=li, at=NOON)

    plan.refresh_from_db()
    now = {one.text: one.id for one in content.paragraphs(plan.content)}
    assert now["重点：理解平均分。"] == before["重点：理解平均分。"]
    assert len(set(now.values())) == len(now)
    assert not {now[line] for line in TEXTS["process"].splitlines()} & set(before.values())


def test_text_is_kept_as_typed_but_for_broken_radicals(started: Started, li: Teacher) -> None:
    plan = started(texts={"board": "<b>⼤数</b> ＆ ，"})

    assert content.texts_of(plan.content)["board"] == "<b>大数</b> ＆ ，"


def test_a_section_of_a_book_is_refused_and_nothing_is_saved(started: Started, li: Teacher) -> None:
    plan = started()

    with pytest.raises(BadInput, match="超过"):
        actions.save(plan, texts={"board": "长" * 20_001}, edition=0, by=li, at=NOON)


def test_a_revised_version_says_why_and_the_same_words_are_no_version(
    agreed: LessonPlan, li: Teacher
) -> None:
    with pytest.raises(BadInput, match="一字不差"):
        actions.revise(agreed, reason="再存一次", by=li, at=NOON)

    version = actions.revise(
        agreed, texts={"homework": "只做一题"}, reason="作业多了", by=li, at=NOON
    )

    told = agreed.versions.values_list("moment", "number", "reason")
    assert list(told) == [
        ("offered", 1, ""), ("agreed", 2, ""), ("revised", 3, "作业多了")
    ]  # fmt: skip
    assert version.made_by_name == "李组长"


def test_the_next_years_plan_begins_from_the_revised_version(
    agreed: LessonPlan, li: Teacher, wang: Teacher
) -> None:
    actions.revise(agreed, texts={"homework": "只做一题"}, reason="作业多了", by=li, at=NOON)

    own = actions.make_own(agreed, by=wang, at=NOON)

    assert content.texts_of(own.content)["homework"] == "只做一题"


# ---- beside a lesson ----
def test_a_version_laid_beside_a_lesson_is_read_by_those_who_listen_and_no_more_than_that(
    started: Started, lesson: Lesson, wang: Teacher, li: Teacher, zhao: Teacher
) -> None:
    own = started(by=wang, kind="personal")
    use = actions.use_in(own, lesson, by=wang, at=MORNING)
    actions.save(own, texts={"board": "课后再想"}, edition=0, by=wang, at=NOON)

    def reads(teacher: Teacher) -> bool:
        rows = PlanVersion.objects.filter(pk=use.version_id)
        return allowed(may_see_version, teacher, rows).exists()

    assert [reads(one) for one in (wang, li, zhao)] == [True, True, False]
    assert not allowed(may_see_plan, li, LessonPlan.objects.all()).exists()
    assert "课后再想" not in str(use.version.content)


def test_a_plan_not_shown_stays_with_its_author(
    started: Started, lesson: Lesson, wang: Teacher, li: Teacher
) -> None:
    use = actions.use_in(
        started(by=wang, kind="personal"), lesson, shown=False, by=wang, at=MORNING
    )

    rows = PlanVersion.objects.filter(pk=use.version_id)
    assert not allowed(may_see_version, li, rows).exists()


def test_the_plan_used_again_after_a_change_is_the_next_trial(
    started: Started, lesson: Lesson, wang: Teacher
) -> None:
    own = started(by=wang, kind="personal")
    actions.use_in(own, lesson, by=wang, at=MORNING)
    actions.save(own, texts={"board": "改过"}, edition=0, by=wang, at=MORNING)

    use = actions.use_in(own, lesson, by=wang, at=NOON)

    assert (use.version.number, lesson.plan_uses.count()) == (2, 1)


def test_nobody_lays_a_plan_beside_somebody_elses_lesson(
    started: Started, lesson: Lesson, zhao: Teacher
) -> None:
    own = started(by=zhao, kind="personal", unit=None)

    with pytest.raises(NotAllowed):
        actions.use_in(own, lesson, by=zhao, at=MORNING)


def test_an_own_plan_that_lies_beside_a_lesson_is_not_thrown_away_under_it(
    agreed: LessonPlan, lesson: Lesson, wang: Teacher
) -> None:
    own = actions.make_own(agreed, by=wang, at=NOON)
    actions.use_in(own, lesson, by=wang, at=NOON)

    with pytest.raises(WrongState):
        actions.discard(own, by=wang, at=NOON)
    actions.stop_using(own, lesson, by=wang, at=NOON)
    actions.discard(own, by=wang, at=NOON)

    assert not LessonPlan.objects.filter(pk=own.pk).exists()


def test_a_draft_thrown_away_is_met_nowhere_and_comes_back_as_it_was(
    started: Started, wang: Teacher, client: Client
) -> None:
    own = started(by=wang, kind="personal")
    before = LessonPlan.objects.values().get(pk=own.pk)
    client.force_login(wang)
    client.post(f"/preparation/plans/{own.uid}/do/", {"do": "discard"})
    assert client.get(f"/preparation/plans/{own.uid}/").status_code == 404
    assert not wang.lesson_plans.exists()
    assert f"恢复《{own.title}》" in client.get("/preparation/").content.decode()

    client.post(f"/preparation/plans/{own.uid}/restore/")

    assert LessonPlan.objects.values().get(pk=own.pk) == before


def test_making_the_plan_own_again_goes_on_from_the_draft_thrown_away(
    agreed: LessonPlan, wang: Teacher
) -> None:
    own = actions.make_own(agreed, by=wang, at=NOON)
    actions.save(own, texts={"board": "我班的板书"}, edition=0, by=wang, at=NOON)
    actions.discard(own, by=wang, at=NOON)

    again = actions.make_own(agreed, by=wang, at=NOON)

    assert again.pk == own.pk
    assert "我班的板书" in content.plain_text(again.content)


def test_a_draft_thrown_away_is_kept_for_thirty_days_and_no_longer(
    started: Started, wang: Teacher
) -> None:
    own = started(by=wang, kind="personal")
    actions.discard(own, by=wang, at=NOON)

    actions.empty_bin(NOON + timedelta(days=30))
    assert LessonPlan.everything.get() == own
    actions.empty_bin(NOON + timedelta(days=30, seconds=1))

    with pytest.raises(DraftGone):
        actions.restore(own, by=wang, at=NOON)
    assert not LessonPlan.everything.exists()


def test_nobody_takes_out_what_somebody_else_threw_away(
    started: Started, wang: Teacher, li: Teacher, client: Client
) -> None:
    own = started(by=wang, kind="personal")
    actions.discard(own, by=wang, at=NOON)
    client.force_login(li)

    assert client.post(f"/preparation/plans/{own.uid}/restore/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.restore(own, by=li, at=NOON)
