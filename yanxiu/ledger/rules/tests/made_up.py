"""Records and schemes made up for tests."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from yanxiu.ledger.rules.counting import Earned
from yanxiu.ledger.rules.evaluating import Award, award
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.loading import shipped
from yanxiu.ledger.rules.schemes import Scheme

HERE = Path(__file__).parent
MADE_UP = (HERE / "made_up.yaml").read_text(encoding="utf-8")
HANDBOOK = shipped()["cn-central-school-handbook"]
FORTY_HOURS = shipped()["cn-hours-40-credits-10"]
OCTOBER = date(2025, 10, 15)
WANG = UUID(int=0xA)


def record(number: int = 1, kind: str = "research_activity", **more: Any) -> Facts:
    """Return what 王老师 did on an October day, 90 minutes unless said otherwise."""
    given = {"on": OCTOBER, "role": "attendee", "minutes": 90, **more}
    return Facts(uid=UUID(int=number), teacher_uid=WANG, kind=kind, **given)


def earned(facts: Facts, scheme: Scheme = HANDBOOK) -> Earned:
    """Return what `facts` earned by itself."""
    return Earned.of(facts, given(facts, scheme))


def given(facts: Facts, scheme: Scheme = HANDBOOK) -> Award:
    """Return the award, which must be there."""
    result = award(scheme, facts)
    assert result is not None
    return result


def worth(facts: Facts, scheme: Scheme = HANDBOOK) -> Decimal:
    """Return the amount that `facts` earns."""
    return given(facts, scheme).amount
