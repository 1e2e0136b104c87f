"""Before a scheme is published, its officer sees who would gain or lose what."""

import io
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from yanxiu.cast import NOON, Cast
from yanxiu.jobs.models import Job
from yanxiu.jobs.running import run_waiting
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.ledger import actions
from yanxiu.ledger.actions import comparing
from yanxiu.ledger.actions.comparing import Difference, Question, start_comparison
from yanxiu.ledger.documents import difference_sheet
from yanxiu.ledger.models import Entry, Reckoning, SchemeFile
from yanxiu.ledger.queries.schemes import parsed
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.ledger.tests.written import GENEROUS, SCHEME
from yanxiu.people.models import Organisation, Teacher

OLD = ("made-up-county", "2026")


@pytest.fixture
def draft(cast: Cast, guan: Teacher, wang: Teacher, take_part: TakePart) -> SchemeFile:
    """A draft in which each hour counts double, beside a published version in which it does not."""
    file = actions.start_draft(cast.school, SCHEME, by=guan, at=NOON)
    actions.publish_scheme(file, edition=1, by=guan, at=NOON)
    take_part(wang)
    return actions.start_draft(cast.school, GENEROUS, by=guan, at=NOON)


def compared(cast: Cast, draft: SchemeFile, by: str = "guan") -> Reckoning:
    found = start_comparison(cast.school, old=OLD, new=draft, by=cast.people[by], at=NOON)
    run_waiting()
    found.refresh_from_db()
    return found


def test_it_tells_by_school_who_gains_and_who_newly_meets(cast: Cast, draft: SchemeFile) -> None:
    found = compared(cast, draft)

    assert found.state == "shown"
    (school,) = found.result["schools"]
    assert (school["name"], school["gain"], school["lose"]) == (cast.school.name, 1, 0)
    assert (school["met"], school["missed"]) == (1, 0)
    assert school["stay"] == school["teachers"] - 1
    person = found.people.get()
    assert (person.before, person.after, person.met) == (2, 4, ["yearly"])


