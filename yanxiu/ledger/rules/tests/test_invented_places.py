"""Places that nobody has seen, written from the guide alone; the results were reckoned by hand."""

from pathlib import Path

import pytest

from yanxiu.ledger.rules.case_reading import Case
from yanxiu.ledger.rules.cases import cases_beside, run, untried
from yanxiu.ledger.rules.checking import findings
from yanxiu.ledger.rules.checking.finding import CONTRADICTION
from yanxiu.ledger.rules.loading import load

INVENTED = Path(__file__).parent / "invented"
FILES = sorted(INVENTED.glob("*/*.yaml"))
CASES = [
    pytest.param(path, case, id=f"{path.parent.name}-{case.name}")
    for path in FILES
    for case in cases_beside(path)
]


@pytest.mark.parametrize(("path", "case"), CASES)
def test_what_was_reckoned_by_hand_comes_out(path: Path, case: Case) -> None:
    assert run(case, load(path)).differences == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_nothing_contradicts_itself_and_every_rule_is_tried(path: Path) -> None:
    scheme = load(path)

    assert [one for one in findings(scheme) if one.weight == CONTRADICTION] == []
    assert untried(scheme, [run(case, scheme) for case in cases_beside(path)]) == []


def test_there_are_three_of_them() -> None:
    assert len(FILES) == 3
