"""Everything that changes records, awards and entries."""

from yanxiu.ledger.actions.adopting import adopt_scheme
from yanxiu.ledger.actions.posting import take_over
from yanxiu.ledger.actions.submitting import NewRecord, submit
from yanxiu.ledger.actions.withdrawing import withdraw

__all__ = ["NewRecord", "adopt_scheme", "submit", "take_over", "withdraw"]
