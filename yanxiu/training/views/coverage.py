"""Coverage: who of the target people was trained, who was not, and a make-up session for them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.activities.models import Activity
from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.kernel.spans import moment_at
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models.teacher import today
from yanxiu.planning.models import PlanItem
from yanxiu.training import actions
from yanxiu.training.forms import MakeUpForm
from yanxiu.training.queries.audiences import ALL, choices, label
from yanxiu.training.queries.coverage import Coverage, coverage, units_of
from yanxiu.training.queries.topics import topic_of
from yanxiu.training.views.reader import (
    PERIODS,
    Reader,
    grouped_tags,
    nonempty,
    period_of,
    reader_of,
    tags_for,
)
from yanxiu.ui.asking import ask
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show

MOST_ACTIVITIES = 60
MOST_ITEMS = 60
STATES = {"done": "已训", "begun": "训了一部分", "open": "未训"}


def targets(reader: Reader) -> list[tuple[str, Any]]:
    """Return what can be looked at: tags in use, activities of the term, items of its plans."""
    span = period_of(reader.organisation, "term", today())
    path = reader.organisation.path
    activities = Activity.objects.filter(
        organisation__path__startswith=path,
        term__starts_on__lt=span.end,
        term__ends_on__gt=span.start,
    ).order_by("-pk")[:MOST_ACTIVITIES]
    items = PlanItem.objects.filter(
        plan__organisation__path__startswith=path, month__gte=span.start, month__lt=span.end
    ).order_by("month", "order", "pk")[:MOST_ITEMS]
    return nonempty(
        (_("本学期的活动"), [(f"activity:{row.uid}", row.theme) for row in activities]),
        (_("本学期的计划事项"), [(f"item:{row.uid}", row.text) for row in items]),
        *grouped_tags(tags_for(reader.teacher, today())),
    )


def _asked(request: TeacherRequest) -> tuple[Reader, Coverage | None, dict[str, Any]]:
    """Read what is asked for: the topic `of`, the audience `for` and the period `in`."""
    reader = reader_of(request)
    topic = topic_of(request.GET.get("of", ""))
    audience = request.GET.get("for", "")[:80] or ALL
    period = request.GET.get("in", "")
    period = period if period in PERIODS else "year"
    words = {"audience": audience, "period": period, "query": request.GET.urlencode()}
    if topic is None:
        return reader, None, words
    span = period_of(reader.organisation, period, today())
    found = coverage(topic, reader.organisation, audience, today(), span=span, among=reader.among)
    return reader, found, words


@login_required
@require_safe
def page(request: TeacherRequest) -> HttpResponse:
    """Ask what and for whom; or show target ÷ trained with the names."""
    reader, found, words = _asked(request)
    if found is None:
        context = {
            **words,
            "targets": targets(reader),
            "audiences": choices(reader.organisation, today()),
        }
        return show(request, "training/coverage_ask.html", context)
    only = request.GET.get("only", "")
    lines = found.missing if only == "missing" else found.lines
    units = units_of([line.teacher.pk for line in lines], today())
    context = {
        **words,
        "found": found,
        "only": only,
        "audience_label": label(words["audience"]),
        "lines": [(line, "、".join(units.get(line.teacher.pk, ()))) for line in lines],
        "states": STATES,
        "may_make_up": found.topic.has_sessions and bool(found.missing)
        and (reader.manages or reader.among is not None),
    }  # fmt: skip
    return show(request, "training/coverage.html", context)


@login_required
@require_safe
def sheet(request: TeacherRequest) -> HttpResponse:
    """Give the coverage list as a workbook."""
    _reader, found, words = _asked(request)
    if found is None:
        raise Http404
    units = units_of([line.teacher.pk for line in found.lines], today())
    name = _("培训覆盖 %(title)s") % {"title": found.topic.title}
    content = SheetContent(
        name=_("覆盖名单"),
        title=name,
        notes=[
            _("范围：%(audience)s；应训 %(target)d 人，已训 %(done)d 人。")
            % {"audience": label(words["audience"]), "target": found.target, "done": found.done}
        ],
        columns=(
            SheetColumn(_("姓名")), SheetColumn(_("教研组")), SheetColumn(_("状态")),
            SheetColumn(_("场次"), "integer"), SheetColumn(_("最近一次"), "day"),
        ),
        rows=[
            (line.teacher.name, "、".join(units.get(line.teacher.pk, ())), STATES[line.state],
             line.times, line.on)
            for line in found.lines
        ],
    )  # fmt: skip
    return workbook(name, content)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make_up(request: TeacherRequest) -> HttpResponse:
    """Set up a session for exactly those who are missing."""
    reader, found, words = _asked(request)
    if found is None or not found.topic.has_sessions:
        raise Http404
    title = _("补训：%(title)s") % {"title": found.topic.title}
    form = MakeUpForm(
        request.POST or None,
        initial={"title": title[:120], "day": today(), "start": "14:30", "end": "15:30"},
    )

    def deed(data: Any) -> str:
        session = actions.plan_make_up(
            reader.organisation,
            found,
            title=data["title"],
            starts_at=moment_at(data["day"], data["start"]),
            ends_at=moment_at(data["day"], data["end"]),
            place=data["place"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("activities:session", args=[session.uid])

    context = {**words, "found": found, "back": f"{reverse('training:coverage')}?{words['query']}"}
    return ask(
        request, form, deed, done=_("补训已排好，名单里的老师会收到通知。"),
        page="training/make_up.html", context=context,
    )  # fmt: skip
