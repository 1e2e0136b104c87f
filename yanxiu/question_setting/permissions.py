"""Who may do what with papers that are set; a secret paper opens for three persons alone."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from yanxiu.people.models import Membership, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.question_setting.models import PaperTask


def _leads_or_manages(teacher: Teacher) -> Q:
    return Q(unit__in=teacher.leads) | Q(organisation__in=teacher.reach("manage_works"))


def _led(teacher: Teacher) -> Q:
    """Rows of the members, today, of the units that `teacher` leads."""
    members = Membership.objects.on(today()).filter(unit__in=teacher.leads)
    return Q(teacher__in=members.values("teacher"))


def may_see_task(teacher: Teacher) -> Q:
    """That there is such a task: its group, who sets and reads it, and who sees the works."""
    return (
        Q(author=teacher.pk)
        | Q(reader=teacher.pk)
        | Q(unit__in=teacher.units)
        | Q(organisation__in=teacher.reach("see_works"))
        | _leads_or_manages(teacher)
    )


def may_manage_task(teacher: Teacher) -> Q:
    """The leader of its group, and the office of the school or of a superior."""
    return _leads_or_manages(teacher)


def may_open_paper(teacher: Teacher) -> Q:
    """Author, reader and who ordered it; the others once it is final and the exam is over."""
    three = Q(author=teacher.pk) | Q(reader=teacher.pk) | Q(made_by=teacher.pk)
    over = Q(state=PaperTask.State.APPROVED, secret_until__lte=timezone.now())
    return three | (over & may_see_task(teacher))


def may_set_paper(teacher: Teacher) -> Q:
    """Its author."""
    return Q(author=teacher.pk)


def may_read_paper(teacher: Teacher) -> Q:
    """Its reader; nobody reads the own paper."""
    return Q(reader=teacher.pk) & ~Q(author=teacher.pk)


def may_open_version(teacher: Teacher) -> Q:
    """Whoever may open its paper."""
    tasks = PaperTask.objects.filter(may_open_paper(teacher), pk=OuterRef("task"))
    return Q(Exists(tasks))


def may_see_deed(teacher: Teacher) -> Q:
    """The teacher; once nothing is secret any more the own leader, and who sees the works."""
    over = Q(secret_until=None) | Q(secret_until__lte=today())
    others = _led(teacher) | Q(organisation__in=teacher.reach("see_works"))
    return Q(teacher=teacher.pk) | (over & others)


def may_change_deed(teacher: Teacher) -> Q:
    """The teacher alone."""
    return Q(teacher=teacher.pk)


def may_see_nomination(teacher: Teacher) -> Q:
    """The teacher, who proposed, and whoever sees the works of the school."""
    return (
        Q(teacher=teacher.pk)
        | Q(nominated_by=teacher.pk)
        | Q(organisation__in=teacher.reach("see_works"))
    )


def may_decide_nomination(teacher: Teacher) -> Q:
    """The office of the school, or of a superior; nobody decides on the own."""
    return Q(organisation__in=teacher.reach("manage_works")) & ~Q(teacher=teacher.pk)
