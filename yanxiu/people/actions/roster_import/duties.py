"""What the words of the column 职务 mean: which role a post is, which group somebody leads."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from yanxiu.people.models import Membership
from yanxiu.people.roster.groups import core

_PRINCIPAL = re.compile(r"校长$|^园长$|副园长$")
_RESEARCH_OFFICE = re.compile(r"^(教导|教务|教科|科研|教研|研训|研修)(处|室)?副?主任$")
_LEADER = re.compile(r"^(?P<of>.*?)(?P<kind>教研|研训|学科|科|备课)?(?P<deputy>副)?组长$")
_TIER_ORDER = ("新教师", "青年", "校", "镇", "乡", "中心校", "区", "县", "市", "省", "国家", "特级")

TEACHING, PREPARATION = "teaching_research_group", "lesson_preparation_group"
TITLE_LENGTH = 40


@dataclass(frozen=True)
class Seat:
    """One group that a person of a roster belongs to, and as what."""

    kind: str
    name: str
    duty: str

    @property
    def core(self) -> str:
        """What tells the group from others, however its name is written."""
        return core(self.name)


def title_of(posts: Iterable[str]) -> str:
    """Return what stands as the title of the teacher post; plain 教师 says nothing."""
    return "、".join(post for post in posts if post != "教师")[:TITLE_LENGTH]


def roles_of(posts: Iterable[str]) -> dict[str, str]:
    """Return the roles with rights that `posts` name, each with its title."""
    roles: dict[str, str] = {}
    for post in posts:
        if _PRINCIPAL.search(post):
            roles.setdefault("principal", post[:TITLE_LENGTH])
        elif _RESEARCH_OFFICE.match(post):
            roles.setdefault("research_office", post[:TITLE_LENGTH])
    return roles


def seats_of(
    groups: Iterable[str], preparation_groups: Iterable[str], posts: Iterable[str]
) -> list[Seat]:
    """Return the groups of a person with the duty in each.

    A plain 教研组长 leads the first group of its kind; 数学教研组长 leads the maths group, even
    where the column of groups leaves it out.
    """
    duties: dict[tuple[str, str], Seat] = {}
    for kind, names in ((TEACHING, groups), (PREPARATION, preparation_groups)):
        for name in names:
            duties[kind, core(name)] = Seat(kind, name[:60], Membership.Duty.MEMBER)
    for post in posts:
        found = _LEADER.match(post)
        if not found or (found["of"] and not found["kind"]):
            continue
        kind = PREPARATION if found["kind"] == "备课" else TEACHING
        _lead(duties, kind, found["of"], deputy=bool(found["deputy"]))
    return list(duties.values())


def _lead(seats: dict[tuple[str, str], Seat], kind: str, of: str, *, deputy: bool) -> None:
    duty = Membership.Duty.DEPUTY if deputy else Membership.Duty.LEADER
    own = [seat for seat in seats.values() if seat.kind == kind]
    if not of:
        seat = own[0] if own else None
    else:
        seat = seats.get((kind, core(of)))
        if seat is None and kind == TEACHING:
            seat = Seat(kind, f"{of}教研组"[:60], duty)
    if seat:
        seats[kind, seat.core] = Seat(kind, seat.name, duty)


def tier_order(name: str) -> int:
    """Return where a tier stands among the others, for "and above"."""
    for place, word in reversed(list(enumerate(_TIER_ORDER, start=1))):
        if name.startswith(word):
            return place * 10
    return 35
