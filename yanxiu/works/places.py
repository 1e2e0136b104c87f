"""The kinds of source that works own, and what a search finds them by."""

from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.people.models import Membership
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import today
from yanxiu.places import audience
from yanxiu.places.table import Place
from yanxiu.places.waiting import Waiting
from yanxiu.works.calls.places import PLACES as CALLS
from yanxiu.works.models import Outcome, Submission, Work, WorkText
from yanxiu.works.permissions import (
    HANDED_IN,
    may_see_outcome,
    may_see_private_text,
    may_see_submission,
    may_see_work,
)
from yanxiu.works.queries.waiting import waiting_for


def _public(row: Work) -> str:
    """Return what others may find it by; what was written for oneself is a place of its own.

    Asked for row by row, and only by the search: links to works should cost one statement.
    """
    texts = row.texts.filter(is_private=False).exclude(text="").values_list("text", flat=True)
    return "\n".join([row.title, row.kind.name, row.about, *texts])


def _authors(row: Work) -> list[str]:
    authors = row.authors.exclude(teacher=None).values_list("teacher", flat=True)
    return [audience.person(pk) for pk in {row.teacher_id, *authors} if pk]


def _groups(row: Work) -> list[str]:
    units = Membership.objects.on(today()).filter(teacher=row.teacher_id)
    return [audience.unit(pk) for pk in units.values_list("unit", flat=True)]


def _readers(row: Work) -> list[str]:
    """Return who reads it once it is handed in: the leaders of the groups, and the office.

    What was returned is a draft again: they know what was handed in, and find no word of the rest.
    """
    if row.state not in HANDED_IN:
        return []
    above = lineage_of(row.organisation.path)
    return [*_groups(row), *(audience.holders("see_works", pk) for pk in above)]


def _audience(row: Work) -> list[str]:
    """Return who may see it at all; a private draft is passed by for everybody else."""
    found = _authors(row)
    if row.dropped_at:
        return found
    found += _readers(row)
    if row.shared_with == Work.Shared.SCHOOL:
        found.append(audience.workers(row.organisation_id))
    elif row.shared_with == Work.Shared.GROUP:
        found += [audience.everybody()] if row.session_id else _groups(row)
    return found


def _private_audience(row: WorkText) -> list[str]:
    work = row.work
    return _authors(work) if work.dropped_at else [*_authors(work), *_readers(work)]


PLACES = [
    Place(
        kind=Work.SOURCE_KIND,
        name="作品",
        rows=lambda: Work.objects.select_related("kind", "organisation"),
        title=lambda row: row.title or f"{row.kind.name}（还没有题目）",
        url=lambda row: reverse("works:work", args=[row.uid]),
        seen_by=may_see_work,
        text=_public,
        person=lambda row: row.teacher_id,
        people=lambda row: row.authors.exclude(teacher=None).values_list("teacher", flat=True),
        day=lambda row: row.happened_on,
        audience=_audience,
        grouped_by="teacher",
    ),
    Place(
        kind=WorkText.SOURCE_KIND,
        name="作品的不公开栏目",
        rows=lambda: (
            WorkText.objects.filter(is_private=True)
            .exclude(text="")
            .select_related("work__organisation")
        ),
        title=lambda row: f"{row.work.title} · {row.name}",
        url=lambda row: reverse("works:work", args=[row.work.uid]),
        seen_by=may_see_private_text,
        text=lambda row: row.text,
        person=lambda row: row.work.teacher_id,
        day=lambda row: row.work.happened_on,
        organisation=lambda row: row.work.organisation_id,
        audience=_private_audience,
        grouped_by="work__teacher",
    ),
    Place(
        kind=Submission.SOURCE_KIND,
        name="选送",
        rows=lambda: Submission.objects.select_related("work"),
        title=lambda row: f"《{row.work.title}》送往{row.destination}",
        url=lambda row: reverse("works:work", args=[row.work.uid]),
        seen_by=may_see_submission,
    ),
    Place(
        kind=Outcome.SOURCE_KIND,
        name="获奖与发表",
        rows=Outcome.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("works:outcome", args=[row.uid]),
        seen_by=may_see_outcome,
        text=lambda row: f"{row.title} {row.event} {row.issuer}",
        person=lambda row: row.teacher_id,
        day=lambda row: row.happened_on,
    ),
    *CALLS,
]

WAITING = [
    Waiting(
        code="works.handed_in",
        rows=waiting_for,
        words=lambda n: _("%(n)s 篇作品等您审阅") % {"n": n},
        url=lambda: f"{reverse('works:school')}?state={Work.State.HANDED_IN}",
    ),
]
