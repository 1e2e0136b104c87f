"""Whoever holds a certificate sees all its facts and its fate, and nothing else, without log-in."""

from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from yanxiu.attachments.actions import path_of
from yanxiu.attachments.models import Attachment
from yanxiu.cast import EVENING, statements
from yanxiu.certificates import actions
from yanxiu.certificates.codes import new_code
from yanxiu.certificates.models import Certificate
from yanxiu.certificates.names import masked
from yanxiu.certificates.tests.conftest import TakePart
from yanxiu.certificates.views import checking
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher


@pytest.fixture
def stranger() -> Client:
    return Client()


def address(certificate: Certificate) -> str:
    return f"/certificates/check/{certificate.code}/"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王小明", "王＊明"), ("王明", "王＊"), ("欧阳小明", "欧＊＊明"), ("王", "＊"), (" ", "＊")],
)
def test_a_name_is_masked(name: str, shown: str) -> None:
    assert masked(name) == shown


def test_all_facts_are_shown(stranger: Client, certificate: Certificate) -> None:
    page = stranger.get(address(certificate)).content.decode()

    for said in ("王＊师", "清河小学", certificate.shown_number, "2026年9月1日—2027年8月31日",
                 "教研活动", certificate.content["ledger"]["total"]["credit"], "有效", "2 条",
                 "没有变动"):  # fmt: skip
        assert said in page, said


def test_nothing_else_is_shown(stranger: Client, certificate: Certificate, wang: Teacher) -> None:
    answer = stranger.get(address(certificate))
    page = answer.content.decode()

    for hidden in ("王老师", wang.phone or "139", "0004", str(wang.uid), "怎样听一节课", "周主任",
                   str(certificate.uid), certificate.sha256):  # fmt: skip
        assert hidden not in page, hidden
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in answer["Cache-Control"]
    assert not stranger.cookies.get("sessionid")


def test_no_running_number_opens_anything(stranger: Client, certificate: Certificate) -> None:
    for guess in ("1", "0001", str(certificate.pk), str(certificate.uid), certificate.sha256):
        assert stranger.get(f"/certificates/check/{guess}/").status_code == 404


def test_an_unknown_code_is_answered_kindly_in_one_statement(
    stranger: Client, certificate: Certificate, django_assert_num_queries: object
) -> None:
    assert certificate.pk
    with django_assert_num_queries(1):  # type: ignore[operator]
        answer = stranger.get(f"/certificates/check/{new_code()}/")

    assert answer.status_code == 404
    assert "没有查到这个验证码" in answer.content.decode()


def test_trying_on_and_on_is_stopped_but_a_true_code_still_opens(
    stranger: Client, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(checking, "MISSES", 3)

    tries = [stranger.get(f"/certificates/check/{new_code()}/").status_code for _one in range(5)]

    assert tries == [404, 404, 404, 429, 429]
    assert stranger.get(address(certificate)).status_code == 200


def test_the_file_as_issued_is_recognised(stranger: Client, certificate: Certificate) -> None:
    data = path_of(certificate.sha256).read_bytes()

    page = stranger.post(address(certificate), {"file": SimpleUploadedFile("a.pdf", data)})

    assert "这就是我们出具的那个文件" in page.content.decode()


def test_one_changed_byte_is_another_file_and_nothing_is_kept(
    stranger: Client, certificate: Certificate, settings: Settings
) -> None:
    data = bytearray(path_of(certificate.sha256).read_bytes())
    data[-20] ^= 1
    before = Attachment.objects.count(), sorted(settings.MEDIA_ROOT.rglob("*"))

    page = stranger.post(address(certificate), {"file": SimpleUploadedFile("a.pdf", bytes(data))})

    assert "不是我们出具的那个文件" in page.content.decode()
    assert (Attachment.objects.count(), sorted(settings.MEDIA_ROOT.rglob("*"))) == before


def test_a_file_beyond_all_measure_is_not_compared(
    stranger: Client, certificate: Certificate
) -> None:
    large = SimpleUploadedFile("a.pdf", bytes(checking.MEGABYTES * 1024 * 1024 + 1))

    answer = stranger.post(address(certificate), {"file": large})

    assert answer.status_code == 422
    assert "没有比对" in answer.content.decode()


def test_revocation_is_seen_with_day_and_reason(
    stranger: Client, certificate: Certificate, zhou: Teacher
) -> None:
    actions.revoke(certificate, reason="开错了时段", by=zhou, at=EVENING)

    page = stranger.get(address(certificate)).content.decode()

    assert "已撤销" in page
    assert "2026年10月15日" in page
    assert "开错了时段" in page
    assert "有效</strong>" not in page


def test_a_replaced_one_names_its_successor(
    stranger: Client, certificate: Certificate, wang: Teacher, zhou: Teacher, take_part: TakePart
) -> None:
    take_part(wang, title="漏记的一次")
    new = actions.replace(certificate, reason="补记一次活动", by=zhou, at=EVENING)

    old_page = stranger.get(address(certificate)).content.decode()
    new_page = stranger.get(address(new)).content.decode()

    assert new.shown_number in old_page
    assert new.code not in old_page
    assert certificate.shown_number in new_page


def test_a_ledger_changed_since_is_said_with_the_present_amount(
    stranger: Client, certificate: Certificate, zhou: Teacher
) -> None:
    wrong = Record.objects.get(title="怎样听一节课")
    ledger.withdraw(wrong, because="记错", by=zhou, at=EVENING.replace(hour=13))

    page = stranger.get(address(certificate)).content.decode()

    assert "签发以后学时账有更正" in page
    told = certificate.content["ledger"]
    assert f"签发时：{told['total']['hour']} {told['units']['hour']}" in page
    assert f"现在：1 {told['units']['hour']}，1 学分" in page
    assert "1 笔入账或冲正" in page


def test_what_comes_later_in_the_span_is_no_correction(
    stranger: Client, certificate: Certificate, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang, date(2026, 10, 20), title="之后的一次")

    assert "没有变动" in stranger.get(address(certificate)).content.decode()


def test_it_needs_few_statements(stranger: Client, certificate: Certificate) -> None:
    assert statements(stranger, address(certificate)) <= 10


def test_a_typed_code_leads_to_its_page(stranger: Client, certificate: Certificate) -> None:
    typed = certificate.shown_code.lower()

    answer = stranger.post("/certificates/check/", {"code": typed})

    assert answer.headers["Location"] == address(certificate)
    wrong = stranger.post("/certificates/check/", {"code": "abc"})
    assert (wrong.status_code, "abc" in wrong.content.decode()) == (422, True)
