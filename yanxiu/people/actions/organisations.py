"""Founding organisations and units."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require_right
from yanxiu.people.actions.teachers import add_teacher, give_post
from yanxiu.people.models import Organisation, Role, Teacher, Unit, UnitKind
from yanxiu.people.models.organisation import LABELS, PATH_LENGTH


def _place(
    name: str, *, parent: Organisation | None, level_name: str, is_school: bool
) -> Organisation:
    """Make the row and the path that leads to it."""
    name = name.strip()
    if not name:
        raise BadInput("没有写名称，组织没有建立。请填写单位全称后再提交。")
    if Organisation.objects.filter(parent=parent, name=name).exists():
        sentence = (
            f"“{name}”已经在同一上级之下，没有重复建立。请改用别的名称，或直接使用已有的组织。"
        )
        raise BadInput(sentence)
    organisation = Organisation(
        parent=parent, name=name, level_name=level_name, is_school=is_school
    )
    organisation.path = f"?{organisation.uid}"
    organisation.save()
    organisation.path = f"{parent.path if parent else ''}{organisation.pk}."
    if len(organisation.path) > PATH_LENGTH:
        raise BadInput("这里的层级太深，系统已记不下，没有建立。请把它建在上面某一级之下。")
    organisation.labels_above = {**parent.labels_above, **parent.labels} if parent else {}
    organisation.save(update_fields=["path", "labels_above"])
    return organisation


@transaction.atomic
def establish_school(
    *, name: str, administrator_name: str, phone: str, at: datetime
) -> tuple[Organisation, Teacher]:
    """Found the first organisation of an installation with its first administrator.

    Args:
        name: the school's full name.
        administrator_name: who looks after the system, usually a teacher too.
        phone: with which the administrator logs in.
        at: when, aware.

    Raises:
        BadInput: an organisation exists already, or a name or the phone cannot be used.
    """
    if Organisation.objects.exists():
        raise BadInput(
            "这里已经建立过学校，没有再次建立。请用已有的管理员账号登录，在“组织”里添加下级学校。"
        )
    school = _place(name, parent=None, level_name="学校", is_school=True)
    administrator = add_teacher(name=administrator_name, phone=phone, by=None, at=at)
    for role in ("administrator", "teacher"):
        give_post(
            administrator, school, Role.objects.get(code=role), starts_on=day_of(at), by=None, at=at
        )
    trail.record(administrator, "people.school-established", school, at=at)
    return school, administrator


@transaction.atomic
def add_organisation(
    parent: Organisation | None,
    name: str,
    *,
    by: Teacher | None,
    at: datetime,
    level_name: str = "学校",
    is_school: bool = True,
    is_large: bool = False,
) -> Organisation:
    """Add an organisation below `parent`, or a root when there is none (console only).

    Raises:
        NotAllowed: `by` does not manage the people of `parent`.
        BadInput: the name is empty or taken.
    """
    if by and parent:
        require_right(by, "manage_people", parent)
    organisation = _place(name, parent=parent, level_name=level_name, is_school=is_school)
    if is_large:
        organisation.is_large = True
        organisation.save(update_fields=["is_large"])
    trail.record(by, "people.organisation-added", organisation, at=at, detail={"name": name})
    return organisation


@transaction.atomic
def add_unit(
    organisation: Organisation,
    name: str,
    kind: UnitKind,
    *,
    by: Teacher | None,
    at: datetime,
    subject: str = "",
) -> Unit:
    """Add a unit to `organisation`.

    Raises:
        NotAllowed: `by` does not manage its people.
        BadInput: the name is empty or a living unit has it.
    """
    if by:
        require_right(by, "manage_people", organisation)
    if kind.retired or kind.organisation_id not in {None, *organisation.lineage}:
        raise BadInput(f"“{kind.name}”这一类在{organisation.name}不能用，没有建立。请另选类别。")
    name = name.strip()
    if not name:
        raise BadInput("没有写单位名称，没有建立。请填写名称，如“数学教研组”，再提交。")
    if Unit.objects.filter(organisation=organisation, name=name, ends_on=None).exists():
        raise BadInput(f"本校已有“{name}”，没有重复建立。请直接使用已有的单位，或换一个名称。")
    unit = Unit.objects.create(organisation=organisation, name=name, kind=kind, subject=subject)
    trail.record(by, "people.unit-added", unit, at=at, detail={"name": name})
    return unit


@transaction.atomic
def rename_labels(
    organisation: Organisation, labels: Mapping[str, str], *, by: Teacher, at: datetime
) -> Organisation:
    """Set the words that this organisation uses, such as 研训 for 研修 or 教务处 for 教导处.

    A word left empty, or as it is above, follows the organisation above. All below follow too.

    Raises:
        NotAllowed: `by` does not manage its people.
    """
    require_right(by, "manage_people", organisation)
    above = organisation.labels_above
    organisation.labels = {
        word: own
        for word in LABELS
        if (own := labels.get(word, "").strip()) and own != (above.get(word) or LABELS[word])
    }
    organisation.save(update_fields=["labels"])
    _hand_down_labels(organisation)
    trail.record(
        by, "people.labels-renamed", organisation, at=at, detail={"labels": organisation.labels}
    )
    return organisation


def _hand_down_labels(top: Organisation) -> None:
    """Let all below `top` know the words above them."""
    words = {top.pk: {**top.labels_above, **top.labels}}
    rows = list(
        Organisation.objects.filter(path__startswith=top.path).exclude(pk=top.pk).order_by("path")
    )
    # A parent's key may be longer than its child's, so the order of paths is not that of levels.
    for row in sorted(rows, key=lambda row: row.path.count(".")):
        row.labels_above = words[row.parent_id or 0]
        words[row.pk] = {**row.labels_above, **row.labels}
    Organisation.objects.bulk_update(rows, ["labels_above"], batch_size=200)
