"""The scheme of the demo's own town counts what the demo's teachers did, training elsewhere too."""

from decimal import Decimal
from pathlib import Path

from yanxiu.config import demo
from yanxiu.ledger.rules.loading import loads
from yanxiu.ledger.rules.tests.made_up import record, worth

SCHEME = loads((Path(demo.__file__).parent / "scheme.yaml").read_text(encoding="utf-8"))


def test_training_elsewhere_counts_as_the_certificate_states() -> None:
    assert worth(record(kind="outside_training", stated=Decimal(12)), SCHEME) == 12
    assert worth(record(), SCHEME) == 1


def test_who_stands_in_a_notice_is_masked_and_every_kind_has_a_way() -> None:
    assert SCHEME.publication is not None
    assert SCHEME.publication.mask == ("name",)
    assert [chain.chain for chain in SCHEME.recognition] == ["declared", "held"]
