"""What gathers around a lesson: the round, the talk, the account, and what changed afterwards."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.kernel.refusals import Refusal
from yanxiu.kernel.sources import source_of
from yanxiu.lessons.models import Lesson
from yanxiu.observation import actions
from yanxiu.observation.actions.talking import ACCOUNT
from yanxiu.observation.forms import AppraisalForm, FinishForm, RemarkForm
from yanxiu.observation.models import Advice, AppraisalNotice, LessonAccount, Remark
from yanxiu.observation.permissions import (
    may_account_for_lesson,
    may_appraise_lesson,
    may_decide_advice,
    may_talk_about_lesson,
)
from yanxiu.observation.queries import plans, talk
from yanxiu.observation.views.home import seen_lesson
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.asking import ask
from yanxiu.ui.languages import in_script_of_reader
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE
from yanxiu.ui.wording import moment_text

PER_PAGE = 50
HEADINGS = {
    "material": (lazy("教材"), lazy("这一课在单元里是什么位置，要紧的是什么")),
    "pupils": (lazy("学生"), lazy("学生原来会什么，会在哪里卡住")),
    "goals": (lazy("目标"), lazy("下课时学生应当会什么，怎样看得出来")),
    "process": (lazy("怎样上的"), lazy("分几步，为什么这样安排")),
    "looking_back": (lazy("得与失"), lazy("和设想一样的、不一样的，再上一次会怎样改")),
}
JOINED = ("teacher", "kind", "organisation", "unit")


@login_required
@require_safe
def lesson(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show who listened, the records this reader may read, and the talk."""
    found = seen_lesson(request.teacher, uid)
    rights = talk.rights_in(found, request.teacher)
    context: dict[str, Any] = {
        "lesson": found,
        "round": talk.round_of(found, request.teacher),
        "presents": found.teacher_id == request.teacher.pk,
        "account": talk.account_of(found, request.teacher),
        "notice": AppraisalNotice.objects.filter(lesson=found).first(),
        "ahead": found.state == Lesson.State.PLANNED and found.starts_at > timezone.now(),
        **rights,
    }
    if rights["talks"]:
        rows = talk.remarks_of(found)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "form": RemarkForm()}
    return show(request, "observation/lesson.html", context)


@login_required
@require_POST
def say(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say something in the talk."""
    rows = Lesson.objects.select_related(*JOINED)
    found = get_allowed(may_talk_about_lesson, request.teacher, rows, uid)
    form = RemarkForm(request.POST)

    def deed(data: Any) -> str:
        actions.say(found, by=request.teacher, at=timezone.now(), **data)
        return reverse("observation:lesson", args=[found.uid])

    context = {"lesson": found}
    page = "observation/say.html"
    return ask(request, form, deed, done=_("说好了。"), page=page, context=context)


@login_required
@require_POST
def take_word_back(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take one's own words back."""
    rows = Remark.objects.filter(teacher=request.teacher).select_related("lesson")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    lesson_uid = found.lesson.uid
    actions.take_word_back(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已撤回。"))
    return redirect("observation:lesson", uid=lesson_uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write the own account of a lesson, or read the presenter's."""
    found = seen_lesson(request.teacher, uid)
    standing = talk.account_of(found, request.teacher)
    mine = _accounts(request, found)
    if request.method == "POST":
        if not mine:
            raise Http404
        return _save_account(request, found, standing)
    if not mine and standing is None:
        raise Http404
    return show(request, "observation/account.html", _account(found, standing, mine=mine))


def _accounts(request: TeacherRequest, found: Lesson) -> bool:
    rows = Lesson.objects.filter(may_account_for_lesson(request.teacher), pk=found.pk)
    return rows.exists()


def _account(
    found: Lesson,
    standing: LessonAccount | None,
    *,
    mine: bool,
    typed: dict[str, str] | None = None,
    trouble: str = "",
) -> dict[str, Any]:
    texts = standing.texts if standing else {}
    parts = [
        {
            "name": name,
            "label": str(HEADINGS[name][0]),
            "hint": str(HEADINGS[name][1]),
            "value": (typed or texts).get(name, ""),
            "theirs": texts.get(name, "") if typed and typed[name] != texts.get(name, "") else "",
        }
        for name in ACCOUNT
    ]
    return {
        "lesson": found,
        "account": standing,
        "mine": mine,
        "parts": parts,
        "edition": standing.edition if standing else 0,
        "trouble": trouble,
    }


def _save_account(
    request: TeacherRequest, found: Lesson, standing: LessonAccount | None
) -> HttpResponse:
    given: dict[str, Any] = {"by": request.teacher, "at": timezone.now()}
    if request.POST.get("do") == "turn" and standing:
        row = actions.hand_in_account(standing, **given)
        said = _("述课表已提交。") if row.handed_in_at else _("述课表收回来了。")
        messages.success(request, said)
        return redirect("observation:account", uid=found.uid)
    typed = {name: request.POST.get(name, "") for name in ACCOUNT}
    edition = whole_number(request.POST.get("edition", "")) or 0
    try:
        row = actions.save_account(found, texts=typed, edition=edition, **given)
        if request.POST.get("do") == "hand-in" and row.handed_in_at is None:
            actions.hand_in_account(row, **given)
    except Refusal as refusal:
        context = _account(
            found, standing, mine=True, typed=typed, trouble=in_script_of_reader(str(refusal))
        )
        return show(request, "observation/account.html", context, status=UNPROCESSABLE)
    messages.success(request, _("已保存。"))
    return redirect("observation:account", uid=found.uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appraisal(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Tell the presenter before the lesson that it is observed for appraisal."""
    rows = Lesson.objects.select_related(*JOINED)
    found = get_allowed(may_appraise_lesson, request.teacher, rows, uid)
    form = AppraisalForm(request.POST or None)

    def deed(data: Any) -> str:
        actions.announce_appraisal(found, by=request.teacher, at=timezone.now(), **data)
        return reverse("observation:lesson", args=[found.uid])

    context = {"lesson": found}
    done = _("已告知授课教师。")
    return ask(request, form, deed, done=done, page="observation/appraisal.html", context=context)


@login_required
@require_safe
def before_and_after(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the plan, what was observed, and the plan revised, side by side."""
    found = seen_lesson(request.teacher, uid)
    context = {"lesson": found, **plans.before_and_after(found, request.teacher)}
    return show(request, "observation/before_and_after.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say what came of an advice that was taken on."""
    rows = Advice.objects.select_related("observation__lesson", "observation__observer")
    found = get_allowed(may_decide_advice, request.teacher, rows, uid)
    lessons = {str(row.uid): row for row in plans.later_lessons(request.teacher, found)}
    versions = {str(row.uid): row for row in plans.own_versions(request.teacher, found)}
    form = FinishForm(
        request.POST or None,
        lessons=[(key, f"{moment_text(row.starts_at)} {row.name}") for key, row in lessons.items()],
        versions=[
            (key, f"{row.plan.title} {row.get_moment_display()} {row.number}")
            for key, row in versions.items()
        ],
        initial={"what_changed": found.what_changed, "part": found.proof_part},
    )

    def deed(data: Any) -> str:
        version = versions.get(data["version"])
        actions.finish_advice(
            found,
            what_changed=data["what_changed"],
            lesson=lessons.get(data["lesson"]),
            proof=source_of(version) if version else None,
            proof_part=data["part"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("observation:observation", args=[found.observation.uid])

    context = {"advice": found}
    done = _("记下了，给建议的人会看到。")
    return ask(request, form, deed, done=done, page="observation/finish.html", context=context)
