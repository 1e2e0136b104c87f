"""Who may see and do what, and what the pages say."""

from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from yanxiu.audit.models import TrailLine
from yanxiu.cast import EVENING, Cast, LogIn, statements
from yanxiu.certificates import actions
from yanxiu.certificates.models import Certificate
from yanxiu.certificates.queries.facts import Asked
from yanxiu.certificates.tests.conftest import SCHEME, TODAY, YEAR, TakePart
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.ledger.queries import looks
from yanxiu.notices.models import Notice
from yanxiu.people.models import Post, Role, Teacher

ASK = {"scheme": SCHEME, "period": "2026-09-01_2027-09-01"}

CELLS = [
    ("/certificates/", {"wang": 200, "zhou": 200, "qian": 200}),
    ("/certificates/school/", {"wang": 404, "li": 404, "guan": 404, "zhou": 200, "shen": 200}),
    ("/certificates/issued/", {"wang": 404, "li": 404, "guan": 404, "zhou": 200, "shen": 200}),
    ("/certificates/registers/", {"wang": 404, "li": 404, "guan": 404, "zhou": 200}),
    ("/certificates/registers/own/{school}/", {"wang": 404, "qian": 404, "zhou": 200}),
    ("/certificates/of/{wang}/", {"wang": 200, "li": 404, "zhao": 404, "zhou": 200, "qian": 404}),
    ("/certificates/{it}/", {"wang": 200, "li": 404, "zhou": 200, "shen": 200, "qian": 404}),
    ("/certificates/{it}/certificate.pdf", {"wang": 200, "li": 404, "zhou": 200, "qian": 404}),
    ("/certificates/{it}/revoke/", {"wang": 404, "li": 404, "zhou": 200, "qian": 404}),
    ("/certificates/{it}/replace/", {"wang": 404, "li": 404, "zhou": 200, "qian": 404}),
]


@pytest.mark.parametrize(("address", "cells"), CELLS)
def test_every_cell(
    cast: Cast, certificate: Certificate, log_in: LogIn, address: str, cells: dict[str, int]
) -> None:
    wang = cast.people["wang"]
    path = address.format(it=certificate.uid, wang=wang.uid, school=cast.school.uid)

    found = {name: log_in(cast.people[name]).get(path).status_code for name in cells}

    assert found == cells
    assert Client().get(path).status_code == 302


def test_a_teacher_sees_what_it_would_say_and_issues_it(
    wang: Teacher, take_part: TakePart, log_in: LogIn
) -> None:
    take_part(wang)
    client, address = log_in(wang), f"/certificates/of/{wang.uid}/"

    page = client.get(address, ASK).content.decode()
    assert "证明会这样写" in page
    assert "教研活动" in page
    assert not Certificate.objects.exists()

    answer = client.post(address, ASK)

    made = Certificate.objects.get()
    assert answer.headers["Location"] == f"/certificates/{made.uid}/"
    file = client.get(f"/certificates/{made.uid}/certificate.pdf")
    assert file.content.startswith(b"%PDF-")
    assert "%E5%AD%A6%E6%97%B6%E8%AF%81%E6%98%8E.pdf" in file.headers["Content-Disposition"]


def test_days_of_ones_own(wang: Teacher, take_part: TakePart, log_in: LogIn) -> None:
    take_part(wang)
    client, address = log_in(wang), f"/certificates/of/{wang.uid}/"
    days = {"scheme": SCHEME, "period": "days"}

    wrong = client.post(address, {**days, "first": "2026-10-10", "last": "2026-10-01"})
    client.post(address, {**days, "first": "2026-10-01", "last": "2026-10-13"})

    assert wrong.status_code == 422
    assert "2026-10-10" in wrong.content.decode()
    made = Certificate.objects.get()
    assert (str(made.starts_on), str(made.ends_on)) == ("2026-10-01", "2026-10-14")
    assert made.content["is_over"]


