"""Taking a whole import back, if nothing hangs on it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from yanxiu.people import hearing
from yanxiu.people.actions.roster_import.known import chunks
from yanxiu.people.actions.roster_import.writing import (
    Row,
    is_reckoned_anew,
    set_duties,
    set_fact,
    set_posts,
)
from yanxiu.people.models import (
    LogInCode,
    Membership,
    Organisation,
    Post,
    RosterImport,
    SameNameDecision,
    Teacher,
    Tier,
    TierHolding,
    Unit,
)
from yanxiu.people.relations import pointing_at
from yanxiu.places.writing import tell_written

_OWN: tuple[type[Model], ...] = (
    Post, Membership, TierHolding, LogInCode, Unit, Teacher, SameNameDecision, RosterImport
)  # fmt: skip
_NAMED = 3
_FEW = 40


def hanging(rows: Iterable[Row], made: dict[str, list[str]]) -> list[str]:
    """Return, in words, what has come to depend on an import; empty if it can be undone.

    Whatever app a row belongs to, it is found through what Django knows of who points at whom.
    """
    written = _Written()
    for row in rows:
        if row["change"] == "new":
            written.add(row)
    found = _Hanging()
    for chunk in chunks(written.teachers):
        began = Teacher.objects.filter(uid__in=chunk).exclude(last_login=None)
        found.add("位老师已登录", began.values_list("name", flat=True))
        _pointing_at(Teacher, chunk, found, name=True)
        found.counts += _later_seats(chunk, written)
    for chunk in chunks(made["units"]):
        _pointing_at(Unit, chunk, found)
    for chunk in chunks(made["organisations"]):
        _pointing_at(Organisation, chunk, found)
    found.counts += _others_in(made, written.teachers)
    return found.words


class _Hanging:
    """How many rows of which kind hang on an import, with a few names."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.names: dict[str, dict[str, None]] = defaultdict(dict)

    def add(self, word: str, names: Iterable[str]) -> None:
        for name in names:
            self.counts[word] += 1
            if len(self.names[word]) < _NAMED:
                self.names[word][name] = None

    @property
    def words(self) -> list[str]:
        return [f"{number}{word}{self._of(word)}" for word, number in self.counts.items() if number]

    def _of(self, word: str) -> str:
        return f"（如{'、'.join(self.names[word])}）" if self.names.get(word) else ""


class _Written:
    """What an import gave to the new persons."""

    def __init__(self) -> None:
        self.teachers: list[str] = []
        self.posts: set[str] = set()
        self.seats: set[tuple[str, str]] = set()

    def add(self, row: Row) -> None:
        plan = row["plan"]
        self.teachers.append(row["teacher"])
        self.posts.update(uid for uid, *_ in plan["posts"]["add"])
        self.seats.update((row["teacher"], unit) for unit, _duty in plan["joins"])


def _pointing_at(
    model: type[Model], uids: Sequence[str], found: _Hanging, *, name: bool = False
) -> None:
    """Count the rows of all apps that point at one of `uids`."""
    for other, field in pointing_at(model):
        if issubclass(other, _OWN) or not other._meta.managed:
            continue
        rows = other._default_manager.filter(**{f"{field}__uid__in": uids}).order_by()
        if name:
            found.add(f"条{_word(other)}", rows.values_list(f"{field}__name", flat=True))
        else:
            found.counts[f"条{_word(other)}"] += rows.count()


def _word(model: type[Model]) -> str:
    """Return what people call the rows of `model`: the first word of its docstring."""
    word = (model.__doc__ or "").split(":")[0].strip()
    return word if word and not word.isascii() else str(model._meta.verbose_name)


def _later_seats(uids: Sequence[str], written: _Written) -> Counter[str]:
    """Count posts and memberships that new persons got after the import."""
    posts = Post.objects.filter(teacher__uid__in=uids).values_list("uid", flat=True)
    # What follows from a rule goes with what it follows from.
    seats = Membership.objects.filter(teacher__uid__in=uids, rule=None)
    return Counter(
        {
            "个后来添加的任职": sum(str(uid) not in written.posts for uid in posts),
            "个后来加入的单位": sum(
                (str(teacher), str(unit)) not in written.seats
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


def take_back(rows: Sequence[Row], *, day: date, at: datetime) -> None:
    """Take one batch of written rows back; a value that was changed since stays as it is."""
    changed = [row for row in rows if row["change"] == "changed"]
    hearing.tell(_restore_facts(changed), at)
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
    pks = [teacher.pk for teacher in gone]
    tell_written(gone)
    SameNameDecision.objects.filter(teacher__in=pks).update(teacher=None)
    # That nothing else points at them has been asked; were it otherwise, the database refuses.
    for model in (LogInCode, TierHolding, Membership, Post):
        held: QuerySet[Any] = model.objects.filter(teacher__in=pks)
        held._raw_delete(held.db)  # noqa: SLF001
    gone._raw_delete(gone.db)  # noqa: SLF001


def _restore_facts(rows: Sequence[Row]) -> list[int]:
    """Put the facts back; return of whom something changed that others reckon from."""
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
        tell_written(teachers.values())
    anew = {row["teacher"] for row in rows if is_reckoned_anew(row)}
    return [teacher.pk for uid, teacher in teachers.items() if uid in anew]


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
    tell_written(each for each in left if each.pk in set(reopened))


def take_ground_back(made: dict[str, Any], organisation: Organisation) -> None:
    """Remove the units, schools and tiers that an import made and nobody uses, a few at a time."""
    for chunk in chunks(made["units"], _FEW):
        units = Unit.objects.filter(uid__in=chunk, memberships=None)
        _remove(units)
    for chunk in chunks(made["organisations"], _FEW):
        _remove(Organisation.objects.filter(uid__in=chunk, posts=None, units=None))
    _remove(Tier.objects.filter(organisation=organisation, name__in=made["tiers"], holdings=None))


def _remove(rows: "QuerySet[Any]") -> None:
    with transaction.atomic():
        rows.model.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
