"""What an import would change, row by row, against what is there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yanxiu.people.actions.roster_import import duties
from yanxiu.people.actions.roster_import.known import Known, KnownTeacher, key
from yanxiu.people.actions.roster_import.matching import Match, match_rows
from yanxiu.people.models import Membership, Organisation
from yanxiu.people.roster import Person, Problem, RosterRow

FACTS = {
    "name": "姓名",
    "phone": "手机号",
    "born": "出生年月",
    "education": "学历",
    "title": "职称",
    "subjects": "任教学科",
    "grade": "年级",
    "started_work": "参加工作",
    "entered": "到校时间",
    "cycle_from": "个人周期起算",
    "retires": "退休年月",
}
LABELS = FACTS | {
    "school": "学校",
    "job_number": "工号",
    "posts": "职务",
    "roles": "岗位",
    "group": "教研组",
    "preparation_group": "备课组",
    "tier": "骨干称号",
    "is_active": "在册",
}
ROLE_NAMES = {"principal": "校长", "research_office": "教科室", "teacher": "教师"}
_DAYS = frozenset({"born", "started_work", "entered", "cycle_from", "retires"})
_KINDS = {duties.TEACHING: "group", duties.PREPARATION: "preparation_group"}
_RANK: dict[str, int] = {
    Membership.Duty.MEMBER: 0,
    Membership.Duty.DEPUTY: 1,
    Membership.Duty.LEADER: 2,
}
_DUTY_NAMES: dict[str, str] = {
    Membership.Duty.DEPUTY: "（副组长）",
    Membership.Duty.LEADER: "（组长）",
}


@dataclass
class Change:
    """What one row would do; `plan` is what `writing` needs, `differences` what people see."""

    match: Match
    school_name: str
    kind: str = "new"
    plan: dict[str, Any] = field(default_factory=dict)
    differences: list[dict[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the row as it is stored and shown."""
        match, teacher = self.match, self.match.teacher
        problems = [problem.as_dict() for problem in (*match.row.problems, *match.problems)]
        told: dict[str, Any] = {
            "sheet": match.row.sheet,
            "row": match.row.row,
            "person": match.person.as_dict(),
            "change": self.kind,
            "problems": problems,
            "differences": self.differences,
            "teacher": str(teacher.row.uid) if teacher else None,
        }
        if match.candidates:
            told["candidates"] = [str(each.row.uid) for each in match.candidates]
        if match.candidates or match.is_decided:
            told["mark"], told["decided"] = match.mark, match.is_decided
        return told


@dataclass
class Comparison:
    """Who the rows of a roster are; what each would change is worked out as it is asked for."""

    matches: list[Match]
    schools: "_Schools"
    known: Known
    _changes: list[Change] | None = None

    def __iter__(self) -> Iterator[Change]:
        """Yield for each row what it would change."""
        if self._changes is not None:
            yield from self._changes
            return
        for match in self.matches:
            yield _change(match, self.schools.name(match), self.known)

    def remember(self) -> None:
        """Work all changes out at once, for who asks for them several times."""
        self._changes = list(self)


def compare(
    rows: Sequence[RosterRow], known: Known, *, written: Mapping[int, str] | None = None
) -> Comparison:
    """Find out who the `rows` are.

    Args:
        rows: as read.
        known: who is there.
        written: position → teacher uid of the rows of an import that was cut off.
    """
    schools = _Schools(rows, known)
    matches = [schools.match(row) for row in rows]
    match_rows(matches, known, written or {})
    return Comparison(matches, schools, known)


class _Schools:
    """Which school each row is for."""

    def __init__(self, rows: Sequence[RosterRow], known: Known) -> None:
        """Look whether the file speaks of one school or several."""
        self.known = known
        self.names = {key(row.person.school) for row in rows if row.person.school}

    def match(self, row: RosterRow) -> Match:
        top = self.known.organisation
        if top is None:
            return Match(row, None)
        name = key(row.person.school)
        if name in self.known.schools:
            return Match(row, self.known.schools[name])
        if top.is_school and (not name or (len(self.names) == 1 and len(self.known.schools) == 1)):
            return Match(row, top)
        match = Match(row, None)
        if not name:
            match.refuse(
                "school-missing",
                "school",
                f"这一行没有写学校，而“{top.name}”本身不设教师，没有导入。请加一栏“学校”后再传。",
            )
        return match

    def name(self, match: Match) -> str:
        if match.school:
            return match.school.name
        top = self.known.organisation
        return match.person.school[:80] or (top.name if top else "")


def _change(match: Match, school_name: str, known: Known) -> Change:
    change = Change(match, school_name)
    if match.refused:
        change.kind = "refused"
        return change
    person, teacher = match.person, match.teacher
    seats = duties.seats_of(person.groups, person.preparation_groups, person.posts)
    roles = duties.roles_of(person.posts)
    change.plan = {
        "facts": _facts(person, teacher),
        "job_number": person.job_number,
        "title": duties.title_of(person.posts),
        "roles": roles,
        "seats": [[seat.kind, seat.name, seat.duty] for seat in seats],
        "tiers": [tier[:40] for tier in person.tiers],
    }
    if teacher is None:
        return change
    _compare_facts(change)
    _compare_posts(change, teacher, match.school)
    if match.school:
        _compare_seats(change, teacher, match.school, known)
    change.plan["tiers"] = [t for t in change.plan["tiers"] if t not in teacher.tiers]
    if change.plan["tiers"]:
        _differs(change, "tier", "、".join(sorted(teacher.tiers)), "、".join(person.tiers))
    change.kind = "changed" if change.differences else "same"
    return change


