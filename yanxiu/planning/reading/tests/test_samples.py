"""What the samples are known to say is found, at its line, and nothing that they do not say."""

from pathlib import Path
from typing import Any

import pytest

from yanxiu.documents.reading import read
from yanxiu.planning.reading import Finding, ReadDocument, read_documents


def documents(samples: Path, name: str) -> tuple[ReadDocument, ...]:
    data = (samples / "documents" / f"{name}.txt").read_bytes()
    return read_documents(read(data, name=f"{name}.txt"))


def values(document: ReadDocument, kind: str) -> list[tuple[str, Any, int]]:
    return [(f.name, f.value, f.line) for f in document.findings if f.kind == kind]


@pytest.fixture
def plan(samples: Path) -> ReadDocument:
    return documents(samples, "term-plans-traditional")[0]


@pytest.fixture
def five_years(samples: Path) -> ReadDocument:
    return documents(samples, "term-plans-traditional")[1]


def test_the_term_plan_is_a_spring_plan_of_an_inferred_year(plan: ReadDocument) -> None:
    period = plan.period

    assert (plan.kind, plan.title, plan.lines) == ("plan", "2022学校校本研训工作计划1", (7, 75))
    assert (period.kind, period.year, period.season, period.inferred) == (
        "term",
        2022,
        "spring",
        True,
    )
    assert [section.line for section in plan.sections] == [11, 21, 25, 35, 45]
    assert all(section.level == 1 for section in plan.sections)


def test_the_term_plan_has_four_goals_three_forms_three_contents(plan: ReadDocument) -> None:
    assert [(name, line) for name, _, line in values(plan, "goal")] == [
        ("教学常规", 13), ("校本研训", 15), ("读书", 17), ("科研", 19),
    ]  # fmt: skip
    assert [name for name, _, _ in values(plan, "form")] == [
        "全校集中研修",
        "教研组集中研修",
        "分散研修",
    ]
    assert [(name, line) for name, _, line in values(plan, "content")] == [
        ("主题研讨活动", 37), ("教师读书活动", 41), ("集体备课", 43),
    ]  # fmt: skip
    assert values(plan, "role") == [("superior", "县", 19)]


def test_the_term_plan_asks_each_for_a_book_and_an_essay(plan: ReadDocument) -> None:
    quotas = [f for f in plan.findings if f.kind == "quota"]

    assert [(f.name, f.value, f.unit, f.qualifier, f.period, f.per) for f in quotas] == [
        ("读书", 1, "本", "at_least", "term", "teacher"),
        ("读书心得", 1, "篇", "exact", "term", "teacher"),
    ]
    assert all(f.line == 17 and "閱讀一本及以上" in f.text for f in quotas)


def test_the_term_plan_has_three_times_and_one_left_open(plan: ReadDocument) -> None:
    assert values(plan, "slot") == [
        ("语文", {"weekday": 3, "half_day": "afternoon"}, 27),
        ("数学", {"weekday": 4, "half_day": "afternoon"}, 29),
        ("英语", {"weekday": 2, "half_day": "afternoon"}, 31),
        ("综合组", None, 33),
    ]


def test_the_term_plan_has_eleven_items_in_four_months(plan: ReadDocument) -> None:
    items = [f for f in plan.findings if f.kind == "schedule"]

    assert [(f.period, f.line) for f in items] == [
        ("2022-03", 49), ("2022-03", 51), ("2022-04", 55), ("2022-04", 57), ("2022-05", 61),
        ("2022-05", 63),
        ("2022-05", 65), ("2022-05", 67), ("2022-06", 71), ("2022-06", 73), ("2022-06", 75),
    ]  # fmt: skip
    assert items[7].name == "新常规全体培训活动"
    assert items[7].value == {"month": 5, "ordinal_in_month": 4}
    assert all(f.inferred for f in items)


def test_the_term_plan_says_nothing_else(plan: ReadDocument) -> None:
    kinds = {"goal", "quota", "form", "slot", "content", "schedule", "role"}

    assert {f.kind for f in plan.findings} == kinds
    assert len(plan.findings) == 4 + 2 + 3 + 4 + 3 + 11 + 1


def test_the_five_year_plan_keeps_roles_without_names_and_its_credits(
    five_years: ReadDocument,
) -> None:
    assert [(name, line) for name, _, line in values(five_years, "role")] == [
        ("组长", 89), ("副组长", 93), ("组员", 97),
        ("校本研训领导小组", 135), ("校本研训工作小组", 135), ("党支部", 135),
    ]  # fmt: skip
    assert values(five_years, "role")[2][1] == {"names": [None] * 3, "duty": "各教研组长"}
    assert [line for _, _, line in values(five_years, "placeholder")] == [89, 91, 97, 97, 97]
    assert {name: value for name, value, _ in values(five_years, "credit")} == {
        "学分折算": {"hours": 20, "credits": 1}, "总学分": 10, "每学年课时": 40, "每年最低学分": 2,
    }  # fmt: skip
    themes = [value for _, value, _ in values(five_years, "theme")]
    assert [float(theme["credits"]) for theme in themes] == [2, 2.5, 2.5, 2.5, 0.5]
    assert five_years.period.kind == "multi_year"
    assert five_years.period.year is None


def test_the_annual_summary_keeps_its_gaps(samples: Path) -> None:
    (summary,) = documents(samples, "annual-summary-2025")

    gaps = [f for f in summary.findings if f.kind == "placeholder"]
    assert [(f.value, f.unit, f.line) for f in gaps] == [(None, "场", 21), (None, "篇", 24)]
    assert [(value, line) for _, value, line in values(summary, "quantity")] == [(20, 11), (50, 11)]
    assert [line for _, _, line in values(summary, "problem")] == [29, 30, 31, 32]
    assert values(summary, "goal")[0][0] == "提升教师专业素养"
    assert (
        len(
            [
                section
                for section in summary.sections
                if section.level == 2 and "(" in section.number
            ]
        )
        == 5
    )


def test_the_central_school_and_its_neighbour_stay_apart(samples: Path) -> None:
    first, second = documents(samples, "central-school-summary")

    assert [(value, line) for _, value, line in values(first, "quantity")] == [
        (4, 21),
        (2, 35),
        (40, 35),
    ]
    assert values(second, "quantity") == values(second, "schedule") == values(second, "slot") == []
    assert [section.title for section in second.sections][-1] == "问题与思考"
    assert (first.period.kind, first.period.year) == ("term", None)
    assert second.period.kind == "half_year"


def test_the_town_summary_is_read_through_its_radicals(samples: Path) -> None:
    (summary,) = documents(samples, "town-summary-radicals")

    assert [section.number for section in summary.sections if section.level == 1] == list(
        "一二三四五六七"
    )
    assert [name for name, _, _ in values(summary, "problem")] == [
        "档案资料不够完善", "影视教育还需加强", "教科研水平有待提升",
    ]  # fmt: skip
    assert [line for _, _, line in values(summary, "placeholder")] == [13, 16]


def test_no_gap_has_a_value_and_no_text_is_made_up(samples: Path) -> None:
    for path in (samples / "documents").glob("*.txt"):
        outline = read(path.read_bytes(), name=path.name)
        lines = {line.number: line.text.strip() for line in outline.lines}
        found: list[Finding] = [f for d in read_documents(outline) for f in d.findings]
        assert all(f.text == lines[f.line] for f in found)
        assert all(f.value is None for f in found if f.kind == "placeholder")
