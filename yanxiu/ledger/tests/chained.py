"""A made-up county whose scheme recognises in steps, for the tests of recognition."""

from datetime import date

from yanxiu.cast import MORNING, Cast
from yanxiu.ledger.actions import adopt_scheme, publish_scheme, start_draft
from yanxiu.ledger.rules.tests.steps import SCHEME
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Role, Teacher


def adopt_steps(cast: Cast, *, by: Organisation | None = None) -> Organisation:
    """Publish the made-up scheme at the central school and let it be used there; return it."""
    central = by or cast.school.parent
    assert central is not None
    file = start_draft(central, SCHEME, by=None, at=MORNING)
    publish_scheme(file, edition=file.edition, by=None, at=MORNING)
    adopt_scheme(
        central, "made-up-steps", starts_on=date(2025, 9, 1), by=None, at=MORNING, version="2026"
    )
    return central


def researcher(cast: Cast, name: str = "孙教研员", role: str = "researcher") -> Teacher:
    """Add somebody who recognises hours at the central school."""
    central = cast.school.parent
    assert central is not None
    teacher = people.add_teacher(name=name, by=None, at=MORNING)
    people.give_post(
        teacher, central, Role.objects.get(code=role), starts_on=date(2020, 9, 1), by=None,
        at=MORNING,
    )  # fmt: skip
    return teacher
