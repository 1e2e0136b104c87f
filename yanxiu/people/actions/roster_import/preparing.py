"""Turning what an import would change into a plan that can be written in batches and undone.

The plan names everything by uid and holds what was there before, so a batch that was cut off can
be continued, and a whole import taken back, from the stored rows alone.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from yanxiu.kernel.uids import new_uid
from yanxiu.people.actions.roster_import import duties
from yanxiu.people.actions.roster_import.comparing import Change, Comparison
from yanxiu.people.actions.roster_import.known import Known, key
from yanxiu.people.models import Organisation, Tier, Unit, UnitKind
from yanxiu.people.roster.groups import core
from yanxiu.people.roster.tiers import place_of

WRITTEN = ("new", "changed")
_SCHOOL_YEAR_BEGINS = 9


def school_year_start(day: date) -> date:
    """Return the first of September on or before `day`."""
    year = day.year if day.month >= _SCHOOL_YEAR_BEGINS else day.year - 1
    return date(year, _SCHOOL_YEAR_BEGINS, 1)


def make_units_and_tiers(comparison: Comparison) -> tuple[list[Unit], list[Tier]]:
    """Return the units and tiers that are missing, not yet saved; the schools are there."""
    known = comparison.known
    kinds = {kind.code: kind for kind in UnitKind.objects.filter(organisation=None)}
    units: dict[tuple[int, str], Unit] = {}
    tiers: dict[str, None] = {}
    for change in comparison:
        if change.kind in WRITTEN:
            tiers.update(dict.fromkeys(change.plan["tiers"]))
            _note_units(change, known, kinds, units)
    return list(units.values()), _make_tiers(tiers, known)


def make_schools(comparison: Comparison) -> list[str]:
    """Make the schools that are missing; return their uids."""
    top = comparison.known.organisation
    fresh = [match for match in comparison.matches if match.school is None and not match.refused]
    names: dict[str, str] = {}
    for match in fresh:
        name = comparison.schools.name(match)
        names.setdefault(key(name), name)
    if top is None or not names:
        return []
    rows = [Organisation(parent=top, name=name) for name in names.values()]
    for row in rows:
        row.path = f"?{row.uid}"
    Organisation.objects.bulk_create(rows)
    for row in rows:
        row.path = f"{top.path}{row.pk}."
        comparison.known.schools[key(row.name)] = row
    Organisation.objects.bulk_update(rows, ["path"])
    for match in fresh:
        match.school = comparison.known.schools[key(comparison.schools.name(match))]
    return [str(row.uid) for row in rows]


def _note_units(
    change: Change, known: Known, kinds: dict[str, UnitKind], made: dict[tuple[int, str], Unit]
) -> None:
    school = change.match.school
    for kind, name, _duty in change.plan["seats"]:
        if school is None or known.unit(school, kind, name):
            continue
        subject = core(name) if core(name) in change.match.person.subjects else ""
        unit = Unit(organisation=school, name=name, kind=kinds[kind], subject=subject[:40])
        made[school.pk, name] = unit
        known.units[school.pk].append(unit)


def _make_tiers(names: Iterable[str], known: Known) -> list[Tier]:
    fresh = []
    for name in names:
        if name not in known.tiers:
            ladder, level, is_honour = place_of(name)
            fresh.append(
                Tier(
                    organisation=known.organisation,
                    name=name,
                    order=duties.tier_order(name),
                    ladder=ladder,
                    level=level,
                    is_honour=is_honour,
                )
            )
    known.tiers.update({tier.name: tier for tier in fresh})
    return fresh


def planned_row(change: Change, known: Known) -> dict[str, Any]:
    """Return the row as stored, with its plan if it is to be written."""
    row = change.as_dict()
    school = change.match.school
    if change.kind not in WRITTEN or school is None:
        return row
    is_new = change.match.teacher is None
    row["teacher"] = str(new_uid()) if is_new else row["teacher"]
    row["plan"] = {
        "school": str(school.uid),
        "facts": change.plan["facts"],
        "posts": _posts(change, school),
        "tiers": change.plan["tiers"],
        **_memberships(change, school, known),
    }
    return row


def _posts(change: Change, school: Organisation) -> dict[str, list[list[str]]]:
    """Return the posts to add (uid, role, title, job number) and to set (uid, field, old, new)."""
    plan, teacher = change.plan, change.match.teacher
    add = [[str(new_uid()), code, title, ""] for code, title in plan["roles"].items()]
    posts = teacher.posts_in(school) if teacher else []
    own = next((post for post in posts if post.role.code == "teacher"), None)
    carrier = next((post for post in posts if post.job_number), own)
    setting: list[list[str]] = []
    if own is None:
        number = "" if carrier else plan["job_number"]
        add.append([str(new_uid()), "teacher", plan["title"], number])
    elif change.match.person.posts and plan["title"] != own.title:
        setting.append([str(own.uid), "title", own.title, plan["title"]])
    if carrier and plan["job_number"] and plan["job_number"] != carrier.job_number:
        number = carrier.job_number
        setting.append([str(carrier.uid), "job_number", number, plan["job_number"]])
    return {"add": add, "set": setting}


def _memberships(change: Change, school: Organisation, known: Known) -> dict[str, list[Any]]:
    """Return units to join (uid, duty), duties to change (row, old, new), rows to end."""
    teacher = change.match.teacher
    living = {each.unit_id: each for each in teacher.memberships} if teacher else {}
    joins: dict[str, str] = {}
    duties_changed = []
    for kind, name, duty in change.plan["seats"]:
        unit = known.unit(school, kind, name)
        if unit is None:
            continue
        standing = living.get(unit.pk)
        if standing:
            duties_changed.append([standing.pk, standing.duty, duty])
        else:
            joins[str(unit.uid)] = duty
    leaves = change.plan.get("leaves", [])
    return {"joins": list(joins.items()), "duties": duties_changed, "leaves": leaves}
