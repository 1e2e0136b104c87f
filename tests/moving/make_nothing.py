"""Makes an empty house in the data folder of this process."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402 (only after the set-up)

call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
