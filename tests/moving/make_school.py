"""Makes a small school with a term of life in the data folder of this process, on SQLite."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402 (only after the set-up)

call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)

from tests.stage import fill_stage  # noqa: E402

fill_stage()
