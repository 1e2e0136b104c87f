"""The kinds of source that rules and requirements own."""

from django.urls import reverse

from yanxiu.places.table import Place
from yanxiu.regulations.models import (
    Regulation,
    RegulationVersion,
    Requirement,
    RequirementAnswer,
)
from yanxiu.regulations.permissions import (
    may_see_answer,
    may_see_regulation,
    may_see_requirement,
    may_see_version,
)

PLACES = [
    Place(
        kind=Regulation.SOURCE_KIND,
        name="制度",
        rows=Regulation.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("regulations:regulation", args=[row.uid]),
        seen_by=may_see_regulation,
        text=lambda row: row.title,
    ),
    Place(
        kind=RegulationVersion.SOURCE_KIND,
        name="制度",
        rows=lambda: RegulationVersion.objects.select_related("regulation"),
        title=lambda row: row.regulation.title,
        url=lambda row: reverse("regulations:regulation", args=[row.regulation.uid]),
        seen_by=may_see_version,
    ),
    Place(
        kind=Requirement.SOURCE_KIND,
        name="要求",
        rows=Requirement.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("regulations:requirement", args=[row.uid]),
        seen_by=may_see_requirement,
        text=lambda row: f"{row.title}\n{row.text}",
    ),
    Place(
        kind=RequirementAnswer.SOURCE_KIND,
        name="要求",
        rows=lambda: RequirementAnswer.objects.select_related("requirement"),
        title=lambda row: row.requirement.title,
        url=lambda row: reverse("regulations:answer", args=[row.uid]),
        seen_by=may_see_answer,
    ),
]
