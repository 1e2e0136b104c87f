"""The leading group as a table: a row for each person, with post, name and duty."""

import re
from collections.abc import Iterator

from yanxiu.documents.reading.paragraphs import POSTS
from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Reading
from yanxiu.planning.reading.tables import cell, grids

_ROLES = re.compile(r"^(?:常务副组长|副组长|组长|组员|成员|秘书长?|顾问|负责人|联络员)$")
_MEMBERS = frozenset({"组员", "成员"})
_TITLED = re.compile(rf"([一-鿿]{{1,3}}?)({POSTS})")
_SEPARATORS = re.compile(r"[\s、，,；;]+")


def read_leader_tables(reading: Reading) -> Iterator[Finding]:
    """Leaders with post, name and duty; a gap in place of a name leaves it open."""
    for grid in grids(reading):
        who = grid.column("姓名", "人员", "成员")
        role = grid.column("职务", "小组", "角色", "分工", "岗位")
        duty = grid.column("职责", "任务", "分管", "负责", "分工")
        duty = None if duty == role else duty
        if who is None or role is None or who == role:
            continue
        post = grid.column("行政职务", "学校职务", "现任")
        for row in grid.rows:
            name = cell(row, role)
            if not _ROLES.match(name):
                continue
            line = row.line()
            people, said = cell(row, who), cell(row, duty) or None
            value: dict[str, object]
            if name in _MEMBERS:
                listed = [p for p in _SEPARATORS.split(people) if p]
                value = {"names": [None if GAP.search(p) else p for p in listed], "duty": said}
            else:
                known = people if people and not GAP.search(people) else None
                titled = _TITLED.fullmatch(known or "")
                if titled and post is None:
                    value = {"post": titled[2], "name": titled[1], "duty": said}
                else:
                    value = {"post": cell(row, post) or None, "name": known, "duty": said}
            yield Finding("role", name, value, line.number, reading.written[line.number])
