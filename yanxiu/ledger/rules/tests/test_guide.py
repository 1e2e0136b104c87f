"""What the guide says works: every block is read, every case holds, every sentence appears."""

import pytest

from yanxiu.ledger.rules.case_reading import CASE_KEYS, EXPECT_KEYS, PERSON_KEYS, RECORD_KEYS
from yanxiu.ledger.rules.cases import Case, cases_in, run, untried
from yanxiu.ledger.rules.checking import NOTE, findings
from yanxiu.ledger.rules.facts import DIMENSIONS
from yanxiu.ledger.rules.loading import loads
from yanxiu.ledger.rules.parts import PER
from yanxiu.ledger.rules.tests import guide

SMALL = loads(guide.blocks("scheme")[0])
WHOLE = loads(guide.whole())
FIRST, SECOND = (cases_in(text, "guide") for text in guide.cases())
_WORDS = (*DIMENSIONS, *PER, *CASE_KEYS, *EXPECT_KEYS, *PERSON_KEYS, *RECORD_KEYS)


def test_the_small_example_comes_out_as_its_table_says() -> None:
    outcomes = [run(case, SMALL) for case in FIRST]
    assert [outcome.differences for outcome in outcomes] == [(), ()]
    assert all(f"| {step} |" in guide.text() for step in outcomes[0].steps)


@pytest.mark.parametrize("case", SECOND, ids=lambda case: case.name)
def test_a_case_of_the_worked_example_holds(case: Case) -> None:
    assert run(case, WHOLE).differences == ()


def test_the_worked_example_has_a_case_for_everything_and_no_contradiction() -> None:
    assert untried(WHOLE, [run(case, WHOLE) for case in SECOND]) == []
    assert [each.text for each in findings(WHOLE) if each.weight != NOTE] == []


@pytest.mark.parametrize("block", guide.blocks("instead"))
def test_another_way_of_writing_is_read_too(block: str) -> None:
    assert loads(guide.with_instead(block)).digest != WHOLE.digest


def test_what_teachers_see_is_what_the_cases_say() -> None:
    steps = "\n".join(step for case in SECOND for step in run(case, WHOLE).steps)
    sentences = guide.seen_by_teachers()
    assert len(sentences) >= 15
    assert [each for each in sentences if each not in steps] == []


@pytest.mark.parametrize("word", sorted(set(_WORDS)))
def test_every_word_of_the_language_is_in_the_guide(word: str) -> None:
    assert word in guide.text()
