"""转入折算: how a place reads hours and credits that somebody brings from elsewhere."""

from dataclasses import dataclass

from yanxiu.ledger.rules.values import Dated, Number


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One row of the table: an amount in `taken` counts as `factor` times as much in `given`."""

    id: str
    title: str
    taken: str
    given: str
    factor: Dated[Number]
    source: str
