"""The hours pages of the handbook: every entry by category, with who recognised it and when."""

import io
from datetime import date

from docx import Document

from yanxiu.cast import EVENING, Cast
from yanxiu.kernel.spans import Span
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import RecognitionStep
from yanxiu.people.models import Teacher
from yanxiu.portfolio.documents import handbook
from yanxiu.portfolio.queries.categories import sections_of
from yanxiu.portfolio.tests.conftest import TakePart

TODAY = date(2026, 10, 15)
TERM = Span(date(2026, 9, 1), date(2027, 1, 23))


def book_of(cast: Cast, teacher: Teacher) -> handbook.Handbook:
    asked = handbook.Asked(
        cast.school, TERM, "2026年秋季学期", sections_of(cast.school), teacher, TODAY
    )
    return next(handbook.handbooks([teacher], asked))


def text_of(book: handbook.Handbook) -> str:
    document = Document(io.BytesIO(handbook.document(book)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_entries_stand_by_category_with_their_sums(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang, title="第一次")
    take_part(wang, date(2026, 9, 20), title="第二次")
    take_part(wang, date(2026, 9, 22), title="一节公开课", kind="open_lesson", role="presenter")

    (register,) = book_of(cast, wang).registers

    found = {one.name: [line.title for line in one.lines] for one in register.categories}
    assert found == {"教研活动": ["第二次", "第一次"], "公开课": ["一节公开课"]}
    assert all(one.unit == "学分" for one in register.categories)
    assert {one.name: one.total for one in register.categories}["教研活动"] == "2 学分"


def test_each_step_tells_amount_person_and_day(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    record = take_part(wang)
    more = {"record": record, "is_final": False, "at": EVENING}
    RecognitionStep.objects.create(
        **more, step="self", level="self", decision="claimed", amount=16, by_name="王老师"
    )
    RecognitionStep.objects.create(
        **more, step="school", level="school", decision="accepted", amount=8, by_name="周主任",
        reason="只有一天",
    )  # fmt: skip

    (register,) = book_of(cast, wang).registers
    steps = register.categories[0].lines[0].steps

    assert "本人自报 16，王老师 10.15" in steps
    assert "学校认定 8，周主任 10.15（只有一天）" in steps


def test_the_word_file_has_register_standing_and_places_to_sign(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang, title="怎样听一节课")

    text = text_of(book_of(cast, wang))

    for said in ("学时学分登记表", "怎样听一节课", "与要求对照", "学年学分", "考核意见",
                 "中心校（区）确认", "认定经过"):  # fmt: skip
        assert said in text, said
    assert text.count("怎样听一节课") == 1, "what the register tells is not told again"


def test_a_withdrawn_record_is_not_registered(
    cast: Cast, wang: Teacher, zhou: Teacher, take_part: TakePart
) -> None:
    record = take_part(wang, title="记错了")
    ledger.withdraw(record, because="记错", by=zhou, at=EVENING)

    assert book_of(cast, wang).registers == []


def test_a_term_without_hours_says_so(cast: Cast, wang: Teacher) -> None:
    text = text_of(book_of(cast, wang))

    assert "学时学分登记表" not in text
    assert "本期没有记录" in text
