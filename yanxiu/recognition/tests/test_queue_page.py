"""The queue: one tap for what is plain, a word for the rest, and nothing of one's own."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Award, Entry, Record
from yanxiu.people.models import Teacher
from yanxiu.recognition import actions
from yanxiu.recognition.models import Declaration
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


def test_what_changed_meanwhile_is_left_out_by_name_and_the_others_are_recognised(
    declare: Declare, client: Client, wang: Teacher, li: Teacher, zhou: Teacher, shen: Teacher
) -> None:
    rows = [declare(wang, "读书笔记之二"), declare(li, "校外论文"), declare(li), declare(wang)]
    old = turned(*rows)
    withdrawn = Declaration.objects.get(record=rows[0])
    actions.withdraw_declaration(withdrawn, because="写错了", by=wang, at=NOON)
    actions.recognise([rows[1]], by=shen, at=NOON)
    client.force_login(zhou)

    page = client.post(QUEUE, {"row": old, "do": "rest"}, follow=True)

    said = [str(message) for message in page.context["messages"]]
    assert said[0] == "已认定 2 条。"
    assert "王老师“读书笔记之二”已经撤回" in said[1]
    assert "李组长“校外论文”已由沈校长认定" in said[1]
    assert list(page.context["page"]) == []
    rows[1].refresh_from_db()
    assert rows[1].steps.filter(by_uid=zhou.uid).count() == 0
    assert Record.objects.filter(waiting_by="central_school").count() == 3


def test_who_has_nothing_to_decide_there_learns_nothing_of_what_changed(
    declare: Declare, client: Client, wang: Teacher, zhou: Teacher, qian: Teacher
) -> None:
    record = declare(wang)
    old = turned(record)
    actions.recognise([record], by=zhou, at=NOON)
    client.force_login(qian)

    page = client.post(QUEUE, {"row": old, "do": "rest"}, follow=True).content.decode()

    assert "王老师“" not in page


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


SECOND = """
id: made-up-second
version: "2026"
title: 虚构县师训学分
source: 《虚构县师训办法》
effective_from: 2025-09-01
unit: credit
time: {minutes_per_hour: 45, source: 第二条}
conversions:
  - {hours_per_credit: 10, source: 第三条}
rounding: {step: 0.5, mode: floor, at: award, source: 第四条}
cycle: {years: 5, year_start: 09-01, first_year: 2025, semester_starts: [09-01, 02-01], source: 五}
labels:
  unit: {credit: 师训分}
  kind: {course: 外出课程}
  delivery_mode: {distance: 线上, centralised: 面授}
requirements:
  - {requirement: yearly, title: 学年学分, source: 第六条, scope: year, min: 4}
award_rules:
  - {rule: course, title: 外出课程, source: 七, for: {kind: [course]}, per: hour, rates: 0.25}
"""


def test_it_says_each_scheme_in_which_a_record_counts(
    declare: Declare, client: Client, cast: Cast, wang: Teacher, zhou: Teacher,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    central = cast.school.parent
    assert central is not None
    file = ledger.start_draft(central, SECOND, by=None, at=MORNING)
    ledger.publish_scheme(file, edition=file.edition, by=None, at=MORNING)
    ledger.adopt_scheme(
        central, "made-up-second", starts_on=date(2025, 9, 1), by=None, at=MORNING, version="2026"
    )
    declare(wang)
    client.force_login(zhou)

    with django_assert_max_num_queries(10):
        page = client.get(QUEUE).content.decode()

    assert "按《虚构县分级认定办法》约计 16 学时" in page
    assert "按《虚构县师训学分》约计 4 师训分" in page
    assert page.count("步骤照《虚构县分级认定办法》") == 1


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


def test_my_page_says_what_it_counts_for_and_why_it_was_cut(
    declare: Declare, client: Client, wang: Teacher, zhou: Teacher, sun: Teacher,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(12):
        declare(wang, f"课程{number}", proof=True)
    record = Record.objects.get(title="课程3")
    actions.recognise([record], amount=Decimal(8), reason="只认面授", by=zhou, at=NOON)
    Record.objects.filter(pk=Record.objects.get(title="课程5").pk).update(kind="unheard_of")
    Award.objects.filter(record__title="课程5").delete()
    client.force_login(wang)
    client.get(reverse("recognition:mine"))

    with django_assert_max_num_queries(10):
        page = client.get(reverse("recognition:mine")).content.decode()

    assert "约计 8 学时" in page
    assert "周主任：只认面授" in page
    assert page.count("认定了也不计学时") == 1


def test_a_record_that_counts_nowhere_is_told_to_who_decides(
    declare: Declare, client: Client, wang: Teacher, zhou: Teacher
) -> None:
    record = declare(wang)
    Award.objects.filter(record=record).delete()
    client.force_login(zhou)

    assert "现行方案都不计" in client.get(QUEUE).content.decode()


def test_who_is_told_that_a_school_below_is_late_finds_it_there(
    declare: Declare, cast: Cast, client: Client, wang: Teacher, sun: Teacher
) -> None:
    record = declare(wang)
    client.force_login(sun)

    bare = client.get(QUEUE).content.decode()
    told = client.get(f"{QUEUE}?school={cast.school.uid}").content.decode()

    assert (record.title in bare, record.title in told) == (False, True)


def test_the_person_of_a_late_record_reads_that_silence_decides_nothing(
    declare: Declare, client: Client, wang: Teacher
) -> None:
    record = declare(wang)
    Record.objects.update(due_on=date(2020, 1, 1))
    client.force_login(wang)
    address = reverse("recognition:declaration", args=[record.source_id])

    assert "不会自动通过，也不会作废" in client.get(address).content.decode()


def test_a_returned_record_does_not_say_that_no_scheme_counts_it(
    declare: Declare, client: Client, wang: Teacher, zhou: Teacher
) -> None:
    record = declare(wang)
    actions.give_back([record], reason="缺证书", by=zhou, at=NOON)
    client.force_login(wang)
    address = reverse("recognition:declaration", args=[record.source_id])

    assert "认定了也不计学时" not in client.get(address).content.decode()


def test_a_reason_that_comes_too_late_is_given_back(
    declare: Declare, client: Client, wang: Teacher, zhou: Teacher, shen: Teacher
) -> None:
    record = declare(wang)
    rows = turned(record)
    actions.recognise([record], by=shen, at=NOON)
    client.force_login(zhou)

    answer = client.post(QUEUE, {"row": rows, "do": "return:0", "reason_0": "请补上课表"})

    assert answer.status_code == 422
    assert "请补上课表" in answer.content.decode()
