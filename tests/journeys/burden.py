"""The table of what deeds cost, and what we allow each."""

import re

from tests.journeys.conftest import ROOT
from tests.journeys.counted import Cost

TABLE = ROOT / "docs/burden.md"
ROW = re.compile(r"^\| ([^|]+) \| (\d+) \| (\d+) \| (\d+) \| ([^|]+) \|$", re.MULTILINE)
AT_MOST = {
    "签到，已登录": 2,
    "签到，没有登录": 4,
    "点 40 人的名，缺席 3 人、迟到 1 人": 8,
    "更正一人的考勤，当天": 5,
    "更正一人的考勤，上周": 5,
    "排一学期的每周教研": 12,
    "导入 60 人": 4,
    "取本学期考勤表": 3,
    "看我的学时": 1,
    "打开今天的课，已登录": 1,
    "打开今天的课，没有登录": 4,
    "听一节 40 分钟的课，交听课记录": 16,
    "上完课写一篇反思，交上": 7,
    "一起备一课，主备人：从主备稿到共案": 10,
    "一起备一课，组里的人：提一处改法，改成自己的个案": 8,
}
"""The taps we allow each deed."""


def agrees(deed: str, cost: Cost) -> None:
    """Hold what was counted against the table, and against what we allow."""
    rows = {row[1]: row for row in ROW.finditer(TABLE.read_text(encoding="utf-8"))}
    row = rows[deed]
    said = Cost(int(row[2]), int(row[3]), int(row[4]))
    true = f"| {deed} | {cost.taps} | {cost.characters} | {cost.loads} | {row[5]} |"
    assert said == cost, f"docs/burden.md 的这一行应改为：{true}"
    assert cost.taps <= AT_MOST[deed], f"“{deed}”最多 {AT_MOST[deed]} 次点击"
