"""The pages of the ledger."""

from yanxiu.ledger.views.adopting import end, schemes, take_back

__all__ = ["end", "schemes", "take_back"]
