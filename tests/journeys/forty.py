"""Found the school whose deeds are counted: `python -m tests.journeys.forty`, on YANXIU_DATA.

A group of forty with a session today that nobody has a mark for, a group with sign-in open, a
group with one session closed today and one a week ago, and a plan in force.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import django

LOGINS = "forty.json"
PASSWORD = "yx-27183"
SIZES = (40, 8, 8, 8)
BEFORE, AFTER = timedelta(days=60), timedelta(days=100)
WEEK = timedelta(days=7)


def found(folder: Path) -> None:
    """Make the school through the actions and keep its logins in `folder`."""
    from django.utils import timezone  # noqa: PLC0415 (needs settings)

    from yanxiu.config.demo.people import found_school  # noqa: PLC0415
    from yanxiu.config.ground import lay_ground  # noqa: PLC0415

    now = timezone.now()
    lay_ground()
    school = found_school(_numbers(), Random(40), at=now - BEFORE)  # noqa: S311 (names alone)
    _term(school, now)
    large, signing, closed, _other = school.groups
    _session(large, "四十人的一场", now)
    open_one = _session(signing, "正在签到的一场", now)
    _close(_session(closed, "今天关闭的一场", now), closed, now)
    old = now - WEEK
    _close(_session(closed, "上周关闭的一场", old), closed, old)
    people = {
        "host": large.leader,
        "screen": signing.leader,
        "corrects": closed.leader,
        "teacher": school.posts["teacher"],
        "colleague": signing.members[5],
        "office": school.posts["research_office"],
        "administrator": school.posts["administrator"],
    }
    for person in people.values():
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    known = {
        "logins": {name: (str(person.phone), PASSWORD) for name, person in people.items()},
        "members": [member.name for member in large.members],
        "absent": closed.members[1].name,
        "unit": school.groups[3].unit.name,
        "session": str(open_one.uid),
    }
    (folder / LOGINS).write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")


def _numbers() -> Mapping[str, Any]:
    """Return the people of the demo school, in groups of other sizes."""
    import yaml  # noqa: PLC0415

    from yanxiu.config import demo  # noqa: PLC0415

    text = Path(demo.__file__).with_name("school.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    for group, size in zip(data["groups"], SIZES, strict=True):
        group["size"] = size
    return data


def _term(school: Any, now: datetime) -> None:
    """Set the term around today, and put an empty plan of it into force."""
    from yanxiu.kernel.spans import day_of  # noqa: PLC0415
    from yanxiu.ledger import actions as ledger  # noqa: PLC0415
    from yanxiu.planning import actions as planning  # noqa: PLC0415
    from yanxiu.terms import actions as terms  # noqa: PLC0415

    first, last = day_of(now - BEFORE), day_of(now + AFTER)
    year = first.year if first.month >= 8 else first.year - 1
    term = terms.set_term(
        school.organisation,
        school_year=year,
        half=1,
        starts_on=first,
        ends_on=last,
        by=None,
        at=now - BEFORE,
    )
    scheme = "cn-hours-40-credits-10"
    ledger.adopt_scheme(school.organisation, scheme, starts_on=first, by=None, at=now - BEFORE)
    office = school.posts["research_office"]
    plan = planning.start_plan(school.organisation, term, "研修计划", by=office, at=now - BEFORE)
    planning.confirm_plan(plan, by=office, at=now - BEFORE)


def _session(group: Any, title: str, now: datetime) -> Any:
    """Plan a session of a group that began a moment before `now`, on the same day."""
    from yanxiu.activities import actions  # noqa: PLC0415
    from yanxiu.activities.models import ActivityKind  # noqa: PLC0415
    from yanxiu.kernel.spans import day_of, moment_at  # noqa: PLC0415

    begin = max(now - timedelta(minutes=5), moment_at(day_of(now)))
    last = moment_at(day_of(now) + timedelta(days=1)) - timedelta(minutes=1)
    return actions.plan_session(
        group.unit.organisation,
        title=title,
        kind=ActivityKind.objects.filter(organisation=None).order_by("pk")[0],
        starts_at=begin,
        ends_at=min(begin + timedelta(minutes=40), last),
        unit=group.unit,
        by=group.leader,
        at=now - timedelta(days=1),
    )


def _close(session: Any, group: Any, now: datetime) -> None:
    """Let all come but one, and close."""
    from yanxiu.activities import actions  # noqa: PLC0415
    from yanxiu.activities.models import Attendance  # noqa: PLC0415

    states = dict.fromkeys(group.members, Attendance.State.PRESENT)
    states[group.members[1]] = Attendance.State.ABSENT
    actions.call_roll(session, states, by=group.leader, at=now)
    actions.close_session(session, by=group.leader, at=now)


if __name__ == "__main__":
    from django.conf import settings

    django.setup()
    found(Path(settings.DATA))
