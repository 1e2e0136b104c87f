"""What an amount brought from elsewhere is worth here, and why."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from yanxiu.ledger.rules.amounts import fixed, rounded, shown
from yanxiu.ledger.rules.evaluating import Step
from yanxiu.ledger.rules.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Taken:
    """What a line of a transfer is worth here, and why."""

    amount: Decimal
    unit: str
    rule: str
    steps: tuple[Step, ...]


def taken(
    scheme: Scheme, amount: Decimal, unit: str, *, on: date, issuer: str, row: str = ""
) -> Taken | None:
    """Return what `amount` brought from elsewhere is worth under `scheme`.

    Args:
        scheme: the rules of this place.
        amount: what the paper says, in `unit`.
        unit: `hour` or `credit`.
        on: its day, for a factor that changed.
        issuer: who gave the paper.
        row: the row of the table, `""` takes it at face value.

    Returns:
        None if the table has no such row, the row reads another unit, or has no factor on the day.
    """
    words = f"{issuer}记载 {shown(amount)} {scheme.unit_label(unit)}"
    if not row:
        step = Step(f"{words}，按原数转入", amount, "", "transferred_in")
        return Taken(amount, unit, "transferred_in", (step,))
    found = next((one for one in scheme.transfers if one.id == row), None)
    factor = found.factor.on(on) if found else None
    if found is None or factor is None or found.taken != unit:
        return None
    exact = Fraction(amount) * Fraction(factor)
    value = fixed(rounded(exact, scheme.rounding.step, scheme.rounding.mode))
    label = scheme.unit_label(found.given)
    first = Step(words, amount, "", found.id)
    text = f"{found.title}：× {shown(factor)} → {shown(value)} {label}"
    return Taken(value, found.given, found.id, (first, Step(text, value, found.source, found.id)))
