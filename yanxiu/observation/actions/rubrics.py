"""Rubrics: the shipped ones, a school's own, and their versions."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Max

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.shipped import shipped
from yanxiu.kernel.spans import moment_at
from yanxiu.observation.models import Rubric, RubricVersion
from yanxiu.observation.permissions import may_manage_rubric
from yanxiu.observation.refusals import RubricUnsound
from yanxiu.observation.rules.rubrics import sheet_from
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher

HERE = Path(__file__).resolve().parent.parent
MANAGE = "manage_lessons"
SHIPPED_AT = moment_at(date(2026, 9, 1))
"""The moment of every shipped version, the same everywhere, so that records can move."""


def lay_ground() -> None:
    """Add the shipped rubrics, and a new version of one whose shipped words have changed."""
    given = shipped(HERE / "rubrics.yaml")
    standing = {row.code: row for row in Rubric.objects.filter(organisation=None)}
    for order, each in enumerate(given):
        content = _with_levels(each)
        rubric = standing.get(each["code"])
        if rubric is None:
            rubric = Rubric.objects.create(
                uid=_known(each["code"]), code=each["code"], name=each["name"],
                purpose=each["purpose"], order=order,
            )  # fmt: skip
        newest = rubric.versions.order_by("-number").first()
        if newest is None or newest.content != content:
            number = newest.number + 1 if newest else 1
            RubricVersion.objects.create(
                uid=_known(f"{each['code']} {content}"),
                rubric=rubric,
                number=number,
                content=content,
                made_at=SHIPPED_AT,
            )


def _known(words: str) -> UUID:
    """Return the same uid for the same shipped words everywhere, so that records can move."""
    return uuid5(NAMESPACE_URL, f"yanxiu:rubric:{words}")


def _with_levels(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of a shipped rubric, each item with its levels."""
    usual = given["levels"]
    parts = deepcopy(given["dimensions"])
    for part in parts:
        for item in part["items"]:
            item.setdefault("levels", usual)
    content = {"dimensions": parts, "extras": given.get("extras", []), "bands": given["bands"]}
    return dict(deepcopy(content))


def _sound(content: Mapping[str, Any]) -> dict[str, Any]:
    try:
        sheet_from(content)
    except ValueError as problem:
        raise RubricUnsound(str(problem)) from problem
    except (KeyError, TypeError, ArithmeticError) as problem:
        raise RubricUnsound("有一格空着或者不是数字。请把名称、权重和等级的分数补全。") from problem
    return dict(content)


@transaction.atomic
def make_rubric(
    organisation: Organisation,
    *,
    name: str,
    content: Mapping[str, Any],
    purpose: str = "",
    lesson_kinds: Sequence[str] = (),
    subjects: Sequence[str] = (),
    by: Teacher,
    at: datetime,
) -> RubricVersion:
    """Set up a rubric of a school, with its first version.

    Raises:
        NotAllowed: `by` does not manage lessons there.
        BadInput: it has no name, or one that is taken.
        RubricUnsound: weights do not come to a hundred, or an item has no levels.
    """
    require_right(by, MANAGE, organisation)
    content = _sound(content)
    if not name.strip():
        raise BadInput("量表没有名称，没有保存。请起一个名称。")
    if Rubric.objects.filter(organisation=organisation, name=name.strip()).exists():
        raise BadInput("已经有一份同名的量表，没有保存。请换一个名称，或改原来那一份。")
    rubric = Rubric.objects.create(
        organisation=organisation,
        name=name.strip(),
        purpose=purpose.strip(),
        lesson_kinds=list(lesson_kinds),
        subjects=list(subjects),
    )
    trail.record(by, "observation.rubric-made", rubric, at=at)
    return _version(rubric, content, "", by, at)


@transaction.atomic
def change_rubric(
    rubric: Rubric,
    *,
    content: Mapping[str, Any],
    because: str = "",
    purpose: str = "",
    lesson_kinds: Sequence[str] = (),
    subjects: Sequence[str] = (),
    by: Teacher,
    at: datetime,
) -> RubricVersion:
    """Give a rubric a new version where its content has changed; old records keep theirs.

    Raises:
        NotAllowed: `by` does not manage it, or it is shipped.
        RubricUnsound: it cannot be used as it stands.
    """
    require(may_manage_rubric, by, rubric)
    content = _sound(content)
    rubric = Rubric.objects.select_for_update(of=("self",)).get(pk=rubric.pk)
    rubric.purpose = purpose.strip()
    rubric.lesson_kinds, rubric.subjects = list(lesson_kinds), list(subjects)
    rubric.save()
    newest = rubric.versions.order_by("-number").first()
    if newest and newest.content == content:
        return newest
    trail.record(by, "observation.rubric-changed", rubric, at=at, detail={"because": because})
    return _version(rubric, content, because, by, at)


def _version(
    rubric: Rubric, content: dict[str, Any], because: str, by: Teacher, at: datetime
) -> RubricVersion:
    last = rubric.versions.aggregate(last=Max("number"))["last"] or 0
    return RubricVersion.objects.create(
        rubric=rubric,
        number=last + 1,
        content=content,
        because=because.strip()[:200],
        made_at=at,
        made_by_name=by.name,
    )


@transaction.atomic
def retire_rubric(rubric: Rubric, *, by: Teacher, at: datetime) -> Rubric:
    """Take a rubric out of use, or back into use; old records keep it.

    Raises:
        NotAllowed: `by` does not manage it.
    """
    require(may_manage_rubric, by, rubric)
    rubric.retired_at = None if rubric.retired_at else at
    rubric.save(update_fields=["retired_at"])
    verb = "retired" if rubric.retired_at else "taken-up"
    trail.record(by, f"observation.rubric-{verb}", rubric, at=at)
    return rubric
