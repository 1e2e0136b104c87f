"""A plan as Word: it says what the plan says, and read again it is the same plan."""

import io
import zipfile
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from yanxiu.attachments.actions import path_of
from yanxiu.attachments.models import Attachment
from yanxiu.cast import MORNING, Cast
from yanxiu.documents.reading import read
from yanxiu.jobs.running import run_waiting
from yanxiu.people.models import Teacher, Tier
from yanxiu.planning import actions
from yanxiu.planning.documents.plan import document, paper_of
from yanxiu.planning.documents.plan.gaps import marked
from yanxiu.planning.documents.plan.writing import broken, file_name
from yanxiu.planning.models import Plan, Rhythm
from yanxiu.planning.reading import Finding, read_documents


@pytest.fixture
def written(cast: Cast, zhou: Teacher) -> Plan:
    """A plan of the school with something of every kind in it, confirmed."""
    plan = actions.start_plan(
        cast.school, cast.term, "清河小学2026年秋季学期校本研修工作计划", by=zhou, at=MORNING
    )
    given: dict[str, Any] = {"by": zhou, "at": MORNING}
    actions.add_note(plan, kind="guiding", text="围绕课堂，一次只谈一个问题。", **given)
    actions.add_goal(plan, text="每次教研谈出一条可以照做的办法。", name="教研", **given)
    actions.add_goal(
        plan, text="人人上好研究课。", name="课堂", indicator="研究课节数", target=Decimal(24),
        deadline=date(2027, 1, 10), **given,
    )  # fmt: skip
    actions.add_quota(
        plan,
        name="听课",
        amount=Decimal(15),
        unit_of_measure="节",
        per="teacher",
        period="term",
        **given,
    )
    tier = Tier.objects.create(organisation=cast.school, name="青年教师")
    actions.add_quota(
        plan, name="公开课", amount=Decimal(1), unit_of_measure="节", per="teacher", period="term",
        tier=tier, **given,
    )  # fmt: skip
    actions.add_rhythm(
        plan, unit=cast.maths, weekday=3, half_day="afternoon",
        starts_at=time(14, 30), place="录播教室", **given,
    )  # fmt: skip
    Rhythm.objects.create(plan=plan, name="音乐组", order=9)
    actions.add_item(
        plan, text="制订研修计划", month=9, owner=zhou, form="集中商议", hours=Decimal(2), **given
    )
    actions.add_item(plan, text="研究课展示", month=10, until=11, **given)
    actions.add_item(plan, text="期末总结会", month=1, owner_name="各教研组", **given)
    return actions.confirm_plan(plan, by=zhou, at=MORNING)


def read_again(plan: Plan) -> list[Finding]:
    (found,) = read_documents(read(document(paper_of(plan)), name="计划.docx"))
    assert found.kind == "plan"
    return list(found.findings)


def words_of(data: bytes) -> str:
    found = Document(io.BytesIO(data))
    cells = [c.text for t in found.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in found.paragraphs), *cells])


# ---- read again ----
def test_the_items_come_back_with_month_and_owner(written: Plan) -> None:
    items = [f for f in read_again(written) if f.kind == "schedule"]

    told = [(f.name, f.value["month"], f.value.get("owner")) for f in items]  # type: ignore[index,union-attr]
    assert told == [
        ("制订研修计划", 9, "周主任"),
        ("研究课展示", 10, None),
        ("期末总结会", 1, "各教研组"),
    ]
    assert items[1].value["to_month"] == 11  # type: ignore[index]


def test_goals_quotas_and_times_come_back(written: Plan) -> None:
    found = read_again(written)

    assert [f.name for f in found if f.kind == "goal"] == ["教研", "课堂"]
    quotas = [(f.name, f.value, f.unit, f.qualifier, f.per) for f in found if f.kind == "quota"]
    assert ("听课", 15, "节", "at_least", "teacher") in quotas
    assert len(quotas) == 2
    slots = {f.name: f.value for f in found if f.kind == "slot"}
    assert slots["数学教研组"] == {"weekday": 3, "half_day": "afternoon", "time": "14:30"}
    assert slots["音乐组"] is None


def test_what_is_lacking_comes_back_as_no_value(written: Plan) -> None:
    roles = [f for f in read_again(written) if f.kind == "role"]

    assert all(not (f.value or {}).get("name") for f in roles)  # type: ignore[union-attr]


def test_nothing_comes_back_twice(written: Plan) -> None:
    found = read_again(written)

    names = [(f.kind, f.name) for f in found if f.kind in {"goal", "schedule", "slot", "theme"}]
    assert len(names) == len(set(names))


def test_the_years_of_a_long_plan_come_back_with_their_credits(cast: Cast, zhou: Teacher) -> None:
    plan = actions.start_plan(
        cast.school, cast.term, "清河小学三年研修规划", period="three_years", by=zhou, at=MORNING
    )
    given: dict[str, Any] = {"by": zhou, "at": MORNING}
    actions.add_year_row(plan, theme="读懂教材", credits=Decimal(2), **given)
    actions.add_year_row(plan, theme="同课异构", contents="每组两轮。", credits=Decimal(2), **given)

    themes = [f.value for f in read_again(plan) if f.kind == "theme"]

    assert [(t["year"], t["content"], t["credits"]) for t in themes] == [  # type: ignore[index]
        (1, "读懂教材", 2),
        (2, "同课异构", 2),
    ]