def test_nothing_to_certify_is_said_kindly(wang: Teacher, log_in: LogIn) -> None:
    answer = log_in(wang).get(f"/certificates/of/{wang.uid}/", ASK)

    assert answer.status_code == 422
    assert "还没有已认定入账的学时" in answer.content.decode()


def test_the_person_reads_who_looked_and_who_took_it(
    certificate: Certificate, zhou: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    before = TrailLine.objects.filter(source_id=wang.uid).count()
    client = log_in(zhou)
    for _time in range(2):
        client.get(f"/certificates/{certificate.uid}/")
    client.get(f"/certificates/{certificate.uid}/certificate.pdf")
    log_in(wang).get(f"/certificates/{certificate.uid}/")

    lines = TrailLine.objects.filter(source_id=wang.uid)[before:]
    verbs = TrailLine.objects.filter(source_id=wang.uid).values_list("verb", flat=True)
    assert len(lines) == 2
    assert {looks.CERTIFICATE, looks.TAKEN} <= set(verbs)


def test_a_reason_is_asked_and_the_certificate_stays(
    certificate: Certificate, zhou: Teacher, log_in: LogIn
) -> None:
    client, address = log_in(zhou), f"/certificates/{certificate.uid}/revoke/"

    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "开错了时段"})

    assert Certificate.objects.get().revoked_because == "开错了时段"
    again = client.post(address, {"reason": "再来一次"})
    assert (again.status_code, "再来一次" in again.content.decode()) == (422, True)


def test_a_preview_costs_few_statements(
    wang: Teacher, zhou: Teacher, take_part: TakePart, log_in: LogIn,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    take_part(wang)
    for reader in (wang, zhou):
        client, address = log_in(reader), f"/certificates/of/{wang.uid}/"
        client.get(address, ASK)
        with django_assert_max_num_queries(10):
            assert "证明会这样写" in client.get(address, ASK).content.decode()


def test_an_officer_certifies_for_the_own_school_only(
    cast: Cast, wang: Teacher, zhou: Teacher, take_part: TakePart, log_in: LogIn
) -> None:
    """Who works at two schools is certified by each for itself."""
    take_part(wang)
    role = Role.objects.get(code="teacher", organisation=None)
    Post.objects.filter(teacher=wang).update(organisation=cast.other_school)
    Post.objects.create(
        teacher=wang, organisation=cast.school, role=role, starts_on=date(2026, 9, 1)
    )
    elsewhere = Asked(cast.other_school, SCHEME, YEAR, TODAY)

    shown = log_in(zhou).get(f"/certificates/of/{wang.uid}/").content.decode()
    with pytest.raises(NotAllowed):
        actions.issue(wang, elsewhere, by=zhou, at=EVENING)

    assert cast.school.name in shown
    assert cast.other_school.name not in shown


@pytest.mark.parametrize("name", ["", "school/", "issued/", "{it}/"])
def test_few_statements(certificate: Certificate, zhou: Teacher, log_in: LogIn, name: str) -> None:
    client, address = log_in(zhou), f"/certificates/{name.format(it=certificate.uid)}"
    client.get(address)

    assert statements(client, address) <= 10


def test_the_owner_is_told_of_what_is_revoked_and_the_file_says_so(
    certificate: Certificate, wang: Teacher, zhou: Teacher, log_in: LogIn
) -> None:
    actions.revoke(certificate, reason="多算了一次", by=zhou, at=EVENING)

    told = Notice.objects.get(teacher=wang, source_id=certificate.uid)
    assert (told.title.startswith("学时证明已撤销"), told.text) == (True, "原因：多算了一次")
    page = log_in(zhou).get(f"/certificates/{certificate.uid}/").content.decode()
    assert "下载原件（已撤销）" in page
    file = log_in(zhou).get(f"/certificates/{certificate.uid}/certificate.pdf")
    assert "已撤销" in unquote(file["Content-Disposition"])
