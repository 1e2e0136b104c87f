"""The paper list: printing it, keying it by hand, keeping a scan of it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.activities import actions
from yanxiu.activities.keying import Known, Typed, read_line
from yanxiu.activities.models import Attendance, Session
from yanxiu.activities.permissions import may_see_roll
from yanxiu.activities.queries import Roll
from yanxiu.activities.queries import roll as roll_of
from yanxiu.activities.refusals import SessionAlreadyClosed, SessionCancelled
from yanxiu.activities.views.shown import JOINED, managed_session
from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models import Post, Teacher
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

LONGEST = 4000


class KeyingForm(forms.Form):
    """One line, or many at once."""

    lines = forms.CharField(
        label=gettext_lazy("工号、姓名、拼音或首字母"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
        help_text=gettext_lazy(
            "回车就记为到；后面加 + 是迟到，- 请假，= 公务，/ 缺席。几个人用逗号隔开。"
        ),
    )


@dataclass(frozen=True)
class Answer:
    """What became of one typed line."""

    typed: Typed
    words: str

    @property
    def is_taken(self) -> bool:
        """Whether exactly one person was meant."""
        return len(self.typed.found) == 1


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Key the signed list: type, Enter, next; what is not clear is asked."""
    found = managed_session(request.teacher, uid)
    if found.closed_at:
        raise SessionAlreadyClosed(found.closed_at)
    if found.cancelled_at:
        raise SessionCancelled(found.cancelled_because)
    roll = roll_of(found)
    form, answers, status = KeyingForm(), list[Answer](), 200
    if request.method == "POST":
        form = KeyingForm(request.POST)
        if form.is_valid():
            answers = _keyed(request, found, roll, form.cleaned_data["lines"])
            unclear = [one.typed.text for one in answers if not one.is_taken]
            status = UNPROCESSABLE if unclear else 200
            form = KeyingForm({"lines": "，".join(unclear)}) if unclear else KeyingForm()
            roll = roll_of(found)
        else:
            status = UNPROCESSABLE
    context: dict[str, Any] = {
        "session": found,
        "form": form,
        "answers": answers,
        "roll": roll,
        "left": [line for line in roll.lines if not line.state],
        "papers": _papers(found),
        "endings": ",".join(f".{ending}" for ending in attachments.KINDS),
    }
    return show(
        request, "activities/paper.html", context, fragment="activities/_keying.html",
        status=status,
    )  # fmt: skip


def _keyed(request: TeacherRequest, found: Session, roll: Roll, text: str) -> list[Answer]:
    """Mark everybody who is clearly meant, in one batch; say what became of each line."""
    known = known_people(found, roll)
    pieces = text.replace("，", ",").replace("、", ",").split(",")
    typed = [read_line(piece, known) for piece in pieces if piece.strip()]
    clear = {one.found[0].uid: one.state for one in typed if len(one.found) == 1}
    teachers = Teacher.objects.filter(uid__in=clear)
    actions.call_roll(
        found,
        {teacher: clear[str(teacher.uid)] for teacher in teachers},
        by=request.teacher,
        at=timezone.now(),
        method=Attendance.Method.PAPER,
    )
    return [Answer(one, _words(one)) for one in typed]


def _words(typed: Typed) -> str:
    if len(typed.found) == 1:
        words = {"name": typed.found[0].name, "state": Attendance.State(typed.state).label}
        return _("%(name)s：%(state)s") % words
    if typed.found:
        return _("“%(text)s”可以是几个人，请选") % {"text": typed.text.strip()}
    return _("没有找到“%(text)s”，请核对后再输") % {"text": typed.text.strip()}


def known_people(found: Session, roll: Roll) -> list[Known]:
    """Return whom a line may mean: those on the roll, and everybody else of the school."""
    numbers: dict[int, set[str]] = defaultdict(set)
    others: dict[int, Teacher] = {}
    day = day_of(found.starts_at)
    posts = Post.objects.on(day).filter(organisation=found.organisation)
    for post in posts.select_related("teacher"):
        others[post.teacher_id] = post.teacher
        if post.job_number:
            numbers[post.teacher_id].add(post.job_number.lower())
    expected = {line.teacher.pk: line.teacher for line in roll.lines}
    people = expected | {pk: one for pk, one in others.items() if pk not in expected}
    return [
        Known(str(one.uid), one.name, one.pinyin, frozenset(numbers[pk]))
        for pk, one in people.items()
    ]


# ---- the paper itself ----
def _papers(found: Session) -> list[Attachment]:
    source = source_of(found)
    kept = Attachment.objects.filter(source_kind=source.kind, source_id=source.uid)
    return list(kept.order_by("-added_at")[:20])


@login_required
@require_POST
def paper_file(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Keep a scan of the signed paper with the session; nobody has to."""
    found = managed_session(request.teacher, uid)
    sent = request.FILES.get("file")
    if sent is None or not sent.name:
        messages.warning(request, _("没有选文件，没有保存。"))
        return redirect("activities:paper", uid=found.uid)
    attachments.keep(
        source_of(found), sent.read(), name=sent.name, organisation=found.organisation,
        by=request.teacher, at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("签到表的扫描件已经存好。"))
    return redirect("activities:paper", uid=found.uid)


@login_required
@require_safe
def to_sign(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the list to print and to sign on."""
    rows = Session.objects.select_related(*JOINED)
    found = get_allowed(may_see_roll, request.teacher, rows, uid)
    roll = roll_of(found)
    lines = [line for line in roll.lines if line.expected]
    half = (len(lines) + 1) // 2
    numbered = list(enumerate(lines, 1))
    pairs = [
        (left, numbered[half + number] if half + number < len(numbered) else None)
        for number, left in enumerate(numbered[:half])
    ]
    context = {"session": found, "pairs": pairs, "blank": range(4)}
    return show(request, "activities/to_sign.html", context)
