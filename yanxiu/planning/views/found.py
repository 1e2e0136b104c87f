"""What a file holds: choosing from it, looking at copies side by side, the draft of a scheme."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.planning import actions
from yanxiu.planning.actions.reviewing import alike_to
from yanxiu.planning.alike import passages
from yanxiu.planning.models import Finding, Proposal
from yanxiu.planning.permissions import may_see_proposal
from yanxiu.planning.reading import Finding as Read
from yanxiu.planning.reading import Period, ReadDocument, Section
from yanxiu.planning.reading.drafting import draft_scheme
from yanxiu.planning.views.proposal import seen_proposal
from yanxiu.planning.views.shown import read_or_post
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show

State = Proposal.State
IN_HAND = {State.FOUND, State.OPEN}
OPENING = 3
"""So many lines of a document tell which one it is."""


@login_required
@read_or_post
def found(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the documents of one file; take those that are wanted."""
    one = seen_proposal(request, uid)
    siblings = Proposal.objects.filter(organisation=one.organisation_id, sha256=one.sha256)
    rows = list(
        allowed(may_see_proposal, request.teacher, siblings)
        .exclude(state=State.DROPPED)
        .defer("prints", "slips")
        .order_by("first_line")
    )
    if request.method == "POST":
        wanted = set(request.POST.getlist("take"))
        chosen = [row for row in rows if str(row.uid) in wanted and row.state in IN_HAND]
        taken = actions.take_proposals(chosen, by=request.teacher, at=timezone.now())
        if len(taken) == 1:
            return redirect("planning:proposal", uid=taken[0].uid)
        said = _("已取用 %(count)s 份，请逐份核对。") if taken else _("没有勾选，什么也没有取用。")
        messages.success(request, said % {"count": len(taken)} if taken else said)
        return redirect("planning:found", uid=one.uid)
    alike = alike_to(rows, request.teacher)
    lines = [
        {
            "row": row,
            "opening": _opening(row),
            "alike": alike.get(row.pk, []),
            "waits": row.state == State.FOUND,
        }
        for row in rows
    ]
    context = {"one": one, "lines": lines, "waiting": any(line["waits"] for line in lines)}
    return show(request, "planning/found.html", context)


def _opening(row: Proposal) -> str:
    """Return how a document begins below its title, so that it can be told from the others."""
    lines = sorted(row.source_lines.items(), key=lambda line: int(line[0]))
    text = " ".join(text.strip() for _number, text in lines[1 : OPENING + 1])
    return text[:80]


@login_required
@read_or_post
def alike(request: TeacherRequest, uid: UUID, other: UUID) -> HttpResponse:
    """Show which passages two documents share, side by side; the person decides."""
    one, two = seen_proposal(request, uid), seen_proposal(request, other)
    told = next((each for each in one.alike if each["uid"] == str(two.uid)), None)
    if told is None:
        raise Http404
    if request.method == "POST":
        teacher, now = request.teacher, timezone.now()
        if request.POST.get("do") == "drop":
            actions.drop_proposal(one, by=teacher, at=now)
            messages.success(request, _("这一份已放弃，没有写入任何内容。"))
            return redirect("planning:plans")
        actions.settle_alike(one, two, by=teacher, at=now)
        messages.success(request, _("已记下：不是重复的，照常核对。"))
        return redirect("planning:proposal", uid=one.uid)
    shared = passages(one.source_lines, two.source_lines)
    context = {
        "one": one,
        "two": two,
        "share": told["share"],
        "settled": told["settled"],
        "passages": shared,
        "open": one.state in IN_HAND,
        "lines": sum(bool(text.strip()) for text in one.source_lines.values()),
    }
    return show(request, "planning/alike.html", context)


# ---- the draft of a scheme ----
@login_required
@require_safe
def credit_draft(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the credit rules of a document as a draft scheme, with what contradicts in them."""
    one, draft = _drafted(request, uid)
    text, warnings = draft or ("", ())
    context = {"one": one, "text": text, "warnings": warnings}
    return show(request, "planning/credit_draft.html", context)


@login_required
@require_safe
def credit_file(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the draft scheme as a file."""
    _one, draft = _drafted(request, uid)
    if draft is None:
        raise Http404
    return download(draft[0], "draft-scheme.yaml")


def _drafted(
    request: TeacherRequest, uid: UUID
) -> tuple[Proposal, tuple[str, tuple[Any, ...]] | None]:
    one = seen_proposal(request, uid)
    kept = one.findings.exclude(decision=Finding.Decision.DROPPED)
    return one, draft_scheme(document_of(one, kept))


def document_of(proposal: Proposal, findings: Iterable[Finding]) -> ReadDocument:
    """Return what was read as the reader gave it, as far as its values still stand."""
    period = proposal.period
    return ReadDocument(
        kind=proposal.kind,  # type: ignore[arg-type]
        title=proposal.title,
        lines=(proposal.first_line, proposal.last_line),
        period=Period(
            kind=period.get("kind"),
            year=period.get("year"),
            season=period.get("season"),
            school_year=period.get("school_year"),
            inferred=bool(period.get("inferred")),
        ),
        sections=tuple(Section(*each) for each in proposal.sections),
        findings=tuple(
            Read(
                kind=each.kind,  # type: ignore[arg-type]
                name=each.name,
                value=_number(each.value),
                line=each.line,
                text=each.text,
                unit=each.unit or None,
                qualifier=each.qualifier or None,
                period=each.period or None,
                inferred=each.inferred,
                per=each.per or None,
            )
            for each in findings
        ),
    )


def _number(value: Any) -> Any:
    """Return a stored value with the numbers that were kept as text as numbers again."""
    if isinstance(value, dict):
        return {name: _number(each) for name, each in value.items()}
    if isinstance(value, str) and value.replace(".", "", 1).isdecimal() and value.isascii():
        return Decimal(value)
    return value
