"""A school whose scheme recognises in steps, made in the data folder of a house by a process."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "made-up-words-for-a-test"


def furnish(data: Path, settings: str = "yanxiu.config.settings") -> dict[str, tuple[str, str]]:
    """Make the school in the folder `data` and return who can log in, by name."""
    environment = {**os.environ, "YANXIU_DATA": str(data), "DJANGO_SETTINGS_MODULE": settings}
    environment.pop("YANXIU_DATABASE", None)
    made = subprocess.run(
        [sys.executable, "-m", "tests.journeys.steps_school"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return {name: (phone, PASSWORD) for name, phone in json.loads(made.stdout).items()}


def main() -> None:
    """Lay the ground, found the school, put the scheme in force, and tell who can log in."""
    import django  # noqa: PLC0415 (the settings come with the environment)

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from yanxiu.config.ground import lay_ground  # noqa: PLC0415
    from yanxiu.ledger import actions as ledger  # noqa: PLC0415
    from yanxiu.ledger.rules.tests.steps import SCHEME  # noqa: PLC0415
    from yanxiu.people import actions as people  # noqa: PLC0415
    from yanxiu.people.models import Organisation, Role, Teacher  # noqa: PLC0415

    at = timezone.now()
    lay_ground()
    central = Organisation.objects.filter(parent=None).first() or people.add_organisation(
        None, "清河中心校", by=None, at=at, level_name="中心校", is_school=False
    )
    school = people.add_organisation(central, "清河小学", by=None, at=at)
    found = {}
    for number, (name, role, where) in enumerate(
        (
            ("王老师", "teacher", school),
            ("周主任", "research_office", school),
            ("沈校长", "principal", school),
            ("孙教研员", "researcher", central),
        )
    ):
        teacher: Teacher = people.add_teacher(
            name=name, phone=f"1390000000{number}", by=None, at=at
        )
        roles = {role, "teacher"} if where is school else {role}
        for code in sorted(roles):
            people.give_post(
                teacher, where, Role.objects.get(code=code), starts_on=date(2020, 9, 1), by=None,
                at=at,
            )  # fmt: skip
        teacher.set_password(PASSWORD)
        teacher.save(update_fields=["password"])
        found[name] = teacher.phone
    file = ledger.start_draft(central, SCHEME, by=None, at=at)
    ledger.publish_scheme(file, edition=file.edition, by=None, at=at)
    ledger.adopt_scheme(
        central, "made-up-steps", starts_on=date(2025, 9, 1), by=None, at=at, version="2026"
    )
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
