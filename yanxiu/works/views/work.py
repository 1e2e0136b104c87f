"""A work: what stands in it, its versions, who read it, where it went; and the deeds about it."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet, Value
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yanxiu.attachments.models import Attachment
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Post, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.places.table import links
from yanxiu.texts.differences import difference, paragraphs_of
from yanxiu.ui.asking import ask
from yanxiu.ui.pages import show
from yanxiu.works import actions
from yanxiu.works.forms import AuthorsForm, ReadingForm
from yanxiu.works.models import Work
from yanxiu.works.permissions import (
    may_read_work,
    may_recommend_work,
    may_see_whole_work,
    may_write_work,
)
from yanxiu.works.queries.handed import as_handed_in, texts_in
from yanxiu.works.views.reader import JOINED, own_work, read_or_post, seen_work, written_work

State = Work.State


@login_required
@require_safe
def work(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show a work as far as this reader may see it."""
    found, teacher = seen_work(request, uid), request.teacher
    this = Work.objects.filter(pk=found.pk)
    may = _may(teacher, this)
    rows = list(found.texts.all())
    if kept := as_handed_in([found], teacher).get(found.pk):
        found.title, rows = kept.title, texts_in(kept)
    texts = [row for row in rows if row.text.strip()]
    hidden = [] if may["whole"] else [row for row in texts if row.is_private]
    context: dict[str, Any] = {
        "work": found,
        "mine": found.teacher_id == teacher.pk,
        "writing": may["write"] and found.state in Work.WRITTEN and found.dropped_at is None,
        "may": may,
        "texts": [row for row in texts if row not in hidden],
        "hidden": hidden,
        "authors": list(found.authors.all()),
        "files": Attachment.objects.filter(source_kind=Work.SOURCE_KIND, source_id=found.uid),
        "shares": Work.Shared.choices,
        "redesigns": found.lesson_id and any(row.code == "redesign" for row in texts),
        **_prompts(found, teacher),
    }
    if may["whole"]:
        context |= {
            "readings": list(found.readings.select_related("reader")),
            "submissions": found.submissions.all(),
            "outcomes": found.outcomes.all(),
        }
    if may["write"]:
        context["versions"] = found.versions.defer("texts")
    if may["read"]:
        handed = Work.objects.filter(state=State.HANDED_IN).exclude(pk=found.pk)
        waiting = allowed(may_read_work, teacher, handed).select_related("kind", "teacher")
        context |= {"form": ReadingForm(), "next": waiting.order_by("happened_on", "pk").first()}
    return show(request, "works/work.html", context)


def _may(teacher: Teacher, this: "QuerySet[Work]") -> dict[str, bool]:
    """Return what the reader may do with the one work; one statement."""
    words = {
        "whole": may_see_whole_work,
        "write": may_write_work,
        "read": may_read_work,
        "recommend": may_recommend_work,
    }
    parts = [
        allowed(may, teacher, this).order_by().annotate(word=Value(word)).values_list("word")
        for word, may in words.items()
    ]
    held = {word for (word,) in parts[0].union(*parts[1:], all=True)}
    return {word: word in held for word in words}


def _prompts(found: Work, teacher: Teacher) -> dict[str, Any]:
    """Return the links to what the work came from, as far as they open for this reader."""
    rows = [row for row in (found.lesson, found.session) if row]
    sources = [*map(source_of, rows), *([found.source] if found.source else [])]
    opened = links(sources, teacher)
    return {"came_from": [opened[source] for source in sources if source in opened]}


# ---- the author's deeds ----
DEEDS = {
    "hand_in": (actions.hand_in, gettext_lazy("已交。有人看过以前，您随时可以撤回。")),
    "withdraw": (actions.withdraw, gettext_lazy("已撤回，又成了草稿。")),
    "drop": (actions.drop, gettext_lazy("已放进“删掉的”，随时可以恢复。")),
    "take_out": (actions.take_out, gettext_lazy("已恢复。")),
}


