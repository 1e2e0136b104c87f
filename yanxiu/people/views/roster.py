"""Importing a roster: upload, look, confirm, take back."""

from collections import Counter
from collections.abc import Mapping
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

from yanxiu.documents.sheets import SheetColumn, SheetContent, write_workbook
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.actions import roster_import as actions
from yanxiu.people.forms.roster import RosterForm
from yanxiu.people.models import Organisation, RosterImport
from yanxiu.people.permissions import may_manage_organisation, may_see_import
from yanxiu.people.views.asking import ask
from yanxiu.ui.pages import show

PAGE = 50
RECENT = 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGES = {
    "new": (gettext_lazy("新增"), "green"),
    "changed": (gettext_lazy("变更"), "gold"),
    "same": (gettext_lazy("不变"), ""),
    "refused": (gettext_lazy("未导入"), "red"),
}
LEVELS = {"error": "red", "warning": "gold", "info": "blue"}
_COLUMNS = (
    ("姓名", "孙小禾"),
    ("工号", "0101"),
    ("手机号", ""),
    ("任教学科", "语文、道德与法治"),
    ("年级", "三年级"),
    ("教研组", "语文教研组"),
    ("备课组", ""),
    ("职务", "教研组长"),
    ("职称", "一级教师"),
    ("学历", "本科"),
    ("骨干称号", "区级骨干教师"),
    ("出生年月", "1989-07"),
    ("参加工作时间", "2011-08"),
)


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

    context = {"recent": _recent(request)}
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
    sheet = SheetContent(
        name="教师花名册",
        title="教师花名册",
        notes=(
            "只有姓名必填。几个学科、几个职务用顿号分开。示例行导入前请删去。",
            "不要填身份证号、住址等：系统用不到，也不会保存。",
        ),
        columns=[SheetColumn(head, width=14) for head, _example in _COLUMNS],
        rows=[[example for _head, example in _COLUMNS]],
        landscape=True,
    )
    response = HttpResponse(write_workbook([sheet]), content_type=XLSX)
    response["Content-Disposition"] = "attachment; filename*=UTF-8''roster.xlsx"
    return response


@login_required
def roster_import(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show what each row of a roster would do, or did."""
    rows = RosterImport.objects.select_related("organisation")
    found = get_allowed(may_see_import, request.teacher, rows, uid)
    change, problem = request.GET.get("change", ""), request.GET.get("problem", "")
    text = request.GET.get("q", "").strip()[:40]
    wanted = [row for row in found.rows if _fits(row, change, problem, text)]
    page = Paginator(wanted, PAGE).get_page(request.GET.get("page"))
    several = len({row["person"]["school"] for row in found.rows}) > 1
    context = {
        "found": found,
        "report": found.report,
        "page": page,
        "lines": [_line(row, several=several) for row in page],
        "changes": [
            (code, label, tone, found.report["totals"][code])
            for code, (label, tone) in CHANGES.items()
        ],
        "problems": _problems(found.rows),
        "change": change,
        "problem": problem,
        "text": text,
        "is_open": found.state == RosterImport.State.READ,
        "is_applied": found.state == RosterImport.State.APPLIED,
        "cut_off": found.state == RosterImport.State.READ and "day" in found.report,
        "worth": found.report["totals"]["new"] + found.report["totals"]["changed"],
        "other_school": _other_school(found),
    }
    return show(request, "people/roster_import.html", context)


def _fits(row: Mapping[str, Any], change: str, problem: str, text: str) -> bool:
    if change and row["change"] != change:
        return False
    if problem and not any(each["code"] == problem for each in row["problems"]):
        return False
    person = row["person"]
    return not text or text in person["name"] or text == person["job_number"]


def _line(row: Mapping[str, Any], *, several: bool) -> dict[str, Any]:
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
    }


def _problems(rows: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
    """Return what kinds of problem there are: code, an example of the sentence, how many rows."""
    counts: Counter[str] = Counter()
    sentences: dict[str, str] = {}
    for row in rows:
        for each in row["problems"]:
            counts[each["code"]] += 1
            sentences.setdefault(each["code"], each["sentence"].split("。")[0].split("，")[0])
    return [(code, sentences[code][:24], number) for code, number in counts.most_common(12)]


def _other_school(found: RosterImport) -> str:
    """Return the school that the file's title names, if it is called otherwise."""
    name: str = found.report.get("school_in_file", "")
    return name if name and name != found.organisation.name else ""


def _decided(request: TeacherRequest, uid: UUID) -> RosterImport:
    rows = RosterImport.objects.defer("rows").select_related("organisation")
    return get_allowed(may_see_import, request.teacher, rows, uid)


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
