"""Numbers of tables, amounts of words, pairs and bans are read for what they are."""

from typing import Any

import pytest

from yanxiu.documents.reading import read
from yanxiu.planning.reading import ReadDocument, read_documents

PLAN = "云桥小学2026年春学期教研工作计划\n一、具体工作\n"
SUMMARY = "云桥小学2026年教研工作总结\n一、主要做法\n"


def the_document(head: str, text: str, name: str = "文.txt") -> ReadDocument:
    (document,) = read_documents(read(f"{head}{text}\n".encode(), name=name))
    return document


def told(head: str, text: str, *kinds: str) -> list[tuple[Any, ...]]:
    return [
        (f.name, f.value, f.unit, f.period) for f in the_document(head, text).findings
        if f.kind in kinds
    ]  # fmt: skip


def table(*rows: str) -> ReadDocument:
    cells = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows
    )
    page = f"<h1>云桥小学2026年教研工作总结</h1><p>一、数据</p><table>{cells}</table>"
    return the_document("", page, "文.html")


def test_a_table_of_statistics_gives_the_total_with_the_unit_in_brackets() -> None:
    document = table("项目|上半年|下半年|合计", "专题沙龙（场）|3|4|7", "送教下乡（人次）|11|9|20")

    assert [(f.kind, f.name, f.value, f.unit) for f in document.findings] == [
        ("quantity", "专题沙龙", 7, "场"),
        ("quantity", "送教下乡", 20, "人次"),
    ]


def test_a_number_without_a_unit_or_of_two_years_is_not_invented() -> None:
    no_unit = table("项目|上半年|下半年|合计", "专题沙龙|3|4|7")
    no_total = table("项目|2024年|2025年", "专题沙龙（场）|3|4", "送教下乡（次）|1|2")

    for document in (no_unit, no_total):
        assert not [f for f in document.findings if f.kind == "quantity"]


def test_words_of_a_notebook_are_a_quota_and_the_length_of_one_piece_is_none() -> None:
    whole = told(PLAN, "1．教师每学期学习笔记不少于6000字。", "quota")

    assert whole == [("学习笔记", 6000, "字", "term")]
    assert not told(PLAN, "1．学习笔记每篇不少于600字。", "quota")


def test_odd_and_even_weeks_are_once_in_two_weeks() -> None:
    assert told(PLAN, "语文组集体备课双周进行。", "rhythm") == [
        ("语文组集体备课", 1, "次", "two_weeks")
    ]
    assert not told(PLAN, "单双周课表由教务处另行公布。", "rhythm")


def test_what_is_part_of_a_whole_has_its_period_and_a_length_is_no_credit() -> None:
    text = "教师每学年研修不少于60学时，其中线上学习不超过20学时。"

    assert [(value, period) for _, value, _, period in told(PLAN, text, "credit")] == [
        (60, "school_year"),
        (20, "school_year"),
    ]
    assert not told(PLAN, "每次活动不少于三课时。", "credit")


@pytest.mark.parametrize(
    "text",
    [
        "导师每带一名学员，每月补助工作量2课时。",
        "三位新教师每周写一份教学日志。",
        "说课以亮点三条、疑问一条为基本要求。",
    ],
)
def test_rates_and_the_number_of_those_bound_are_no_quota(text: str) -> None:
    assert not [q for q in told(PLAN, text, "quota", "quantity") if q[2] in {"名", "位", "条"}]


def test_under_so_many_years_bounds_the_years_and_not_the_teachers() -> None:
    document = the_document(SUMMARY, "（一）本组教师9人，其中教龄不满五年的4人。")
    (four,) = [f for f in document.findings if f.value == 4]

    assert four.qualifier == "exact"


def test_mentor_and_mentored_on_one_line_are_a_pair_and_the_group_is_no_post() -> None:
    document = the_document(PLAN, "科学组：林晓岚（师）—— 周子默（徒）")

    assert [(f.name, f.value) for f in document.findings if f.kind == "role"] == [
        ("师徒", {"post": "师傅", "name": "林晓岚", "duty": "带教周子默"})
    ]


def test_posts_keep_their_department() -> None:
    text = "成立小组，校长任组长，高中部主任、小学部主任任副组长。"
    roles = [f.value for f in the_document(PLAN, text).findings if f.name == "副组长"]

    assert [value["post"] for value in roles if isinstance(value, dict)] == [
        "高中部主任",
        "小学部主任",
    ]


@pytest.mark.parametrize(
    "text",
    ["备课组长负责本组资料的收集、整理和归档。", "代写、照搬的总结一律不计入成绩。"],
)
def test_duties_and_bans_are_no_contents(text: str) -> None:
    assert not told(PLAN, text, "content")
