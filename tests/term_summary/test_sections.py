"""The school's own shape: sections added, renamed, moved, removed and had back; words kept."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.term_summary.conftest import LATER
from yanxiu.conftest import Cast
from yanxiu.people.models import Teacher
from yanxiu.reports.actions import writing
from yanxiu.reports.actions.beginning import begin_summary
from yanxiu.reports.comparing import difference, side_by_side
from yanxiu.reports.documents.term_summary.earlier import ReadSummary, from_file
from yanxiu.reports.documents.term_summary.filling import fill, number_of
from yanxiu.reports.documents.term_summary.outline import LEGACY, from_headings
from yanxiu.reports.documents.term_summary.writing import to_text
from yanxiu.reports.models import ProseVersion, Summary
from yanxiu.reports.refusals import NothingToUndo, ProseChanged, ShapeChanged

pytestmark = pytest.mark.django_db

LAST_YEAR = """青石小学2025年度校本研修总结
一、基本做法
每月一次集中研讨，由各组轮流主持。
二、课题研究情况
围绕“错题再用”做了两轮课例。
三、存在的不足
记录写得晚，当时说了什么记不全。
四、今后的设想
活动当天写记录，几句话即可。
"""


def titles(summary: Summary) -> list[str]:
    return [section.title for section in fill(summary, LATER).sections]


@pytest.fixture
def made(zhou: Teacher) -> dict[str, Any]:
    return {"by": zhou, "at": LATER}


def test_a_section_is_added_renamed_moved_and_removed(
    summary: Summary, made: dict[str, Any]
) -> None:
    writing.add_section(summary, "课题研究", version=0, **made)
    writing.rename_section(summary, "practice", "主要工作", version=1, **made)
    writing.move_section(summary, "results", -1, version=2, **made)
    summary = writing.remove_section(summary, "basics", version=3, **made)

    assert titles(summary) == [
        "一、成效", "二、主要工作", "三、课题研究", "四、问题与原因", "五、下一步打算"
    ]  # fmt: skip


def test_every_step_can_be_taken_back_with_its_words(
    summary: Summary, made: dict[str, Any]
) -> None:
    before = titles(summary)
    writing.save_prose(summary, "section:next", "提前一周约时间。", version=0, **made)
    writing.remove_section(summary, "next", version=0, **made)
    assert "提前一周" not in to_text(fill(Summary.objects.get(pk=summary.pk), LATER))

    summary = writing.undo_shape(summary, version=1, **made)

    assert titles(summary) == before
    assert "提前一周约时间。" in to_text(fill(summary, LATER))
    with pytest.raises(NothingToUndo):
        writing.undo_shape(summary, version=2, **made)


def test_two_people_do_not_move_sections_under_each_others_hands(
    summary: Summary, made: dict[str, Any]
) -> None:
    writing.move_section(summary, "results", -1, version=0, **made)

    with pytest.raises(ShapeChanged):
        writing.remove_section(summary, "results", version=0, **made)


def test_an_own_section_without_words_is_a_gap(summary: Summary, made: dict[str, Any]) -> None:
    summary = writing.add_section(summary, "课题研究", version=0, **made)

    assert "课题研究" in [gap.what for gap in fill(summary, LATER).gaps]


def test_a_block_of_figures_stands_in_one_section_only(
    summary: Summary, made: dict[str, Any]
) -> None:
    summary = writing.choose_blocks(summary, "basics", ["basics", "sessions"], version=0, **made)

    assert to_text(fill(summary, LATER)).count("逐场列后") == 1


def test_a_summary_from_before_keeps_its_seven_sections(
    summary: Summary, made: dict[str, Any]
) -> None:
    Summary.objects.filter(pk=summary.pk).update(outline={})
    summary = Summary.objects.select_related("organisation", "term").get(pk=summary.pk)
    assert [title.partition("、")[2] for title in titles(summary)] == [p.title for p in LEGACY]

    summary = writing.rename_section(summary, "data", "数据", version=0, **made)

    assert "三、数据" in titles(summary)


# ---- paragraphs ----
def test_each_line_becomes_a_paragraph_with_versions_of_its_own(
    summary: Summary, made: dict[str, Any]
) -> None:
    writing.save_prose(summary, "section:next", "第一件。\n\n第二件。", version=0, **made)
    summary = writing.save_prose(summary, "section:next/p2", "第二件，改过。", version=1, **made)

    assert to_text(fill(summary, LATER)).endswith("第一件。\n第二件，改过。\n\n清河小学\n")
    versions = ProseVersion.objects.filter(summary=summary, place="section:next/p2")
    assert [(row.number, row.text) for row in versions] == [
        (2, "第二件，改过。"),
        (1, "第二件。"),
    ]


def test_an_earlier_version_comes_back_as_a_new_one(summary: Summary, made: dict[str, Any]) -> None:
    writing.save_prose(summary, "section:next", "先写的。", version=0, **made)
    writing.save_prose(summary, "section:next", "后写的。", version=1, **made)

    with pytest.raises(ProseChanged):
        writing.restore_prose(summary, "section:next", 1, version=1, **made)
    summary = writing.restore_prose(summary, "section:next", 1, version=2, **made)

    assert summary.written("section:next")["text"] == "先写的。"
    assert summary.written("section:next")["version"] == 3


def test_a_paragraph_is_dropped_and_had_back(summary: Summary, made: dict[str, Any]) -> None:
    writing.save_prose(summary, "section:next", "一。\n二。", version=0, **made)
    summary = writing.remove_paragraph(summary, "section:next/p2", version=1, **made)
    assert "二。" not in to_text(fill(summary, LATER))

    summary = writing.undo_shape(summary, version=2, **made)

    assert "一。\n二。" in to_text(fill(summary, LATER))


# ---- from last time's document ----
def test_the_sections_of_a_file_give_the_shape(cast: Cast, zhou: Teacher) -> None:
    earlier = from_file(LAST_YEAR.encode(), "去年.txt")
    assert earlier is not None

    summary = begin_summary(cast.school, term=cast.term, earlier=earlier, by=zhou, at=LATER)

    assert titles(summary) == [
        "一、基本做法", "二、课题研究情况", "三、存在的不足", "四、今后的设想"
    ]  # fmt: skip
    document = fill(summary, LATER)
    assert [section.role for section in document.sections] == ["", "", "problems", "next"]
    assert "记录写得晚" not in to_text(document)


def test_a_document_without_problems_gets_that_section() -> None:
    parts = from_headings(["一、概况", "二、活动"], "school")

    assert [part.title for part in parts] == ["概况", "活动", "问题与原因", "下一步打算"]


def test_last_time_stands_beside_this_time(client: Client, cast: Cast, zhou: Teacher) -> None:
    earlier = from_file(LAST_YEAR.encode(), "去年.txt")
    summary = begin_summary(cast.school, term=cast.term, earlier=earlier, by=zhou, at=LATER)
    writing.save_prose(
        summary, "section:s3", "记录写得晚，两场没有记录。", version=0, by=zhou, at=LATER
    )
    client.force_login(zhou)

    html = client.get(reverse("reports:compare", args=[summary.uid])).content.decode()

    assert "记录写得晚，<del>当时说了什么记不全</del>" in html
    assert "<ins>两场没有记录</ins>" in html


def test_what_stays_is_not_marked() -> None:
    left, right = difference("每月一次集中研讨。", "每月两次集中研讨，由组长主持。")

    assert [one.text for one in left if one.kind == "gone"] == ["一"]
    assert [one.text for one in right if one.kind == "new"] == ["两", "，由组长主持"]


def test_a_section_that_went_is_told() -> None:
    pairs = side_by_side(
        ReadSummary("去年", (("课题", "两个课题。"),)), ReadSummary("今年", (("读书", "共读。"),))
    )

    assert [(pair.title, pair.is_new, pair.is_gone) for pair in pairs] == [
        ("读书", True, False),
        ("课题", False, True),
    ]


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_sections_are_numbered_in_chinese(number: int, text: str) -> None:
    assert number_of(number) == text


# ---- the page ----
def test_sections_are_arranged_on_their_page(
    client: Client, zhou: Teacher, summary: Summary
) -> None:
    client.force_login(zhou)
    address = reverse("reports:sections", args=[summary.uid])
    client.post(address, {"do": "add", "title": "课题研究", "block": "", "version": 0})
    client.post(address, {"do": "up", "key": "next", "version": 1})
    client.post(address, {"do": "undo", "version": 2})

    html = client.get(address).content.decode()

    summary.refresh_from_db()
    assert "课题研究" in html
    assert titles(summary)[-1] == "六、下一步打算"


def test_a_section_without_a_title_keeps_the_page(
    client: Client, zhou: Teacher, summary: Summary
) -> None:
    client.force_login(zhou)

    answer = client.post(
        reverse("reports:sections", args=[summary.uid]), {"do": "add", "title": "", "version": 0}
    )

    assert answer.status_code == 422


def test_a_paragraph_that_nobody_saved_has_no_versions(
    client: Client, zhou: Teacher, summary: Summary
) -> None:
    client.force_login(zhou)
    address = reverse("reports:history", args=[summary.uid])

    assert "还没有版本" in client.get(f"{address}?place=section:next").content.decode()
