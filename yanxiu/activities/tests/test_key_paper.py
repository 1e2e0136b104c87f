"""Keying the signed paper: a name, initials or a number, Enter, next."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from yanxiu.activities.keying import Known, read_line
from yanxiu.activities.models import Attendance, Session
from yanxiu.attachments.models import Attachment
from yanxiu.cast import LogIn
from yanxiu.people.models import Teacher

PEOPLE = [
    Known("1", "王小明", "wangxiaoming", frozenset({"0012"})),
    Known("2", "王晓敏", "wangxiaomin", frozenset({"0013"})),
    Known("3", "张三", "zhangsan", frozenset({"0100"})),
]


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("0012", "王小明", "present"),
        ("００１２", "王小明", "present"),
        ("张三", "张三", "present"),
        ("zs", "张三", "present"),
        ("ZS+", "张三", "late"),
        ("zhangsan 请假", "张三", "leave"),
        ("张三=", "张三", "on_duty"),
        ("zhang/", "张三", "absent"),
        ("张 三", "张三", "present"),
    ],
)
def test_a_line_means_one_person_and_a_mark(text: str, name: str, state: str) -> None:
    typed = read_line(text, PEOPLE)

    assert [one.name for one in typed.found] == [name]
    assert typed.state == state


def test_initials_of_two_are_asked() -> None:
    assert [one.uid for one in read_line("wxm", PEOPLE).found] == ["1", "2"]


@pytest.mark.parametrize("text", ["", "   ", "+", "没有这个人", "x"])
def test_what_means_nobody_marks_nobody(text: str) -> None:
    assert read_line(text, PEOPLE).found == []


@pytest.fixture
def key_in(open_session: Session, li: Teacher, log_in: LogIn) -> Callable[[str], Client]:
    host = log_in(li)
    address = reverse("activities:paper", args=[open_session.uid])
    return lambda text: host.post(address, {"lines": text})  # type: ignore[return-value]


def test_enter_marks_and_says_so(key_in: Callable[[str], Client], wang: Teacher) -> None:
    page = key_in("wls+").content.decode()  # type: ignore[attr-defined]

    row = Attendance.objects.get()
    assert (row.teacher, row.state, row.method) == (wang, "late", "paper")
    assert "王老师：迟到" in page


def test_several_at_once_are_one_batch_and_a_walk_in_is_found(
    key_in: Callable[[str], Client], open_session: Session
) -> None:
    key_in("0003，0004，赵老师")

    assert open_session.roll_batches.count() == 1
    assert dict(Attendance.objects.values_list("teacher__name", "expected")) == {
        "李组长": True, "王老师": True, "赵老师": False,
    }  # fmt: skip


def test_what_is_not_clear_stays_typed(key_in: Callable[[str], Client]) -> None:
    answer = key_in("没有这个人，0004")

    assert answer.status_code == 422  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert 'value="没有这个人"' in page
    assert Attendance.objects.count() == 1


def test_a_scan_of_the_paper_may_be_kept_and_need_not(
    open_session: Session, li: Teacher, log_in: LogIn
) -> None:
    host = log_in(li)
    address = reverse("activities:paper_file", args=[open_session.uid])
    host.post(address, {"file": SimpleUploadedFile("签到.pdf", b"%PDF-1.4 x")})

    assert host.post(address, {}).status_code == 302
    page = host.get(reverse("activities:paper", args=[open_session.uid])).content.decode()
    assert Attachment.objects.get().name in page


def test_the_sheet_to_print_has_every_name_expected_and_room_for_more(
    open_session: Session, li: Teacher, log_in: LogIn
) -> None:
    page = log_in(li).get(reverse("activities:to_sign", args=[open_session.uid])).content.decode()

    assert "王老师" in page
    assert "李组长" in page
    assert "赵老师" not in page
    assert page.count("<tr>") == 1 + 1 + 4


def test_a_member_keys_nothing(open_session: Session, wang: Teacher, log_in: LogIn) -> None:
    address = reverse("activities:paper", args=[open_session.uid])

    assert log_in(wang).post(address, {"lines": "0004"}).status_code == 404