def _facts(person: Person, teacher: KnownTeacher | None) -> dict[str, list[Any]]:
    """Return field → [before, after]; what the roster leaves empty stays as it is."""
    read = {
        "name": person.name[:40],
        "phone": person.phone or None,
        "born": person.born,
        "education": person.education[:20],
        "title": person.title[:20],
        "subjects": list(person.subjects),
        "grade": person.grade[:20],
        "started_work": person.started_work,
        "entered": person.entered,
        "cycle_from": person.cycle_from,
        "retires": person.retires,
    }
    if teacher is None:
        return {name: [None, value] for name, value in read.items() if value}
    facts = {}
    for name, value in read.items():
        before = getattr(teacher.row, name)
        less_exact = name in _DAYS and str(before).startswith(str(value))
        if value and value != before and not less_exact:
            facts[name] = [before, value]
    if not teacher.row.is_active:
        facts["is_active"] = [False, True]
    return facts


def _differs(change: Change, name: str, before: str, after: str) -> None:
    difference = {"field": name, "label": LABELS[name], "before": before, "after": after}
    change.differences.append(difference)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list) else str(value or "")


def _compare_facts(change: Change) -> None:
    for name, (before, after) in change.plan["facts"].items():
        _differs(change, name, _text(before), _text(after))


def _compare_posts(change: Change, teacher: KnownTeacher, school: Organisation | None) -> None:
    plan = change.plan
    posts = teacher.posts_in(school) if school else []
    held = {post.role.code: post for post in posts}
    if "teacher" not in held:
        _differs(change, "school", "", f"{change.school_name}（教师）")
    missing = {code: title for code, title in plan["roles"].items() if code not in held}
    if missing:
        before = "、".join(post.role.name for post in posts)
        _differs(change, "roles", before, "、".join(ROLE_NAMES[code] for code in missing))
    plan["roles"] = missing
    number = next((post.job_number for post in posts if post.job_number), "")
    if plan["job_number"] and plan["job_number"] != number:
        _differs(change, "job_number", number, plan["job_number"])
    post = held.get("teacher")
    if post and change.match.person.posts:
        plan["title"] = _title(plan["title"], post.title, held, teacher)
        if plan["title"] != post.title:
            _differs(change, "posts", post.title, plan["title"])
    _tell_other_roles(change, held)


def _title(said: str, stands: str, held: Mapping[str, Any], teacher: KnownTeacher) -> str:
    """Return the title to write: words that only repeat a role or a duty held add nothing."""
    leads = any(each.duty in _DUTY_NAMES for each in teacher.memberships)
    known = {
        word
        for word in said.split("、")
        if (duties.roles_of([word]) and set(duties.roles_of([word])) <= set(held))
        or (leads and word.endswith("组长"))
    }
    standing = stands.split("、") if stands else []
    kept = [word for word in said.split("、") if word and (word in standing or word not in known)]
    return stands if sorted(kept) == sorted(standing) else "、".join(kept) if not known else said


def _tell_other_roles(change: Change, held: Mapping[str, Any]) -> None:
    """Say which rights stand that the roster does not mention: ending them is a person's deed."""
    stated = duties.roles_of(change.match.person.posts)
    if not change.match.person.posts:
        return
    for code in ("principal", "research_office"):
        if code in held and code not in stated:
            sentence = (
                f"系统里另有“{held[code].role.name}”岗位，花名册没有写，仍然保留。"
                "如已卸任，请在教师页结束这个岗位。"
            )
            change.match.problems.append(Problem("role-not-in-roster", "info", "posts", sentence))


def _compare_seats(
    change: Change, teacher: KnownTeacher, school: Organisation, known: Known
) -> None:
    """Compare the groups kind by kind; a kind that the roster leaves empty stays as it is."""
    joins: list[list[Any]] = []
    leaves: list[int] = []
    for kind, name in _KINDS.items():
        wanted = [seat for seat in change.plan["seats"] if seat[0] == kind]
        held = [
            each
            for each in teacher.memberships
            if each.unit.organisation_id == school.pk and each.unit.kind.code == kind
        ]
        if not wanted:
            continue
        fresh, kept = [], set()
        for seat in wanted:
            unit = known.unit(school, seat[0], seat[1])
            standing = next(
                (each for each in teacher.memberships if unit and each.unit_id == unit.pk), None
            )
            if standing:
                kept.add(standing.pk)
            if standing is None or _RANK[seat[2]] > _RANK[standing.duty]:
                fresh.append(seat)
        gone = [each for each in held if each.pk not in kept]
        if fresh or gone:
            before = "、".join(each.unit.name + _DUTY_NAMES.get(each.duty, "") for each in held)
            after = "、".join(seat[1] + _DUTY_NAMES.get(seat[2], "") for seat in wanted)
            _differs(change, name, before, after)
        joins += fresh
        leaves += [each.pk for each in gone]
    change.plan["seats"], change.plan["leaves"] = joins, leaves
