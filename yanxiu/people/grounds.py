"""Who may do what, and on what ground."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from yanxiu.people.models import (
    Delegation,
    Membership,
    Organisation,
    Post,
    Role,
    Teacher,
    UnitKind,
)
from yanxiu.people.models.delegation import in_force
from yanxiu.people.models.holding import LENT, UNIT, Holding
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today
from yanxiu.people.rights import RIGHTS

LEADING = (Membership.Duty.LEADER, Membership.Duty.DEPUTY)


@dataclass(frozen=True)
class Ground:
    """One ground on which somebody holds a right: in words, where, and until when."""

    kind: str
    words: str
    where: str
    ends_on: date | None = None


def grounds_of(person: Teacher) -> list[tuple[str, list[Ground]]]:
    """Return each right that `person` holds today with its grounds, in the order of the table."""
    paths = {holding.path for holding in person.holdings}
    names = dict(Organisation.objects.filter(path__in=paths).values_list("path", "name"))
    found = [
        (str(sentence), [
            _ground(holding, names) for holding in person.holdings if right in holding.rights
        ])
        for right, sentence in RIGHTS.items()
    ]  # fmt: skip
    return [(sentence, grounds) for sentence, grounds in found if grounds]


def _ground(holding: Holding, names: dict[str, str]) -> Ground:
    where = names.get(holding.path, "")
    if holding.kind == LENT:
        words = _("代理%(name)s（%(role)s）") % {
            "name": holding.name,
            "role": holding.post.title or holding.post.role.name,
        }
        return Ground(LENT, words, where)
    if holding.kind == UNIT:
        duty = Membership.Duty(holding.duty).label
        words = _("%(unit)s的%(duty)s") % {"unit": holding.name, "duty": duty}
        return Ground(UNIT, words, where)
    return Ground(holding.kind, holding.post.title or holding.post.role.name, where)


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a right, with the grounds."""

    uid: UUID
    name: str
    grounds: Sequence[Ground]


def holders_of(right: str, organisation: Organisation) -> list[Holder]:
    """Return who holds `right` in `organisation` today and why; five statements.

    Posts and bodies of the organisations above count too: their rights reach down.
    """
    found: dict[tuple[str, UUID], list[Ground]] = defaultdict(list)
    here = organisation.lineage
    roles = [role.pk for role in Role.objects.all() if right in role.rights]
    posts = Post.objects.on(today()).filter(
        organisation__in=here, role__in=roles, teacher__is_active=True
    )
    for post in posts.select_related("teacher", "role", "organisation").order_by(
        "-organisation__path", "role__order", "teacher__pinyin"
    ):
        ground = Ground("post", post.title or post.role.name, post.organisation.name, post.ends_on)
        found[post.teacher.name, post.teacher.uid].append(ground)
    _add_seats(found, right, here)
    _add_delegations(found, right, here, roles)
    return [Holder(uid, name, grounds) for (name, uid), grounds in found.items()]


def _add_seats(found: dict[tuple[str, UUID], list[Ground]], right: str, here: list[int]) -> None:
    kinds = list(UnitKind.objects.exclude(governs=""))
    everybody = [kind.pk for kind in kinds if right in kind.rights]
    leaders = [kind.pk for kind in kinds if right in kind.leader_rights]
    seats = Membership.objects.on(today()).filter(
        Q(unit__kind__in=everybody) | Q(unit__kind__in=leaders, duty__in=LEADING),
        unit__organisation__in=here,
        unit__ends_on=None,
        teacher__is_active=True,
        teacher__in=Post.objects.on(today()).values("teacher"),
    )
    for seat in seats.select_related("teacher", "unit__organisation").order_by("unit", "pk"):
        if seat.unit.kind_id not in everybody and seat.duty not in LEADING:
            continue
        words = _("%(unit)s的%(duty)s") % {
            "unit": seat.unit.name, "duty": seat.get_duty_display(),
        }  # fmt: skip
        ground = Ground(UNIT, words, seat.unit.organisation.name, seat.ends_on)
        found[seat.teacher.name, seat.teacher.uid].append(ground)


def _add_delegations(
    found: dict[tuple[str, UUID], list[Ground]], right: str, here: list[int], roles: list[int]
) -> None:
    lent = Delegation.objects.filter(
        in_force(today()),
        held_on(today(), "post__"),
        post__organisation__in=here,
        post__role__in=roles,
        post__teacher__is_active=True,
        deputy__is_active=True,
    ).select_related("deputy", "post__teacher", "post__role", "post__organisation")
    for one in lent:
        if right not in one.rights:
            continue
        words = _("代理%(name)s（%(role)s）") % {
            "name": one.post.teacher.name, "role": one.post.title or one.post.role.name,
        }  # fmt: skip
        ground = Ground(LENT, words, one.post.organisation.name, one.ends_on)
        found[one.deputy.name, one.deputy.uid].append(ground)
