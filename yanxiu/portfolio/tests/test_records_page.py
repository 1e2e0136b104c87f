"""My records: all of them, with what each earned; the sheet says the same."""

import re
from datetime import date, timedelta
from pathlib import Path

from django.urls import reverse

from yanxiu.cast import EVENING, LogIn, statements
from yanxiu.documents.tables import read_tables
from yanxiu.ledger.actions import withdraw
from yanxiu.people.models import Teacher
from yanxiu.portfolio import documents
from yanxiu.portfolio.tests.conftest import TakePart

RECORDS = reverse("portfolio:records")
EXPECTED = Path(documents.__file__).parent / "record_sheet/expected.txt"


def test_it_lists_own_records_only(
    log_in: LogIn, wang: Teacher, li: Teacher, take_part: TakePart
) -> None:
    take_part(wang, title="看作业里的错")
    take_part(li, title="别人的活动")

    text = log_in(wang).get(RECORDS).content.decode()

    assert "看作业里的错" in text
    assert "1 学分" in text
    assert "别人的活动" not in text


def test_minutes_turned_into_hours_are_hours_and_not_what_the_award_is_in(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    record = take_part(wang, title="听一听名师", kind="lecture")

    text = log_in(wang).get(reverse("portfolio:record", args=[record.uid])).content.decode()

    steps = re.findall(r"<li><span>([^<]+)</span><b class=\"num\">([^<]*)</b>", text)
    by_time = [amount for said, amount in steps if "分钟 ÷" in said]
    assert by_time
    assert {amount.split()[-1] for amount in by_time} <= {"课时", "学时"}
    assert steps[-1][1].endswith("学分")


def test_a_withdrawn_record_is_struck_with_its_reason(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    withdraw(take_part(wang), because="签错了场次", by=None, at=EVENING)

    text = log_in(wang).get(RECORDS).content.decode()

    assert "<s>单元整体设计</s>" in text
    assert "已撤回：签错了场次" in text


def test_it_narrows_to_a_term_and_a_kind(log_in: LogIn, wang: Teacher, take_part: TakePart) -> None:
    take_part(wang, on=date(2026, 6, 1), title="上学期的活动")
    take_part(wang, title="听一听名师", kind="lecture")
    take_part(wang, title="这学期的教研")
    client = log_in(wang)
    term = client.get(RECORDS).context["terms"][0]

    text = client.get(RECORDS, {"term": term.uid, "kind": "lecture"}).content.decode()

    assert "听一听名师" in text
    assert "上学期的活动" not in text
    assert "这学期的教研" not in text


def test_nonsense_in_the_address_harms_nothing(log_in: LogIn, wang: Teacher) -> None:
    asked = {"term": "x", "kind": "'", "page": "99"}

    assert log_in(wang).get(RECORDS, asked).status_code == 200


def test_fifty_a_page_with_the_same_few_statements(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    client = log_in(wang)
    take_part(wang)
    few = statements(client, RECORDS)
    for number in range(60):
        take_part(wang, on=date(2026, 8, 1) + timedelta(days=number))

    answer = client.get(RECORDS)

    assert statements(client, RECORDS) == few <= 10
    assert len(answer.context["lines"]) == 50
    assert len(answer.content) < 60 * 1024


def lines_of(data: bytes) -> list[str]:
    table = read_tables(data, name="sheet.xlsx")[0]
    return [
        " | ".join("" if cell is None else str(cell).removesuffix(" 00:00:00") for cell in row)
        for row in table.rows
    ]


def test_the_sheet_says_what_the_kept_text_says(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang, on=date(2026, 10, 12))
    take_part(wang, on=date(2026, 10, 13), role="main_speaker", title="讲讲估算", kind="lecture")
    wrong = take_part(wang, on=date(2026, 10, 14), title="没有去的一次")
    withdraw(wrong, because="签错了场次", by=None, at=EVENING)

    answer = log_in(wang).get(reverse("portfolio:sheet"))

    assert "attachment; filename*=UTF-8''" in answer["Content-Disposition"]
    assert lines_of(answer.content) == EXPECTED.read_text(encoding="utf-8").splitlines()


def test_the_sheet_of_nobody_says_so(log_in: LogIn, wang: Teacher) -> None:
    answer = log_in(wang).get(reverse("portfolio:sheet"))

    assert "这段时间没有研修记录" in "".join(lines_of(answer.content))


def test_what_counts_for_nothing_says_why_beside_it(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang, attendance="leave")

    text = log_in(wang).get(RECORDS).content.decode()

    assert "不计：请假，本次" in text
