"""Importing a roster: upload, look, settle what is doubtful, confirm, take back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from yanxiu.kernel.refusals import BadInput
from yanxiu.people import queries
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.actions import roster_import as actions
from yanxiu.people.documents.roster_sheet import roster_sheet, roster_template
from yanxiu.people.forms.roster import RosterForm
from yanxiu.people.models import Organisation, RosterImport, RosterLine, Teacher
from yanxiu.people.permissions import may_manage_organisation, may_see_import
from yanxiu.people.roster.columns import FIELDS
from yanxiu.people.views.asking import ask
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show

PAGE = 50
RECENT = 10
CHANGES = {
    "new": (gettext_lazy("新增"), "green"),
    "changed": (gettext_lazy("变更"), "gold"),
    "same": (gettext_lazy("不变"), ""),
    "refused": (gettext_lazy("未导入"), "red"),
}
LEVELS = {"error": "red", "warning": "gold", "info": "blue"}
DECIDE = "decide"


@login_required
def roster(request: TeacherRequest) -> HttpResponse:
    """Take a file and read it; nothing is written before it is confirmed."""
    schools = allowed(may_manage_organisation, request.teacher, Organisation.objects.all())
    schools = schools.order_by("path")
    form = RosterForm(request.POST or None, request.FILES or None, schools=schools)
    if not request.teacher.holds("manage_people"):
        raise Http404

    def deed(data: Mapping[str, Any]) -> str:
        file = data["file"]
        read = actions.read_file(
            data["organisation"], file.read(), file.name, by=request.teacher, at=timezone.now()
        )
        return reverse("people:roster_import", args=[read.uid])

    context = {"recent": _recent(request), "first": schools.first()}
    done = _("读完了。请看清楚每一行会怎样，再决定是否导入。")
    return ask(request, form, deed, done=done, page="people/roster.html", context=context)


def _recent(request: TeacherRequest) -> "QuerySet[RosterImport]":
    rows = allowed(may_see_import, request.teacher, RosterImport.objects.defer("rows"))
    return rows.select_related("organisation")[:RECENT]


@login_required
def template(request: TeacherRequest) -> HttpResponse:
    """Give an empty roster to fill in, with one line as a model."""
    if not request.teacher.holds("manage_people"):
        raise Http404
    return download(roster_template(), "roster.xlsx")


@login_required
def export(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the roster of an organisation as a table that can be imported again."""
    rows = Organisation.objects.all()
    organisation = get_allowed(may_manage_organisation, request.teacher, rows, uid)
    return download(roster_sheet(organisation), "roster.xlsx")


