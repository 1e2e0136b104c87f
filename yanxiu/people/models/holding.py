"""On what a teacher's rights of today rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import (
    BigAutoField,
    Case,
    CharField,
    DateField,
    F,
    JSONField,
    QuerySet,
    Value,
    When,
)

from yanxiu.audit.kept import KeptSelect, Slot
from yanxiu.people.models.delegation import in_force
from yanxiu.people.models.organisation import Membership, held_on
from yanxiu.people.models.post import Post

if TYPE_CHECKING:
    from yanxiu.people.models.teacher import Teacher

POST, UNIT, LENT = "post", "unit", "lent"

# Whose grounds are asked for and when; every page asks, so the question is put together once.
_WHO, _DAY = Slot("teacher", BigAutoField()), Slot("day", DateField())


@dataclass(frozen=True)
class Holding:
    """One ground for rights: a post, a seat in a governing body, or somebody's delegation.

    Attributes:
        kind: POST, UNIT or LENT.
        rights: what it carries.
        path: of the organisation in which it carries them.
        post: the post itself, or the one the delegation is from; for a unit some post held.
        name: of the unit, or of whoever is away.
        uid: of the unit or the delegation.
        duty: of the seat in the unit.
    """

    kind: str
    rights: tuple[str, ...]
    path: str
    post: Post
    name: str = ""
    uid: UUID | None = None
    duty: str = ""

    @property
    def own(self) -> bool:
        """Tell whether it is the teacher's own, and not lent."""
        return self.kind != LENT


def _posts() -> "QuerySet[Any]":
    """The own posts, in the columns that all three parts have."""
    own: QuerySet[Any] = Post.objects.filter(held_on(_DAY), teacher=_WHO)
    rows: QuerySet[Any] = own.annotate(
        why=Value(POST, CharField()),
        carried=F("role__rights"),
        where=F("organisation__path"),
        called=Value("", CharField()),
        which=F("uid"),
        seat=Value("", CharField()),
    )
    return rows


def _seats() -> "QuerySet[Any]":
    """The seats in governing bodies of somebody who holds a post; one row per post and seat."""
    seat = "teacher__memberships__"
    leading = [Membership.Duty.LEADER, Membership.Duty.DEPUTY]
    seated: QuerySet[Any] = Post.objects.filter(
        held_on(_DAY),
        held_on(_DAY, seat),
        teacher=_WHO,
        # "Not empty" said as a filter: an exclude would look at all seats, not at this one.
        **{f"{seat}unit__ends_on": None, f"{seat}unit__kind__governs__gt": ""},
    )
    rows: QuerySet[Any] = seated.annotate(
        why=Value(UNIT, CharField()),
        carried=Case(
            When(**{f"{seat}duty__in": leading}, then=F(f"{seat}unit__kind__leader_rights")),
            default=F(f"{seat}unit__kind__rights"),
            output_field=JSONField(),
        ),
        where=F(f"{seat}unit__organisation__path"),
        called=F(f"{seat}unit__name"),
        which=F(f"{seat}unit__uid"),
        seat=F(f"{seat}duty"),
    )
    return rows


def _lent() -> "QuerySet[Any]":
    """The posts of others, still held today, from which something is delegated to the teacher."""
    lent: QuerySet[Any] = Post.objects.filter(
        held_on(_DAY),
        in_force(_DAY, "delegations__"),
        delegations__deputy=_WHO,
        teacher__is_active=True,
    )
    rows: QuerySet[Any] = lent.annotate(
        why=Value(LENT, CharField()),
        carried=F("delegations__rights"),
        where=F("organisation__path"),
        called=F("teacher__name"),
        which=F("delegations__uid"),
        seat=Value("", CharField()),
    )
    return rows


def _all() -> "QuerySet[Any]":
    joined = [rows.select_related("role", "organisation") for rows in (_posts(), _seats(), _lent())]
    # One union: three questions would be three round trips.
    return joined[0].union(*joined[1:], all=True)


_kept: KeptSelect[Any] = KeptSelect(_all)


def holdings(teacher: "Teacher", day: date) -> list[Holding]:
    """Return every ground for rights that `teacher` has on `day`; one statement."""
    rows = _kept.all(teacher=teacher.pk, day=day)
    return _unlike(_holding(row) for row in sorted(rows, key=_order))


def _order(row: Any) -> tuple[int, int]:
    return (row.role.order, row.pk)


def _holding(row: Any) -> Holding:
    carried = tuple(row.carried or ())
    if row.why == LENT:
        carried = tuple(right for right in carried if right in row.role.rights)
    return Holding(row.why, carried, row.where, row, row.called, row.which, row.seat)


def _unlike(found: Iterable[Holding]) -> list[Holding]:
    """Leave out the second time that a seat comes with another post."""
    kept: dict[Any, Holding] = {}
    for holding in found:
        kept.setdefault((holding.kind, holding.uid), holding)
    return list(kept.values())
