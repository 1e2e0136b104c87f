"""A slip in a section about standings is refused at its line, with what would be right."""

import pytest

from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.tests.floors import place

YEARLY = "requirements: [{requirement: yearly, title: 年度, source: 甲, scope: year, min: 24}]\n"
NONE = "{requirement: none, title: 无, source: 甲, scope: year}"
SLIPS = {
    f"requirements: [{NONE}]": "没有写明要达到多少",
    f"requirements: [{NONE[:-1]}, min_share: 3}}]": "不大于 1",
    f"requirements: [{NONE[:-1]}, min: 3, of: {{kind: [paper]}}}}]": "份额的总体",
    "limits: [{limit: a, title: 甲, source: 甲, scope: year}]": "没有写明上限",
    "limits: [{limit: a, title: 甲, source: 甲, scope: cycle, max: 3, overflow: hold}]": "下一期",
    "limits: [{limit: a, title: 甲, source: 甲, scope: year, max: 3,"
    " for: {delivery_mode: [online]}, overflow: {spill: {delivery_mode: online}}}]": "仍在本封顶",
    "limits: [{limit: a, title: 甲, source: 甲, scope: year, max_share: 1}]": "小于 1 的份额",
    "gates: [{gate: a, title: 甲, source: 甲, records: {kind: [paper]},"
    " need: ten}]": "没有编号为“ten”",
    "substitutions: [{from: yearly, to: yearly, source: 甲}]": "抵充它自己",
    "carry_over: {requirement: yearly, within: year, source: 甲}": "没有下一期可转",
    "make_up: {source: 甲}": "能否补修没有写明",
    "cross_credits: [{cross_credit: a, title: 甲, source: 甲, for: {kind: [paper]},"
    " as: {organiser_level: county}}]": "另计多少没有写明",
    "exemptions: [{reason: a, title: 甲, effect: less, source: 甲}]": "此处只能是",
    "year_band: {source: 甲}": "没有写明上下限",
    "probation: {months: 0, source: 甲}": "应大于 0",
}


@pytest.mark.parametrize(("section", "words"), SLIPS.items(), ids=SLIPS.values())
def test_it_says_what_is_wrong(section: str, words: str) -> None:
    before = "" if section.startswith("requirements") else YEARLY
    with pytest.raises(SchemeUnreadable, match=words):
        place(f"{before}{section}\n")
