"""Book lists of a term, and the page of one book."""

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
from django.views.decorators.http import require_POST, require_safe

from yanxiu.books import actions
from yanxiu.books.forms import ItemForm, ListForm
from yanxiu.books.models import Book, BookList, BookListItem, ReadingRecord, Recommendation
from yanxiu.books.permissions import (
    may_manage_list,
    may_see_book,
    may_see_list,
    may_see_recommendation,
    may_see_record,
)
from yanxiu.books.queries.shelves import told_of, with_states
from yanxiu.books.views.reader import (
    PER_PAGE,
    groups_offered,
    in_charge,
    own_school,
    pairs,
    read_or_post,
)
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models.teacher import today
from yanxiu.planning.quota_spans import school_year_of
from yanxiu.terms.queries import term_on
from yanxiu.ui.asking import ask, kept_in
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE


@login_required
@require_safe
def lists(request: TeacherRequest) -> HttpResponse:
    """List the lists that the reader may see, newest first."""
    own_school(request)
    rows = allowed(may_see_list, request.teacher, BookList.objects.all())
    page = Paginator(rows.select_related("organisation", "unit"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    titles: dict[int, list[str]] = {}
    items = BookListItem.objects.filter(book_list__in=[row.pk for row in page])
    for item in items.select_related("book"):
        titles.setdefault(item.book_list_id, []).append(item.book.named)
    context = {
        "page": page,
        "rows": [(row, titles.get(row.pk, [])) for row in page],
        "in_charge": in_charge(request),
    }
    return show(request, "books/lists.html", context)


@login_required
@read_or_post
def new(request: TeacherRequest) -> HttpResponse:
    """Make a list."""
    school = own_school(request)
    if not in_charge(request):
        raise Http404
    offered = groups_offered(request, to_all=False, led=True)
    term = term_on(school, today())
    span = term.span if term else school_year_of(today())
    initial = {"starts_on": span.start, "last_on": span.last}
    form = ListForm(request.POST or None, whom=pairs(offered), initial=initial)

    def deed(data: Any) -> str:
        place, unit = offered[data["whom"]]
        made = actions.make_list(
            place,
            name=data["name"],
            starts_on=data["starts_on"],
            ends_on=form.ends_on,
            unit=unit,
            by=request.teacher,
            at=timezone.now(),
        )
        return reverse("books:list", args=[made.uid])

    context = {"heading": _("新书单"), "back": reverse("books:lists")}
    done = _("书单已建，请把书一本本加进来。")
    return ask(request, form, deed, done=done, page="books/form.html", context=context)


def _seen(request: TeacherRequest, uid: UUID) -> BookList:
    rows = BookList.objects.select_related("organisation", "unit")
    return get_allowed(may_see_list, request.teacher, rows, uid)


def _managed(request: TeacherRequest, uid: UUID) -> BookList:
    rows = BookList.objects.select_related("organisation", "unit")
    return get_allowed(may_manage_list, request.teacher, rows, uid)


def _page(request: TeacherRequest, found: BookList, form: ItemForm) -> dict[str, Any]:
    school = request.teacher.organisation or found.organisation
    items = found.items.select_related("book")
    manages = allowed(may_manage_list, request.teacher, BookList.objects.filter(pk=found.pk))
    return {
        "list": found,
        "items": with_states(items, request.teacher, school),
        "manages": manages.exists(),
        "form": form,
    }


@login_required
@require_safe
def one(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a list: each book with one's own state, and how many have read it."""
    found = _seen(request, uid)
    return show(request, "books/list.html", _page(request, found, ItemForm()))


@login_required
@require_POST
def add(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Put a book on the list."""
    found, form = _managed(request, uid), ItemForm(request.POST)
    if form.is_valid():
        with kept_in(form):
            actions.add_to_list(found, by=request.teacher, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("已加进书单。"))
            return redirect("books:list", uid=found.uid)
    return show(request, "books/list.html", _page(request, found, form), status=UNPROCESSABLE)


@login_required
@require_POST
def do(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take a book off, put the list away, or take it out again."""
    found, at = _managed(request, uid), timezone.now()
    word = request.POST.get("do", "")
    if word.startswith("remove-"):
        item = found.items.select_related("book", "book_list").filter(pk=_number(word)).first()
        if item is None:
            raise Http404
        actions.take_off_list(item, by=request.teacher, at=at)
        messages.success(request, _("已从书单拿下；老师已经读的不受影响。"))
        return redirect("books:list", uid=found.uid)
    if word != "drop":
        raise Http404
    found = actions.drop_list(found, by=request.teacher, at=at)
    messages.success(request, _("书单已删除，老师的读书记录都还在。"))
    return redirect("books:lists")


def _number(word: str) -> int:
    digits = word.removeprefix("remove-")
    return int(digits) if digits.isdecimal() and len(digits) < 16 else 0  # noqa: PLR2004


# ---- one book ----
@login_required
@require_safe
def book(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a book: who recommends it and why, how many have read it, what they share of it."""
    teacher, school = request.teacher, own_school(request)
    found = get_allowed(may_see_book, teacher, Book.objects.all(), uid)
    records = allowed(may_see_record, teacher, ReadingRecord.objects.filter(book=found))
    told = (ReadingRecord.ToldTo.GROUP, ReadingRecord.ToldTo.SCHOOL)
    tips = allowed(may_see_recommendation, teacher, Recommendation.objects.filter(book=found))
    mine = ReadingRecord.objects.filter(teacher=teacher, book=found, dropped_at=None).first()
    context = {
        "book": found,
        "mine": mine,
        "tips": tips.filter(withdrawn_at=None).select_related("teacher", "unit", "organisation"),
        "open": records.filter(told_to__in=told, dropped_at=None)
        .exclude(teacher=teacher)
        .select_related("teacher")[:PER_PAGE],
        "read_by": told_of(school).filter(book=found).count(),
    }
    return show(request, "books/book.html", context)
