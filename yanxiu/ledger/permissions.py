"""Who may see what of the ledger; nobody may change an entry."""

from django.db.models import Q

from yanxiu.people.models import Teacher


def may_see_record(teacher: Teacher) -> Q:
    """The person in question, and whoever may see the hours of the school of that day."""
    return Q(teacher=teacher.pk) | Q(organisation__in=teacher.reach("see_hours"))


def may_see_entry(teacher: Teacher) -> Q:
    """The same as for the record it comes from."""
    return may_see_record(teacher)


def may_manage_adoption(teacher: Teacher) -> Q:
    """Administrators of the organisation that reckons by the scheme, or of a superior."""
    return Q(organisation__in=teacher.reach("manage_terms"))
