"""Changing what stands on the roster by hand: one person, one unit, one organisation."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people import hearing
from yanxiu.people.access import require, require_right
from yanxiu.people.actions.resolving import resolve_around
from yanxiu.people.actions.teachers import add_teacher, give_post, join_unit, new_teacher
from yanxiu.people.career import CAREER_DAYS, checked_career_day
from yanxiu.people.models import Membership, Organisation, Post, Role, Teacher, Unit
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import may_manage_organisation, may_manage_teacher, may_manage_unit
from yanxiu.people.refusals.rights import OwnCareerDays

FACTS = (
    "name", "phone", "born", "education", "title", "subjects", "grade", "started_work",
    *CAREER_DAYS,
)  # fmt: skip


@transaction.atomic
def add_person(
    organisation: Organisation,
    *,
    name: str,
    by: Teacher,
    at: datetime,
    starts_on: date,
    phone: str = "",
    job_number: str = "",
    post_title: str = "",
    unit: Unit | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Teacher:
    """Add one person to a school: the person, the teacher post and, if wanted, the unit.

    Raises:
        NotAllowed: `by` does not manage the people of `organisation`.
        BadInput: name, phone or job number cannot be used.
    """
    require_right(by, "manage_people", organisation)
    teacher = add_teacher(name=name, phone=phone, facts=facts, by=by, at=at)
    give_post(
        teacher,
        organisation,
        Role.objects.get(code="teacher"),
        starts_on=starts_on,
        job_number=job_number,
        title=post_title,
        by=by,
        at=at,
    )
    if unit:
        join_unit(unit, teacher, starts_on=starts_on, by=by, at=at)
    return teacher


@transaction.atomic
def edit_teacher(
    teacher: Teacher, facts: Mapping[str, Any], *, by: Teacher, at: datetime
) -> Teacher:
    """Set facts of a person (`FACTS`); the trail names the fields, not the values.

    Raises:
        NotAllowed: `by` does not manage the teacher.
        OwnCareerDays: it is the own cycle or retirement.
        BadInput: the name is empty, the phone is none or somebody else's, or a day is none.
    """
    require(may_manage_teacher, by, teacher)
    teacher = Teacher.objects.select_for_update().get(pk=teacher.pk)
    wanted = {name: facts[name] for name in FACTS if name in facts}
    phone = wanted.get("phone") or ""
    checked = new_teacher(name=str(wanted.get("name", teacher.name)), phone=phone)
    if phone and Teacher.objects.filter(phone=phone).exclude(pk=teacher.pk).exists():
        raise BadInput(f"手机号“{phone}”已经登记在别人名下，没有保存。请核对号码，或先留空。")
    if "phone" in wanted:
        wanted["phone"] = phone or None
    wanted |= {name: checked_career_day(wanted[name]) for name in CAREER_DAYS if name in wanted}
    wanted |= {"name": checked.name, "name_key": checked.name_key, "pinyin": checked.pinyin}
    changed = [name for name, value in wanted.items() if getattr(teacher, name) != value]
    if teacher.pk == by.pk and not set(CAREER_DAYS).isdisjoint(changed):
        raise OwnCareerDays
    for name in changed:
        setattr(teacher, name, wanted[name])
    if changed:
        teacher.save(update_fields=changed)
        if not hearing.RECKONED_FROM.isdisjoint(changed):
            hearing.tell([teacher.pk], at)
        trail.record(by, "people.teacher-edited", teacher, at=at, detail={"fields": changed})
    return teacher


@transaction.atomic
def archive_teacher(teacher: Teacher, *, reason: str, by: Teacher, at: datetime) -> Teacher:
    """Take a person off the roster: no log-in, nothing expected any more; all records stay.

    Raises:
        NotAllowed: `by` does not manage the teacher.
        BadInput: there is no reason, it is the own person, or there is a post elsewhere.
    """
    require(may_manage_teacher, by, teacher)
    if not reason.strip():
        raise BadInput("没有写原因，没有改动。请写明原因，如“退休”“调往某校”，再提交。")
    if teacher.pk == by.pk:
        raise BadInput("不能把自己设为已离开，没有改动。请由另一位管理员来办。")
    elsewhere = Post.objects.on(today()).filter(teacher=teacher)
    if elsewhere.exclude(organisation__in=by.reach("manage_people")).exists():
        raise BadInput(
            f"{teacher.name}在您管理范围以外还有任职，没有改动。请只结束在本校的任职，或请上级来办。"
        )
    return _set_active(teacher, active=False, reason=reason.strip(), by=by, at=at)


@transaction.atomic
def return_teacher(teacher: Teacher, *, by: Teacher, at: datetime) -> Teacher:
    """Put a person back on the roster.

    Raises:
        NotAllowed: `by` does not manage the teacher.
    """
    require(may_manage_teacher, by, teacher)
    return _set_active(teacher, active=True, reason="", by=by, at=at)


def _set_active(
    teacher: Teacher, *, active: bool, reason: str, by: Teacher, at: datetime
) -> Teacher:
    teacher.is_active = active
    teacher.save(update_fields=["is_active"])
    verb = "people.teacher-returned" if active else "people.teacher-archived"
    trail.record(by, verb, teacher, at=at, detail={"reason": reason} if reason else {})
    return teacher


@transaction.atomic
def set_leader(unit: Unit, teacher: Teacher, *, on: date, by: Teacher, at: datetime) -> Membership:
    """Make `teacher` the leader of `unit`; whoever led before stays as a member.

    Raises:
        NotAllowed: `by` does not manage the unit.
    """
    require(may_manage_unit, by, unit)
    before = unit.memberships.filter(held_on(on), duty=Membership.Duty.LEADER)
    for membership in before.exclude(teacher=teacher).select_related("teacher"):
        join_unit(unit, membership.teacher, starts_on=on, by=by, at=at)
    return join_unit(unit, teacher, starts_on=on, by=by, at=at, duty=Membership.Duty.LEADER)


@transaction.atomic
def edit_unit(unit: Unit, *, name: str, subject: str, by: Teacher, at: datetime) -> Unit:
    """Rename a unit.

    Raises:
        NotAllowed: `by` does not manage the unit.
        BadInput: the name is empty or another living unit has it.
    """
    require(may_manage_unit, by, unit)
    name = name.strip()
    others = Unit.objects.filter(organisation=unit.organisation, ends_on=None, name=name)
    if not name or others.exclude(pk=unit.pk).exists():
        raise BadInput(f"名称“{name}”是空的，或本校已有同名的单位，没有保存。请换一个名称。")
    unit.name, unit.subject = name, subject.strip()
    unit.save(update_fields=["name", "subject"])
    trail.record(by, "people.unit-edited", unit, at=at, detail={"name": name})
    return unit


@transaction.atomic
def close_unit(unit: Unit, *, on: date, by: Teacher, at: datetime) -> Unit:
    """Dissolve a unit on a day: its members leave it, its history stays.

    Raises:
        NotAllowed: `by` does not manage the unit.
        BadInput: it was dissolved before.
    """
    require(may_manage_unit, by, unit)
    if unit.ends_on:
        raise BadInput("这个单位已经撤销，没有改动。")
    unit.ends_on = on
    unit.save(update_fields=["ends_on"])
    unit.rules.all().delete()
    for membership in unit.memberships.filter(Q(ends_on=None) | Q(ends_on__gt=on)):
        membership.ends_on = max(on, membership.starts_on)
        membership.save(update_fields=["ends_on"])
    resolve_around(unit.organisation)
    trail.record(by, "people.unit-closed", unit, at=at, detail={"on": on.isoformat()})
    return unit


@transaction.atomic
def edit_organisation(
    organisation: Organisation,
    *,
    name: str,
    level_name: str,
    is_school: bool,
    by: Teacher,
    at: datetime,
    is_large: bool | None = None,
) -> Organisation:
    """Rename an organisation and its level; `is_large` marks a 规模学校, None leaves it.

    Raises:
        NotAllowed: `by` does not manage it.
        BadInput: the name is empty, or a sibling has it.
    """
    require(may_manage_organisation, by, organisation)
    name = name.strip()
    siblings = Organisation.objects.filter(parent=organisation.parent, name=name)
    if not name or siblings.exclude(pk=organisation.pk).exists():
        raise BadInput(f"名称“{name}”是空的，或同一上级之下已有，没有保存。请换一个名称。")
    organisation.name, organisation.level_name = name, level_name.strip() or "学校"
    organisation.is_school = is_school
    organisation.is_large = organisation.is_large if is_large is None else is_large
    organisation.save(update_fields=["name", "level_name", "is_school", "is_large"])
    trail.record(by, "people.organisation-edited", organisation, at=at, detail={"name": name})
    return organisation
