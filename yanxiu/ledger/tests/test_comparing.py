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
from yanxiu.ledger.actions.comparing import start_comparison
from yanxiu.ledger.documents import difference_sheet
from yanxiu.ledger.models import Entry, Reckoning, SchemeFile
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.ledger.tests.written import GENEROUS, SCHEME
from yanxiu.people.models import Teacher

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