def test_who_newly_meets_is_asked_for_what_is_due_and_not_for_the_end_of_the_cycle(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    guan = cast.people["guan"]
    whole = """requirements:
  - {requirement: whole, title: 周期, source: 第八条, scope: cycle, min: 360}
"""
    old, new = (one.replace("requirements:\n", whole) for one in (SCHEME, GENEROUS))
    file = actions.start_draft(cast.school, old, by=guan, at=NOON)
    actions.publish_scheme(file, edition=1, by=guan, at=NOON)
    take_part(wang)
    found = compared(cast, actions.start_draft(cast.school, new, by=guan, at=NOON))

    (school,) = found.result["schools"]
    assert (school["met"], school["missed"]) == (1, 0)


def test_an_example_shows_the_steps_and_no_name(
    cast: Cast, draft: SchemeFile, wang: Teacher
) -> None:
    (example,) = compared(cast, draft).result["examples"]

    assert (example["old_amount"], example["new_amount"]) == ("2", "4")
    assert ["2 学时 × 2 = 4 学时", "第七条"] in example["new"]
    assert wang.name not in str(example)


def test_whose_year_stays_though_older_records_differ_is_told_apart(
    cast: Cast, draft: SchemeFile, li: Teacher, take_part: TakePart
) -> None:
    take_part(li, on=date(2025, 10, 14))

    found = compared(cast, draft)

    assert (found.changed, found.result["unmoved"]) == (1, 1)


CREDITS = (
    SCHEME.replace("id: made-up-county", "id: made-up-credits")
    .replace("unit: hour\n", "unit: credit\n")
    .replace("rates: 1\n", "rates: 0.2\n")
    .replace("rounding: {step: 0.5,", "rounding: {step: 0.1,")
)
"""The same in credits; 10 hours make one, as the third article says."""


def told_by(old: str, new: str) -> dict[str, Any]:
    """Return what a comparison of two texts says, over all who took part in anything."""
    asked = Question(
        Organisation.objects.get(is_school=True, name="清河小学"), parsed(old), parsed(new),
        date(2025, 9, 1), NOON.date(),
    )  # fmt: skip
    kept: list[Difference] = []
    tally = comparing.count(asked, told=lambda *_: None, keep=lambda _, one: kept.append(one))
    found = comparing.result_of(tally, asked)
    return found | {"pairs": [(one.before, one.after) for one in kept]}


def test_credits_are_told_in_hours_by_their_own_conversion_before_they_are_compared(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)

    found = told_by(CREDITS, SCHEME)

    # 0.4 credits are 4 hours of the old scheme, where the new one gives 2.
    assert found["pairs"] == [(4, 2)]
    assert found["schools"][0]["lose"] == 1
    assert (found["own_units"], found["units"]) == (["学分", "学时"], ["学时", "学时"])
    assert found["conversion"]["text"] == "1 学分 = 10 学时"
    (example,) = found["examples"]
    assert (example["old_amount"], example["old_unit"]) == ("0.4", "学分")
    assert (example["new_amount"], example["new_unit"]) == ("2", "学时")


def test_what_nobody_says_how_to_convert_is_not_called_more_or_less(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)
    apart = "conversions:\n  - {hours_per_credit: 10, source: 第三条}\n"
    hours, credit = (one.replace(apart, "conversions: []\n") for one in (SCHEME, CREDITS))
    credit = credit.replace("scope: year, min", "scope: year, unit: credit, min")
    hours = hours.replace("scope: year, min: 4", "scope: year, unit: hour, min: 1")

    found = told_by(credit, hours)

    (school,) = found["schools"]
    assert not found["is_like"]
    assert (school["gain"], school["lose"], school["met"]) == (0, 0, 1)
    assert "只比达标和未达标" in "".join(difference_sheet.terms_told(found))


def test_what_was_done_before_the_first_day_of_the_new_scheme_is_no_loss(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang, on=date(2026, 9, 10))
    later = SCHEME.replace("effective_from: 2025-09-01", "effective_from: 2026-10-01")

    found = told_by(SCHEME, later)

    assert (found["schools"][0]["lose"], found["schools"][0]["missed"]) == (0, 0)
    assert found["examples"] == []
    assert found["new_from"] == "2026-10-01"


def test_a_scheme_that_has_not_begun_is_tried_on_the_running_year(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)
    coming = GENEROUS.replace("effective_from: 2025-09-01", "effective_from: 2027-09-01")

    found = told_by(SCHEME, coming)

    assert found["pairs"] == [(2, 4)]
    assert found["tried_from"] == "2027-09-01"


def test_only_the_days_that_both_years_share_are_added_up(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang, on=date(2026, 3, 10))
    take_part(wang)
    by_calendar = GENEROUS.replace("year_start: 09-01", "year_start: 01-01")

    found = told_by(SCHEME, by_calendar)

    assert found["days"] == ["2026-09-01", NOON.date().isoformat()]
    assert found["pairs"] == [(2, 4)]


def test_a_zero_says_that_no_rule_fits_and_an_example_tells_its_day(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)
    silent = GENEROUS.replace("{kind: [research_activity]}", "{kind: [lecture]}").replace(
        "kind: {research_activity: 教研活动}", "kind: {research_activity: 教研活动, lecture: 讲座}"
    )

    (example,) = told_by(SCHEME, silent)["examples"]

    assert example["new_amount"] == "0"
    assert "没有一条条目适用" in example["new"][0][0]
    assert example["on"].startswith("2026-")


def test_a_comparison_changes_nothing_in_the_ledger(cast: Cast, draft: SchemeFile) -> None:
    before = list(Entry.objects.values_list("pk", "amount"))

    compared(cast, draft)

    assert list(Entry.objects.values_list("pk", "amount")) == before


def test_who_may_not_see_hours_gets_numbers_and_no_names(
    cast: Cast, draft: SchemeFile, shen: Teacher, wang: Teacher
) -> None:
    found = compared(cast, draft)

    def names(reader: Teacher) -> str:
        book = CalamineWorkbook.from_filelike(io.BytesIO(difference_sheet.workbook(found, reader)))
        return str(book.get_sheet_by_name("教师").to_python())

    assert wang.name in names(shen)
    assert wang.name not in names(cast.people["guan"])


def test_done_again_after_a_break_it_counts_nobody_twice(cast: Cast, draft: SchemeFile) -> None:
    found = compared(cast, draft)
    Job.objects.update(state="waiting", ended_at=None)
    comparing.compare(found, at=NOON, told=lambda *_: None)

    assert found.people.count() == 1


def test_only_who_manages_schemes_compares(cast: Cast, draft: SchemeFile, wang: Teacher) -> None:
    with pytest.raises(NotAllowed):
        start_comparison(cast.school, old=OLD, new=draft, by=wang, at=NOON)


def test_statements_do_not_grow_with_the_teachers_of_a_batch(
    cast: Cast, draft: SchemeFile, take_part: TakePart, django_assert_max_num_queries: Any
) -> None:
    for name in ("li", "zhao", "zhou"):
        take_part(cast.people[name])
    found = start_comparison(cast.school, old=OLD, new=draft, by=cast.people["guan"], at=NOON)

    with django_assert_max_num_queries(14):
        comparing.compare(found, at=NOON, told=lambda *_: None)
    assert found.result["schools"][0]["gain"] == 4
