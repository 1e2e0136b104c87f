"""People from outside in a unit: teachers of other schools, and guests."""

from datetime import date, datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require_own_right, require_right
from yanxiu.people.actions import codes
from yanxiu.people.actions.teachers import add_teacher, end_membership, join_unit
from yanxiu.people.models import Guest, Membership, Post, Teacher, Unit
from yanxiu.texts.keys import key


@transaction.atomic
def invite_colleague(
    unit: Unit, *, name: str, phone: str, starts_on: date, by: Teacher, at: datetime
) -> Membership:
    """Let a teacher of another school join, known by name and phone number together.

    Both must fit, so that nobody can look through another school's people here.

    Raises:
        NotAllowed: `by` does not manage the people of the unit's organisation.
        BadInput: the kind of unit has no members from elsewhere, or nobody is so called.
    """
    require_right(by, "manage_people", unit.organisation)
    if not unit.kind.across:
        raise BadInput(
            f"“{unit.kind.name}”没有设为可以有外校成员，没有加入。请先在“单位类别”里允许。"
        )
    found = Teacher.objects.filter(phone=phone, name_key=key(name.strip()), is_active=True).first()
    if found is None or not phone:
        raise BadInput("没有找到姓名和手机号都相符的教师，没有加入。请向本人核对这两项。")
    return join_unit(unit, found, starts_on=starts_on, by=by, at=at)


@transaction.atomic
def invite_guest(
    unit: Unit,
    *,
    name: str,
    workplace: str,
    phone: str,
    starts_on: date,
    ends_on: date,
    by: Teacher,
    at: datetime,
) -> tuple[Guest, str]:
    """Make an account for somebody from outside, bound to `unit` until a day.

    Returns:
        The guest, and the code for the first log-in, which is shown this once.

    Raises:
        NotAllowed: `by` does not manage the people of the unit's organisation in the own name.
        BadInput: the unit gives rights, the phone is known already, or the days cannot be.
    """
    require_own_right(by, "manage_people", unit.organisation)
    if unit.kind.governs:
        raise BadInput("领导机构的成员有管理权限，不请校外人员，没有加入。请加入课题组等单位。")
    if not phone or not workplace.strip():
        raise BadInput("没有写手机号或工作单位，没有建立。对方用手机号登录，请补上。")
    if ends_on <= starts_on or ends_on <= day_of(at):
        raise BadInput("结束日期不晚于开始日期或今天，没有建立。请核对日期。")
    teacher = add_teacher(name=name, phone=phone, by=by, at=at)
    join_unit(unit, teacher, starts_on=starts_on, ends_on=ends_on, by=by, at=at)
    guest = Guest.objects.create(
        unit=unit, teacher=teacher, workplace=workplace.strip(),
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    # The console's door: a guest works in no school, so nobody's reach covers the account yet.
    ((_teacher, code),) = codes.issue([teacher], by=None, at=at)
    detail = {"guest": str(teacher.uid), "until": ends_on.isoformat()}
    trail.record(by, "people.guest-invited", unit, at=at, detail=detail)
    return guest, code


@transaction.atomic
def dismiss(membership: Membership, *, on: date, by: Teacher, at: datetime) -> Membership:
    """Let somebody leave a unit; the account of a guest who is nowhere else any more is shut.

    Raises:
        NotAllowed: `by` does not manage the people of the unit's organisation.
        BadInput: the membership follows from a rule.
    """
    end_membership(membership, on=on, by=by, at=at)
    teacher = membership.teacher
    still = Membership.objects.on(on).filter(teacher=teacher).exists()
    still = still or Post.objects.on(on).filter(teacher=teacher).exists()
    visits = Guest.objects.filter(teacher=teacher)
    if still or on > day_of(at) or not visits.exists():
        return membership
    visits.filter(ends_on__gt=on).update(ends_on=on)
    teacher.is_active = False
    teacher.save(update_fields=["is_active"])
    trail.record(by, "people.guest-closed", teacher, at=at)
    return membership
