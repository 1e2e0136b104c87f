"""Who holds a right in one organisation itself: whom to ask when something is to be done there."""

from datetime import date

from django.db.models import Q, QuerySet

from yanxiu.people.models import Delegation, Membership, Organisation, Post, Role, Teacher, UnitKind
from yanxiu.people.models.delegation import in_force
from yanxiu.people.models.organisation import held_on

LEADING = (Membership.Duty.LEADER, Membership.Duty.DEPUTY)


def teachers_holding(right: str, organisation: Organisation, day: date) -> "QuerySet[Teacher]":
    """Return who holds `right` in `organisation` itself on `day`; three statements and the query.

    By a post, by a seat in a body that governs there, or standing in for somebody. Those who hold
    it from above are left out: they act where the house itself does not.
    """
    roles = [role.pk for role in Role.objects.all() if right in role.rights]
    posts = Post.objects.on(day).filter(
        organisation=organisation, role__in=roles, teacher__is_active=True
    )
    return Teacher.objects.filter(
        Q(pk__in=posts.values("teacher"))
        | Q(pk__in=_seated(right, organisation, day).values("teacher"))
        | Q(pk__in=_deputies(right, organisation, roles, day)),
        is_active=True,
    )


def _seated(right: str, organisation: Organisation, day: date) -> "QuerySet[Membership]":
    kinds = list(UnitKind.objects.exclude(governs=""))
    everybody = [kind.pk for kind in kinds if right in kind.rights]
    leaders = [kind.pk for kind in kinds if right in kind.leader_rights]
    led = Q(duty__in=LEADING, unit__kind__in=leaders)
    # The rights of a leader take the place of those of a member.
    found: QuerySet[Membership] = Membership.objects.on(day).filter(
        led | (Q(unit__kind__in=everybody) & ~Q(duty__in=LEADING)),
        unit__organisation=organisation,
        unit__ends_on=None,
        teacher__in=Post.objects.on(day).values("teacher"),
    )
    return found


def _deputies(right: str, organisation: Organisation, roles: list[int], day: date) -> list[int]:
    lent = Delegation.objects.filter(
        in_force(day),
        held_on(day, "post__"),
        post__organisation=organisation,
        post__role__in=roles,
        post__teacher__is_active=True,
    ).values_list("deputy_id", "rights")
    return [deputy for deputy, rights in lent if right in rights]
