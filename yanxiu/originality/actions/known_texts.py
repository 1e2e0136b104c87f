"""Template texts and quotations, and whether schools are compared with each other."""

from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.originality.actions.entering import enter, remove
from yanxiu.originality.models import AreaComparison, KnownText
from yanxiu.originality.permissions import may_allow_area, may_manage_known_text
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.texts.keys import key
from yanxiu.texts.passages import LEAST
from yanxiu.texts.radicals import repair


@transaction.atomic
def add_known_text(
    organisation: Organisation,
    *,
    sort: str,
    title: str,
    text: str,
    origin: str = "",
    by: Teacher,
    at: datetime,
) -> KnownText:
    """Load a text that circulates, or one that everybody may quote.

    Args:
        organisation: the school for which it holds, and all below it.
        sort: one of `KnownText.Sort`.
        title: what it is called.
        text: the whole of it.
        origin: where it comes from.
        by: who loads it.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the works there.
        BadInput: there is no title, or too little text to be found in another.
    """
    require_right(by, "manage_works", organisation)
    if not title.strip() or sort not in KnownText.Sort.values:
        raise BadInput("请写名称，并选这是范文还是可以引用的文字。没有保存。")
    if len(key(text)) < LEAST:
        raise BadInput(f"全文不足 {LEAST} 个字，认不出来。没有保存，请把原文粘贴完整。")
    known = KnownText.objects.create(
        organisation=organisation,
        sort=sort,
        title=repair(title.strip())[:120],
        origin=repair(origin.strip())[:200],
        text=repair(text),
        by=by,
        at=at,
    )
    enter(
        source_of(known),
        title=known.title,
        text=known.text,
        organisation=organisation,
        author=None,
        at=at,
        sort=sort,
    )
    trail.record(by, "originality.known-text-added", known, at=at)
    return known


@transaction.atomic
def remove_known_text(known: KnownText, *, by: Teacher, at: datetime) -> None:
    """Take a known text out again.

    Raises:
        NotAllowed: `by` does not manage the works there.
    """
    require(may_manage_known_text, by, known)
    remove(source_of(known))
    trail.record(by, "originality.known-text-removed", known, at=at, detail={"title": known.title})
    known.delete()


@transaction.atomic
def allow_area(organisation: Organisation, *, by: Teacher, at: datetime) -> AreaComparison:
    """Let all schools below `organisation` be compared with each other.

    Raises:
        NotAllowed: `by` does not manage the works there.
    """
    require(may_allow_area, by, organisation)
    allowed, new = AreaComparison.objects.get_or_create(
        organisation=organisation, defaults={"by": by, "at": at}
    )
    if new:
        trail.record(by, "originality.area-allowed", allowed, at=at)
    return allowed


@transaction.atomic
def stop_area(organisation: Organisation, *, by: Teacher, at: datetime) -> None:
    """Compare within each school alone again.

    Raises:
        NotAllowed: `by` does not manage the works there.
    """
    require(may_allow_area, by, organisation)
    for allowed in AreaComparison.objects.filter(organisation=organisation):
        trail.record(by, "originality.area-stopped", allowed, at=at)
        allowed.delete()
