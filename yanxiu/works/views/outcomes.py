"""Where works go, and the register of prizes and publications."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models.teacher import today
from yanxiu.ui.asking import ask
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show
from yanxiu.works import actions
from yanxiu.works.forms import OutcomeForm, RecommendForm
from yanxiu.works.models import Level, Outcome, Submission, Work
from yanxiu.works.permissions import (
    may_change_outcome,
    may_confirm_outcome,
    may_manage_submission,
    may_recommend_work,
    may_see_outcome,
    may_see_submission,
)
from yanxiu.works.views.reader import (
    JOINED,
    PER_PAGE,
    chosen,
    own_school,
    read_or_post,
    written_work,
)
from yanxiu.works.views.work import people_named

MOST_ROWS = 20_000


# ---- sent outside ----
@login_required
@read_or_post
def recommend(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Recommend a work to a journal or a contest."""
    rows = Work.objects.select_related(*JOINED)
    found = get_allowed(may_recommend_work, request.teacher, rows, uid)
    form = RecommendForm(request.POST or None)

    def deed(data: Any) -> str:
        made = actions.recommend(found, by=request.teacher, at=timezone.now(), **data)
        return reverse("works:submission", args=[made.uid])

    back = reverse("works:work", args=[found.uid])
    context = {
        "heading": _("推荐出去"),
        "lead": found.title,
        "back": back,
        "submit": _("推荐"),
    }
    done = _("已推荐，作者会收到消息。")
    return ask(request, form, deed, done=done, page="works/form.html", context=context)


