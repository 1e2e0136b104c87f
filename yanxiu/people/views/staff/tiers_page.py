"""Tiers and honours, and what each asks for."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.people import staff as queries
from yanxiu.people.access import TeacherRequest, allowed
from yanxiu.people.actions import staff as actions
from yanxiu.people.forms import staff as forms
from yanxiu.people.models import (
    Organisation,
    Programme,
    Tier,
    TierHolding,
)
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import (
    may_see_teacher,
)
from yanxiu.people.roster.tiers import place_of
from yanxiu.people.views.asking import ask
from yanxiu.people.views.staff.scope import (
    PAGE,
    form_words,
    may_shape_staff_of,
    page_of,
    school_asked_for,
    school_to_shape,
)
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.pages import show


def tier_asked_for(request: TeacherRequest, tiers: Iterable[Tier]) -> Tier | None:
    wanted = request.GET.get("tier", "")
    return next((tier for tier in tiers if str(tier.pk) == wanted), None)


@login_required
def tiers(request: TeacherRequest) -> HttpResponse:
    """List the titles with those who hold or held them, by level, kind and year."""
    organisation, schools = school_asked_for(request)
    wanted = {name: request.GET.get(name, "")[:40] for name in ("ladder", "level", "year")}
    rows = _holdings(request, organisation, wanted)
    own = queries.tiers_for(organisation).annotate(
        held=Count("holdings", filter=Q(holdings__ends_on=None), distinct=True)
    )
    own_rows = list(own)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "school": organisation,
        "schools": schools,
        "page": page,
        "wanted": wanted,
        "tiers": own_rows,
        "ladders": sorted({tier.ladder or place_of(tier.name)[0] for tier in own_rows} - {""}),
        "levels": sorted({tier.level or place_of(tier.name)[1] for tier in own_rows} - {""}),
        "programmes": Programme.objects.filter(organisation=organisation).select_related("tier"),
        "may_shape": may_shape_staff_of(request, organisation),
        "day": today(),
    }
    return show(request, "people/tiers.html", context)


def _holdings(
    request: TeacherRequest, organisation: Organisation, wanted: Mapping[str, str]
) -> "QuerySet[TierHolding]":
    working = queries.working_in(organisation, today())
    seen = allowed(may_see_teacher, request.teacher, working)
    rows = TierHolding.objects.filter(teacher__in=seen.values("pk").order_by())
    if wanted["ladder"]:
        rows = rows.filter(
            Q(tier__ladder=wanted["ladder"])
            | Q(tier__ladder="", tier__name__contains=wanted["ladder"][:2])
        )
    if wanted["level"]:
        rows = rows.filter(
            Q(tier__level=wanted["level"])
            | Q(tier__level="", tier__name__startswith=wanted["level"])
        )
    if year := whole_number(wanted["year"][:4]):
        rows = rows.filter(starts_on__year__lte=year).filter(
            Q(ends_on=None) | Q(ends_on__year__gte=year)
        )
    found: QuerySet[TierHolding] = rows.select_related("tier", "teacher").order_by(
        "tier__order", "tier", "-starts_on", "pk"
    )
    return found


@login_required
def shape_tier(request: TeacherRequest, uid: UUID, tier: int | None = None) -> HttpResponse:
    """Add a title, or change what one asks and brings."""
    organisation = school_to_shape(request, uid)
    found = None
    initial: dict[str, Any] = {}
    if tier:
        found = queries.tiers_for(organisation).filter(pk=tier).first()
        if found is None:
            raise Http404
        names = ("name", "ladder", "level", "is_honour", "criteria", "duties", "term_years")
        initial = {name: getattr(found, name) for name in names}
        asks = found.requirements.filter(programme=None, is_duty=False)
        initial["requirements"] = "\n".join(asks.values_list("text", flat=True))
    form = forms.ShapeTierForm(request.POST or None, initial=initial)

    def deed(data: Mapping[str, Any]) -> str:
        actions.shape_tier(organisation, data, tier=found, by=request.teacher, at=timezone.now())
        return page_of(organisation, "people:tiers")

    back = page_of(organisation, "people:tiers")
    asked = form_words(
        _("层级与称号"), back, lead=organisation.name, keep=f"tier-{uid}-{tier or 0}"
    )
    return ask(request, form, deed, done=_("已保存。"), context=asked)
