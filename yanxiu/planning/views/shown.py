"""What several pages of plans share: for whom somebody plans, finding a plan, the forms."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yanxiu.people.access import get_allowed
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.people.models.teacher import below
from yanxiu.planning.models import Plan, Proposal
from yanxiu.planning.permissions import may_manage_plan, may_see_plan

JOINED = (
    "organisation", "unit", "term", "proposal", "teacher", "owner", "parent", "copied_from__term",
    "copied_from__organisation",
)  # fmt: skip

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


class Owners:
    """Whose plans this teacher may write: organisations as a whole, and units."""

    def __init__(self, teacher: Teacher) -> None:
        """Look them up: at most two statements."""
        paths = teacher.reach_paths("manage_plans")
        own = {post.organisation_id for post in teacher.posts_today}
        wholes = Organisation.objects.filter(below(paths)).order_by("path") if paths else []
        self.organisations = {f"school-{row.pk}": row for row in wholes}
        here = Q(organisation__in=own) & Q(below(paths, "organisation__")) if paths else Q(pk=None)
        self.units: dict[str, Unit] = {}
        if paths or teacher.leads:
            units = Unit.objects.filter(here | Q(pk__in=teacher.leads), ends_on=None)
            self.units = {f"unit-{row.pk}": row for row in units.select_related("organisation")}

    def __bool__(self) -> bool:
        return bool(self.organisations or self.units)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return them as a form offers them; a school is named where there are several."""
        several = len(self.organisations) > 1
        return [
            *(
                (code, row.name if several else _("全校"))
                for code, row in self.organisations.items()
            ),
            *(
                (code, f"{row.organisation.name} {row.name}" if several else row.name)
                for code, row in self.units.items()
            ),
        ]

    def of(self, code: str) -> tuple[Organisation, Unit | None]:
        """Return the organisation and the unit that `code` stands for."""
        unit = self.units.get(code)
        return (unit.organisation, unit) if unit else (self.organisations[code], None)


def seen_plan(teacher: Teacher, uid: UUID) -> Plan:
    """Return the plan `uid` if `teacher` may see it, else 404.

    It tells as `has_merged` whether a document came into it.
    """
    came = Proposal.objects.filter(merged_into=OuterRef("pk"))
    rows = Plan.objects.select_related(*JOINED).annotate(has_merged=Exists(came))
    return get_allowed(may_see_plan, teacher, rows, uid)


def managed_plan(teacher: Teacher, uid: UUID) -> Plan:
    """Return the plan `uid` if `teacher` manages it, else 404."""
    return get_allowed(may_manage_plan, teacher, Plan.objects.select_related(*JOINED), uid)


def offer(form: forms.Form, field: str, choices: list[tuple[Any, Any]]) -> None:
    """Let `field` of `form` offer `choices`."""
    form.fields[field].choices = choices  # type: ignore[attr-defined]
