"""The queue: one tap for what is plain, a word for the rest, and nothing of one's own."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import NOON, Cast
from yanxiu.ledger.models import Entry, Record
from yanxiu.people.models import Teacher
from yanxiu.recognition import actions
from yanxiu.recognition.tests.conftest import COURSE, PDF

QUEUE = "/recognition/"
Declare = Callable[..., Record]


@pytest.fixture
def declare(cast: Cast, sun: Teacher) -> Declare:
    def make(by: Teacher, title: str = "暑期数学研修班", *, proof: bool = False) -> Record:
        made = actions.declare(
            cast.school, "course", {**COURSE, "title": title}, by=by, at=NOON,
            proof=actions.Proof("证书.pdf", PDF) if proof else None,
        )  # fmt: skip
        assert made.record is not None
        return made.record

    return make


def turned(*records: Record) -> list[str]:
    return [f"{record.uid}:{record.turn}" for record in records]


def test_one_tap_recognises_what_is_plain(
    declare: Declare, client: Client, wang: Teacher, zhou: Teacher
) -> None:
    record = declare(wang, proof=True)
    client.force_login(zhou)
    page = client.get(QUEUE).content.decode()
    assert all(word in page for word in ("暑期数学研修班", "自报 16 学时", "证书.pdf", "学校认定"))

    client.post(QUEUE, {"row": turned(record), "do": "accept:0"})

    record.refresh_from_db()
    assert record.waiting_by == "central_school"


def test_the_rest_and_a_group_are_recognised_at_once(
    declare: Declare, client: Client, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    first, second, third = declare(wang), declare(wang, "线上课"), declare(li)
    client.force_login(zhou)
    rows = turned(first, second, third)

    client.post(f"{QUEUE}?by=teacher", {"row": rows, "do": "group:0,1"})
    assert Record.objects.filter(waiting_by="central_school").count() == 2
    client.post(QUEUE, {"row": turned(third), "do": "rest"})

    assert Record.objects.filter(waiting_by="central_school").count() == 3


def test_a_refusal_comes_back_beside_its_record_with_what_was_typed(
    declare: Declare, client: Client, wang: Teacher, zhou: Teacher
) -> None:
    record = declare(wang)
    client.force_login(zhou)
    sent = {"row": turned(record), "do": "partial:0", "amount_0": "8"}

    answer = client.post(QUEUE, sent)
    assert (answer.status_code, 'value="8"' in answer.content.decode()) == (422, True)
    assert "要写明原因" in answer.content.decode()
    assert client.post(QUEUE, {**sent, "amount_0": "八"}).status_code == 422

    client.post(QUEUE, {**sent, "reason_0": "只认面授"})
    record.refresh_from_db()
    assert (record.recognised, record.stated) == (Decimal(8), Decimal(16))


def test_a_page_that_is_old_changes_nothing(
    declare: Declare, client: Client, wang: Teacher, zhou: Teacher, shen: Teacher
) -> None:
    record = declare(wang)
    old = turned(record)
    actions.recognise([record], by=shen, at=NOON)
    client.force_login(zhou)

    answer = client.post(
        QUEUE,
        {"row": old, "do": "return:0", "reason_0": "缺证书"},
    )

    assert (answer.status_code, "已由沈校长认定" in answer.content.decode()) == (422, True)
    record.refresh_from_db()
    assert record.state == "waiting"


def test_nobody_decides_about_the_own_record_or_anothers_school_by_a_made_up_form(
    declare: Declare, client: Client, zhou: Teacher, qian: Teacher, wang: Teacher, li: Teacher
) -> None:
    own, other = declare(zhou), declare(wang)
    for who, record in ((zhou, own), (qian, other), (li, other)):
        client.force_login(who)
        for deed in ("accept", "partial", "return", "rest", "picked"):
            client.post(
                QUEUE,
                {
                    "row": turned(record), "pick": ["0"],
                    "do": f"{deed}:0" if deed not in {"rest", "picked"} else deed,
                    "amount_0": "16", "reason_0": "好",
                },
            )  # fmt: skip
    assert set(Record.objects.values_list("turn", flat=True)) == {own.turn}
    assert Entry.objects.count() == 0
    client.force_login(zhou)
    assert own.title not in [
        line.record.title
        for group in client.get(QUEUE).context["groups"]
        for line in group.lines
        if line.record.teacher_id == zhou.pk
    ]


def test_who_decides_nothing_has_no_queue(client: Client, wang: Teacher, sun: Teacher) -> None:
    client.force_login(wang)

    assert client.get(QUEUE).status_code == 404
    assert client.get(reverse("recognition:mine")).status_code == 200


def test_few_and_many_cost_the_same_and_the_page_is_small(
    declare: Declare, client: Client, cast: Cast, zhou: Teacher,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    people = [cast.people[name] for name in ("wang", "li", "zhao")]
    for number in range(60):
        declare(people[number % 3], f"课程{number}", proof=number % 2 == 0)
    client.force_login(zhou)
    client.get(QUEUE)

    with django_assert_max_num_queries(10):
        answer = client.get(f"{QUEUE}?by=teacher")

    assert "共 60 条" in answer.content.decode()
    assert len(answer.content) <= 60_000


def test_filters_and_the_superiors_own_queue(
    declare: Declare, client: Client, wang: Teacher, zhou: Teacher, sun: Teacher
) -> None:
    waits, goes_on = declare(wang), declare(wang, "线上课")
    actions.recognise([goes_on], by=zhou, at=NOON)
    client.force_login(sun)

    def shown(query: str) -> list[str]:
        groups = client.get(f"{QUEUE}{query}").context["groups"]
        return [line.record.title for group in groups for line in group.lines]

    assert shown("") == ["线上课"]
    assert sorted(shown("?below=1")) == sorted(["线上课", waits.title])
    assert shown("?kind=paper") == shown("?late=1&school=nonsense&step=x") == []


def test_my_page_tells_every_step_and_lets_me_go_on(
    declare: Declare, client: Client, wang: Teacher, zhou: Teacher
) -> None:
    record = declare(wang)
    actions.give_back([record], reason="请附证书", by=zhou, at=NOON)
    client.force_login(wang)

    page = client.get(reverse("recognition:mine")).content.decode()
    assert "请附证书" in page

    address = reverse("recognition:again", args=[record.uid])
    assert client.post(address, {"word": ""}).status_code == 422
    client.post(address, {"word": "证书已附"})
    record.refresh_from_db()
    assert (record.state, record.happened_on) == ("waiting", date(2026, 10, 10))


def test_a_declaration_is_made_on_the_page_and_what_was_typed_stays(
    declare: Declare,
    client: Client,
    wang: Teacher,
) -> None:
    client.force_login(wang)
    address = f"{reverse('recognition:declare')}?kind=course"
    assert "外出课程" in client.get(reverse("recognition:declare")).content.decode()
    sent = {
        "title": "命题研修", "happened_on": "2026-10-10", "amount": "6", "reference": "",
        "delivery_mode": "distance",
    }  # fmt: skip

    kept = client.post(address, sent)
    assert (kept.status_code, "命题研修" in kept.content.decode()) == (422, True)
    client.post(address, {**sent, "reference": "证字 7 号"}, follow=True)

    assert Record.objects.get(teacher=wang).title == "命题研修"
