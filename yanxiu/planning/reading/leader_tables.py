"""The leading group as a table: a row for each person, with post, name and duty."""

import re
from collections.abc import Iterator

from yanxiu.documents.reading.paragraphs import POSTS
from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Reading
from yanxiu.planning.reading.tables import Grid, cell, grids

_ROLES = re.compile(
    r"^(?:常务副组长|副组长|组长|组员|成员|秘书长?|顾问|负责人|联络员"
    r"|[一-鿿、（）]{0,8}(?:组长|校长|主任|书记|主席|班主任|教师|老师|园长|科长|资料员|记录员|联络员|管理员|教研员|教练|干事))$"
)
_MENTORS, _MENTORED = (
    ("师傅", "导师", "指导教师", "指导老师", "带教"),
    ("徒弟", "学员", "青年教师", "被指导", "新教师"),
)
_PLAIN = re.compile(r"(?:常务)?副?组长$|组员|成员|秘书|顾问|负责人|联络员")
_NAME, _NAMES = 4, 12
_KINDS_OF_GROUP = ("中心组", "教研组", "备课组", "学科组", "年级组")
_GROUPS = (*_KINDS_OF_GROUP, "小组", "组别", "学科")
_COLLECTIVE = ("组", "营", "坊", "室", "队", "社")
_HEADS = ("组长", "负责人", "召集人")
_PERSON = re.compile(r"(?!待定|未定|暂|各|全)([一-鿿·]{2,4})(?:[(（]([^()（）]{2,12})[)）])?")
_MEMBERS = frozenset({"组员", "成员"})
_TITLED = re.compile(rf"([一-鿿]{{1,3}}?)({POSTS})")
_SEPARATORS = re.compile(r"[\s、，,；;]+")


def leader_lines(reading: Reading) -> frozenset[int]:
    """The lines of such tables, where words tell duties and nothing else."""
    return frozenset(
        row.line().number for grid in grids(reading) if _columns(grid) for row in grid.rows
    ) | frozenset(
        found.line for found in (*read_shared_out(reading), *read_heads_of_groups(reading))
    )


def read_mentoring_tables(reading: Reading) -> Iterator[Finding]:
    """学科 | 师傅 | 徒弟: one pair for each row; what is left blank stays open."""
    for grid in grids(reading):
        mentor, mentored = grid.column(*_MENTORS), grid.column(*_MENTORED)
        if mentor is None or mentored is None or mentor == mentored:
            continue
        pairs = [(row, cell(row, mentor), cell(row, mentored)) for row in grid.rows]
        if not all(len(one) <= _NAME and len(other) <= _NAMES for _, one, other in pairs):
            continue  # 每学期听徒弟课不少于8节: duties, not names
        for row, one, other in pairs:
            line = row.line()
            known = None if GAP.search(one) or not one else one
            whom = None if GAP.search(other) or not other else other
            duty = f"带教{whom}" if whom else None
            value: dict[str, object] = {"post": "师傅", "name": known, "duty": duty}
            yield Finding("role", "师徒", value, line.number, reading.written[line.number])


def read_leader_tables(reading: Reading) -> Iterator[Finding]:
    """Leaders with post, name and duty; a gap in place of a name leaves it open."""
    for grid in grids(reading):
        columns = _columns(grid)
        if columns is None:
            continue
        who, role, duty = columns
        post = grid.column("行政职务", "学校职务", "现任")
        for row in grid.rows:
            name = cell(row, role)
            if not _ROLES.match(name):
                continue
            line = row.line()
            people, said = cell(row, who), cell(row, duty) or None
            value: dict[str, object]
            listed = [p for p in _SEPARATORS.split(people) if p]
            if name in _MEMBERS and not (cell(row, post) and len(listed) == 1):
                value = {"names": [None if GAP.search(p) else p for p in listed], "duty": said}
            else:
                known = people if people and not GAP.search(people) else None
                titled = _TITLED.fullmatch(known or "")
                if titled and post is None:
                    value = {"post": titled[2], "name": titled[1], "duty": said}
                else:
                    held = cell(row, post) or (None if _PLAIN.match(name) else name)
                    value = {"post": held, "name": known, "duty": said}
            yield Finding("role", name, value, line.number, reading.written[line.number])
            if not people:
                left = grid.header[who]
                yield Finding("placeholder", left, None, line.number, reading.written[line.number])


def read_heads_of_groups(reading: Reading) -> Iterator[Finding]:
    """中心组 | 组长 | 活动时间, 组别 | 负责人 | 职责: who leads each group, and with what duty."""
    for grid in grids(reading):
        group, head, when = grid.column(*_GROUPS), grid.column(*_HEADS), grid.column("时间")
        duty = grid.column("职责", "分工", "任务")
        if group is None or head is None or group == head or (when is None and duty is None):
            continue
        kind, post = grid.header[group], grid.header[head]
        for row in grid.rows:
            who, of = cell(row, head), cell(row, group)
            person = _PERSON.fullmatch(who)
            if not of or not person:
                continue
            alone = kind not in _KINDS_OF_GROUP and of.endswith(_COLLECTIVE)  # 新教师成长营
            whose = of if alone else f"{of.removesuffix(kind)}{kind}"
            joined = whose.endswith(("教研组", "备课组", "年级组"))  # 语文教研组长
            name = whose + (post.removeprefix("组") if joined else post)
            post_held = None if "：" in (person[2] or "") else person[2]
            said = cell(row, duty) or None
            value: dict[str, object] = {"post": post_held, "name": person[1], "duty": said}
            line = row.line()
            yield Finding("role", name, value, line.number, reading.written[line.number])


def read_shared_out(reading: Reading) -> Iterator[Finding]:
    """姓名 | 职责 | 主备单元: what each person answers for, in a table without posts."""
    for grid in grids(reading):
        who, duty = grid.column("姓名"), grid.column("职责", "分工", "负责")
        if who is None or duty is None or _columns(grid):
            continue
        for row in grid.rows:
            name, said = cell(row, who), cell(row, duty)
            person = _PERSON.fullmatch(name)
            if person and said and not GAP.search(said):
                line, name = row.line(), person[1]
                value: dict[str, object] = {"post": person[2], "name": name, "duty": said}
                yield Finding("role", name, value, line.number, reading.written[line.number])


def _columns(grid: Grid) -> tuple[int, int, int | None] | None:
    """Where a table of leaders names the person, the post and the duty; None if it is no such."""
    who = grid.column("姓名", "人员", "成员")
    role = grid.column("职务", "小组", "角色", "分工", "岗位")
    duty = grid.column("职责", "任务", "分管", "负责", "分工")
    if who is None or role is None or who == role:
        return None
    return who, role, None if duty == role else duty
