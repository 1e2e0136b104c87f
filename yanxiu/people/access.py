"""Who may do what: from a permission to a list, a page and an action."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest
from django_htmx.middleware import HtmxDetails

from yanxiu.kernel.refusals import NotAllowed, Refusal
from yanxiu.people.models import Teacher
from yanxiu.people.refusals.rights import OnlyLent

Row = TypeVar("Row", bound=Model)
Permission = Callable[[Teacher], Q]

__all__ = [
    "NotAllowed",
    "Permission",
    "Refusal",
    "TeacherRequest",
    "allowed",
    "get_allowed",
    "holds_at",
    "require",
    "require_own_right",
    "require_right",
]


class TeacherRequest(HttpRequest):
    """A request of somebody who has logged in."""

    user: Teacher
    htmx: HtmxDetails

    @property
    def teacher(self) -> Teacher:
        """The teacher who asks."""
        return self.user


def allowed(permission: Permission, teacher: Teacher, rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Return those of `rows` for which `teacher` holds `permission`."""
    return rows.filter(permission(teacher))


def get_allowed(
    permission: Permission, teacher: Teacher, rows: "QuerySet[Row]", uid: object
) -> Row:
    """Return the row `uid`; missing and forbidden are both 404.

    Raises:
        Http404: there is no such row, or not for this teacher.
    """
    row = rows.filter(permission(teacher), uid=uid).first()
    if row is None:
        raise Http404
    return row


def require(permission: Permission, teacher: Teacher, row: Model) -> None:
    """Make sure that `teacher` holds `permission` on the one `row`; one statement.

    Raises:
        NotAllowed: the teacher does not.
    """
    if not type(row)._default_manager.filter(permission(teacher), pk=row.pk).exists():
        raise NotAllowed


def holds_at(teacher: Teacher, right: str, organisation: Any) -> bool:
    """Tell whether `right` is held in `organisation` today; no statement of its own."""
    return any(organisation.path.startswith(path) for path in teacher.reach_paths(right))


def require_right(teacher: Teacher, right: str, organisation: Any) -> None:
    """Make sure that a post of today carries `right` in `organisation`; no statement of its own.

    Raises:
        NotAllowed: none does.
    """
    if not holds_at(teacher, right, organisation):
        raise NotAllowed


def signed_name(teacher: Teacher, right: str, organisation: Any) -> str:
    """Return the name under which a deed by `right` in `organisation` is kept.

    A deputy's says for whom it was done: 赵老师（代沈校长）. No statement of its own.
    """
    there = [
        holding
        for holding in teacher.holdings
        if right in holding.rights and organisation.path.startswith(holding.path)
    ]
    if not there or any(holding.own for holding in there):
        return teacher.name
    return f"{teacher.name}（代{there[0].name}）"


def require_own_right(teacher: Teacher, right: str, organisation: Any) -> None:
    """Make sure that `right` is held in `organisation` by the teacher's own post or seat.

    For deeds that pass rights on: what is only lent cannot be given to others.

    Raises:
        NotAllowed: it is not held, or only lent.
    """
    paths = teacher.reach_paths(right, own=True)
    if any(organisation.path.startswith(path) for path in paths):
        return
    if holds_at(teacher, right, organisation):
        raise OnlyLent
    raise NotAllowed
