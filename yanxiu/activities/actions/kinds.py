"""Activity kinds, themes and the settings of a school: what it calls and how it counts things."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from yanxiu import own_kinds
from yanxiu.activities.models import ActivityKind, ActivitySetting, Theme
from yanxiu.activities.permissions import may_manage_kind, may_manage_theme, may_plan_for_unit
from yanxiu.activities.refusals import KindInUse
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher, Unit
from yanxiu.terms.models import Term


def _free_name(organisation: Organisation, name: str, leave_out: int | None = None) -> str:
    return own_kinds.free_name(
        ActivityKind.objects.filter(Q(organisation=None) | Q(organisation=organisation)),
        name,
        missing="没有写名称，没有保存。请写活动类别的名称，例如“主题沙龙”。",
        taken=KindInUse,
        leave_out=leave_out,
    )


@transaction.atomic
def add_kind(
    organisation: Organisation,
    *,
    name: str,
    record_kind: str,
    activity_class: str,
    by: Teacher,
    at: datetime,
    is_series: bool = False,
    is_one_way: bool = False,
    needs_note: bool = False,
    asks_feedback: bool = True,
) -> ActivityKind:
    """Add an activity kind of the school; `record_kind` says as what the schemes count it.

    Raises:
        NotAllowed: `by` does not manage the sessions of `organisation`.
        BadInput: it has no name. KindInUse: the name is taken.
    """
    require_right(by, "manage_sessions", organisation)
    name = _free_name(organisation, name)
    kind = ActivityKind.objects.create(
        organisation=organisation,
        code=own_kinds.own_code(ActivityKind, organisation),
        name=name,
        record_kind=record_kind,
        activity_class=activity_class,
        is_series=is_series,
        is_one_way=is_one_way,
        needs_note=needs_note,
        asks_feedback=asks_feedback,
        order=own_kinds.next_order(ActivityKind),
    )
    trail.record(by, "activities.kind-added", organisation, at=at, detail={"name": name})
    return kind


@transaction.atomic
def change_kind(
    kind: ActivityKind,
    *,
    name: str,
    activity_class: str,
    by: Teacher,
    at: datetime,
    is_series: bool = False,
    is_one_way: bool = False,
    needs_note: bool = False,
    asks_feedback: bool = True,
) -> ActivityKind:
    """Rename a kind of the school or count it otherwise; what was held keeps its record kind.

    Raises:
        NotAllowed: it is shipped, or `by` does not manage the sessions of its school.
        BadInput: it has no name. KindInUse: the name is taken.
    """
    require(may_manage_kind, by, kind)
    assert kind.organisation is not None  # noqa: S101 (what is shipped was refused above)
    before = kind.name
    kind.name = _free_name(kind.organisation, name, kind.pk)
    kind.activity_class, kind.is_series, kind.is_one_way = activity_class, is_series, is_one_way
    kind.needs_note, kind.asks_feedback = needs_note, asks_feedback
    kind.save()
    detail = {"before": before, "after": kind.name}
    trail.record(by, "activities.kind-changed", kind.organisation, at=at, detail=detail)
    return kind


@transaction.atomic
def retire_kind(kind: ActivityKind, *, on: date | None, by: Teacher, at: datetime) -> ActivityKind:
    """Offer a kind no more from `on`, or again where `on` is None; what was held keeps it.

    Raises:
        NotAllowed: it is shipped, or `by` does not manage the sessions of its school.
        KindInUse: another kind has its name now.
    """
    require(may_manage_kind, by, kind)
    assert kind.organisation is not None  # noqa: S101 (what is shipped was refused above)
    if on is None:
        _free_name(kind.organisation, kind.name, kind.pk)
    return own_kinds.retire(kind, "activities.kind-retired", on=on, by=by, at=at)


@transaction.atomic
def set_rules(
    organisation: Organisation,
    *,
    minutes_due_days: int,
    lecture_share_hint: int,
    asks_photos: bool = False,
    by: Teacher,
    at: datetime,
) -> ActivitySetting:
    """Say within how many days minutes are due, and from what share of lectures to hint.

    `asks_photos` makes a session without a file a gap; it is not asked for by default.

    Raises:
        NotAllowed: `by` does not manage the sessions of `organisation`.
    """
    require_right(by, "manage_sessions", organisation)
    rules, _fresh = ActivitySetting.objects.update_or_create(
        organisation=organisation,
        defaults={
            "minutes_due_days": minutes_due_days,
            "lecture_share_hint": lecture_share_hint,
            "asks_photos": asks_photos,
        },
    )
    trail.record(by, "activities.rules-set", organisation, at=at)
    return rules


@transaction.atomic
def set_theme(
    organisation: Organisation,
    term: Term,
    *,
    text: str,
    by: Teacher,
    at: datetime,
    unit: Unit | None = None,
    parent: Theme | None = None,
) -> Theme:
    """Set what the school, or a unit under one of the school's themes, studies this term.

    Raises:
        NotAllowed: `by` neither leads `unit` nor manages the sessions of `organisation`.
        BadInput: nothing was written, or `parent` is not a theme of the school for this term.
    """
    if unit is None:
        require_right(by, "manage_sessions", organisation)
    else:
        require(may_plan_for_unit, by, unit)
    text = text.strip()[:120]
    if not text:
        raise BadInput("没有写主题，没有保存。请用一句话写明本学期研究什么。")
    if parent and (parent.term_id != term.pk or parent.unit_id):
        raise BadInput("上一级主题要选本学期全校的主题，没有保存。请重新选择。")
    standing = Theme.objects.filter(
        organisation=organisation, unit=unit, term=term, text=text, retired_at=None
    )
    if standing.exists():
        raise BadInput(f"本学期已经定了主题“{text}”，没有再加。")
    theme = Theme.objects.create(
        organisation=organisation,
        unit=unit,
        term=term,
        text=text,
        parent=parent if unit else None,
        made_at=at,
        made_by_uid=by.uid,
    )
    trail.record(by, "activities.theme-set", theme, at=at, detail={"text": text})
    return theme


@transaction.atomic
def retire_theme(theme: Theme, *, by: Teacher, at: datetime) -> Theme:
    """Offer a theme no more; the activities that studied it keep it.

    Raises:
        NotAllowed: `by` neither leads its unit nor manages the sessions of its school.
    """
    require(may_manage_theme, by, theme)
    theme.retired_at = at
    theme.save(update_fields=["retired_at"])
    trail.record(by, "activities.theme-retired", theme, at=at)
    return theme
