"""Taking a whole import back, if nothing hangs on it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from yanxiu.people.actions.roster_import.known import chunks
from yanxiu.people.actions.roster_import.writing import Row, set_duties, set_fact, set_posts
from yanxiu.people.models import (
    LogInCode,
    Membership,
    Organisation,
    Post,
    Teacher,
    Tier,
    TierHolding,
    Unit,
)

_OWN: tuple[type[Model], ...] = (Post, Membership, TierHolding, LogInCode, Unit)


def hanging(rows: Sequence[Row], made: dict[str, list[str]]) -> list[str]:
    """Return, in words, what has come to depend on an import; empty if it can be undone."""
    new = [row["teacher"] for row in rows if row["change"] == "new"]
    found: Counter[str] = Counter()
    for chunk in chunks(new):
        began = Teacher.objects.filter(uid__in=chunk).exclude(last_login=None)
        found["位老师已登录"] += began.count()
        found += _pointing_at(Teacher, chunk)
        found += _later_seats(chunk, rows)
    for chunk in chunks(made["units"]):
        found += _pointing_at(Unit, chunk)
    for chunk in chunks(made["organisations"]):
        found += _pointing_at(Organisation, chunk)
    found += _others_in(made, new)
    return [f"{number}{word}" for word, number in found.items() if number]


def _pointing_at(model: type[Model], uids: Sequence[str]) -> Counter[str]:
    """Count the rows of all other apps that point at one of `uids`."""
    found: Counter[str] = Counter()
    for relation in model._meta.related_objects:
        other = relation.related_model
        if isinstance(other, str) or issubclass(other, _OWN):
            continue
        rows = other._default_manager.filter(**{f"{relation.field.name}__uid__in": uids})
        found[f"条{_word(other)}"] += rows.count()
    return found


def _word(model: type[Model]) -> str:
    """Return what people call the rows of `model`: the first word of its docstring."""
    word = (model.__doc__ or "").split(":")[0].strip()
    return word if word and not word.isascii() else str(model._meta.verbose_name)


def _later_seats(uids: Sequence[str], rows: Sequence[Row]) -> Counter[str]:
    """Count posts and memberships that new persons got after the import."""
    plans = {row["teacher"]: row["plan"] for row in rows if "plan" in row}
    given = {uid for plan in plans.values() for uid, *_ in plan["posts"]["add"]}
    posts = Post.objects.filter(teacher__uid__in=uids).values_list("uid", flat=True)
    joined = {(uid, unit) for uid, plan in plans.items() for unit, _duty in plan["joins"]}
    seats = Membership.objects.filter(teacher__uid__in=uids)
    return Counter(
        {
            "个后来添加的任职": sum(str(uid) not in given for uid in posts),
            "个后来加入的单位": sum(
                (str(teacher), str(unit)) not in joined
                for teacher, unit in seats.values_list("teacher__uid", "unit__uid")
            ),
        }
    )


def _others_in(made: dict[str, list[str]], new: Iterable[str]) -> Counter[str]:
    """Count other persons in the schools and units that the import made."""
    mine = {UUID(uid) for uid in new}
    posts = Post.objects.filter(organisation__uid__in=made["organisations"])
    others = {uid for uid in posts.values_list("teacher__uid", flat=True) if uid not in mine}
    return Counter({"位其他老师在新建的学校任职": len(others)})


def take_back(rows: Sequence[Row], *, day: date) -> None:
    """Take one batch of written rows back; a value that was changed since stays as it is."""
    changed = [row for row in rows if row["change"] == "changed"]
    _restore_facts(changed)
    _restore_posts(changed)
    _restore_memberships(changed, day)
    for row in changed:
        if row["plan"]["tiers"]:
            TierHolding.objects.filter(
                teacher__uid=row["teacher"], tier__name__in=row["plan"]["tiers"], starts_on=day
            ).delete()
    gone = Teacher.objects.filter(
        uid__in=[row["teacher"] for row in rows if row["change"] == "new"]
    )
    for model in (TierHolding, Membership, Post):
        model.objects.filter(teacher__in=gone.values("pk")).delete()
    gone.delete()


def _restore_facts(rows: Sequence[Row]) -> None:
    uids = [row["teacher"] for row in rows]
    teachers = {str(row.uid): row for row in Teacher.objects.filter(uid__in=uids)}
    fields: set[str] = set()
    for row in rows:
        teacher = teachers.get(row["teacher"])
        for name, (before, after) in row["plan"]["facts"].items():
            if teacher and getattr(teacher, name) == after:
                fields |= set_fact(teacher, name, before)
    if fields:
        Teacher.objects.bulk_update(teachers.values(), sorted(fields))


def _restore_posts(rows: Sequence[Row]) -> None:
    added = [uid for row in rows for uid, *_ in row["plan"]["posts"]["add"]]
    Post.objects.filter(uid__in=added).delete()
    wanted = [change for row in rows for change in row["plan"]["posts"]["set"]]
    standing = {
        str(post.uid): post for post in Post.objects.filter(uid__in=[each[0] for each in wanted])
    }
    set_posts(
        [
            (uid, name, before)
            for uid, name, before, after in wanted
            if uid in standing and getattr(standing[uid], name) == after
        ]
    )


def _restore_memberships(rows: Sequence[Row], day: date) -> None:
    joined = Q(pk__in=[])
    for row in rows:
        units = [unit for unit, _duty in row["plan"]["joins"]]
        if units:
            joined |= Q(teacher__uid=row["teacher"], unit__uid__in=units, starts_on=day)
    Membership.objects.filter(joined).delete()
    set_duties([(pk, before) for row in rows for pk, before, _ in row["plan"]["duties"]])
    left = Membership.objects.filter(
        pk__in=[pk for row in rows for pk in row["plan"]["leaves"]], ends_on=day
    )
    again = {
        (each.teacher_id, each.unit_id)
        for each in Membership.objects.filter(teacher__in=left.values("teacher"), ends_on=None)
    }
    reopened = [each.pk for each in left if (each.teacher_id, each.unit_id) not in again]
    Membership.objects.filter(pk__in=reopened).update(ends_on=None)


def take_ground_back(made: dict[str, Any], organisation: Organisation) -> None:
    """Remove the units, schools and tiers that an import made and nobody uses."""
    units = Unit.objects.filter(uid__in=made["units"], memberships=None)
    Unit.objects.filter(pk__in=list(units.values_list("pk", flat=True))).delete()
    schools = Organisation.objects.filter(uid__in=made["organisations"], posts=None, units=None)
    Organisation.objects.filter(pk__in=list(schools.values_list("pk", flat=True))).delete()
    tiers = Tier.objects.filter(organisation=organisation, name__in=made["tiers"], holdings=None)
    Tier.objects.filter(pk__in=list(tiers.values_list("pk", flat=True))).delete()
