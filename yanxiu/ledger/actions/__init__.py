"""Everything that changes records, awards and entries."""

from yanxiu.ledger.actions.adopting import adopt_scheme, end_adoption, take_back_adoption
from yanxiu.ledger.actions.handing_in import hand_in_again, take_back
from yanxiu.ledger.actions.posting import take_over
from yanxiu.ledger.actions.publishing import (
    drop_draft,
    keep_draft,
    publish_scheme,
    start_draft,
    withdraw_scheme,
)
from yanxiu.ledger.actions.recognising import decide, return_, reverse_and_redo
from yanxiu.ledger.actions.submitting import NewRecord, submit
from yanxiu.ledger.actions.withdrawing import withdraw

__all__ = [
    "NewRecord",
    "adopt_scheme",
    "decide",
    "drop_draft",
    "end_adoption",
    "hand_in_again",
    "keep_draft",
    "publish_scheme",
    "return_",
    "reverse_and_redo",
    "start_draft",
    "submit",
    "take_back",
    "take_back_adoption",
    "take_over",
    "withdraw",
    "withdraw_scheme",
]
