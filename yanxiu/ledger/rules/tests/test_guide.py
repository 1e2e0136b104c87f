"""The worked example of the guide works."""

import re
from pathlib import Path

from yanxiu.ledger.rules.cases import read_cases, run
from yanxiu.ledger.rules.loading import loads
from yanxiu.ledger.rules.tests.made_up import HERE

GUIDE = HERE.parents[3] / "docs" / "guides" / "writing-a-scheme.md"


def test_the_example_is_read_and_its_case_holds(tmp_path: Path) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    scheme_text, case_text = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    path = tmp_path / "awards.yaml"
    path.write_text(case_text, encoding="utf-8")

    [outcome] = [run(case, loads(scheme_text)) for case in read_cases(path)]

    assert outcome.differences == ()
    assert all(f"| {step} |" in guide for step in outcome.steps)
