"""The content tags of a school, and which activity is about what."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from yanxiu.activities.models import Classification, ExpertKind, Session, Tag, Tagging
from yanxiu.activities.permissions import may_manage_session, may_manage_tag
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.shipped import shipped
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher

HERE = Path(__file__).resolve().parent.parent
SHIPPED_SINCE = date(2000, 1, 1)
"""From which day the shipped tags can be used: old activities are tagged with them as well."""


# ---- what is shipped ----
def lay_teaching_ground() -> None:
    """Add the shipped tags and kinds of experts that are missing; safe at every start."""
    known = set(ExpertKind.objects.filter(organisation=None).values_list("code", flat=True))
    ExpertKind.objects.bulk_create(
        ExpertKind(
            code=kind["code"], name=kind["name"], is_internal=kind.get("internal", False), order=n
        )
        for n, kind in enumerate(_shipped("expert_kinds.yaml"))
        if kind["code"] not in known
    )
    classes = {row.code: row for row in Classification.objects.filter(organisation=None)}
    tags = {
        (row.classification_id, row.code) for row in Tag.objects.filter(organisation=None).only(
            "classification_id", "code"
        )
    }  # fmt: skip
    for order, each in enumerate(_shipped("tags.yaml")):
        found = classes.get(each["code"]) or Classification.objects.create(
            code=each["code"], name=each["name"], order=order
        )
        missing = [tag for tag in each["tags"] if (found.pk, tag["code"]) not in tags]
        _lay_tags(found, missing, each["tags"])


def _shipped(name: str) -> Any:
    return shipped(HERE / name)


def _lay_tags(
    classification: Classification, missing: Iterable[dict[str, Any]], all_of: list[Any]
) -> None:
    for tag in missing:
        parent = Tag.objects.create(
            classification=classification,
            code=tag["code"],
            name=tag["name"],
            starts_on=SHIPPED_SINCE,
            order=all_of.index(tag),
        )
        Tag.objects.bulk_create(
            Tag(
                classification=classification,
                parent=parent,
                code=f"{tag['code']}-{number}",
                name=name,
                starts_on=SHIPPED_SINCE,
                order=number,
            )
            for number, name in enumerate(tag.get("with", ()))
        )


# ---- the school's own ----
@transaction.atomic
def add_classification(
    organisation: Organisation, name: str, *, by: Teacher, at: datetime
) -> Classification:
    """Add a way of telling contents apart that `organisation` and all below it use.

    Raises:
        NotAllowed: `by` does not manage the sessions of `organisation`.
        BadInput: it has no name, or is there already.
    """
    require_right(by, "manage_sessions", organisation)
    name = name.strip()
    if not name:
        raise BadInput("没有写名称，分类没有添加。请写两三个字。")
    if Classification.objects.filter(organisation=organisation, name=name).exists():
        raise BadInput(f"“{name}”已经有了，没有重复添加。请直接在它下面加标签。")
    last = Classification.objects.count()
    made = Classification.objects.create(
        organisation=organisation, code=f"own-{last + 1}", name=name, order=100 + last
    )
    trail.record(by, "activities.classification-added", organisation, at=at, detail={"name": name})
    return made


@transaction.atomic
def add_tag(
    organisation: Organisation,
    *,
    classification: Classification,
    name: str,
    by: Teacher,
    at: datetime,
    starts_on: date,
    ends_on: date | None = None,
    parent: Tag | None = None,
    record_theme: str = "",
) -> Tag:
    """Add a tag of `organisation`; a campaign is given its days.

    Raises:
        NotAllowed: `by` does not manage the sessions of `organisation`.
        BadInput: no name, days that cannot be meant, or a tag of this name in use.
    """
    require_right(by, "manage_sessions", organisation)
    name = name.strip()
    if not name:
        raise BadInput("没有写名称，标签没有添加。请写几个字，例如“双减”。")
    _check_days(starts_on, ends_on)
    if parent is not None:
        classification = parent.classification
    standing = Tag.objects.filter(
        classification=classification, parent=parent, name=name, ends_on=None
    ).filter(organisation__in=[organisation.pk])
    shipped = Tag.objects.filter(
        classification=classification, parent=parent, name=name, organisation=None
    )
    if standing.exists() or shipped.exists():
        raise BadInput(f"“{name}”已经有了，没有重复添加。请直接使用。")
    tag: Tag = Tag.objects.create(
        organisation=organisation,
        classification=classification,
        parent=parent,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        record_theme=record_theme.strip(),
        order=100,
    )
    trail.record(by, "activities.tag-added", tag, at=at, detail={"name": name})
    return tag


@transaction.atomic
def change_tag(
    tag: Tag,
    *,
    name: str,
    by: Teacher,
    at: datetime,
    starts_on: date,
    ends_on: date | None,
    record_theme: str = "",
) -> Tag:
    """Rename a tag, or say until when it is used; what carries it keeps it and stays findable.

    Raises:
        NotAllowed: it is shipped, or `by` does not manage the sessions of its organisation.
        BadInput: no name, or days that cannot be meant.
    """
    require(may_manage_tag, by, tag)
    _check_days(starts_on, ends_on)
    if not name.strip():
        raise BadInput("没有写名称，标签没有改动。请写几个字。")
    before = {"name": tag.name, "ends_on": tag.ends_on.isoformat() if tag.ends_on else ""}
    tag.name, tag.starts_on, tag.ends_on = name.strip(), starts_on, ends_on
    tag.record_theme = record_theme.strip()
    tag.save(update_fields=["name", "starts_on", "ends_on", "record_theme"])
    trail.record(by, "activities.tag-changed", tag, at=at, detail={"before": before})
    return tag


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on and ends_on < starts_on:
        raise BadInput("停用日期早于启用日期，没有保存。请核对两个日期。")


# ---- on an activity ----
@transaction.atomic
def tag_session(
    session: Session,
    tags: Sequence[Tag],
    *,
    whole_series: bool = True,
    by: Teacher,
    at: datetime,
) -> None:
    """Say what a session, or the whole series it belongs to, is about.

    The tags given replace those that stood at the same place. Tags may be put on after closing
    too: hours by content are read from the tags, so nothing that was posted changes.

    Args:
        session: one sitting.
        tags: all the tags it is to have.
        whole_series: put them on the activity, so that all its sessions have them.
        by: who says so.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the session.
    """
    require(may_manage_session, by, session)
    own = None if whole_series else session
    standing = Tagging.objects.filter(activity=session.activity_id, session=own)
    before = set(standing.values_list("tag_id", flat=True))
    wanted = {tag.pk for tag in tags}
    standing.filter(tag__in=before - wanted).delete()
    Tagging.objects.bulk_create(
        Tagging(tag_id=pk, activity_id=session.activity_id, session=own)
        for pk in sorted(wanted - before)
    )
    if before != wanted:
        names = sorted(tag.name for tag in tags)
        trail.record(by, "activities.session-tagged", session, at=at, detail={"tags": names})
