"""One paper: ordering it, its specification table, its versions, reading it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.attachments.models import Attachment
from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.kernel.refusals import Refusal
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.question_setting import actions, queries
from yanxiu.question_setting.forms import (
    COLUMNS,
    HandInForm,
    TaskChangeForm,
    TaskForm,
    questions_in,
    rows_typed,
    with_pasted,
)
from yanxiu.question_setting.models import (
    PaperTask,
    PaperVersion,
    SpecificationRow,
)
from yanxiu.question_setting.permissions import (
    may_manage_task,
    may_open_paper,
    may_read_paper,
    may_see_task,
    may_set_paper,
)
from yanxiu.question_setting.views.reader import named, own_school, read_or_post, units_of
from yanxiu.ui.asking import ask
from yanxiu.ui.downloads import workbook
from yanxiu.ui.languages import in_script_of_reader
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

SPARE_ROWS = 6
LONGEST_PASTE = 20_000
A_WEEK = timedelta(days=7)
State = PaperTask.State


def _rows() -> "QuerySet[PaperTask]":
    rows: QuerySet[PaperTask] = PaperTask.objects.select_related(
        "organisation", "unit", "author", "reader", "made_by"
    )
    return rows


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Order papers: for several units at once, by name."""
    units = {str(unit.uid): unit for unit in units_of(request)}
    if not units:
        raise Http404
    school = own_school(request)
    form = TaskForm(
        request.POST or None,
        units=[(key, unit.name) for key, unit in units.items()],
        initial={"due_on": today() + A_WEEK, "used_on": today() + 2 * A_WEEK},
    )

    def deed(data: Any) -> str:
        facts = actions.TaskFacts(
            author=named(data["author"], school),
            reader=named(data["reader"], school) if data["reader"] else None,
            **{
                name: data[name]
                for name in (
                    "kind",
                    "due_on",
                    "used_on",
                    "subject",
                    "grade",
                    "ordered_from",
                    "total",
                )
            },
        )
        titles = data["titles"].splitlines()
        actions.plan_tasks(
            units[data["unit"]], titles, facts, by=request.teacher, at=timezone.now()
        )
        return reverse("question_setting:home")

    context = {
        "heading": _("布置命题"),
        "lead": _("使用那天过完以前，试卷和细目表只有命题、审题和您打得开"),
        "back": reverse("question_setting:home"),
        "submit": _("布置"),
        "keep": "paper-task-new",
    }
    done = _("已布置，命题的老师会收到通知。")
    return ask(request, form, deed, done=done, page="question_setting/form.html", context=context)


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Change who sets and reads a paper, and when."""
    found = get_allowed(may_manage_task, request.teacher, _rows().filter(dropped_at=None), uid)
    people = {"author": found.author.name, "reader": found.reader.name if found.reader else ""}
    same = [name for name in actions.CHANGEABLE if name not in people]
    form = TaskChangeForm(
        request.POST or None,
        has_version=found.versions.exists(),
        initial={name: getattr(found, name) for name in ("title", *same)} | people,
    )

    def deed(data: Any) -> str:
        facts = actions.TaskFacts(
            kind=found.kind,
            author=_person(data["author"], found.author, found),
            reader=_person(data["reader"], found.reader, found) if data["reader"] else None,
            **{name: data[name] for name in same},
        )
        actions.change_task(found, data["title"], facts, by=request.teacher, at=timezone.now())
        return reverse("question_setting:task", args=[found.uid])

    back = reverse("question_setting:task", args=[found.uid])
    context = {"heading": _("改安排"), "lead": found.title, "back": back}
    done = _("已保存，换了人的会收到通知。")
    return ask(request, form, deed, done=done, page="question_setting/form.html", context=context)


def _person(name: str, before: Teacher | None, task: PaperTask) -> Teacher:
    """Return whom a name means; one that was not touched is who it was, even if he has left."""
    if before is not None and name.strip() == before.name:
        return before
    return named(name, task.organisation)


@login_required
@require_safe
def task(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a paper; what stands in it is shown to whom it is no secret."""
    teacher = request.teacher
    rows = _rows().annotate(
        opens=ExpressionWrapper(may_open_paper(teacher), output_field=BooleanField()),
        manages=ExpressionWrapper(may_manage_task(teacher), output_field=BooleanField()),
    )
    found: Any = get_allowed(may_see_task, teacher, rows, uid)
    sets = found.author_id == teacher.pk and found.state in {State.PLANNED, State.RETURNED}
    context: dict[str, Any] = {
        "task": found,
        "opens": found.opens,
        "sets": sets and not found.dropped_at,
        "takes_back": found.state == State.HANDED_IN and found.author_id == teacher.pk,
        "reads": found.state == State.HANDED_IN and found.reader_id == teacher.pk,
        "manages": found.manages,
    }
    if found.opens:
        questions = list(found.specification.all())
        versions = list(found.versions.prefetch_related("readings__reader"))
        files = Attachment.objects.filter(
            source_kind=PaperVersion.SOURCE_KIND, source_id__in=[one.uid for one in versions]
        )
        by_version = {file.source_id: file for file in files}
        context |= {
            "versions": [(one, by_version.get(one.uid)) for one in versions],
            "rows": questions,
            "checked": queries.checked(found, questions),
        }
    return show(request, "question_setting/task.html", context)


