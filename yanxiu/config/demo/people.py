"""The people of the demo school."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from yanxiu.people import actions as people
from yanxiu.people.models import Membership, Organisation, Role, Teacher, Tier, Unit, UnitKind


@dataclass
class Group:
    """One teaching research group with its leader first."""

    unit: Unit
    members: list[Teacher]
    plan: Mapping[str, Any]

    @property
    def leader(self) -> Teacher:
        """Who leads it."""
        return self.members[0]


@dataclass
class School:
    """The demo school and who carries it."""

    organisation: Organisation
    groups: list[Group] = field(default_factory=list)
    posts: dict[str, Teacher] = field(default_factory=dict)

    @property
    def teachers(self) -> list[Teacher]:
        """Everybody who teaches in it."""
        return [teacher for group in self.groups for teacher in group.members]


def found_school(data: Mapping[str, Any], chance: Random, *, at: datetime) -> School:
    """Make the organisations, 64 teachers, groups, posts and tiers."""
    central = people.add_organisation(
        None, data["central"], by=None, at=at, level_name="中心校", is_school=False
    )
    organisation = people.add_organisation(central, data["school"], by=None, at=at)
    school = School(organisation)
    kind = UnitKind.objects.get(organisation=None, code="teaching_research_group")
    names = _names(data, chance)
    for plan in data["groups"]:
        unit = people.add_unit(
            organisation, plan["name"], kind, by=None, at=at, subject=plan["subject"]
        )
        members = [
            _teacher(next(names), len(school.teachers) + number, plan, school, data, chance, at)
            for number in range(1, plan["size"] + 1)
        ]
        school.groups.append(Group(unit, members, plan))
        for number, member in enumerate(members):
            duty = Membership.Duty.LEADER if number == 0 else Membership.Duty.MEMBER
            people.join_unit(unit, member, starts_on=date(2020, 9, 1), by=None, at=at, duty=duty)
    _give_posts(school, central, at)
    _give_tiers(school, data, chance, at)
    return school


def _names(data: Mapping[str, Any], chance: Random) -> Any:
    surnames = list(data["surnames"])
    given = [name for _round in range(2) for name in data["given"]]
    chance.shuffle(given)
    return iter([f"{surname}{name}" for surname, name in zip(surnames, given, strict=True)])


def _teacher(  # noqa: PLR0917 (what one row of a roster holds)
    name: str,
    number: int,
    plan: Mapping[str, Any],
    school: School,
    data: Mapping[str, Any],
    chance: Random,
    at: datetime,
) -> Teacher:
    born = chance.randint(1967, 2002)
    facts = {
        "born": f"{born}-{chance.randint(1, 12):02d}",
        "education": chance.choice(data["educations"]),
        "title": chance.choice(data["titles"]),
        "subjects": [plan["subject"]],
        "grade": f"{chance.choice('一二三四五六')}年级",
        "started_work": f"{min(born + 22, at.year)}-08",
    }
    # 199 followed by zeros is no number that is given out.
    teacher = people.add_teacher(
        name=name, phone=f"1990000{number:04d}", by=None, at=at, facts=facts
    )
    people.give_post(
        teacher,
        school.organisation,
        Role.objects.get(code="teacher"),
        starts_on=date(2020, 9, 1),
        by=None,
        at=at,
        job_number=f"{number:04d}",
    )
    return teacher


def _give_posts(school: School, central: Organisation, at: datetime) -> None:
    """Name the principal, the research office, the administrator, and a researcher above."""
    chinese, maths = school.groups[0], school.groups[1]
    school.posts = {
        "principal": chinese.members[1],
        "research_office": chinese.members[2],
        "administrator": school.groups[3].members[1],
        "group_leader": maths.leader,
        "teacher": maths.members[3],
    }
    titles = {"principal": "校长", "research_office": "教科室主任", "administrator": ""}
    for code, title in titles.items():
        people.give_post(
            school.posts[code],
            school.organisation,
            Role.objects.get(code=code),
            starts_on=date(2022, 9, 1),
            by=None,
            at=at,
            title=title,
        )
    researcher = people.add_teacher(name="顾教研", phone="19900009001", by=None, at=at)
    people.give_post(
        researcher,
        central,
        Role.objects.get(code="researcher"),
        starts_on=date(2022, 9, 1),
        by=None,
        at=at,
        title="教研员",
    )
    people.give_post(
        researcher,
        central,
        Role.objects.get(code="credit_officer"),
        starts_on=date(2022, 9, 1),
        by=None,
        at=at,
        title="学分管理员",
    )
    school.posts["researcher"] = researcher


def _give_tiers(school: School, data: Mapping[str, Any], chance: Random, at: datetime) -> None:
    tiers = [
        Tier.objects.create(organisation=school.organisation, name=name, order=order)
        for order, name in enumerate(data["tiers"])
    ]
    for teacher in chance.sample(school.teachers, 18):
        people.hold_tier(teacher, chance.choice(tiers), starts_on=date(2023, 9, 1), by=None, at=at)