@login_required
@require_POST
def do(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Hand it in, take it back, put it away, take it out again."""
    found = own_work(request, uid)
    if request.POST.get("do") not in DEEDS:
        raise Http404
    deed, said = DEEDS[request.POST["do"]]
    deed(found, by=request.teacher, at=timezone.now())
    messages.success(request, said)
    return redirect("works:work", uid=found.uid)


@login_required
@require_POST
def share(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say who else may read it."""
    found = own_work(request, uid)
    shared_with = request.POST.get("shared_with", "")
    found = actions.share(found, shared_with=shared_with, by=request.teacher, at=timezone.now())
    who = {"name": found.get_shared_with_display()}
    messages.success(request, _("现在能看的：%(name)s。") % who)
    return redirect("works:work", uid=found.uid)


@login_required
@read_or_post
def authors(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say who wrote it, in their order."""
    found = own_work(request, uid)
    names = "\n".join(found.authors.values_list("name", flat=True))
    form = AuthorsForm(request.POST or None, initial={"authors": names})

    def deed(data: Any) -> str:
        people = people_named(data["authors"], found.organisation.path, request.teacher)
        actions.name_authors(found, people, by=request.teacher, at=timezone.now())
        return reverse("works:work", args=[found.uid])

    context = {"heading": _("作者"), "lead": found.title, "back": _address(found)}
    return ask(request, form, deed, done=_("已保存。"), page="works/form.html", context=context)


def _address(found: Work) -> str:
    return reverse("works:work", args=[found.uid])


_WITH_SCHOOL = re.compile(r"^(.+?)\s*[（(]\s*(.+?)\s*[）)]$")


def people_named(text: str, path: str, by: Teacher) -> list[Teacher | str]:
    """Return for each line the teacher of that name in the school, else the line itself.

    Two of one name are told apart by the school behind it, 张老师（第二小学）; else the line stays
    a name, and one's own is `by`.
    """
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))[:20]
    named = {line: _WITH_SCHOOL.match(line) for line in lines}
    names = [*lines, *(match[1] for match in named.values() if match)]
    posts = Post.objects.on(today()).filter(organisation__path__startswith=path)
    rows = posts.filter(teacher__name__in=names, teacher__is_active=True)
    known: dict[str, dict[Teacher, set[str]]] = {}
    for post in rows.select_related("teacher", "organisation"):
        of_name = known.setdefault(post.teacher.name, {})
        of_name.setdefault(post.teacher, set()).add(post.organisation.name)
    found: list[Teacher | str] = []
    for line, match in named.items():
        one = list(known.get(line, {}))
        if match and not one:
            of_name = known.get(match[1], {})
            one = [who for who, schools in of_name.items() if _is_at(match[2], schools)]
        found.append(by if line == by.name else one[0] if len(one) == 1 else line)
    return found


def _is_at(school: str, names: Iterable[str]) -> bool:
    """Tell whether a school is one of those named, in full or by the end of its name."""
    return any(name == school or name.endswith(school) for name in names)


# ---- versions ----
@login_required
@require_safe
def version(request: TeacherRequest, uid: UUID, number: int) -> HttpResponse:
    """Show what became of an earlier version since: what was added, what went."""
    found = written_work(request, uid)
    old = get_object_or_404(found.versions, number=number)
    now = {row.code: row.text for row in found.texts.all()}
    parts = [
        (row["name"] or _("正文"), row["text"], now.get(row["code"], ""))
        for row in old.texts
        if row["text"] or now.get(row["code"])
    ]
    context = {
        "work": found,
        "version": old,
        "parts": [
            (name, before == after, difference(paragraphs_of(before), paragraphs_of(after)))
            for name, before, after in parts
        ],
        "writing": found.state in Work.WRITTEN and found.dropped_at is None,
    }
    return show(request, "works/version.html", context)


@login_required
@require_POST
def restore(request: TeacherRequest, uid: UUID, number: int) -> HttpResponse:
    """Write on from an earlier version."""
    found = written_work(request, uid)
    old = get_object_or_404(found.versions, number=number)
    actions.restore_version(found, old, by=request.teacher, at=timezone.now())
    messages.success(request, _("已换成这一稿；换之前的内容也留作一稿。"))
    return redirect("works:edit", uid=found.uid)


# ---- the reader's deeds ----
@login_required
@require_POST
def read(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Say that it was read, with a word and a grade, or give it back."""
    rows = Work.objects.select_related(*JOINED)
    found = get_allowed(may_read_work, request.teacher, rows, uid)
    form = ReadingForm(request.POST)
    comment = request.POST.get("comment", "")[:4000]
    at = timezone.now()
    if request.POST.get("do") == "return":
        actions.return_work(found, comment=comment, by=request.teacher, at=at)
        messages.success(request, _("已退回，作者会收到您的话。"))
    else:
        grade = form.cleaned_data["grade"] if form.is_valid() else ""
        actions.read_work(found, comment=comment, grade=grade, by=request.teacher, at=at)
        messages.success(request, _("已阅，作者会收到您的话。"))
    return redirect("works:work", uid=found.uid)
