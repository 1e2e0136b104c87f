"""Writing one batch of a planned import: a handful of statements, however many rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from yanxiu.people.actions.teachers import new_teacher
from yanxiu.people.career import CAREER_DAYS
from yanxiu.people.hearing import RECKONED_FROM
from yanxiu.people.models import (
    Membership,
    Organisation,
    Post,
    Role,
    Teacher,
    Tier,
    TierHolding,
    Unit,
)
from yanxiu.places.writing import tell_written
from yanxiu.texts.keys import key

Row = Mapping[str, Any]
OWN_DAYS = "own-career-days"


class Writer:
    """Knows by uid what the rows of an import point at; four statements for the whole import."""

    def __init__(self, organisation: Organisation, *, since: date, day: date) -> None:
        """Load what rows point at.

        Args:
            organisation: the top of the import.
            since: from when a new person's posts hold.
            day: from when a change holds.
        """
        path = organisation.path
        self.since, self.day = since, day
        self.schools = {
            str(row.uid): row for row in Organisation.objects.filter(path__startswith=path)
        }
        self.units = {
            str(row.uid): row for row in Unit.objects.filter(organisation__path__startswith=path)
        }
        self.roles = {role.code: role for role in Role.objects.all()}
        self.tiers = _tiers(organisation)

    def write(self, rows: Sequence[Row], new: Sequence[Teacher]) -> list[int]:
        """Write `rows`, all new or changed, inside the caller's transaction.

        Returns:
            The primary keys of those of whom something changed that others reckon from.

        Args:
            rows: as planned.
            new: what `new_teachers` gave for them, made before the transaction.
        """
        teachers = {str(row.uid): row for row in Teacher.objects.bulk_create(new)}
        teachers |= self._changed([row for row in rows if row["change"] == "changed"])
        tell_written(teachers.values())
        self._write_posts(rows, teachers)
        self._write_memberships(rows, teachers)
        TierHolding.objects.bulk_create(
            TierHolding(
                tier=self.tiers[name], teacher=teachers[row["teacher"]], starts_on=self._from(row)
            )
            for row in rows
            for name in row["plan"]["tiers"]
        )
        return [teachers[row["teacher"]].pk for row in rows if is_reckoned_anew(row)]

    def _from(self, row: Row) -> date:
        return self.since if row["change"] == "new" else self.day

    def new_teachers(self, rows: Sequence[Row]) -> list[Teacher]:
        """Return the persons to add, not yet saved."""
        teachers = []
        for row in rows:
            if row["change"] != "new":
                continue
            facts = {name: after for name, (_before, after) in row["plan"]["facts"].items()}
            name, phone = facts.pop("name"), facts.pop("phone", "")
            teacher = new_teacher(name=name, phone=phone, facts=facts)
            teacher.uid = UUID(row["teacher"])
            teachers.append(teacher)
        return teachers

    def _changed(self, rows: Sequence[Row]) -> dict[str, Teacher]:
        uids = [row["teacher"] for row in rows]
        teachers = {str(row.uid): row for row in Teacher.objects.filter(uid__in=uids)}
        fields: set[str] = set()
        for row in rows:
            for name, (_before, after) in row["plan"]["facts"].items():
                fields |= set_fact(teachers[row["teacher"]], name, after)
        if fields:
            Teacher.objects.bulk_update(teachers.values(), sorted(fields))
        return teachers

    def _write_posts(self, rows: Sequence[Row], teachers: Mapping[str, Teacher]) -> None:
        wanted = [change for row in rows for change in row["plan"]["posts"]["set"]]
        set_posts([(uid, name, after) for uid, name, _before, after in wanted])
        Post.objects.bulk_create(
            Post(
                uid=UUID(uid),
                teacher=teachers[row["teacher"]],
                organisation=self.schools[row["plan"]["school"]],
                role=self.roles[role],
                title=title,
                job_number=number,
                starts_on=self._from(row),
            )
            for row in rows
            for uid, role, title, number in row["plan"]["posts"]["add"]
        )

    def _write_memberships(self, rows: Sequence[Row], teachers: Mapping[str, Teacher]) -> None:
        leaves = [pk for row in rows for pk in row["plan"]["leaves"]]
        left = Membership.objects.filter(pk__in=leaves)
        if leaves:
            left.update(ends_on=self.day)
        set_duties([(pk, duty) for row in rows for pk, _, duty in row["plan"]["duties"]])
        joined = Membership.objects.bulk_create(
            Membership(
                unit=self.units[unit],
                teacher=teachers[row["teacher"]],
                duty=duty,
                starts_on=self._from(row),
            )
            for row in rows
            for unit, duty in row["plan"]["joins"]
        )
        # Who is new has written nothing that a group could find.
        known = {teachers[row["teacher"]].pk for row in rows if row["change"] == "changed"}
        moved = [each for each in joined if each.teacher_id in known]
        tell_written([*(left if leaves else ()), *moved])


def is_reckoned_anew(row: Row) -> bool:
    """Tell whether `row` changes of a known teacher what others reckon from."""
    plan = row["plan"]
    is_other = not RECKONED_FROM.isdisjoint(plan["facts"])
    return row["change"] == "changed" and bool(is_other or plan["tiers"] or plan["posts"]["add"])


def leave_out_own(by: Teacher, rows: Sequence[dict[str, Any]]) -> None:
    """Take out of `rows` what nobody sets for oneself, and say so in the line."""
    for row in rows:
        own = [name for name in CAREER_DAYS if name in row["plan"]["facts"]]
        if row["teacher"] != str(by.uid) or not own:
            continue
        for name in own:
            del row["plan"]["facts"][name]
        row["differences"] = [each for each in row["differences"] if each["field"] not in own]
        sentence = "这是您自己：个人周期起算和退休年月不能由自己填，没有改动。请另一位管理员来填。"
        problem = {"code": OWN_DAYS, "level": "info", "field": own[0], "sentence": sentence}
        row["problems"] = [*row["problems"], problem]


def _tiers(organisation: Organisation) -> dict[str, Tier]:
    upwards = organisation.lineage
    found: dict[str, Tier] = {}
    below = Tier.objects.filter(organisation__path__startswith=organisation.path)
    above = Tier.objects.filter(organisation__in=upwards) | Tier.objects.filter(organisation=None)
    for tier in [*above, *below]:
        found.setdefault(tier.name, tier)
    return found


def set_fact(teacher: Teacher, name: str, value: Any) -> set[str]:
    """Set one fact with what follows from it; return the fields to save."""
    setattr(teacher, name, value)
    if name != "name":
        return {name}
    fresh = new_teacher(name=str(value))
    teacher.name_key, teacher.pinyin = key(str(value)), fresh.pinyin
    return {"name", "name_key", "pinyin"}


def set_posts(changes: Sequence[tuple[str, str, str]]) -> None:
    """Set fields of posts, each given as uid, field and value."""
    if not changes:
        return
    uids = [uid for uid, _name, _value in changes]
    posts = {str(row.uid): row for row in Post.objects.filter(uid__in=uids)}
    for uid, name, value in changes:
        if uid in posts:
            setattr(posts[uid], name, value)
    Post.objects.bulk_update(posts.values(), ["title", "job_number"])


def set_duties(changes: Sequence[tuple[int, str]]) -> None:
    """Set the duty of memberships, each given as primary key and duty."""
    for duty in {duty for _pk, duty in changes}:
        Membership.objects.filter(pk__in=[pk for pk, each in changes if each == duty]).update(
            duty=duty
        )
