"""Notices: drafted from something or nothing, numbered when issued, withdrawn with a reason."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.attachments.models import Attachment
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.people.models import Teacher
from yanxiu.reports.actions import letters as actions
from yanxiu.reports.actions.letter_telling import Told, notices_of
from yanxiu.reports.models import Letter
from yanxiu.reports.refusals import (
    LetterChanged,
    LetterHasGaps,
    LetterNotInState,
    ReasonMissing,
)

Ceiling = Callable[[int], AbstractContextManager[Any]]
WORDS = {
    "code": "清小", "title": "关于举办研究课的通知", "to": "各教研组", "body": "请各组准备。",
    "attachments": ["议程"],
}  # fmt: skip


def draft(cast: Cast, by: Teacher, **more: Any) -> Letter:
    return actions.draft_letter(cast.school, {**WORDS, **more}, by=by, at=MORNING)


def url(name: str, *parts: Any) -> str:
    return reverse(f"reports:{name}", args=[part.uid for part in parts])


@pytest.fixture
def office(client: Client, zhou: Teacher) -> Client:
    client.force_login(zhou)
    return client


# ---- numbers ----
def test_the_next_number_of_the_year_is_given_when_it_is_issued(cast: Cast, zhou: Teacher) -> None:
    first, second = draft(cast, zhou), draft(cast, zhou, title="关于读书会的通知")

    issued = [actions.issue_letter(one, by=zhou, at=NOON) for one in (second, first)]

    assert [one.reference for one in issued] == ["清小〔2026〕1号", "清小〔2026〕2号"]


def test_the_number_of_a_withdrawn_notice_is_not_given_again(cast: Cast, zhou: Teacher) -> None:
    first = actions.issue_letter(draft(cast, zhou), by=zhou, at=NOON)
    actions.withdraw_letter(first, because="时间改了", by=zhou, at=NOON)

    second = actions.issue_letter(draft(cast, zhou), by=zhou, at=NOON)

    assert second.number == 2


def test_each_year_begins_with_one(cast: Cast, zhou: Teacher) -> None:
    actions.issue_letter(draft(cast, zhou), by=zhou, at=NOON)

    later = actions.issue_letter(draft(cast, zhou), by=zhou, at=NOON + timedelta(days=400))

    assert later.reference == f"清小〔{later.year}〕1号"


# ---- states ----
def test_what_lacks_something_is_not_issued(cast: Cast, zhou: Teacher) -> None:
    with pytest.raises(LetterHasGaps, match="主送机关"):
        actions.issue_letter(draft(cast, zhou, to=""), by=zhou, at=NOON)


def test_an_issued_notice_is_kept_and_no_longer_changed(cast: Cast, zhou: Teacher) -> None:
    issued = actions.issue_letter(draft(cast, zhou), by=zhou, at=NOON)

    with pytest.raises(LetterNotInState):
        actions.edit_letter(issued, WORDS, version=1, by=zhou, at=NOON)
    assert Attachment.objects.get(source_id=issued.uid).name.endswith(".docx")


def test_nobody_overwrites_what_another_saved_meanwhile(cast: Cast, zhou: Teacher) -> None:
    letter = draft(cast, zhou)
    actions.edit_letter(letter, {**WORDS, "to": "各校"}, version=1, by=zhou, at=NOON)

    with pytest.raises(LetterChanged):
        actions.edit_letter(letter, WORDS, version=1, by=zhou, at=NOON)


def test_withdrawing_needs_a_reason(cast: Cast, zhou: Teacher) -> None:
    issued = actions.issue_letter(draft(cast, zhou), by=zhou, at=NOON)

    with pytest.raises(ReasonMissing):
        actions.withdraw_letter(issued, because=" ", by=zhou, at=NOON)


def test_a_teacher_without_the_right_issues_nothing(
    cast: Cast, zhou: Teacher, wang: Teacher
) -> None:
    letter = draft(cast, zhou)

    with pytest.raises(NotAllowed):
        actions.issue_letter(letter, by=wang, at=NOON)


# ---- pages ----
def test_it_begins_with_time_and_place_of_a_session(
    office: Client, zhou: Teacher, session: Any
) -> None:
    address = f"{url('letter_new')}?about={session.SOURCE_KIND}:{session.uid}"

    text = office.get(address).content.decode()

    assert "关于“分数的意义：怎样让错误成为资源”的通知" in text
    assert "录播教室。" in text
    assert "10:00至11:30。" in text


def test_what_the_reader_may_not_see_begins_nothing(
    client: Client, cast: Cast, qian: Teacher, session: Any
) -> None:
    client.force_login(qian)

    text = client.get(f"{url('letter_new')}?about={session.SOURCE_KIND}:{session.uid}")

    assert "怎样让错误成为资源" not in text.content.decode()


def test_a_refused_form_keeps_what_was_typed(office: Client) -> None:
    answer = office.post(url("letter_new"), {"title": "", "body": "写了半天的正文"})

    assert answer.status_code == 422
    assert "写了半天的正文" in answer.content.decode()


def test_the_page_issues_and_everybody_of_the_school_reads_it(
    client: Client, office: Client, cast: Cast, zhou: Teacher, wang: Teacher
) -> None:
    letter = draft(cast, zhou)
    office.post(url("letter_issue", letter))
    client.force_login(wang)

    assert "清小〔" in client.get(url("letter", letter)).content.decode()
    assert client.get(url("letter_word", letter)).content.startswith(b"PK")


def test_the_list_asks_few_questions(
    office: Client, cast: Cast, zhou: Teacher, django_assert_max_num_queries: Ceiling
) -> None:
    for number in range(12):
        draft(cast, zhou, title=f"关于第{number}次研讨的通知")

    with django_assert_max_num_queries(10):
        text = office.get(url("letters")).content.decode()

    assert text.count("关于第") == 12


# ---- telling ----
def test_issuing_rings_the_bell_of_those_named_and_opening_is_counted(
    cast: Cast, office: Client, zhou: Teacher, wang: Teacher, client: Client
) -> None:
    letter = draft(cast, zhou)

    office.post(url("letter_issue", letter), {"told": "everybody"})

    told = notices_of(letter)
    assert set(told.values_list("teacher__name", flat=True)) == {
        "沈校长", "李组长", "王老师", "赵老师", "关管理",
    }  # fmt: skip
    client.force_login(wang)
    client.get(url("letter", letter))
    client.force_login(zhou)
    assert "已提醒 5 人，其中 1 人打开过" in client.get(url("letter", letter)).content.decode()


def test_leaders_alone_are_told_and_hear_of_the_withdrawal(cast: Cast, zhou: Teacher) -> None:
    issued = actions.issue_letter(draft(cast, zhou), by=zhou, at=NOON, told=Told.LEADERS)
    actions.withdraw_letter(issued, because="时间改了", by=zhou, at=NOON)

    rows = notices_of(issued).order_by("id").values_list("teacher__name", "title", "text")
    assert list(rows) == [
        ("沈校长", "关于举办研究课的通知", issued.reference),
        ("沈校长", "已撤回：关于举办研究课的通知", "时间改了"),
    ]


def test_a_single_attachment_has_no_number_and_several_have(
    office: Client, cast: Cast, zhou: Teacher
) -> None:
    one, two = draft(cast, zhou), draft(cast, zhou, attachments=["议程", "名单"])

    assert "附件：议程" in office.get(url("letter", one)).content.decode()
    assert "附件：1. 议程" in office.get(url("letter", two)).content.decode()
