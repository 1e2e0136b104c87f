"""The kinds of source that rules and requirements own."""

from django.urls import reverse

from yanxiu.kernel.spans import day_of
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


def _articles(row: RegulationVersion) -> str:
    return "\n".join(row.articles.values_list("text", flat=True))


PLACES = [
    Place(
        kind=Regulation.SOURCE_KIND,
        name="制度",
        rows=Regulation.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("regulations:regulation", args=[row.uid]),
        seen_by=may_see_regulation,
        text=lambda row: row.title,
        person=lambda row: row.owner_id,
        day=lambda row: row.issued_on,
    ),
    Place(
        kind=RegulationVersion.SOURCE_KIND,
        name="制度条文",
        rows=lambda: RegulationVersion.objects.select_related("regulation"),
        title=lambda row: row.regulation.title,
        url=lambda row: reverse("regulations:regulation", args=[row.regulation.uid]),
        seen_by=may_see_version,
        text=_articles,
        searched=lambda row: row.published_at is not None,
        day=lambda row: row.starts_on,
        organisation=lambda row: row.regulation.organisation_id,
    ),
    Place(
        kind=Requirement.SOURCE_KIND,
        name="要求",
        rows=Requirement.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("regulations:requirement", args=[row.uid]),
        seen_by=may_see_requirement,
        text=lambda row: f"{row.title}\n{row.text}",
        day=lambda row: row.due_on or day_of(row.issued_at),
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
