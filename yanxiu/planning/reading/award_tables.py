"""Prizes as a table: 获奖人 | 项目 | 等级 | 颁奖单位."""

import re
from collections.abc import Iterator

from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading
from yanxiu.planning.reading.tables import cell, grids

_OF = ("获奖项目", "奖项", "项目", "比赛", "竞赛", "作品", "荣誉", "名称", "内容")
_RANK = ("等级", "等次", "奖次", "名次", "奖级", "级别")
_TELLS = ("获奖", "颁奖", "发证", "授奖", "奖次", "奖项", "荣誉")
_PRIZE = re.compile(
    r"[特一二三]等奖|第[一二三四五六]名|[金银铜]奖|优[秀胜]奖?|[冠亚季]军|指导奖|组织奖"
)
_SAME = re.compile(r"同上|[〃″]")


def award_lines(reading: Reading) -> frozenset[int]:
    """The lines of such tables, whose words are nothing else."""
    return frozenset(row.line().number for row, _of, _rank in _rows(reading))


def read_award_tables(reading: Reading) -> Iterator[Finding]:
    """One award for each row: what it was given for, and its rank; 同上 says the row above."""
    last = ""
    for row, of, rank in _rows(reading):
        said = cell(row, of)
        said = last if _SAME.fullmatch(said) else said
        prize = cell(row, rank)
        if not said or GAP.search(said) or not _PRIZE.search(prize):
            continue
        last = said
        name = said if prize in said else f"{said}{prize}"
        line = row.line()
        yield Finding("award", name, name, line.number, reading.written[line.number])


def _rows(reading: Reading) -> Iterator[tuple[Item, int, int]]:
    """Each row of such a table with the columns that name the contest and the rank."""
    for grid in grids(reading):
        of, rank = grid.column(*_OF), grid.column(*_RANK)
        prizes = any(word in head for head in grid.header for word in _TELLS)
        if prizes and of is not None and rank is not None and of != rank:
            yield from ((row, of, rank) for row in grid.rows)
