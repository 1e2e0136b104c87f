"""Awards keep the digest of the scheme that made them, so what a shipped version says stays."""

from pathlib import Path

import yaml

from yanxiu.ledger.rules.loading import SHIPPED, loads

KEPT = Path(__file__).with_name("digests.yaml")


def test_a_shipped_version_says_what_it_said_also_when_the_language_has_grown() -> None:
    found = {
        f"{path.parent.name}@{path.stem}": loads(path.read_text(encoding="utf-8")).digest
        for path in sorted(SHIPPED.glob("*/*.yaml"))
    }

    assert found == yaml.safe_load(KEPT.read_text(encoding="utf-8"))