@login_required
@read_or_post
def specification(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write the specification table, a row a question; what was typed stays if it is refused."""
    found = get_allowed(may_set_paper, request.teacher, _rows(), uid)
    error = ""
    # What stands in the box is put into the table first, whichever button was pressed.
    pastes = request.POST.get("do") == "paste" or bool(request.POST.get("pasted", "").strip())
    if pastes:
        before = rows_typed(request.POST)
        rows = with_pasted(before, request.POST.get("pasted", "")[:LONGEST_PASTE])
        if rows == before:
            error = _("没有认出题目，表没有变。请连同题号和分值一起复制。")
    elif request.method == "POST":
        rows = rows_typed(request.POST)
        try:
            actions.set_specification(
                found, questions_in(rows), by=request.teacher, at=timezone.now()
            )
        except Refusal as refusal:
            error = in_script_of_reader(str(refusal))
        else:
            messages.success(request, _("已保存。"))
            return redirect("question_setting:task", uid=found.uid)
    else:
        rows = [
            {name: _shown(getattr(row, name)) for name in COLUMNS}
            for row in found.specification.all()
        ]
    spare = [dict.fromkeys(COLUMNS, "") for _number in range(SPARE_ROWS)]
    context = {
        "task": found,
        "rows": [*rows, *spare],
        "abilities": SpecificationRow.Ability.choices,
        "error": error,
        "pasted": len(rows) if pastes and not error else 0,
        "typed": request.POST.get("pasted", "") if pastes and error else "",
    }
    status = UNPROCESSABLE if error else 200
    return show(request, "question_setting/specification.html", context, status=status)


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


@login_required
@require_safe
def sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the specification table as a workbook, to whom the paper opens."""
    found = get_allowed(may_open_paper, request.teacher, _rows(), uid)
    heads = ("题号", "考查内容", "能力层次", "题型", "分值", "预计得分率")
    content = SheetContent(
        name=_("双向细目表"),
        title=_("%(title)s双向细目表") % {"title": found.title},
        columns=tuple(SheetColumn(head, "text") for head in heads),
        rows=tuple(
            (
                row.number,
                row.content,
                str(row.get_ability_display()),
                row.form,
                _shown(row.points),
                _shown(row.difficulty),
            )
            for row in found.specification.all()
        ),
    )
    answer = workbook(f"{found.title}双向细目表", content)
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@read_or_post
def hand_in(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Hand in a version."""
    found = get_allowed(may_set_paper, request.teacher, _rows(), uid)
    form = HandInForm(request.POST or None, request.FILES or None)

    def deed(data: Any) -> str:
        actions.hand_in_paper(
            found,
            data["file"].read(),
            name=data["file"].name,
            note=data["note"],
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("question_setting:task", args=[found.uid])

    back = reverse("question_setting:task", args=[found.uid])
    context = {
        "heading": _("交试卷"),
        "lead": found.title,
        "back": back,
        "submit": _("交给审题的老师"),
    }
    done = _("已交，审题的老师会收到通知。")
    return ask(request, form, deed, done=done, page="question_setting/form.html", context=context)


@login_required
@require_POST
def take_back(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take the version back that waits for its reader."""
    found = get_allowed(may_set_paper, request.teacher, _rows(), uid)
    actions.take_back_paper(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已撤回，改好再交；审题的老师会收到通知。"))
    return redirect("question_setting:task", uid=found.uid)


@login_required
@require_POST
def read(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Make the last version final, or return it."""
    found = get_allowed(may_read_paper, request.teacher, _rows(), uid)
    actions.read_paper(
        found,
        decision=request.POST.get("do", ""),
        comment=request.POST.get("comment", ""),
        by=request.teacher,
        at=timezone.now(),
    )
    messages.success(request, _("已保存，命题的老师会收到通知。"))
    return redirect("question_setting:task", uid=found.uid)


@login_required
@require_POST
def drop(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Call a paper off."""
    found = get_allowed(may_manage_task, request.teacher, _rows(), uid)
    actions.drop_task(found, by=request.teacher, at=timezone.now())
    messages.success(request, _("已取消这份命题。"))
    return redirect("question_setting:home")