@login_required
def roster_import(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what each row of a roster would do, or did."""
    rows = RosterImport.objects.select_related("organisation")
    found = get_allowed(may_see_import, request.teacher, rows, uid)
    change, problem = request.GET.get("change", ""), request.GET.get("problem", "")
    text = request.GET.get("q", "").strip()[:40]
    page = Paginator(_wanted(found, change, problem, text), PAGE).get_page(request.GET.get("page"))
    is_open = found.state == RosterImport.State.READ
    report = found.report
    totals = report.get("totals", {"rows": 0, **dict.fromkeys(CHANGES, 0)})
    context = {
        "found": found,
        "report": report,
        "page": page,
        "lines": _lines(list(page.object_list), several=report.get("several_schools", False)),
        "changes": [(code, label, tone, totals[code]) for code, (label, tone) in CHANGES.items()],
        "problems": report.get("problems", []),
        "change": change,
        "problem": problem,
        "text": text,
        "is_open": is_open,
        "is_applied": found.state == RosterImport.State.APPLIED,
        "cut_off": is_open and "made" in report,
        "unread": found.state == RosterImport.State.READING,
        "worth": totals["new"] + totals["changed"],
        "other_school": _other_school(found),
        "fields": list(FIELDS.items()),
        "may_decide": is_open and "made" not in report,
    }
    return show(request, "people/roster_import.html", context)


def _wanted(found: RosterImport, change: str, problem: str, text: str) -> Any:
    if found.rows:
        return [row for row in actions.rows_of(found) if _fits(row, change, problem, text)]
    lines = RosterLine.objects.filter(roster_import=found)
    if change:
        lines = lines.filter(change=change)
    if problem:
        lines = lines.filter(codes__contains=f" {problem} ")
    if text:
        lines = lines.filter(name__contains=text) | lines.filter(job_number=text)
    return lines.order_by("position")


def _fits(row: Mapping[str, Any], change: str, problem: str, text: str) -> bool:
    if change and row["change"] != change:
        return False
    if problem and not any(each["code"] == problem for each in row["problems"]):
        return False
    person = row["person"]
    return not text or text in person["name"] or text == person["job_number"]


def _lines(page: Sequence[Any], *, several: bool) -> list[dict[str, Any]]:
    rows = [actions.row_of(line) if isinstance(line, RosterLine) else line for line in page]
    wanted = {uid for row in rows for uid in row.get("candidates", [])}
    people = _candidates(wanted) if wanted else {}
    return [_line(row, people, several=several) for row in rows]


def _candidates(uids: set[str]) -> dict[str, str]:
    """Return how each possible person is told from others: number, group, tail of the phone."""
    rows = Teacher.objects.filter(uid__in=uids)
    found = {}
    for line in queries.lines(rows):
        teacher = line.teacher
        phone = _("手机尾号%(tail)s") % {"tail": teacher.phone[-4:]} if teacher.phone else ""
        number = _("工号%(number)s") % {"number": line.job_number} if line.job_number else ""
        said = [teacher.name, number, "、".join(line.units), phone, teacher.born]
        found[str(teacher.uid)] = " · ".join(filter(None, said))
    return found


def _line(row: Mapping[str, Any], people: Mapping[str, str], *, several: bool) -> dict[str, Any]:
    label, tone = CHANGES[row["change"]]
    person = row["person"]
    school = person["school"] if several else ""
    facts = (
        school, person["group"], person["preparation_group"], "、".join(person["subjects"]),
        "、".join(person["posts"]), person["tier"], person["title"], person["phone"],
    )  # fmt: skip
    return {
        **row,
        "label": label,
        "tone": tone,
        "facts": " · ".join(fact for fact in facts if fact),
        "notes": [(LEVELS[each["level"]], each["sentence"]) for each in row["problems"]],
        "choices": [(uid, people[uid]) for uid in row.get("candidates", []) if uid in people],
        "may_be_new": not any(
            each["code"] in {"number-of-another", "numbers-of-two-people"}
            for each in row["problems"]
        ),
    }


def _other_school(found: RosterImport) -> str:
    """Return the school that the file's title names, if it is called otherwise."""
    name: str = found.report.get("school_in_file", "")
    return name if name and name != found.organisation.name else ""


def _decided(request: TeacherRequest, uid: UUID) -> RosterImport:
    rows = RosterImport.objects.defer("rows").select_related("organisation")
    return get_allowed(may_see_import, request.teacher, rows, uid)


@login_required
@require_POST
def columns(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give columns another meaning and read the table again."""
    found = _decided(request, uid)
    heads = [head["key"] for head in found.report.get("heads", [])]
    meanings = {
        key: request.POST[f"column-{number}"]
        for number, key in enumerate(heads)
        if f"column-{number}" in request.POST
    }
    actions.read_columns_as(found, meanings, by=request.teacher, at=timezone.now())
    messages.success(request, _("已按新的对应重新读过；以后同样的栏目名也这样读。"))
    return redirect("people:roster_import", uid=uid)


@login_required
@require_POST
def decide(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say who a line is that cannot be told apart."""
    found = _decided(request, uid)
    position = request.POST.get("position", "")
    if not position.isdecimal():
        raise BadInput(_("没有说明是哪一行，没有改动。请从列表里认定。"))
    actions.decide(
        found,
        int(position[:9]),
        request.POST.get("choice", ""),
        by=request.teacher,
        at=timezone.now(),
    )
    messages.success(request, _("已记下，下次读到同样的一行也这样认。"))
    return redirect(f"{reverse('people:roster_import', args=[uid])}?problem={DECIDE}")


@login_required
@require_POST
def apply(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write the new and changed rows."""
    found = actions.apply(_decided(request, uid), by=request.teacher, at=timezone.now())
    totals = found.report["totals"]
    said = _("已导入：新增 %(new)s 人，变更 %(changed)s 人。") % totals
    messages.success(request, said)
    return redirect("people:roster_import", uid=uid)


@login_required
@require_POST
def drop(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put a roster away that was only read."""
    actions.drop(_decided(request, uid), by=request.teacher, at=timezone.now())
    messages.success(request, _("已放弃，什么都没有写入。"))
    return redirect("people:roster")


@login_required
@require_POST
def undo(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a whole import back."""
    actions.undo(_decided(request, uid), by=request.teacher, at=timezone.now())
    messages.success(request, _("整批已撤销，名册恢复到导入之前。"))
    return redirect("people:roster_import", uid=uid)
