"""Beginning to read with one tap, and writing on the record while one reads."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yanxiu.books import actions
from yanxiu.books.forms import RecordForm, StartForm
from yanxiu.books.models import Book, ReadingRecord
from yanxiu.books.permissions import may_own_record, may_see_book
from yanxiu.books.refusals import RecordWrittenMeanwhile
from yanxiu.books.views.reader import JOINED, own_school, read_or_post
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.ui.asking import kept_in
from yanxiu.ui.drafts import read_saving, takes_drafts
from yanxiu.ui.offline import keep_offline
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

CONFLICT = 409
TYPED = ("title", "mode", "pages", "started_on", "finished_on", "notes")
DAYS = ("started_on", "finished_on")


def own_record(request: TeacherRequest, uid: object) -> ReadingRecord:
    """Return the record if it is this reader's own, else 404."""
    rows = ReadingRecord.objects.select_related(*JOINED)
    return get_allowed(may_own_record, request.teacher, rows, uid)


@login_required
@require_POST
def start(request: TeacherRequest) -> HttpResponse:
    """Begin to read: a book from a list or a page, or one whose title was typed."""
    school, wants = own_school(request), request.POST.get("state") == "want"
    given: dict[str, Any] = {"state": "want" if wants else "reading"}
    if request.POST.get("book"):
        given["book"] = get_allowed(
            may_see_book, request.teacher, Book.objects.all(), _uid(request.POST["book"])
        )
    else:
        form = StartForm(request.POST)
        if not form.is_valid():
            context = {"form": form, "heading": _("开始读"), "back": "/books/"}
            return show(request, "books/form.html", context, status=UNPROCESSABLE)
        given |= {name: form.cleaned_data[name] for name in ("title", "author")}
        given["kind"] = form.cleaned_data["kind"] or Book.Kind.BOOK
    record = actions.start_reading(school, by=request.teacher, at=timezone.now(), **given)
    if wants:
        messages.success(request, _("已记在“想读”里。"))
        return redirect(_back(request))
    return redirect("books:record", uid=record.uid)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as nonsense:
        raise Http404 from nonsense


def _back(request: TeacherRequest) -> str:
    """Return the page of books from which one came; an address from outside leads home."""
    address = request.POST.get("next", "")
    return address if address.startswith("/books/") else "/books/"


def _given(record: ReadingRecord) -> dict[str, Any]:
    return {
        "edition": record.edition,
        "title": record.book.title,
        **{name: getattr(record, name) for name in TYPED[1:]},
    }


@login_required
@read_or_post
def edit(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Write on a record."""
    record = own_record(request, uid)
    form = RecordForm(request.POST or None, initial=_given(record))
    context: dict[str, Any] = {"form": form, "record": record}
    if request.method != "POST":
        return keep_offline(show(request, "books/edit.html", context), request.teacher)
    if form.is_valid():
        with kept_in(form):
            try:
                return _saved(request, record, form.cleaned_data)
            except RecordWrittenMeanwhile as meanwhile:
                context |= _beside(form, meanwhile.record)
                raise
    return show(request, "books/edit.html", context, status=UNPROCESSABLE)


def _saved(request: TeacherRequest, record: ReadingRecord, data: dict[str, Any]) -> HttpResponse:
    actions.save_record(
        record,
        edition=data["edition"],
        title=data["title"],
        facts={name: data[name] for name in TYPED[1:]},
        by=request.teacher,
        at=timezone.now(),
    )
    messages.success(request, _("已保存。札记只有您自己看得到。"))
    return redirect("books:record", uid=record.uid)


def _beside(form: RecordForm, now: ReadingRecord) -> dict[str, Any]:
    """Return what the page needs to show both: what is there, beside what was typed."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["edition"] = str(now.edition)  # type: ignore[index]
    there = _given(now)
    typed = {name: str(form[name].value() or "").replace("\r\n", "\n") for name in TYPED}
    others = [
        (form[name].label, str(there[name] or ""))
        for name in TYPED
        if typed[name] != str(there[name] or "")
    ]
    return {"others": others}


@takes_drafts
def save(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take what a device has kept: `{edition, texts}`; see docs/guides/pages.md, 草稿."""
    record = own_record(request, uid)
    told = read_saving(request)
    texts = told.texts
    try:
        record = actions.save_record(
            record,
            edition=told.edition,
            title=texts.get("title"),
            facts=_facts(texts),
            by=request.teacher,
            at=timezone.now(),
        )
    except RecordWrittenMeanwhile as meanwhile:
        there = _given(meanwhile.record)
        now = {name: str(there[name] or "") for name in texts if name in there}
        return JsonResponse({"edition": meanwhile.record.edition, "texts": now}, status=CONFLICT)
    return JsonResponse({"edition": record.edition})


def _facts(texts: dict[str, str]) -> dict[str, Any]:
    """Return the columns that came; a day that is not yet a day is left as it is."""
    facts: dict[str, Any] = {
        name: text for name, text in texts.items() if name in TYPED[1:] and name not in DAYS
    }
    for name in DAYS:
        if name in texts and (day := _day(texts[name])):
            facts[name] = day
    return facts


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
