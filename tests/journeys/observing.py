"""Found a school with lessons that are just being given: `python -m tests.journeys.observing`.

On YANXIU_DATA. Four colleagues of one group give a lesson each that began a moment ago, and their
leader observes three of them; a colleague was asked to come to the fourth. The leader's own lesson
is over.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import django

from tests.journeys.forty import AFTER, BEFORE, PASSWORD

LOGINS = "observing.json"
SIZES = (8, 8, 8, 8)
TITLES = ("分数的意义", "三角形的高", "一亿有多大", "找规律")


def found(folder: Path) -> None:
    """Make the school through the actions and keep its logins in `folder`."""
    from django.utils import timezone  # noqa: PLC0415 (needs settings)

    from yanxiu.config.demo.people import found_school  # noqa: PLC0415
    from yanxiu.config.ground import lay_ground  # noqa: PLC0415
    from yanxiu.lessons import actions as lessons_actions  # noqa: PLC0415
    from yanxiu.observation import actions as observation  # noqa: PLC0415

    now = timezone.now()
    lay_ground()
    school = found_school(_numbers(), Random(6), at=now - BEFORE)  # noqa: S311 (names alone)
    _term(school, now)
    group = school.groups[0]
    lessons = [
        _lesson(school, group, teacher, title, now)
        for teacher, title in zip(group.members[1:], TITLES, strict=False)
    ]
    begun = [observation.start(lesson, by=group.leader, at=now) for lesson in lessons[:3]]
    guest = group.members[6]
    lessons_actions.invite(lessons[3], teachers=[guest], by=group.leader, at=now)
    own = _lesson(school, group, group.leader, "我上的课", now - timedelta(hours=1))
    presenter, opener = group.members[1:3]
    people = {"leader": group.leader, "presenter": presenter, "opener": opener, "guest": guest}
    for person in people.values():
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    known = {
        "logins": {name: (str(person.phone), PASSWORD) for name, person in people.items()},
        "observations": [str(each.uid) for each in begun],
        "lessons": [str(each.uid) for each in lessons],
        "own": str(own.uid),
        "free": [each.name for each in school.groups[1].members],
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
    """Set the term around today."""
    from yanxiu.kernel.spans import day_of  # noqa: PLC0415
    from yanxiu.ledger import actions as ledger  # noqa: PLC0415
    from yanxiu.terms import actions as terms  # noqa: PLC0415

    first, last, before = day_of(now - BEFORE), day_of(now + AFTER), now - BEFORE
    year = first.year if first.month >= 8 else first.year - 1
    place = school.organisation
    terms.set_term(
        place, school_year=year, half=1, starts_on=first, ends_on=last, by=None, at=before
    )
    ledger.adopt_scheme(place, "cn-hours-40-credits-10", starts_on=first, by=None, at=before)


def _lesson(school: Any, group: Any, teacher: Any, title: str, now: datetime) -> Any:
    """Arrange an open lesson of `teacher` that began five minutes before `now`."""
    from yanxiu.lessons import actions  # noqa: PLC0415
    from yanxiu.lessons.models import LessonKind  # noqa: PLC0415

    begin = now - timedelta(minutes=5)
    return actions.arrange(
        school.organisation,
        teacher=teacher,
        kind=LessonKind.objects.get(organisation=None, code="open_lesson"),
        starts_at=begin,
        ends_at=begin + timedelta(minutes=40),
        unit=group.unit,
        by=group.leader,
        at=now - timedelta(days=1),
        even_so=True,
        title=title,
        subject=group.unit.subject,
        class_name="三（2）班",
        class_size=40,
    )


if __name__ == "__main__":
    from django.conf import settings

    django.setup()
    found(Path(settings.DATA))
