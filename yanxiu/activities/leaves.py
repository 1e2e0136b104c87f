"""What sessions give to handbook, growth file and chronicle, and what they still lack."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from yanxiu.activities.models import (
    ActivitySetting,
    Attendance,
    Minutes,
    Part,
    ParticipantNote,
    Resolution,
    Session,
)
from yanxiu.activities.permissions import may_see_attendance, may_see_roll, may_see_session
from yanxiu.activities.queries import CAME, RANK
from yanxiu.attachments.models import Attachment
from yanxiu.figures.leaves import Gap, GapKind, Leaf, LeafKind, LeafTable
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span, day_of
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher
from yanxiu.ui.wording import clock_text, day_text, moment_text

RECORDER_OR_HOST = (Part.Role.RECORDER, Part.Role.HOST)


# ---- what a person took part in ----
def _attended(span: Span) -> "QuerySet[Any]":
    start, end = span.moments()
    told = Record.objects.filter(
        teacher=OuterRef("teacher"),
        source_kind=Session.SOURCE_KIND,
        source_id=OuterRef("session__uid"),
        withdrawn_at=None,
    )
    return (
        Attendance.objects.filter(
            session__starts_at__gte=start,
            session__starts_at__lt=end,
            session__closed_at__isnull=False,
            state__in=CAME,
        )
        .select_related("session__activity__kind", "session__unit", "session__organisation")
        .annotate(
            told_minutes=Subquery(told.values("minutes")[:1]), told_role=Subquery(_first_part())
        )
    )


def _tell_attended(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        session = row.session
        facts = [
            ("类别", session.activity.kind.name),
            ("范围", session.unit.name if session.unit else session.organisation.name),
            ("地点", session.place),
            ("时间", f"{clock_text(session.starts_at)}—{clock_text(session.ends_at)}"),
        ]
        yield Leaf(
            on=day_of(session.starts_at),
            title=session.title,
            part=str(Part.Role(row.told_role or Part.Role.ATTENDEE).label),
            minutes=_minutes(row),
            facts=tuple((name, text) for name, text in facts if text),
            source=source_of(session),
        )


def _minutes(row: Any) -> int:
    """The minutes of the record; before it is written those of the host or of the session."""
    for minutes in (row.told_minutes, row.minutes):
        if minutes is not None:
            return int(minutes)
    return int(row.session.minutes)


def _first_part() -> Any:
    """The role that counts of those that the person has in the session, see `RANK`."""
    parts = Part.objects.filter(session=OuterRef("session"), teacher=OuterRef("teacher"))
    places = [When(role=role, then=Value(place)) for place, role in enumerate(RANK)]
    return parts.annotate(place=Case(*places)).order_by("place").values("role")[:1]


def _notes(span: Span) -> "QuerySet[Any]":
    start, end = span.moments()
    rows = ParticipantNote.objects.filter(session__starts_at__gte=start, session__starts_at__lt=end)
    return rows.select_related("session")


def _tell_notes(rows: Sequence[Any]) -> Iterable[Leaf]:
    for row in rows:
        yield Leaf(
            on=day_of(row.session.starts_at),
            title=row.session.title,
            texts=(("学习体会", row.text),),
            source=source_of(row.session),
        )


def _may_see_note(teacher: Teacher) -> Q:
    """The writer; what the writer shares, whoever may see the session."""
    seen = Session.objects.filter(may_see_session(teacher), pk=OuterRef("session"))
    return Q(teacher=teacher.pk) | Q(is_shared=True) & Q(Exists(seen))


# ---- what a unit did ----
def _held(span: Span) -> "QuerySet[Any]":
    start, end = span.moments()
    rows = Session.objects.filter(starts_at__gte=start, starts_at__lt=end, closed_at__isnull=False)
    return rows.select_related(
        "activity__kind", "unit", "organisation", "minutes_taken"
    ).prefetch_related(
        Prefetch("parts", Part.objects.select_related("teacher").order_by("id")),
        Prefetch("resolutions", Resolution.objects.select_related("owner")),
    )


def _tell_sessions(rows: Sequence[Any]) -> Iterable[Leaf]:
    states: dict[int, Counter[str]] = {}
    counted = (
        Attendance.objects.filter(session__in=[row.pk for row in rows])
        .order_by()
        .values_list("session", "state", "expected")
        .annotate(many=Count("pk"))
    )
    for session, state, expected, many in counted:
        one = states.setdefault(session, Counter())
        one[state] += many
        one["expected"] += many if expected else 0
        one["came"] += many if state in CAME else 0
    for row in rows:
        yield _session_leaf(row, states.get(row.pk, Counter()))


def _session_leaf(row: Any, states: Counter[str]) -> Leaf:
    minutes: Minutes | None = getattr(row, "minutes_taken", None)
    others = [
        f"{label} {states[code]} 人"
        for code, label in Attendance.State.choices
        if code != Attendance.State.PRESENT and states[code]
    ]
    attendance = f"应到 {states['expected']} 人，实到 {states['came']} 人"
    facts = [
        ("时间", moment_text(row.starts_at, year=True)),
        ("地点", row.place),
        ("类别", row.activity.kind.name),
        ("主持人", _names(row, Part.Role.HOST)),
        ("主讲人", _names(row, Part.Role.MAIN_SPEAKER)),
        ("记录人", _names(row, Part.Role.RECORDER) or (minutes.saved_by_name if minutes else "")),
        ("出勤", "，".join([attendance, *others])),
    ]
    return Leaf(
        on=day_of(row.starts_at),
        title=row.title,
        minutes=row.minutes,
        facts=tuple((name, text) for name, text in facts if text),
        texts=_texts(minutes),
        tables=_agreed(row),
        source=source_of(row),
    )


def _texts(minutes: Minutes | None) -> tuple[tuple[str, str], ...]:
    if minutes is None:
        return (("活动过程与发言要点", ""),)
    found = (
        ("活动过程与发言要点", minutes.process),
        ("达成的共识", minutes.conclusions),
        ("遗留问题与下一步", minutes.next_steps),
    )
    return found[:1] + tuple((name, text) for name, text in found[1:] if text)


def _agreed(row: Any) -> tuple[LeafTable, ...]:
    lines = tuple(
        (
            one.text,
            one.owner.name if one.owner else "",
            day_text(one.due_on) if one.due_on else "",
            str(one.get_state_display()) + (f"：{one.word}" if one.word else ""),
        )
        for one in row.resolutions.all()
    )
    return (LeafTable(("事项", "负责人", "期限", "结果"), lines, "议定事项"),) if lines else ()


def _names(row: Any, *roles: str) -> str:
    return "、".join(part.teacher.name for part in row.parts.all() if part.role in roles)


LEAVES = [
    LeafKind(
        code="activities.attended",
        name="参加的活动",
        meaning="已经关闭的场次里出席或迟到的；角色按主讲、主持、记录、参加取第一个，时长同研修记录。",
        category="activities",
        supplier="参加活动并签到后自动收进来",
        rows=_attended,
        tell=_tell_attended,
        seen_by=may_see_attendance,
        teacher="teacher",
        order=("session__starts_at", "pk"),
    ),
    LeafKind(
        code="activities.notes",
        name="活动心得",
        meaning="本人在场次里交的心得；没有选择给大家看的，只有本人看得到。",
        category="learning",
        supplier="本人，在活动页交心得",
        rows=_notes,
        tell=_tell_notes,
        seen_by=_may_see_note,
        teacher="teacher",
        order=("session__starts_at", "pk"),
    ),
    LeafKind(
        code="activities.sessions",
        name="本单位的活动",
        meaning="单位已经关闭的场次，带活动记录、出勤和议定事项。",
        category="activities",
        supplier="主持人关闭场次，记录人写活动记录",
        rows=_held,
        tell=_tell_sessions,
        seen_by=may_see_session,
        unit="unit",
        order=("starts_at", "pk"),
    ),
]


# ---- what is missing ----
def _lacking(span: Span) -> "QuerySet[Any]":
    start, end = span.moments()
    rows = Session.objects.filter(starts_at__gte=start, starts_at__lt=end, cancelled_at=None)
    return rows.select_related("unit", "organisation").prefetch_related(
        Prefetch("parts", Part.objects.select_related("teacher").order_by("id"))
    )


def _without_minutes(span: Span) -> "QuerySet[Any]":
    taken = Minutes.objects.filter(session=OuterRef("pk"))
    return _lacking(span).filter(~Exists(taken), closed_at__isnull=False)


def _not_closed(span: Span) -> "QuerySet[Any]":
    return _lacking(span).filter(closed_at=None, ends_at__lt=timezone.now())


def _without_anybody(span: Span) -> "QuerySet[Any]":
    came = Attendance.objects.filter(session=OuterRef("pk"), state__in=CAME)
    return _lacking(span).filter(~Exists(came), closed_at__isnull=False)


def _without_photos(span: Span) -> "QuerySet[Any]":
    """Where the school (not one above it) asks for a file or photo of each session."""
    asking = ActivitySetting.objects.filter(organisation=OuterRef("organisation"), asks_photos=True)
    files = Attachment.objects.filter(source_kind=Session.SOURCE_KIND, source_id=OuterRef("uid"))
    return _lacking(span).filter(Exists(asking), ~Exists(files), closed_at__isnull=False)


def _without_note(span: Span) -> "QuerySet[Any]":
    written = ParticipantNote.objects.filter(
        session=OuterRef("session"), teacher=OuterRef("teacher")
    )
    asked = Q(session__activity__needs_note=True) | Q(session__activity__kind__needs_note=True)
    return _attended(span).filter(asked, ~Exists(written)).select_related("session", "teacher")


def _mine(*roles: str) -> Any:
    def mine(teacher: Teacher) -> Q:
        parts = Part.objects.filter(session=OuterRef("pk"), teacher=teacher, role__in=roles)
        return Q(Exists(parts))

    return mine


def _gap(row: Any, what: str, *roles: str) -> Gap:
    names = next((names for role in roles if (names := _names(row, role))), "")
    where = row.unit.name if row.unit else row.organisation.name
    return Gap(
        on=day_of(row.starts_at),
        title=f"{row.title}（{where}）",
        what=what,
        supplier=names or "还没有定人，请教研组长指定",
        source=source_of(row),
    )


def _of_session(code: str, name: str, meaning: str, rows: Any, *roles: str) -> GapKind:
    return GapKind(
        code=f"activities.{code}",
        name=name,
        meaning=meaning,
        rows=rows,
        tell=lambda found: [_gap(row, name, *roles) for row in found],
        seen_by=may_see_roll,
        mine=_mine(*roles),
        order=("starts_at", "pk"),
    )


def _tell_without_note(rows: Sequence[Any]) -> Iterable[Gap]:
    for row in rows:
        yield Gap(
            on=day_of(row.session.starts_at),
            title=row.session.title,
            what="心得",
            supplier=row.teacher.name,
            source=source_of(row.session),
        )


GAPS = [
    _of_session(
        "not_closed", "没有关闭", "时间已经过去，既没有关闭也没有取消的场次。", _not_closed,
        Part.Role.HOST,
    ),
    _of_session(
        "no_minutes", "活动记录", "已经关闭、还没有写活动记录的场次。", _without_minutes,
        *RECORDER_OR_HOST,
    ),
    _of_session(
        "nobody_came", "考勤", "已经关闭、却没有一个人到场的场次，多半是点名没有保存。",
        _without_anybody, Part.Role.HOST,
    ),
    _of_session(
        "no_photos", "照片或文件", "学校要求每场留一份照片或文件、而场次里还没有的；默认不要求。",
        _without_photos, *RECORDER_OR_HOST,
    ),
    GapKind(
        code="activities.no_note",
        name="心得",
        meaning="活动要求到场者交心得，到场而还没有交的。",
        rows=_without_note,
        tell=_tell_without_note,
        seen_by=may_see_attendance,
        mine=lambda teacher: Q(teacher=teacher.pk),
        organisation="session__organisation",
        order=("session__starts_at", "pk"),
    ),
]  # fmt: skip