# ---- what it says ----
def test_it_says_version_and_approval_and_cites_the_plan_above(
    cast: Cast, written: Plan, li: Teacher, zhou: Teacher
) -> None:
    plan = actions.start_plan(
        cast.school, cast.term, "数学教研组计划", unit=cast.maths, by=li, at=MORNING
    )
    actions.edit_plan(plan, {"parent": written}, by=li, at=MORNING)

    words = words_of(document(paper_of(plan)))

    assert "本计划依据《清河小学2026年秋季学期校本研修工作计划》制定。" in words
    assert "（起草中，还没有审批）" in words
    assert "确认）" in words_of(document(paper_of(written)))


def test_what_is_lacking_is_marked(cast: Cast, zhou: Teacher) -> None:
    plan = actions.start_plan(cast.school, cast.term, "空计划", by=zhou, at=MORNING)

    words = words_of(document(paper_of(plan)))

    for gap in ("指导思想", "工作目标", "组长的姓名", "副组长的姓名", "成员的姓名", "内容"):
        assert f"【待补：{gap}】" in words


def test_a_placeholder_of_the_original_is_a_gap_and_no_value(cast: Cast, zhou: Teacher) -> None:
    plan = actions.start_plan(cast.school, cast.term, "计划", by=zhou, at=MORNING)
    actions.add_note(
        plan, kind="situation", text="我校有教师__名，骨干教师__人。", by=zhou, at=MORNING
    )

    words = words_of(document(paper_of(plan)))

    assert "__" not in words
    assert "我校有教师【待补：名】" in words


def test_a_dropped_item_stands_apart_with_its_reason(written: Plan, zhou: Teacher) -> None:
    item = written.planitems.get(text="研究课展示")
    actions.drop_item(item, because="改到下学期", by=zhou, at=MORNING)
    written.refresh_from_db()

    assert "改到下学期" in words_of(document(paper_of(written)))
    names = [f.name for f in read_again(written) if f.kind == "schedule"]
    assert names == ["制订研修计划", "期末总结会"]


def test_a_personal_plan_has_the_sections_of_a_person(cast: Cast, wang: Teacher) -> None:
    plan = actions.start_personal_plan(cast.school, cast.term, "我的发展计划", by=wang, at=MORNING)

    words = words_of(document(paper_of(plan)))

    assert "自我诊断" in words
    assert "组织机构" not in words


# ---- the paper ----
def test_page_and_fonts_are_those_of_the_standard(written: Plan) -> None:
    data = document(paper_of(written))
    section: Any = Document(io.BytesIO(data)).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)

    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        styles = package.read("word/styles.xml").decode()
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        assert f'w:{slot}="仿宋_GB2312"' in styles


def test_the_same_plan_gives_the_same_bytes(written: Plan) -> None:
    assert document(paper_of(written)) == document(paper_of(written))


def test_titles_are_broken_behind_a_term_and_quoted_by_the_rules() -> None:
    title = "清河小学2026—2027学年第一学期校本研修计划"

    assert broken(title).split("\n") == ["清河小学2026—2027学年", "第一学期校本研修计划"]
    assert marked("关于《办法》的通知") == "《关于〈办法〉的通知》"
    assert file_name('一/二:"三"') == "一二三.docx"


# ---- pages ----
def test_the_page_sends_the_word_file(client: Client, wang: Teacher, written: Plan) -> None:
    client.force_login(wang)

    answer = client.get(reverse("planning:word", args=[written.uid]))

    assert answer.content.startswith(b"PK")
    assert "docx" in answer["Content-Disposition"]


def test_the_plans_of_a_school_are_packed_in_the_background(
    client: Client, cast: Cast, zhou: Teacher, written: Plan
) -> None:
    client.force_login(zhou)
    given = {"organisation": cast.school.uid, "term": cast.term.uid}
    answer = client.post(reverse("planning:papers"), given)

    assert run_waiting() == 1
    (kept,) = Attachment.objects.all()
    with zipfile.ZipFile(path_of(kept.sha256)) as z:
        assert z.namelist() == ["01_清河小学2026年秋季学期校本研修工作计划.docx"]
    assert "/jobs/" in answer["Location"]


def test_the_plans_of_a_school_are_bound_in_one_volume(
    client: Client, cast: Cast, zhou: Teacher, written: Plan
) -> None:
    client.force_login(zhou)
    given = {"organisation": cast.school.uid, "term": cast.term.uid, "how": "bound"}
    client.post(reverse("planning:papers"), given)

    assert run_waiting() == 1
    (kept,) = Attachment.objects.all()
    with zipfile.ZipFile(path_of(kept.sha256)) as package:
        markup = package.read("word/document.xml").decode()
    texts = [line.text for line in read(path_of(kept.sha256).read_bytes(), name=kept.name).lines]
    assert kept.name == "清河小学2026—2027学年第一学期计划合订本.docx"
    assert "PAGEREF" in markup.partition("清河小学2026年秋季学期校本研修工作计划")[2]
    assert texts[1:3] == ["清河小学2026年秋季学期", "校本研修工作计划"]
    assert any(text.startswith("一、") for text in texts)