@login_required
@require_safe
def submission(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show where a work was sent, and what became of it."""
    rows = Submission.objects.select_related("work__kind", "organisation")
    found = get_allowed(may_see_submission, request.teacher, rows, uid)
    this = Submission.objects.filter(pk=found.pk)
    context = {
        "submission": found,
        "manages": allowed(may_manage_submission, request.teacher, this).exists(),
        "authors": found.work.authors.all(),
        "outcomes": found.outcomes.all(),
        "results": [
            (value, Submission.State(value).label)
            for value in ("shortlisted", "awarded", "published", "not_chosen")
        ],
        "ended": found.state in Submission.ENDED,
    }
    return show(request, "works/submission.html", context)


@login_required
@require_POST
def follow(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say that it was sent, what became of it, or take the recommendation back."""
    rows = Submission.objects.select_related("work__kind", "organisation")
    found = get_allowed(may_manage_submission, request.teacher, rows, uid)
    given: dict[str, Any] = {"by": request.teacher, "at": timezone.now()}
    what = request.POST.get("do", "")
    if what == "send":
        actions.send(found, on=today(), **given)
    elif what == "back":
        actions.take_back_submission(found, **given)
    else:
        remark = request.POST.get("remark", "")
        result = request.POST.get("result", "")
        actions.tell_result(found, result=result, on=today(), remark=remark, **given)
    messages.success(request, _("已登记，作者会收到消息。"))
    return redirect("works:submission", uid=found.uid)


# ---- the register ----
def _register(request: TeacherRequest) -> "QuerySet[Outcome]":
    rows = allowed(may_see_outcome, request.teacher, Outcome.objects.all())
    if request.GET.get("whose") == "mine":
        rows = rows.filter(authors__teacher=request.teacher)
    if kind := chosen(request.GET.get("kind", ""), Outcome.Kind.values):
        rows = rows.filter(kind=kind)
    if level := chosen(request.GET.get("level", ""), Level.values):
        rows = rows.filter(level=level)
    if state := chosen(request.GET.get("state", ""), Outcome.State.values):
        rows = rows.filter(state=state)
    return rows.select_related("teacher").prefetch_related("authors")


@login_required
@require_safe
def outcomes(request: TeacherRequest) -> HttpResponse:
    """List prizes and publications that this reader may see."""
    page = Paginator(_register(request), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "kinds": Outcome.Kind.choices,
        "levels": Level.choices,
        "states": Outcome.State.choices,
        "chosen": request.GET,
    }
    return show(request, "works/outcomes.html", context)


@login_required
@require_safe
def outcomes_sheet(request: TeacherRequest) -> HttpResponse:
    """Give the same list as a workbook."""
    heads = (
        "日期", "登记", "题目", "作者", "评选活动或刊物", "主办或出版单位", "级别", "等次",
        "证书编号或刊期页码", "状态",
    )  # fmt: skip
    content = SheetContent(
        name=_("获奖与发表"),
        title=_("获奖与发表登记册"),
        columns=tuple(SheetColumn(head, "day" if head == "日期" else "text") for head in heads),
        rows=tuple(
            (
                row.happened_on,
                str(row.get_kind_display()),
                row.title,
                "、".join(author.name for author in row.authors.all()),
                row.event,
                row.issuer,
                str(row.get_level_display()),
                str(row.get_prize_display()),
                row.reference,
                str(row.get_state_display()),
            )
            for row in _register(request)[:MOST_ROWS]
        ),
        landscape=True,
    )
    return workbook(_("获奖与发表登记册"), content)


@login_required
@require_safe
def outcome(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show one line of the register with its proof."""
    rows = Outcome.objects.select_related("work", "submission", "organisation")
    found = get_allowed(may_see_outcome, request.teacher, rows, uid)
    this = Outcome.objects.filter(pk=found.pk).exclude(state=Outcome.State.CONFIRMED)
    context = {
        "outcome": found,
        "authors": found.authors.all(),
        "files": Attachment.objects.filter(source_kind=Outcome.SOURCE_KIND, source_id=found.uid),
        "changes": allowed(may_change_outcome, request.teacher, this).exists(),
        "confirms": allowed(may_confirm_outcome, request.teacher, this).exists(),
    }
    return show(request, "works/outcome.html", context)


def _told(data: Any) -> actions.Told:
    names = actions.Told.__dataclass_fields__
    return actions.Told(**{name: data[name] for name in names})


def _keep_proof(request: TeacherRequest, found: Outcome, file: Any) -> None:
    if file:
        attachments.keep(
            source_of(found),
            file.read(),
            name=file.name,
            organisation=found.organisation,
            by=request.teacher,
            at=timezone.now(),
        )


@login_required
@read_or_post
def outcome_new(request: TeacherRequest) -> HttpResponse:
    """Put a prize or a publication into the register, of a work (`?work=`) or of anything."""
    school, teacher = own_school(request), request.teacher
    work = _work(request)
    initial = {"title": work.title} if work else {}
    if work:
        initial["authors"] = "\n".join(work.authors.values_list("name", flat=True))
    form = OutcomeForm(request.POST or None, request.FILES or None, initial=initial)

    @transaction.atomic
    def deed(data: Any) -> str:
        made = actions.tell_outcome(
            work.organisation if work else school,
            _told(data),
            work=work,
            authors=people_named(data["authors"], school.path, teacher),
            by=teacher,
            at=timezone.now(),
        )
        _keep_proof(request, made, data["proof"])
        return reverse("works:outcome", args=[made.uid])

    context = {
        "heading": _("登记获奖或发表"),
        "back": reverse("works:outcomes"),
        "submit": _("登记"),
        "keep": "outcome-new",
    }
    done = _("已登记，教科室看过证明以后计入记录。")
    return ask(request, form, deed, done=done, page="works/form.html", context=context)


def _work(request: TeacherRequest) -> Work | None:
    uid = request.GET.get("work", "")
    if not uid:
        return None
    try:
        return written_work(request, UUID(uid))
    except ValueError as nonsense:
        raise Http404 from nonsense


@login_required
@read_or_post
def outcome_edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put a line right until it is confirmed."""
    rows = Outcome.objects.select_related("organisation", "teacher")
    found = get_allowed(may_change_outcome, request.teacher, rows, uid)
    names = actions.Told.__dataclass_fields__
    authors = "\n".join(found.authors.values_list("name", flat=True))
    form = OutcomeForm(
        request.POST or None,
        request.FILES or None,
        initial={**{name: getattr(found, name) for name in names}, "authors": authors},
    )

    @transaction.atomic
    def deed(data: Any) -> str:
        people = people_named(data["authors"], found.organisation.path, request.teacher)
        actions.change_outcome(
            found, _told(data), authors=people, by=request.teacher, at=timezone.now()
        )
        _keep_proof(request, found, data["proof"])
        return reverse("works:outcome", args=[found.uid])

    back = reverse("works:outcome", args=[found.uid])
    context = {"heading": _("改登记"), "lead": found.title, "back": back}
    return ask(request, form, deed, done=_("已保存。"), page="works/form.html", context=context)


@login_required
@require_POST
def outcome_decide(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Confirm what the proof shows, or give it back with a word."""
    rows = Outcome.objects.select_related("organisation", "teacher")
    found = get_allowed(may_confirm_outcome, request.teacher, rows, uid)
    at = timezone.now()
    if request.POST.get("do") == "return":
        comment = request.POST.get("comment", "")
        actions.return_outcome(found, comment=comment, by=request.teacher, at=at)
        messages.success(request, _("已退回，本人会收到您的话。"))
    else:
        actions.confirm_outcome(found, by=request.teacher, at=at)
        messages.success(request, _("已登记，记录已写入。"))
    return redirect("works:outcome", uid=found.uid)
