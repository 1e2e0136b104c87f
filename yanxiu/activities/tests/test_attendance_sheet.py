"""The attendance sheet says what the kept text says, and opens for those who may see names."""

from pathlib import Path

import pytest
from django.urls import reverse

from yanxiu.activities import actions, codes, documents
from yanxiu.activities.documents.attendance_sheet import sheet_of, workbook
from yanxiu.activities.models import Session
from yanxiu.cast import NOON, Cast, LogIn
from yanxiu.documents.tables import read_tables
from yanxiu.people.models import Teacher

EXPECTED = Path(documents.__file__).parent / "attendance_sheet/expected.txt"


def lines_of(data: bytes) -> list[str]:
    table = read_tables(data, name="sheet.xlsx")[0]
    return [_line(row) for row in table.rows]


def _line(row: tuple[object, ...]) -> str:
    if all(cell is None for cell in row[1:]):
        return str(row[0])
    return " | ".join("" if cell is None else str(cell).removesuffix(":00") for cell in row)


def test_it_says_what_the_kept_text_says(open_session: Session, li: Teacher, wang: Teacher) -> None:
    at = open_session.starts_at
    actions.sign_in(open_session.uid, wang, at=at, code=codes.code_at(open_session, at))
    actions.call_roll(open_session, {li: "leave"}, by=li, at=at)
    actions.close_session(open_session, by=li, at=NOON)

    found = lines_of(workbook(sheet_of(Session.objects.get())))

    assert found == EXPECTED.read_text(encoding="utf-8").splitlines()


def test_before_closing_it_is_a_list_to_sign(session: Session) -> None:
    sheet = sheet_of(session)

    assert [(one.name, one.state) for one in sheet.names] == [("李组长", ""), ("王老师", "")]
    assert "尚未关闭" in "".join(lines_of(workbook(sheet)))


@pytest.mark.parametrize(
    ("name", "status"),
    [("li", 200), ("zhou", 200), ("shen", 200), ("guan", 200), ("wang", 404), ("zhao", 404),
     ("qian", 404)],
)  # fmt: skip
def test_it_opens_for_those_who_may_see_names(
    cast: Cast, session: Session, log_in: LogIn, name: str, status: int
) -> None:
    answer = log_in(cast.people[name]).get(reverse("activities:sheet", args=[session.uid]))

    assert answer.status_code == status
    if status == 200:
        assert "attachment; filename*=UTF-8''" in answer["Content-Disposition"]
        assert answer.content.startswith(b"PK")
