"""Writing, publishing and retiring rules."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.people.models.teacher import today
from yanxiu.regulations import actions, queries
from yanxiu.regulations.articles import Piece, joined
from yanxiu.regulations.forms import PublishForm, ReasonForm, RegulationForm, RevisionForm
from yanxiu.regulations.models import Regulation, RegulationKind, RegulationVersion
from yanxiu.regulations.permissions import RIGHT, may_manage_regulation, may_see_regulation
from yanxiu.ui.asking import ask

MINUTES_TO_READ = 5
"""How long reading one rule takes, for the sentence about the burden (an assumption of ours)."""


def require_writer(request: TeacherRequest) -> None:
    """Answer 404 to whoever writes no rules."""
    if not request.teacher.holds(RIGHT):
        raise Http404


def kept_organisations(request: TeacherRequest) -> Any:
    """Return the organisations whose rules the reader writes, in the order of the tree."""
    return Organisation.objects.filter(pk__in=request.teacher.reach(RIGHT)).order_by("path")


def managed(request: TeacherRequest, uid: UUID) -> Regulation:
    """Return the rule `uid` if the reader writes it."""
    rows = Regulation.objects.select_related("organisation", "kind")
    return get_allowed(may_manage_regulation, request.teacher, rows, uid)


def text_of(version: RegulationVersion | None) -> str:
    """Return the text of a version to be edited."""
    if version is None:
        return ""
    return joined([Piece(one.label, one.text) for one in version.articles.all()])


@login_required
def new(request: TeacherRequest) -> HttpResponse:
    """Register a rule, or a superior's document."""
    require_writer(request)
    organisations = kept_organisations(request)
    lineage = {pk for one in organisations for pk in queries.lineage(one)}
    seen = allowed(may_see_regulation, request.teacher, Regulation.objects.filter(retired_on=None))
    form = RegulationForm(
        request.POST or None,
        request.FILES or None,
        organisations=organisations,
        kinds=RegulationKind.objects.filter(organisation=None)
        | RegulationKind.objects.filter(organisation__in=lineage),
        superior=seen,
        initial={"starts_on": today(), "derived_from": request.GET.get("from", ""),
                 "kind": request.GET.get("kind", "")},
    )  # fmt: skip

    def deed(data: Mapping[str, Any]) -> str:
        rest = {
            name: value
            for name, value in data.items()
            if name not in {"organisation", "kind", "file"}
        }
        made = actions.register(
            data["organisation"],
            data["kind"],
            actions.NewRule(**rest),
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("regulations:regulation", args=[made.uid])

    context = {
        "heading": _("登记制度"),
        "lead": _("先存为草稿，核对条款以后再公布。"),
        "back_url": reverse("regulations:regulations"),
        "keep": "regulation-new",
    }
    return ask(
        request, form, deed, done=_("已存为草稿，还没有公布。"), page="regulations/form.html",
        context=context,
    )  # fmt: skip


@login_required
def revise(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write the next version, or go on with the draft."""
    found = managed(request, uid)
    standing = actions.draft(found)
    base = standing or found.versions.last()
    form = RevisionForm(
        request.POST or None,
        request.FILES or None,
        initial={
            "text": text_of(base),
            "starts_on": standing.starts_on if standing else today(),
            "change_note": standing.change_note if standing else "",
        },
    )
    if standing and standing.number == 1:
        form.fields["change_note"].required = False

    def deed(data: Mapping[str, Any]) -> str:
        words = {name: data[name] for name in ("starts_on", "change_note")}
        who: dict[str, Any] = {"by": request.teacher, "at": timezone.now()}
        if standing:
            actions.edit_draft(standing, data["text"], **words, **who)
        else:
            actions.revise(found, data["text"], **words, **who)
        return reverse("regulations:regulation", args=[uid])

    context = {
        "heading": _("修订《%(title)s》") % {"title": found.title},
        "lead": _("现行的一版照旧施行，公布以后才换成新的。"),
        "back_url": reverse("regulations:regulation", args=[uid]),
        "keep": f"regulation-{uid}",
    }
    return ask(
        request, form, deed, done=_("草稿已保存。"), page="regulations/form.html", context=context
    )


@login_required
def publish(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put the draft in force, after saying what it costs those who are asked to read it."""
    found = managed(request, uid)
    standing = actions.draft(found)
    if standing is None:
        raise Http404
    people = queries.readers(found, today()).count()
    form = PublishForm(request.POST or None)

    def deed(data: Mapping[str, Any]) -> str:
        actions.publish(standing, by=request.teacher, at=timezone.now(), **data)
        return reverse("regulations:regulation", args=[uid])

    context = {
        "regulation": found,
        "version": standing,
        "people": people,
        "minutes": people * MINUTES_TO_READ,
        "each": MINUTES_TO_READ,
        "back_url": reverse("regulations:regulation", args=[uid]),
    }
    return ask(
        request, form, deed, done=_("已公布。"), page="regulations/publish.html", context=context
    )


@login_required
def retire(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """End a rule, with the reason."""
    found = managed(request, uid)

    def deed(data: Mapping[str, Any]) -> str:
        actions.retire(found, because=data["because"], by=request.teacher, at=timezone.now())
        return reverse("regulations:regulation", args=[uid])

    context = {
        "regulation": found,
        "back_url": reverse("regulations:regulation", args=[uid]),
    }
    return ask(
        request, ReasonForm(request.POST or None), deed, done=_("已废止，各版仍可查阅。"),
        page="regulations/retire.html", context=context,
    )  # fmt: skip
