"""Who may do what with terms."""

from django.db.models import Q

from yanxiu.people.models import Teacher


def may_manage_term(teacher: Teacher) -> Q:
    """Administrators of its organisation or of a superior."""
    return Q(organisation__in=teacher.reach("manage_terms"))
