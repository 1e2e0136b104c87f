"""Everything that changes records, awards and entries."""

from yanxiu.ledger.actions.adopting import adopt_scheme, end_adoption, take_back_adoption
from yanxiu.ledger.actions.posting import take_over
from yanxiu.ledger.actions.submitting import NewRecord, submit
from yanxiu.ledger.actions.withdrawing import withdraw

__all__ = [
    "NewRecord",
    "adopt_scheme",
    "end_adoption",
    "submit",
    "take_back_adoption",
    "take_over",
    "withdraw",
]
