"""Everything that changes records, awards and entries."""

from yanxiu.ledger.actions.adopting import adopt_scheme
from yanxiu.ledger.actions.submitting import NewRecord, submit
from yanxiu.ledger.actions.withdrawing import withdraw

__all__ = ["NewRecord", "adopt_scheme", "submit", "withdraw"]
