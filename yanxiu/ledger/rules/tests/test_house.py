"""The rules are plain Python: they work where no Django is."""

import subprocess
import sys


def test_the_rules_run_without_django() -> None:
    program = (
        "import sys; sys.modules['django'] = None\n"
        "from yanxiu.ledger.rules import cases, checking, standing, loading\n"
        "print(sorted(loading.shipped()))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "cn-central-school-handbook" in run.stdout
