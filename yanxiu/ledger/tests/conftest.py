"""What the tests of the ledger call the fixtures of the house."""

from collections.abc import Callable

from yanxiu.ledger.models import Record

TakePart = Callable[..., Record]
