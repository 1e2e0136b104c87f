"""The way in: for whoever recognises hours, and for everybody's own."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from yanxiu.ledger.models import Exemption, Transfer, YearClosing, YearSnapshot
from yanxiu.ledger.queries.exemptions import WORDS
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.models.teacher import today
from yanxiu.ui.pages import show
from yanxiu.verification.models import SampleCheck, Sampled
from yanxiu.verification.permissions import may_decide_transfer, may_run_check
from yanxiu.verification.views.scope import officer, schools, with_titles

SHOWN = 5
State = Sampled.State


@login_required
@require_safe
def home(request: TeacherRequest) -> HttpResponse:
    """Show an officer what there is to do: years, exemptions, transfers, samples."""
    reader = officer(request)
    first = list(schools(request)[:2])
    context: dict[str, Any] = {
        "school": first[0] if len(first) == 1 else None,
        "closed": with_titles(
            YearClosing.objects.filter(
                organisation__in=reader.reach("recognise_hours"), state=YearClosing.State.CLOSED
            ).select_related("organisation")[:SHOWN]
        ),
        "transfers": allowed(may_decide_transfer, reader, Transfer.objects.all())
        .filter(state=Transfer.State.WAITING)
        .count(),
        "exempt": Exemption.objects.living()
        .filter(Q(ends_on=None) | Q(ends_on__gt=today()), starts_on__lte=today(),
                organisation__in=reader.reach("recognise_hours"))
        .count(),
        "checks": allowed(may_run_check, reader, SampleCheck.objects.all()).filter(
            called_off_at=None
        )[:SHOWN],
        "tree": reader.organisation,
    }  # fmt: skip
    return show(request, "verification/home.html", context)


@login_required
@require_safe
def mine(request: TeacherRequest) -> HttpResponse:
    """Show a teacher the own snapshots, exemptions, transfers and checks, and what to check."""
    reader = request.teacher
    snapshots = (
        YearSnapshot.objects.shown().filter(teacher=reader).select_related("closing__organisation")
    )
    exempt = Exemption.objects.filter(teacher=reader).select_related("organisation")
    own = list(snapshots.order_by("-closing__starts_on", "-closing__round")[:20])
    titles = [title for _closing, title in with_titles([one.closing for one in own])]
    context = {
        "snapshots": list(zip(own, titles, strict=True)),
        "exemptions": [(one, WORDS.get(one.reason, one.reason)) for one in exempt[:20]],
        "transfers": Transfer.objects.filter(teacher=reader)[:20],
        "checks": Sampled.objects.filter(teacher=reader, check_of__called_off_at=None)
        .select_related("check_of")
        .order_by("-check_of__drawn_at")[:20],
        "to_check": Sampled.objects.filter(
            checker=reader, check_of__called_off_at=None, state__in=[State.WAITING, State.ANSWERED]
        )
        .select_related("check_of", "teacher")
        .order_by("check_of__due_on", "teacher__pinyin")[:60],
    }
    return show(request, "verification/mine.html", context)
