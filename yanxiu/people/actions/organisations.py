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
from yanxiu.people.models.organisation import LABELS


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
    organisation.save(update_fields=["path"])
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
) -> Organisation:
    """Add an organisation below `parent`, or a root when there is none (console only).

    Raises:
        NotAllowed: `by` does not manage the people of `parent`.
        BadInput: the name is empty or taken.
    """
    if by and parent:
        require_right(by, "manage_people", parent)
    organisation = _place(name, parent=parent, level_name=level_name, is_school=is_school)
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

    Raises:
        NotAllowed: `by` does not manage its people.
    """
    require_right(by, "manage_people", organisation)
    organisation.labels = {word: labels[word].strip() for word in LABELS if labels.get(word)}
    organisation.save(update_fields=["labels"])
    trail.record(
        by, "people.labels-renamed", organisation, at=at, detail={"labels": organisation.labels}
    )
    return organisation
