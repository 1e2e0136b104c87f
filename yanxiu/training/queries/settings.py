"""What a school asks of outside training and self-study: its own words, or a superior's."""

from datetime import date
from decimal import Decimal

from yanxiu.ledger.queries import schemes_on
from yanxiu.people.holders import teachers_holding
from yanxiu.people.models import Organisation, Post, Role, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.training.models import TrainingSetting

USUAL_MINUTES = Decimal(45)
"""The length of one 课时 where no scheme in force says another."""


def setting_of(organisation: Organisation) -> TrainingSetting:
    """Return the setting in force: the nearest upwards, or an unsaved one of usual values."""
    upwards = organisation.lineage
    rows = TrainingSetting.objects.filter(organisation__in=upwards).select_related("organisation")
    found = max(rows, key=lambda row: len(row.organisation.path), default=None)
    return found or TrainingSetting(organisation=organisation)


def minutes_per_hour(organisation: Organisation, on: date) -> Decimal:
    """Return how many minutes one 课时 has on a day, by the first scheme in force."""
    for scheme in schemes_on(organisation, on):
        found = scheme.minutes_per_hour.on(on)
        if found is not None:
            return Decimal(str(found))
    return USUAL_MINUTES


def deciders(organisation: Organisation, on: date) -> list[Teacher]:
    """Return who recognises what was reported in `organisation` itself, else its office."""
    found = list(teachers_holding("recognise_hours", organisation, on))
    return found or office(organisation, on)


def office(organisation: Organisation, on: date) -> list[Teacher]:
    """Return those who decide on training in `organisation`: posts there that manage sessions."""
    roles = [row.pk for row in Role.objects.all() if "manage_sessions" in row.rights]
    posts = Post.objects.filter(held_on(on), organisation=organisation, role__in=roles)
    return list(Teacher.objects.filter(is_active=True, pk__in=posts.values("teacher")))
