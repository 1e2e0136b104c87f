"""What plans ask for is counted for each person, and the missing are told to the office alone."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.figures.leaves import leaf_kinds, leaves_of
from yanxiu.figures.table import Scope, figure
from yanxiu.people.models import Teacher
from yanxiu.planning.models import Plan, Quota
from yanxiu.works import actions
from yanxiu.works.models import Work
from yanxiu.works.queries.quotas import progress_of
from yanxiu.works.tests.conftest import Write


@pytest.fixture
def asked(cast: Cast) -> Plan:
    plan = Plan.objects.create(
        organisation=cast.school, term=cast.term, title="教研计划", made_at=MORNING,
        state=Plan.State.CONFIRMED,
    )  # fmt: skip
    for name, amount, period in (
        ("教学反思", 2, "year"), ("论文", 1, "term"), ("听课", 15, "term"), ("课题反思", 0, "term"),
    ):  # fmt: skip
        Quota.objects.create(
            plan=plan, name=name, amount=Decimal(amount), is_open=not amount, period=period,
            unit_of_measure="篇",
        )  # fmt: skip
    return plan


def hand(write: Write, by: Teacher, code: str, **more: Any) -> Work:
    return actions.hand_in(write(by, code, **more), by=by, at=NOON)


@pytest.mark.usefixtures("asked")
def test_each_sees_the_own_progress_and_drafts_count_for_nothing(
    cast: Cast, write: Write, wang: Teacher
) -> None:
    hand(write, wang, "reflection")
    hand(write, wang, "jotting")
    write(wang, "paper")

    found = progress_of(wang, cast.school, NOON.date())

    assert [(one.name, one.done, one.amount) for one in found] == [
        ("教学反思", 1, 2), ("论文", 0, 1), ("课题反思", 0, 0),
    ]  # fmt: skip


@pytest.mark.usefixtures("asked")
def test_a_coauthor_has_it_too(cast: Cast, write: Write, wang: Teacher, li: Teacher) -> None:
    work = actions.name_authors(write(wang, "paper"), [wang, li], by=wang, at=NOON)
    actions.hand_in(work, by=wang, at=NOON)

    assert [one.done for one in progress_of(li, cast.school, NOON.date())] == [0, 1, 0]


def test_the_missing_are_listed_by_name_to_leader_and_office_alone(
    client: Client,
    write: Write,
    asked: Plan,
    wang: Teacher,
    zhou: Teacher,
    li: Teacher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for place in ("yanxiu.works.views.lists.today", "yanxiu.works.views.home.today"):
        monkeypatch.setattr(place, NOON.date)
    hand(write, wang, "paper")
    quota = asked.quotas.get(name="论文")
    url = reverse("works:coverage") + f"?what={quota.uid}"

    client.force_login(zhou)
    shown = client.get(url).content.decode()
    assert "李组长" in shown
    assert "王老师</th>" not in shown
    assert client.get(reverse("works:coverage_sheet") + f"?what={quota.uid}").content[:2] == b"PK"
    client.force_login(li)
    shown = client.get(url).content.decode()
    assert "李组长" in shown
    assert "沈校长" not in shown
    client.force_login(wang)
    assert client.get(url).status_code == 404
    assert "论文" in client.get(reverse("works:home")).content.decode()


def test_figures_count_what_was_handed_in_and_the_rate_of_what_was_sent(
    cast: Cast, write: Write, wang: Teacher, zhou: Teacher
) -> None:
    scope = Scope(cast.school.pk, cast.school.path, cast.term.span)
    write(wang, "paper")
    for number, result in enumerate(("awarded", "not_chosen", "published")):
        work = hand(write, wang, "paper", title=f"第{number}篇")
        sent = actions.recommend(
            work, destination="县评选", where="contest", level="county", by=zhou, at=NOON
        )
        actions.send(sent, on=NOON.date(), by=zhou, at=NOON)
        actions.tell_result(sent, result=result, on=NOON.date(), by=zhou, at=NOON)

    values = {
        code: figure(f"works.{code}").value(scope)
        for code in ("handed_in", "papers", "authors", "sent", "success_rate")
    }

    assert values == {
        "handed_in": 3, "papers": 3, "authors": 1, "sent": 3, "success_rate": Decimal("66.7"),
    }  # fmt: skip
    paths = [cast.school.path, cast.other_school.path]
    assert figure("works.success_rate").values(scope, paths) == {
        cast.school.path: Decimal("66.7"), cast.other_school.path: Decimal("0.0"),
    }  # fmt: skip


def test_the_growth_file_has_what_was_handed_in_without_the_private_part(
    cast: Cast, write: Write, wang: Teacher
) -> None:
    write(wang, title="还没交的")
    hand(write, wang, "reflection", title="交了的")

    (leaf,) = leaves_of(leaf_kinds()["works.work"], cast.term.span, [wang.pk], wang)[wang.pk]

    assert (leaf.title, leaf.category) == ("交了的", "reflections")
    assert [name for name, _text in leaf.texts] == ["成败之处"]
