"""The words of a school, earlier texts and what is known of a person come in by themselves."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.people.models import Teacher
from yanxiu.people.models.profile import Profile
from yanxiu.planning import actions
from yanxiu.planning.diagnosis import line_of
from yanxiu.terms.models import Term


def test_a_new_plan_begins_with_the_words_of_the_school(
    office: Client, cast: Cast, zhou: Teacher
) -> None:
    Profile.objects.create(organisation=cast.school, motto="日有所进", philosophy="看见每个孩子")
    plan = actions.start_plan(cast.school, cast.term, "新计划", by=zhou, at=MORNING)

    page = office.get(reverse("planning:plan", args=[plan.uid])).content.decode()
    for words in ("校训", "日有所进", "办学理念", "看见每个孩子"):
        assert words in page


def test_a_text_of_an_earlier_plan_is_used_again(office: Client, cast: Cast, zhou: Teacher) -> None:
    old, new = (
        actions.start_plan(cast.school, cast.term, title, by=zhou, at=MORNING)
        for title in ("旧", "新")
    )
    actions.add_note(old, kind="guiding", text="以课堂为本", by=zhou, at=MORNING)
    there = reverse("planning:add", args=[new.uid, "note"])
    assert "以课堂为本" in office.get(there).content.decode()
    office.post(there, {"kind": "guiding", "text": "以课堂为本"})

    assert new.plannotes.get().text == "以课堂为本"


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("research_activity", "研究"),
        ("lecture", "实践"),
        ("reflection", "反思"),
        ("collective_lesson_preparation", "实践"),
        ("unheard_of", "其他"),
    ],
)
def test_records_are_counted_along_three_lines(kind: str, line: str) -> None:
    assert line_of(kind) == line


@pytest.mark.usefixtures("groups")
def test_the_years_of_a_long_plan_are_read(
    cast: Cast, spring: Term, zhou: Teacher, samples: Path
) -> None:
    data = (samples / "documents" / "term-plans-traditional.txt").read_bytes()
    read = actions.read_proposals(cast.school, data, name="计划.txt", by=zhou, at=MORNING)[1]
    read.findings.filter(kind="quota").update(per="school")
    actions.decide(read, {}, term=spring, by=zhou, at=MORNING)
    actions.accept_rest(read, by=zhou, at=MORNING)
    plan = actions.confirm_proposal(read, by=zhou, at=MORNING)

    credits_ = [str(row.credits) for row in plan.yearrows.all()]
    assert credits_ == ["2.0000", "2.5000", "2.5000", "2.5000", "0.5000"]
    assert (plan.period, plan.credits_total, plan.credits_least) == ("five_years", 10, 2)
