"""What plans ask to be read: the person sees how far, leader and office who has none, unranked."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.books import actions
from yanxiu.books.tests.conftest import Read
from yanxiu.cast import NOON, Cast
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Role, Teacher
from yanxiu.planning.models import Plan, Quota
from yanxiu.works import actions as works

TODAY = day_of(NOON)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return Plan.objects.create(
        organisation=cast.school, term=cast.term, title="本学期计划",
        state=Plan.State.CONFIRMED, made_at=NOON,
    )  # fmt: skip


def ask(plan: Plan, name: str = "读一本教育专著", **more: Any) -> Quota:
    given = {"amount": 1, "unit_of_measure": "本", "period": "term", "order": 1, **more}
    return Quota.objects.create(plan=plan, name=name, **given)


def home(client: Client, who: Teacher) -> str:
    client.force_login(who)
    return client.get(reverse("books:home")).content.decode()


def lacking(client: Client, who: Teacher, what: object = "") -> list[str]:
    client.force_login(who)
    found = client.get(reverse("books:coverage") + f"?what={what}")
    return [teacher.name for teacher, _group in found.context["people"]]


def test_one_book_and_one_reflection_a_term_are_two_quotas_with_progress(
    client: Client, plan: Plan, read: Read, wang: Teacher
) -> None:
    ask(plan)
    ask(plan, "读书心得", unit_of_measure="篇", order=2)
    record = read(wang, done=True)
    assert "1 / 1" in home(client, wang)
    assert "0 / 1" in home(client, wang)

    note = actions.write_note(record, "reading_essay", by=wang, at=NOON)
    works.save(note, edition=0, texts={"": "读后。"}, by=wang, at=NOON)
    works.hand_in(note, by=wang, at=NOON)

    assert home(client, wang).count("1 / 1") >= 2
    assert "0 / 1" not in home(client, wang)


def test_those_who_lack_are_listed_to_leader_and_office_only_by_name(
    client: Client, plan: Plan, read: Read, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    quota = ask(plan)
    read(wang, done=True)

    assert lacking(client, li, quota.uid) == ["李组长"]
    found = lacking(client, zhou, quota.uid)
    assert "王老师" not in found
    assert found == [
        one.name for one in Teacher.objects.filter(name__in=found).order_by("pinyin", "pk")
    ]
    client.force_login(wang)
    assert client.get(reverse("books:coverage")).status_code == 404
    assert client.get(reverse("books:coverage_sheet")).status_code == 404


def test_an_article_is_no_book_and_an_untold_one_counts_for_nobody(
    client: Client, plan: Plan, read: Read, wang: Teacher, li: Teacher
) -> None:
    quota = ask(plan)
    read(wang, "一篇文章", done=True, kind="article")
    hidden = read(wang, "不给人看的书", done=True)
    actions.tell_record(hidden, "nobody", by=wang, at=NOON)

    assert "0 / 1" in home(client, wang)
    assert lacking(client, li, quota.uid) == ["李组长", "王老师"]


def test_a_book_of_last_term_is_not_one_of_this_term_but_one_of_the_year(
    client: Client, plan: Plan, cast: Cast, read: Read, wang: Teacher
) -> None:
    cast.term.starts_on = TODAY - timedelta(days=5)
    cast.term.save()
    record = read(wang, done=True)
    facts = {"started_on": TODAY - timedelta(days=30), "finished_on": TODAY - timedelta(days=20)}
    actions.save_record(record, edition=record.edition, facts=facts, by=wang, at=NOON)

    ask(plan)
    assert "0 / 1" in home(client, wang)
    Quota.objects.update(period="year")

    assert "1 / 1" in home(client, wang)


def test_a_quota_for_a_role_means_those_who_hold_it(
    client: Client, plan: Plan, wang: Teacher, zhou: Teacher
) -> None:
    quota = ask(plan, "科研干部读两本专著", amount=2, role=Role.objects.get(code="research_office"))

    assert "科研干部读两本专著" not in home(client, wang)
    assert "0 / 2" in home(client, zhou)
    assert lacking(client, zhou, quota.uid) == ["周主任"]


def test_a_rule_without_a_number_is_told_as_such_and_nobody_lacks_it(
    client: Client, plan: Plan, zhou: Teacher
) -> None:
    ask(plan, "每年记读书笔记", amount=0, is_open=True, period="year", unit_of_measure="篇")
    client.force_login(zhou)

    page = client.get(reverse("books:coverage")).content.decode()

    assert "没有写数量" in page
    assert "计划没有写数量" in home(client, zhou)
    assert f'value="{Quota.objects.get().uid}"' not in page
