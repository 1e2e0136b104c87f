"""The pages of preparing: who opens them, what they say, and what stays of what was typed."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document as Docx
from pytest_django import DjangoAssertNumQueries

from yanxiu.activities.models import Session
from yanxiu.attachments.models import Attachment
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.documents.reading import read
from yanxiu.lessons.models import Lesson
from yanxiu.people.models import Teacher
from yanxiu.preparation import actions, content
from yanxiu.preparation.models import (
    GradeRequirement,
    LessonPlan,
    PlanComment,
    PostLessonNote,
    TeachingTopic,
)
from yanxiu.preparation.queries.form import form_of
from yanxiu.preparation.reading import read_plan
from yanxiu.preparation.tests.conftest import TEXTS, Started

SECTIONS = [{"code": "objectives", "name": "教学目标"}, {"code": "process", "name": "教学过程"}]
MOST = 10
SIZE = 60 * 1024
UNPROCESSABLE = 422


def _url(name: str, *uids: object) -> str:
    return reverse(f"preparation:{name}", args=uids)


def _show(client: Client, teacher: Teacher, address: str, status: int = 200) -> str:
    client.force_login(teacher)
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


# ---- every page opens ----
def test_every_page_of_a_shared_plan_opens_and_says_where_it_stands(
    client: Client, discussed: LessonPlan, wang: Teacher, li: Teacher
) -> None:
    first = next(content.paragraphs(discussed.content))
    said = actions.comment(discussed, paragraph=first.id, text="说得太满", by=wang, at=MORNING)
    actions.ask_question(discussed, text="要不要讲单位“1”？", owner=wang, by=li, at=MORNING)
    question = discussed.questions.get()
    version = discussed.versions.get()

    page = _show(client, li, _url("plan", discussed.uid))

    assert "说得太满" in page
    assert "要不要讲单位“1”？" in page
    assert "定稿为共案" in page
    for address in (
        _url("home"), _url("plans"), _url("new"), _url("edit", discussed.uid),
        _url("describe", discussed.uid), _url("comments", discussed.uid),
        _url("settle", said.uid), _url("ask", discussed.uid), _url("question", question.uid),
        _url("versions", discussed.uid), _url("version", version.uid),
        _url("contributions", discussed.uid), _url("notes", discussed.uid), _url("coverage"),
        _url("requirements"), _url("requirement_new"), _url("checks"),
        f"{_url('plan', discussed.uid)}?paragraph={first.id}",
    ):  # fmt: skip
        _show(client, li, address)


def test_who_may_not_see_it_is_told_nothing(
    client: Client, discussed: LessonPlan, zhao: Teacher, qian: Teacher
) -> None:
    names = ("plan", "edit", "comments", "versions", "contributions", "plan_word", "record_word")

    for name in names:
        for stranger in (zhao, qian):
            _show(client, stranger, _url(name, discussed.uid), 404)
    assert "分数的初步认识" not in _show(client, zhao, _url("plans"))


def test_a_draft_is_in_no_list_and_no_count_of_others(
    client: Client, cast: Cast, started: Started, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    topic = TeachingTopic.objects.create(
        organisation=cast.school, unit=cast.maths, term=cast.term, title="分数的初步认识"
    )
    started(by=wang, kind="personal", facts={"topic": topic})

    for other in (li, zhou):
        assert "王老师" not in _show(client, other, _url("plans"))
        assert "还没有交来的教案" in _show(client, other, _url("checks"))
        assert "还没有</span>" in _show(client, other, _url("schedule", cast.maths.uid))


# ---- writing ----
def _typed(plan: LessonPlan, **changed: str) -> dict[str, Any]:
    texts = content.texts_of(plan.content)
    marks = {f"was_{code}": content.mark_of(text) for code, text in texts.items()}
    texts |= changed
    return {"edition": plan.edition, **marks, **{f"text_{c}": text for c, text in texts.items()}}


def test_what_two_wrote_at_once_stands_side_by_side_and_is_not_lost(
    client: Client, started: Started, li: Teacher
) -> None:
    plan = started()
    typed = _typed(plan, board="我的板书", homework="我的作业")
    actions.save(plan, texts={"board": "组长的板书"}, edition=0, by=li, at=NOON)
    client.force_login(li)

    answer = client.post(_url("edit", plan.uid), typed)

    page = answer.content.decode()
    assert answer.status_code == UNPROCESSABLE
    assert "我的板书" in page
    assert "组长的板书" in page
    plan.refresh_from_db()
    assert content.texts_of(plan.content)["homework"] == "我的作业"
    again = _typed(plan, board="合成的板书")
    assert client.post(_url("edit", plan.uid), again).status_code == 302


def test_the_browser_saves_and_is_told_of_an_older_edition(
    client: Client, started: Started, li: Teacher
) -> None:
    plan, address = started(), ""
    address = _url("save", plan.uid)
    client.force_login(li)

    def send(edition: int, text: str) -> Any:
        body = {"edition": edition, "texts": {"text_board": text}}
        return client.post(address, body, content_type="application/json")

    first, late = send(0, "一"), send(0, "二")

    assert (first.status_code, first.json()) == (200, {"edition": 1})
    assert (late.status_code, late.json()["edition"]) == (409, 1)
    assert late.json()["texts"]["text_board"] == "一"
    client.logout()
    assert send(1, "三").status_code == 401


def test_a_title_with_tags_is_shown_as_written(
    client: Client, started: Started, li: Teacher
) -> None:
    plan = started(facts={"title": "<script>alert(1)</script>"})

    page = _show(client, li, _url("plan", plan.uid))

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_refused_comment_keeps_what_was_typed(
    client: Client, discussed: LessonPlan, wang: Teacher
) -> None:
    client.force_login(wang)

    answer = client.post(
        _url("comment", discussed.uid),
        {"paragraph": "p999", "text": "这一段我有话说"},
    )
    kept = client.post(
        _url("comment", discussed.uid),
        {"paragraph": next(content.paragraphs(discussed.content)).id, "text": "", "proposal": ""},
    )

    assert (answer.status_code, kept.status_code) == (UNPROCESSABLE, UNPROCESSABLE)
    assert "没有写内容" in kept.content.decode()


# ---- Word ----
def _word() -> bytes:
    document = Docx()
    document.add_heading("《小小统计员》", level=0)
    table = document.add_table(rows=3, cols=4)
    for row, cells in enumerate(
        (("授课教师", "方老师", "班级", "三（1）班"), ("教学目标", "会画条形图", "", ""),
         ("教学重难点", "确定一格表示几", "", ""))
    ):  # fmt: skip
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_heading("三、教学过程", level=1)
    document.add_paragraph("1. 谈话导入：班里谁的生日在春天？")
    document.add_paragraph("2. 小组统计并画图。")
    document.add_paragraph("板书设计：条形图  一格代表2")
    found = BytesIO()
    document.save(found)
    return found.getvalue()


def test_a_plan_in_word_comes_in_by_sections_and_the_file_stays(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    client.force_login(wang)
    upload = SimpleUploadedFile("教案.docx", _word())

    answer = client.post(
        _url("new"),
        {"kind": "personal", "title": "小小统计员", "periods": 1, "file": upload},
        follow=True,
    )

    assert answer.status_code == 200
    plan = LessonPlan.objects.get()
    texts = content.texts_of(plan.content)
    assert texts["objectives"] == "会画条形图"
    assert texts["key_points"] == "确定一格表示几"
    assert texts["process"].splitlines()[-1] == "2. 小组统计并画图。"
    assert texts["board"] == "条形图  一格代表2"
    assert "方老师" not in str(texts)
    assert Attachment.objects.get().source_id == plan.uid


def test_a_plan_that_goes_out_in_word_comes_in_again_as_it_was(
    client: Client, agreed: LessonPlan, li: Teacher
) -> None:
    client.force_login(li)

    data = client.get(_url("plan_word", agreed.uid)).content

    found = read_plan(read(data, name="教案.docx"), form_of(agreed.organisation).sections)
    assert {code: found.texts[code] for code in TEXTS} == TEXTS


def test_the_record_of_preparing_names_who_said_what_and_what_came_of_it(
    client: Client, discussed: LessonPlan, wang: Teacher, li: Teacher
) -> None:
    said = actions.comment(discussed, text="时间够吗？", by=wang, at=MORNING)
    actions.settle(said, "kept", answer="试教时再看。", by=li, at=NOON)
    client.force_login(wang)

    data = client.get(_url("record_word", discussed.uid)).content

    lines = "\n".join(line.text for line in read(data, name="记录.docx").lines)
    assert "时间够吗？" in lines
    assert "保留原稿：试教时再看。" in lines


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"])
def test_a_broken_file_makes_no_plan_and_the_title_stays(
    client: Client, cast: Cast, wang: Teacher, data: bytes
) -> None:
    client.force_login(wang)
    upload = SimpleUploadedFile("教案.docx", data)

    answer = client.post(
        _url("new"), {"kind": "personal", "title": "留得住", "periods": 1, "file": upload}
    )

    assert answer.status_code == UNPROCESSABLE
    assert "留得住" in answer.content.decode()
    assert not LessonPlan.objects.exists()


def test_a_file_that_is_not_kept_makes_no_plan(client: Client, cast: Cast, wang: Teacher) -> None:
    client.force_login(wang)
    upload = SimpleUploadedFile("x.exe", b"MZ123")

    answer = client.post(
        _url("new"), {"kind": "personal", "title": "估算", "periods": 1, "file": upload}
    )

    assert answer.status_code == UNPROCESSABLE
    assert not LessonPlan.objects.exists()


def test_a_file_names_the_plan_and_says_grade_and_subject(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    document = Docx()
    for text in ("课题：估算", "执教年级：四年级　主备人：方老师", "学科：数学", "教学目标：会估"):
        document.add_paragraph(text)
    written = BytesIO()
    document.save(written)
    upload = SimpleUploadedFile("教案.docx", written.getvalue())
    client.force_login(wang)

    page = client.post(_url("new"), {"kind": "personal", "periods": 1, "file": upload}, follow=True)

    plan = LessonPlan.objects.get()
    assert (plan.title, plan.grade, plan.subject) == ("估算", "四年级", "数学")
    assert "放进 1 个栏目" in page.content.decode()


def test_a_heading_gives_the_bare_title() -> None:
    titles = []
    for heading in ("《估算》教学设计", "平均数教案", "角的度量"):
        document = Docx()
        document.add_heading(heading, 0)
        document.add_paragraph("教学目标：会估")
        written = BytesIO()
        document.save(written)
        titles.append(read_plan(read(written.getvalue(), name="教案.docx"), SECTIONS).title)

    assert titles == ["估算", "平均数", "角的度量"]


def test_a_lesser_heading_or_the_name_of_the_file_gives_the_title_where_nothing_else_does(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    client.force_login(wang)
    for name, heading in (("一.docx", "圆的周长 教案"), ("小数的意义教学设计.docx", "")):
        document = Docx()
        if heading:
            document.add_heading(heading, 1)
        document.add_paragraph("教学目标：会算")
        written = BytesIO()
        document.save(written)
        upload = SimpleUploadedFile(name, written.getvalue())
        client.post(_url("new"), {"kind": "personal", "periods": 1, "file": upload})

    titles = set(LessonPlan.objects.values_list("title", flat=True))
    assert titles == {"圆的周长", "小数的意义"}


def test_sessions_are_offered_with_their_day(
    client: Client, cast: Cast, li: Teacher, session: Session
) -> None:
    client.force_login(li)

    page = client.get(_url("new")).content.decode()

    assert re.search(rf">\s*10月15日[^<]*{session.title}\s*<", page)


def test_a_plan_without_title_and_without_file_asks_for_either(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    client.force_login(wang)

    answer = client.post(_url("new"), {"kind": "personal", "periods": 1})

    assert answer.status_code == UNPROCESSABLE
    assert "请写课题，或者选一份写好的教案。" in answer.content.decode()
    assert not LessonPlan.objects.exists()


# ---- versions side by side ----
def test_the_difference_of_two_versions_shows_the_words(
    client: Client, agreed: LessonPlan, li: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    texts = {"process": TEXTS["process"].replace("圆片", "长方形纸")}
    after = actions.revise(agreed, texts=texts, reason="学具换了", by=li, at=NOON)
    before = agreed.versions.get(moment="agreed")
    address = f"{_url('difference', before.uid)}?to={after.uid}"

    page = _show(client, wang, address)

    assert "<del>圆片</del><ins>长方形纸</ins>" in page
    assert "改了 1 段" in page
    _show(client, zhao, address, 404)


def test_the_departure_is_no_page_for_others(
    client: Client, agreed: LessonPlan, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    own = actions.make_own(agreed, by=wang, at=MORNING)
    actions.save(own, texts={"board": "换了板书"}, edition=0, by=wang, at=MORNING)
    actions.hand_in(own, by=wang, at=NOON)

    assert "增加 1 段" in _show(client, wang, _url("departure", own.uid))
    assert "增加 1 段" in _show(client, li, _url("departure", own.uid))
    _show(client, zhou, _url("departure", own.uid), 404)


# ---- the way through, as buttons ----
def test_from_draft_to_own_plan_by_buttons_alone(
    client: Client, started: Started, li: Teacher, wang: Teacher
) -> None:
    plan = started()
    where = next(content.paragraphs(plan.content)).id

    def press(who: Teacher, name: str, uid: object, **data: str) -> None:
        client.force_login(who)
        assert client.post(_url(name, uid), data).status_code == 302

    press(li, "do", plan.uid, do="offer")
    press(wang, "comment", plan.uid, paragraph=where, proposal="能说出几分之几的意思。")
    press(li, "settle", PlanComment.objects.get().uid, state="adopted")
    press(li, "do", plan.uid, do="agree")
    press(wang, "do", plan.uid, do="own")
    own = LessonPlan.objects.get(author=wang)
    press(wang, "edit", own.uid, **{k: str(v) for k, v in _typed(own, board="我的").items()})
    press(wang, "notes", own.uid, text="顺", taught_on="2026-10-15")
    press(wang, "do", own.uid, do="hand_in")
    press(li, "review", own.uid, mark="good", criterion_innovation="good", comment="好")

    own.refresh_from_db()
    assert (own.state, PostLessonNote.objects.get().teacher) == ("checked", wang)
    assert "能说出几分之几的意思。" in str(own.content)


def test_the_lessons_page_lays_a_plan_beside_and_takes_it_away(
    client: Client, started: Started, lesson: Lesson, wang: Teacher, li: Teacher
) -> None:
    own = started(by=wang, kind="personal")
    client.force_login(wang)
    data = {"lesson": str(lesson.uid), "shown": "on", "do": "use"}

    client.post(_url("use", own.uid), data)
    version = own.versions.get()
    assert "圆片" in _show(client, li, _url("version", version.uid))

    client.force_login(wang)
    client.post(_url("use", own.uid), {**data, "do": "stop"})
    _show(client, li, _url("version", version.uid), 404)


def test_the_form_of_the_school_is_changed_a_line_each(
    client: Client, cast: Cast, zhou: Teacher, li: Teacher
) -> None:
    client.force_login(zhou)

    client.post(
        _url("form"),
        {"sections": "教学目标*：学生能做到什么\n我们的特色\n", "criteria": "规范", "checklist": "",
         "steps": ["talk"]},
    )  # fmt: skip

    found = form_of(cast.school).sections
    assert [(one["code"], one["name"], one["wanted"]) for one in found] == [
        ("objectives", "教学目标", True), ("own_1", "我们的特色", False)
    ]  # fmt: skip
    _show(client, li, _url("form"), 404)


def test_a_school_that_does_not_talk_first_agrees_the_draft_at_once(
    client: Client, cast: Cast, started: Started, li: Teacher, zhou: Teacher, wang: Teacher
) -> None:
    plan = started()
    assert "定稿为共案" not in _show(client, li, _url("plan", plan.uid))
    sections = form_of(cast.school).sections
    actions.save_form(
        cast.school, sections=sections, criteria=[], checklist=[], steps=["note"],
        by=zhou, at=NOON,
    )  # fmt: skip

    assert "定稿为共案" in _show(client, li, _url("plan", plan.uid))
    client.post(_url("do", plan.uid), {"do": "agree"})
    assert "改成我的个案" not in _show(client, wang, _url("plan", plan.uid))


def test_a_schedule_is_pasted_and_shows_what_is_prepared(
    client: Client, cast: Cast, agreed: LessonPlan, li: Teacher, wang: Teacher
) -> None:
    client.force_login(li)
    data = {"term": cast.term.pk, "grade": "三年级", "text": "第3周 分数的初步认识 2课时\n周长"}
    client.post(_url("schedule_edit", cast.maths.uid), data)
    topic = TeachingTopic.objects.get(title="分数的初步认识")
    actions.change_facts(agreed, {"topic": topic}, by=li, at=NOON)

    page = _show(client, wang, _url("schedule", cast.maths.uid))

    assert "一起备了" in page
    assert f"topic={topic.uid}" in page
    assert "数学教研组" in _show(client, wang, _url("coverage"))


def test_requirements_are_approved_on_their_page(
    client: Client, cast: Cast, li: Teacher, zhou: Teacher
) -> None:
    client.force_login(li)
    data = {"unit": cast.maths.pk, "subject": "数学", "grade": "三年级", "text": "会口算。"}
    client.post(_url("requirement_new"), data)
    found = GradeRequirement.objects.get()

    client.force_login(zhou)
    client.post(_url("requirement_decide", found.uid), {"do": "approve"})

    assert "由周主任审定" in _show(client, li, _url("requirement", found.uid))


def test_the_first_page_says_how_many_words_wait_for_the_lead_preparer(
    client: Client, discussed: LessonPlan, li: Teacher, wang: Teacher
) -> None:
    actions.comment(discussed, text="导入太长。", by=wang, at=MORNING)
    waits = f"《{discussed.title}》有 1 条意见待议"

    assert waits in _show(client, li, _url("home"))
    assert waits not in _show(client, wang, _url("home"))


# ---- many rows ----
def test_two_thousand_comments_open_in_ten_statements_and_sixty_kilobytes(
    client: Client, discussed: LessonPlan, wang: Teacher, li: Teacher,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    places = [one.id for one in content.paragraphs(discussed.content)]
    PlanComment.objects.bulk_create(
        PlanComment(
            plan=discussed, paragraph=places[n % len(places)], teacher=wang, made_at=MORNING,
            text=f"第 {n} 条意见：这里可以再想一想，学生会不会觉得太快。",
        )
        for n in range(2000)
    )  # fmt: skip
    client.force_login(li)

    for address in (
        _url("plan", discussed.uid), _url("comments", discussed.uid),
        _url("contributions", discussed.uid),
    ):  # fmt: skip
        with django_assert_max_num_queries(MOST):
            answer = client.get(address)
        assert len(answer.content) < SIZE, address


def test_no_list_asks_more_with_more_rows(
    client: Client, cast: Cast, agreed: LessonPlan, li: Teacher, zhou: Teacher,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    given = {"organisation": cast.school, "unit": cast.maths, "term": cast.term}
    TeachingTopic.objects.bulk_create(
        TeachingTopic(title=f"第 {n} 课", order=n, **given) for n in range(200)
    )
    LessonPlan.objects.bulk_create(
        LessonPlan(
            kind="personal", state="handed_in", author=cast.people["wang"], title=f"教案 {n}",
            content=agreed.content, made_at=MORNING, edited_at=MORNING, edited_by_name="王老师",
            **given,
        )
        for n in range(120)
    )  # fmt: skip
    for n in range(30):
        actions.revise(agreed, texts={"board": f"板书 {n}"}, reason=f"{n}", by=li, at=NOON)
        actions.add_note(agreed, text=f"{n}", taught_on=date(2026, 10, 15), by=li, at=NOON)
    addresses = [
        _url("home"), _url("plans"), f"{_url('plans')}?whose=check", _url("coverage"),
        _url("schedule", cast.maths.uid), _url("checks"), _url("requirements"),
        _url("plan", agreed.uid), _url("versions", agreed.uid), _url("notes", agreed.uid),
        _url("version", agreed.versions.first().uid),  # type: ignore[union-attr]
    ]  # fmt: skip

    for teacher in (li, zhou):
        client.force_login(teacher)
        for address in addresses:
            with django_assert_max_num_queries(MOST, info=address):
                answer = client.get(address)
            assert answer.status_code == 200, address
            assert len(answer.content) < SIZE, address


# ---- what comes next is where one looks for it ----
def test_an_agreed_plan_waits_on_the_first_page_until_it_is_made_own(
    client: Client, agreed: LessonPlan, wang: Teacher, zhao: Teacher
) -> None:
    agreed.agreed_at = timezone.now()
    agreed.save(update_fields=["agreed_at"])
    assert "定稿了，改成自己的" in _show(client, wang, _url("home"))
    assert "定稿了，改成自己的" not in _show(client, zhao, _url("home"))

    actions.make_own(agreed, by=wang, at=NOON)

    assert "定稿了，改成自己的" not in _show(client, wang, _url("home"))


def test_a_settled_comment_is_not_said_to_be_left(
    client: Client, discussed: LessonPlan, wang: Teacher, li: Teacher
) -> None:
    first = next(content.paragraphs(discussed.content))
    said = actions.comment(discussed, paragraph=first.id, text="说得太满", by=wang, at=MORNING)
    assert "就把现在的教案定为共案？" in _show(client, li, _url("plan", discussed.uid))

    actions.settle(said, "adopted", answer="", by=li, at=NOON)

    page = _show(client, li, _url("plan", discussed.uid))
    assert "1 条已处理" in page
    assert "还有 1 条" not in page


def test_a_plan_is_put_to_a_lesson_from_the_page_of_the_lesson(
    client: Client, lesson: Lesson, started: Started, wang: Teacher
) -> None:
    plan = started(wang, "personal")
    page = _show(client, wang, reverse("lessons:lesson", args=[lesson.uid]))
    address = f"{_url('plans')}?whose=mine&lesson={lesson.uid}"
    assert address.replace("&", "&amp;") in page
    assert "放到这节课上" in _show(client, wang, address)

    answer = client.post(
        _url("use", plan.uid),
        {"lesson": str(lesson.uid), "do": "use", "shown": "on", "from": "lesson"},
    )

    assert answer["Location"] == reverse("lessons:lesson", args=[lesson.uid])
    assert lesson.pk in plan.versions.values_list("uses__lesson", flat=True)
