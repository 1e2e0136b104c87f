"""The sheet on a phone: what it shows, what it takes, and the same without script."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.kernel.refusals import BadInput, Refusal
from yanxiu.kernel.uids import new_uid
from yanxiu.observation.actions import NewMark, hand_in, save_marks
from yanxiu.observation.actions.settling import settle
from yanxiu.observation.models import (
    Mark,
    MarkConflict,
    Observation,
    ObservationText,
    RubricVersion,
)
from yanxiu.observation.offline import actions, queries
from yanxiu.observation.offline.batch import read_batch
from yanxiu.observation.offline.refusals import WrittenElsewhere
from yanxiu.observation.offline.words import QUICK, STAGES
from yanxiu.observation.permissions import may_write_observation
from yanxiu.observation.queries.reading import open_conflicts
from yanxiu.observation.queries.settings import hints_by_name, phrases_of, setting_of
from yanxiu.observation.refusals import HeardAtOnce
from yanxiu.observation.rules.hints import key, patterns
from yanxiu.observation.views.reader import ask_same_time
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models import Teacher
from yanxiu.texts.numerals import whole_number
from yanxiu.ui.drafts import read_saving
from yanxiu.ui.languages import in_script_of_reader
from yanxiu.ui.offline import keep_offline
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

JSON = "application/json"
CONFLICT = 409
MINUTE = 60

HINTS = {
    ObservationText.Name.STRENGTHS: lazy("哪一刻、看到了什么，学生因此怎样"),
    ObservationText.Name.WEAKNESSES: lazy("哪一刻可以换一种做法"),
    ObservationText.Name.SUGGESTIONS: lazy("一行一条，老师可以拿去下一节课试"),
}


def observed(teacher: Teacher, uid: UUID) -> Observation:
    """Return the teacher's own observation `uid` with what the sheet says about its lesson."""
    rows = Observation.objects.select_related(
        "lesson__teacher", "lesson__kind", "observer", "organisation", "rubric__rubric"
    )
    return get_allowed(may_write_observation, teacher, rows, uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the sheet with all it needs to go on alone; take what a page without script sends."""
    found = observed(request.teacher, uid)
    at = timezone.now()
    if request.method == "POST":
        return take_form(request, found, at)
    return keep_offline(show(request, PAGE, _context(found, at)), request.teacher)


PAGE = "observation/offline/sheet.html"


def _context(found: Observation, at: datetime) -> dict[str, Any]:
    now = queries.written(found)
    phrases = phrases_of(setting_of(found.organisation))
    noted = queries.marks(found)
    standing = [mark | {"time": _time(mark)} for mark in noted if not mark["deleted"]]
    return {
        "observation": found,
        "lesson": found.lesson,
        "writing": found.is_open,
        "edition": now.edition,
        "dimensions": dimensions_shown(found.rubric, now.texts),
        "texts": texts_shown(now.texts, phrases),
        "stock": stock(phrases),
        "saved": now.texts,
        "made": clock(at),
        "began": clock(found.began_at) if standing else None,
        "standing": standing,
        "stages": STAGES,
        "quick": [
            (side, [each.word for each in QUICK if each.side == side])
            for side in (Mark.Side.TEACHER, Mark.Side.PUPIL)
        ],
        "choices": queries.choices(found),
        "minute": max(0, int((at - found.began_at).total_seconds()) // MINUTE),
    }


def _time(mark: dict[str, Any]) -> str:
    minutes, seconds = divmod(mark["at_second"], MINUTE)
    return f"{minutes:02}:{seconds:02}"


def clock(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def texts_shown(
    values: dict[str, str], phrases: list[str], theirs: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """Return the text fields in order; `theirs` is what was written elsewhere meanwhile.

    Beside each stands what in it would fit any lesson, by the stock `phrases`; it stops nobody.
    """
    asked = hints_by_name(phrases, values)
    return [
        {
            "name": name,
            "label": str(label),
            "hint": str(HINTS.get(ObservationText.Name(name), "")),
            "value": values[name],
            "theirs": (theirs or {}).get(name, ""),
            "looked_at": name in asked,
            "asked": asked.get(name, []),
        }
        for name, label in ObservationText.Name.choices
        if name in values
    ]


def stock(phrases: list[str]) -> dict[str, str]:
    """Return what a browser needs to find by itself, as one types, what would fit any lesson."""
    return patterns() | {"phrases": " ".join(sorted({key(each) for each in phrases} - {""}))}


def dimensions_shown(version: RubricVersion | None, values: dict[str, str]) -> list[dict[str, Any]]:
    """Return the rubric as the form shows it; extras come last under a heading of their own."""
    if version is None:
        return []
    rubric = version.sheet
    parts: list[dict[str, Any]] = [
        {
            "name": each.name,
            "weight": each.weight,
            "focus": each.is_focus,
            "items": [_item(version, item, values) for item in each.items],
        }
        for each in rubric.dimensions
    ]
    if rubric.extras:
        extras = [_item(version, item, values) for item in rubric.extras]
        parts.append({"name": _("另外加减"), "weight": 0, "focus": False, "items": extras})
    return parts


def _item(version: RubricVersion, item: Any, values: dict[str, str]) -> dict[str, Any]:
    rate, note = (queries.field(kind, version, item.code) for kind in (queries.RATE, queries.NOTE))
    return {
        "text": item.text,
        "rate": rate,
        "note": note,
        "negative": item.is_negative,
        "asks": item.asks_evidence or bool(values[note]),
        "noted": values[note],
        "levels": [
            (str(place), level.name, values[rate] == str(place))
            for place, level in enumerate(item.levels)
        ],
    }


# ---- a page without script, and handing in ----
def take_form(
    request: TeacherRequest,
    found: Observation,
    at: datetime,
    form: RubricVersion | None = None,
) -> HttpResponse:
    """Do what one of the buttons says; `form` is that of a sheet that a device began alone."""
    if request.POST.get("do") == "mark":
        return _take_mark(request, found, at)
    if request.POST.get("do") == "settle":
        return _settle(request, found, at)
    edition = whole_number(request.POST.get("edition", "")) or 0
    typed = actions.from_form(request.POST)
    before = open_conflicts(found).count()
    kept, now = actions.save_written(
        found, typed, edition=edition, by=request.teacher, at=at, form=form
    )
    found.refresh_from_db(fields=["state"])
    if not found.is_open and open_conflicts(found).count() > before:
        messages.warning(
            request,
            _(
                "这份听课记录已经提交过，刚写的没有改动它，都留着。要换上，请先在记录页收回，再来选。"
            ),
        )
        return redirect("observation:offline", uid=found.uid)
    if not kept:
        return _both(request, found, typed, now, at)
    if request.POST.get("do") == "hand-in":
        return _hand_in(request, found, at)
    messages.success(request, _("已保存。"))
    return redirect("observation:offline", uid=found.uid)


def _hand_in(request: TeacherRequest, found: Observation, at: datetime) -> HttpResponse:
    """Hand in what has been saved; ask first where another lesson was heard at the same time."""
    try:
        hand_in(found, by=request.teacher, at=at)
    except HeardAtOnce as question:
        return ask_same_time(request, found, question, found.audience)
    messages.success(request, _("听课记录已经提交，授课教师能看到了。还没有人回应时可以收回。"))
    return redirect("lessons:lesson", uid=found.lesson.uid)


def _take_mark(request: TeacherRequest, found: Observation, at: datetime) -> HttpResponse:
    """Note one moment."""
    text, stage, side = (request.POST.get(name, "").strip() for name in ("text", "stage", "side"))
    side, _colon, word = side.partition(":")
    text = text or word
    if side == Mark.Side.STAGE and not stage:
        text, stage = "", text
    if not stage and not text:
        raise BadInput(_("还没有写看到、听到了什么，没有记下。请写一句，或点一个环节。"))
    minute = whole_number(request.POST.get("minute", ""))
    seconds = int((at - found.began_at).total_seconds())
    mark = NewMark(
        uid=new_uid(),
        at_second=max(0, seconds if minute is None else minute * MINUTE),
        side=Mark.Side.STAGE if stage else side,
        text=text,
        stage=stage,
    )
    save_marks(found, [mark], device="", by=request.teacher, at=at)
    messages.success(request, _("记下了。"))
    return redirect("observation:offline", uid=found.uid)


def _settle(request: TeacherRequest, found: Observation, at: datetime) -> HttpResponse:
    """Let one of two ways of writing stand."""
    outcome = request.POST.get("outcome", "")
    if outcome not in MarkConflict.Outcome.values:
        raise BadInput(_("没有说明留哪一种，没有改动。请刷新本页再选。"))
    rows = found.conflicts.exclude(name=ObservationText.Name.REPLY)
    conflict = get_object_or_404(rows, uid=_uid(request.POST.get("conflict", "")))
    settle(conflict, outcome=outcome, by=request.teacher, at=at)
    messages.success(request, _("选好了。"))
    return redirect("observation:offline", uid=found.uid)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _both(
    request: TeacherRequest,
    found: Observation,
    typed: dict[str, str],
    now: queries.Written,
    at: datetime,
) -> HttpResponse:
    """Show what was typed beside what was written elsewhere; the next time it is meant."""
    values = {name: typed.get(name, text) for name, text in now.texts.items()}
    theirs = {name: text for name, text in now.texts.items() if text and text != values[name]}
    phrases = phrases_of(setting_of(found.organisation))
    context = _context(found, at) | {
        "dimensions": dimensions_shown(found.rubric, values),
        "texts": texts_shown(values, phrases, theirs),
        "sentence": in_script_of_reader(str(WrittenElsewhere())),
    }
    return show(request, PAGE, context, status=UNPROCESSABLE)


# ---- what devices send ----
@require_POST
def marks(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Take what a device noted; what it may forget and what was wrong is told by key."""
    if not request.user.is_authenticated:
        return log_in_first()
    return take_marks(request, observed(request.teacher, uid))


def take_marks(request: TeacherRequest, found: Observation) -> JsonResponse:
    """Take what a device noted of `found`, and tell what stands now."""
    at = timezone.now()
    try:
        # A form has been read by now, and its body cannot be had again.
        sent = request.body if request.content_type == JSON else b""
        batch = read_batch(sent, received_at=at)
        taken = actions.take_marks(found, batch, by=request.teacher, at=at)
    except Refusal as refusal:
        return in_words(str(refusal), UNPROCESSABLE)
    found.refresh_from_db(fields=["state", "began_at"])
    return JsonResponse(
        {
            "taken": taken.keys,
            "refused": {key: in_script_of_reader(text) for key, text in taken.refused.items()},
            "now": clock(at),
            "marks": queries.marks(found),
            "writing": found.is_open,
            "waiting": open_conflicts(found).count(),
            "observation": str(found.uid),
        }
    )


@require_POST
def texts(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Save what is being typed; a page that lacks the newest gets it and changes nothing."""
    if not request.user.is_authenticated:
        return log_in_first()
    return take_texts(request, observed(request.teacher, uid))


def take_texts(
    request: TeacherRequest, found: Observation, form: RubricVersion | None = None
) -> JsonResponse:
    """Save the texts and ratings that a page sends for `found`; `form` as in `save_written`."""
    try:
        sent = read_saving(request)
        kept, now = actions.save_written(
            found,
            sent.texts,
            edition=sent.edition,
            by=request.teacher,
            at=timezone.now(),
            form=form,
        )
    except Refusal as refusal:
        return in_words(str(refusal), UNPROCESSABLE)
    told = {"edition": now.edition} if kept else {"edition": now.edition, "texts": now.texts}
    return JsonResponse(told, status=200 if kept else CONFLICT)


def log_in_first() -> JsonResponse:
    """Not by a redirect to the log-in page: the device keeps everything and asks its owner."""
    return in_words(_("请重新登录，再把这台设备上写的送上来；写过的都还在。"), 401)


def in_words(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"sentence": in_script_of_reader(sentence)}, status=status)
