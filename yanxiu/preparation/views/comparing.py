"""Versions of a plan, how two differ, how far an own plan departs, and who brought what."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yanxiu.attachments.models import Attachment
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.preparation.models import LessonPlan, PlanVersion
from yanxiu.preparation.permissions import may_see_departure, may_see_version
from yanxiu.preparation.queries import plans
from yanxiu.preparation.queries.comparing import compare
from yanxiu.preparation.views.reader import plan_of
from yanxiu.ui.pages import show

MOST = 60


def _versions(plan: LessonPlan) -> list[PlanVersion]:
    rows = plan.versions.defer("content").prefetch_related("uses__lesson__kind")
    return list(rows.order_by("-number")[:MOST])


@login_required
@require_safe
def versions(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """List the versions of a plan, the lessons they were used in, and the files it came from."""
    plan = plan_of(request, uid)
    found = _versions(plan)
    steps = [(one, found[at + 1] if at + 1 < len(found) else None) for at, one in enumerate(found)]
    lessons = list(plans.lessons_for(plan, request.teacher)[:20]) if plan.may_write else []
    now = timezone.now()
    # What comes next stands first: that is what a plan is mostly for.
    lessons.sort(key=lambda one: (one.ends_at < now, abs(one.starts_at - now)))
    context = {
        "plan": plan,
        "steps": steps,
        "files": Attachment.objects.filter(source_kind=LessonPlan.SOURCE_KIND, source_id=plan.uid),
        "lessons": lessons,
        "is_used": any(one.used for one in lessons),  # type: ignore[attr-defined]
    }
    return show(request, "preparation/versions.html", context)


def _version(request: TeacherRequest, uid: UUID | str) -> PlanVersion:
    rows = PlanVersion.objects.select_related("plan__author", "plan__unit", "plan__base__plan")
    return get_allowed(may_see_version, request.teacher, rows, uid)


@login_required
@require_safe
def version(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one version of a plan as it was."""
    found = _version(request, uid)
    others = (
        allowed(may_see_version, request.teacher, PlanVersion.objects.defer("content"))
        .filter(plan=found.plan_id)
        .exclude(pk=found.pk)
        .order_by("number")
    )
    context = {
        "version": found,
        "plan": found.plan,
        "sections": [section for section in found.content if section["paragraphs"]],
        "others": list(others[:MOST]),
    }
    return show(request, "preparation/version.html", context)


@login_required
@require_safe
def difference(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show how another version (`?to=`), or the newest of the same plan, differs from this one."""
    before = _version(request, uid)
    try:
        after = _version(request, UUID(request.GET.get("to", "")))
    except ValueError:
        after = _newest_beside(before, request)
    _same_family(before, after)
    found = compare(before.content, after.content)
    return show(request, "preparation/difference.html", _shown(before, after, found, request))


def _newest_beside(before: PlanVersion, request: TeacherRequest) -> PlanVersion:
    """Return the newest version of the same plan that the reader may read, or 404."""
    rows = PlanVersion.objects.filter(plan=before.plan_id).exclude(pk=before.pk)
    newest = allowed(may_see_version, request.teacher, rows).order_by("-number").first()
    if newest is None:
        raise Http404
    return _version(request, newest.uid)


def _same_family(one: PlanVersion, other: PlanVersion) -> None:
    """Let only versions be compared that come from one another, or from the same plan.

    Raises:
        Http404: they do not.
    """
    plans_of = [{each.plan_id, each.plan.base.plan_id if each.plan.base else None} - {None}
                for each in (one, other)]  # fmt: skip
    if not plans_of[0] & plans_of[1]:
        raise Http404


def _shown(before: Any, after: Any, found: Any, request: TeacherRequest) -> dict[str, Any]:
    return {
        "before": before,
        "after": after,
        "found": found,
        "plan": after.plan,
        "whole": request.GET.get("whole") == "1",
    }


@login_required
@require_safe
def departure(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show how far an own plan departs from the agreed one it started from."""
    plan = plan_of(request, uid, may_see_departure)
    last = None if plan.may_write else plan.versions.order_by("-number").first()
    shown = plans.shown_content(plan, writes=plan.may_write, last=last)
    context = {
        "plan": plan,
        "before": plan.base,
        "found": compare(plan.base.content, shown),
        "whole": request.GET.get("whole") == "1",
        "departs": True,
    }
    return show(request, "preparation/difference.html", context)


@login_required
@require_safe
def contributions(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show who proposed what for a shared plan, and what of it was adopted."""
    plan = plan_of(request, uid)
    if not plan.is_shared:
        raise Http404
    context = {
        "plan": plan,
        "contributions": plans.contributions(plan),
        "own_versions": LessonPlan.objects.filter(
            base__plan=plan, state__in=["handed_in", "checked"]
        ).count(),
    }
    return show(request, "preparation/contributions.html", context)
