"""Kinds of work of a school, and how it uses the headings."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from yanxiu import own_kinds
from yanxiu.audit import trail
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.works.models import SectionSetting, WorkKind, WorkSection
from yanxiu.works.permissions import may_manage_work_kind
from yanxiu.works.refusals import WorkKindTaken

MOST_HEADINGS = 12


@dataclass(frozen=True)
class SectionUse:
    """How a school uses a heading."""

    section: WorkSection
    is_used: bool
    is_required: bool
    is_private: bool


def _free_name(organisation: Organisation, name: str, leave_out: int | None = None) -> str:
    return own_kinds.free_name(
        own_kinds.near(WorkKind, organisation),
        name,
        missing="没有写名称，没有保存。请写类别的名称，例如“评课稿”。",
        taken=WorkKindTaken,
        leave_out=leave_out,
    )


@transaction.atomic
def add_work_kind(
    organisation: Organisation,
    *,
    name: str,
    like: WorkKind,
    headings: str = "",
    by: Teacher,
    at: datetime,
) -> WorkKind:
    """Add a kind of work of the school that counts as `like` does.

    Args:
        organisation: the school.
        name: what it is called.
        like: the shipped kind as which plans and schemes count it.
        headings: its headings, one a line; none is one text.
        by: who adds it.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the works of `organisation`.
        BadInput: it has no name. WorkKindTaken: the name is taken.
    """
    require_right(by, "manage_works", organisation)
    name = _free_name(organisation, name)
    kind = WorkKind.objects.create(
        organisation=organisation,
        code=own_kinds.own_code(WorkKind, organisation),
        name=name,
        work_class=like.work_class,
        is_long=like.is_long,
        of_lesson=like.of_lesson,
        act=like.act,
        record_kind=like.record_kind,
        recorded=like.recorded,
        order=own_kinds.next_order(WorkKind),
    )
    names = [line.strip()[:40] for line in headings.splitlines() if line.strip()]
    WorkSection.objects.bulk_create(
        WorkSection(kind=kind, code=f"own_{order}", name=heading, order=order)
        for order, heading in enumerate(dict.fromkeys(names[:MOST_HEADINGS]))
    )
    trail.record(by, "works.kind-added", organisation, at=at, detail={"name": name})
    return kind


@transaction.atomic
def retire_work_kind(kind: WorkKind, *, on: date | None, by: Teacher, at: datetime) -> WorkKind:
    """Offer a kind of the school no more from `on`, or again where `on` is None.

    Raises:
        NotAllowed: it is shipped, or `by` does not manage the works of its school.
        WorkKindTaken: another kind has its name now.
    """
    require(may_manage_work_kind, by, kind)
    assert kind.organisation is not None  # noqa: S101 (what is shipped was refused above)
    if on is None:
        _free_name(kind.organisation, kind.name, kind.pk)
    return own_kinds.retire(kind, "works.kind-retired", on=on, by=by, at=at)


@transaction.atomic
def set_sections(
    organisation: Organisation, uses: list[SectionUse], *, by: Teacher, at: datetime
) -> None:
    """Say which headings the school uses, asks for, and keeps between author and reader.

    Raises:
        NotAllowed: `by` does not manage the works of `organisation`.
    """
    require_right(by, "manage_works", organisation)
    for use in uses:
        SectionSetting.objects.update_or_create(
            organisation=organisation,
            kind=use.section.kind,
            code=use.section.code,
            defaults={
                "is_used": use.is_used,
                "is_required": use.is_required and use.is_used,
                "is_private": use.is_private,
            },
        )
    trail.record(by, "works.sections-set", organisation, at=at)
