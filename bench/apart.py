"""A bench in a process and a data folder of its own, and what is counted in there."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HOUSE = "yanxiu.config.settings"


def measured(module: str, *parts: str, database: bool = False) -> dict[str, Any]:
    """Run `bench.<module>` in a process and a data folder of its own; return what it printed.

    Nothing of the administrator's own settings may reach a measurement.

    Args:
        module: of this package; its `main` prints figures as JSON.
        parts: each is a run of its own in the same folder, with these words; none is one run.
        database: whether a database that the environment names is used.
    """
    plain = {key: value for key, value in os.environ.items() if not key.startswith("YANXIU_")}
    plain.setdefault("DJANGO_SETTINGS_MODULE", HOUSE)
    if database and (url := os.environ.get("YANXIU_DATABASE")):
        plain["YANXIU_DATABASE"] = url
    told: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="yanxiu-bench-") as folder:
        for part in parts or ("",):
            done = subprocess.run(
                [sys.executable, "-m", f"bench.{module}", *part.split()],
                check=True, cwd=ROOT, env={**plain, "YANXIU_DATA": folder}, stdout=subprocess.PIPE,
            )  # fmt: skip
            told |= json.loads(done.stdout)
    return told


def ready() -> None:
    """Set Django up over an empty database with what is shipped in it."""
    import django  # noqa: PLC0415 (only in the process that measures)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from yanxiu.config.ground import lay_ground  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
    lay_ground()


def cpu(deed: Callable[[], Any]) -> tuple[float, Any]:
    """Return the processor seconds that `deed` took, and what it returned."""
    began = time.process_time()
    given = deed()
    return round(time.process_time() - began, 3), given


def statements(deed: Callable[[], Any]) -> tuple[int, Any]:
    """Return how many statements `deed` asked, and what it returned."""
    from django.db import connection  # noqa: PLC0415 (after the set-up)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as captured:
        given = deed()
        # The log is that of the connection; the next request empties it.
        asked = len(captured)
    return asked, given
