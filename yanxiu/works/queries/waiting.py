"""Which works of others wait for the word of a reader."""

from django.db.models import QuerySet

from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.works.models import Work
from yanxiu.works.permissions import may_read_work


def waiting_for(teacher: Teacher) -> "QuerySet[Work] | None":
    """Return what was handed in to `teacher` and nobody has read; None for who reads no works."""
    if not teacher.leads and not teacher.holds("manage_works"):
        return None
    return allowed(may_read_work, teacher, Work.objects.filter(state=Work.State.HANDED_IN))
