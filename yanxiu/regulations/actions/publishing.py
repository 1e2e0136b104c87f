"""Putting rules in force, having them read, and taking them back."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices import actions as notices
from yanxiu.people.access import allowed, require
from yanxiu.people.models import Teacher
from yanxiu.regulations.models import Acknowledgement, Regulation, RegulationVersion
from yanxiu.regulations.permissions import may_manage_regulation, may_see_regulation
from yanxiu.regulations.queries import readers
from yanxiu.regulations.refusals import AlreadyPublished, NotInForce, StartsTooEarly

TASK = "acknowledge"


@transaction.atomic
def publish(
    version: RegulationVersion,
    *,
    by: Teacher,
    at: datetime,
    acknowledge_by: date | None = None,
    review_on: date | None = None,
) -> RegulationVersion:
    """Put a draft in force from its day; the version before it ends on that day.

    Args:
        version: the draft.
        by: who publishes.
        at: when.
        acknowledge_by: until when teachers are asked to say that they have read it; None asks
            nobody.
        review_on: when it shall be looked at again.

    Raises:
        NotAllowed: `by` does not write the rules there.
        AlreadyPublished: it is published.
        StartsTooEarly: the text that holds begins on the same day or later.
    """
    require(may_manage_regulation, by, version.regulation)
    regulation = Regulation.objects.select_for_update().get(pk=version.regulation_id)
    version = RegulationVersion.objects.select_for_update().get(pk=version.pk)
    if version.published_at:
        raise AlreadyPublished(version.published_at)
    before = regulation.versions.filter(published_at__isnull=False, ends_on=None).last()
    if before and version.starts_on <= before.starts_on:
        raise StartsTooEarly(before.starts_on)
    if before:
        before.ends_on = version.starts_on
        before.save(update_fields=["ends_on"])
        agenda.finish_tasks(source_of(before), kind=TASK, at=at, state="dropped")
    version.published_at = at
    version.published_by_uid, version.published_by_name = by.uid, by.name
    version.asks_acknowledgement = acknowledge_by is not None
    version.acknowledge_by, version.review_on = acknowledge_by, review_on
    version.save()
    version.regulation = regulation
    _tell(version, by=by, at=at)
    detail = {"version": version.number, "acknowledge_by": str(acknowledge_by or "")}
    trail.record(by, "regulations.published", regulation, at=at, detail=detail)
    return version


def _tell(version: RegulationVersion, *, by: Teacher, at: datetime) -> None:
    """Ask whoever it holds for to read it, or only tell them."""
    regulation = version.regulation
    people = [teacher for teacher in readers(regulation, day_of(at)) if teacher != by]
    title = (
        _("阅读并确认《%(title)s》") if version.asks_acknowledgement else _("《%(title)s》已公布")
    )
    if version.asks_acknowledgement:
        agenda.assign_task(
            source_of(version),
            people,
            kind=TASK,
            title=(title % {"title": regulation.title})[:120],
            due_on=version.acknowledge_by,
            organisation=regulation.organisation,
            at=at,
        )
    notices.notify(
        people,
        kind="request" if version.asks_acknowledgement else "change",
        title=(title % {"title": regulation.title})[:120],
        text=version.change_note,
        source=source_of(regulation),
        organisation=regulation.organisation,
        at=at,
    )


@transaction.atomic
def acknowledge(version: RegulationVersion, *, by: Teacher, at: datetime) -> Acknowledgement:
    """Note that `by` has read `version`; a second time keeps the first.

    Raises:
        NotAllowed: the rule does not hold for `by`.
        NotInForce: this text does not hold (any more, or yet) and is not announced.
    """
    if (
        not allowed(may_see_regulation, by, Regulation.objects.all())
        .filter(pk=version.regulation_id)
        .exists()
    ):
        raise NotAllowed
    if version.published_at is None or (version.ends_on and version.ends_on <= day_of(at)):
        raise NotInForce
    made, _new = Acknowledgement.objects.get_or_create(
        version=version, teacher=by, defaults={"at": at}
    )
    agenda.finish_task_of(source_of(version), by, kind=TASK, at=at)
    return made


@transaction.atomic
def retire(regulation: Regulation, *, because: str, by: Teacher, at: datetime) -> Regulation:
    """End a rule with the day of today; its versions stay to be read.

    Raises:
        NotAllowed: `by` does not write the rules there.
        BadInput: no reason is given, or it is retired.
    """
    require(may_manage_regulation, by, regulation)
    regulation = Regulation.objects.select_for_update().get(pk=regulation.pk)
    if regulation.retired_on:
        raise BadInput(f"《{regulation.title}》已经废止，没有再办。")
    if not because.strip():
        raise BadInput("没有写废止的原因，没有废止。请写一句原因，以后的人看得懂。")
    day = day_of(at)
    regulation.retired_on, regulation.retired_because = day, because.strip()
    regulation.save(update_fields=["retired_on", "retired_because"])
    for version in regulation.versions.filter(ends_on=None, published_at__isnull=False):
        version.ends_on = max(day, version.starts_on + timedelta(days=1))
        version.save(update_fields=["ends_on"])
        agenda.finish_tasks(source_of(version), kind=TASK, at=at, state="dropped")
    detail = {"because": regulation.retired_because}
    trail.record(by, "regulations.retired", regulation, at=at, detail=detail)
    return regulation
