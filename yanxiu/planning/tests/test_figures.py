"""The numbers of plans equal the states that the pages show."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from yanxiu.cast import MORNING, Cast
from yanxiu.figures.table import Scope, figure
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import Span
from yanxiu.kernel.uids import new_uid
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.models import ItemEvent, Plan, PlanItem
from yanxiu.planning.queries import in_state, item_states, progress_of, state_of

TODAY = date(2026, 10, 15)
CODES = ("items", "items_done", "items_overdue", "items_dropped", "goals", "goals_unmeasured")


@pytest.fixture
def every_kind(plan: Plan, zhou: Teacher) -> Plan:
    """One item of October and one of each month for every mixture of what can happen."""
    events: tuple[list[str], ...] = (
        [],
        ["scheduled"],
        ["held"],
        ["missed"],
        ["missed", "scheduled"],
        ["missed", "held"],
    )
    for month in (9, 10, 11):
        for states in events:
            for mark in ("", "done", "dropped"):
                item = actions.add_item(plan, text="事", month=month, by=zhou, at=MORNING)
                item.done_on = date(2026, 10, 1) if mark == "done" else None
                item.dropped_because = "改期" if mark == "dropped" else ""
                item.save()
                for state in states:
                    source = Source("activities.session", new_uid())
                    ItemEvent.objects.create(
                        item=item,
                        source_kind=source.kind,
                        source_id=source.uid,
                        state=state,
                        happens_on=TODAY,
                    )
    return plan


def test_each_state_is_found_by_its_condition(every_kind: Plan) -> None:
    items = every_kind.planitems.all()
    told = Counter(state_of(item, list(item.events.all()), TODAY) for item in items)

    for state in PlanItem.State.values:
        assert items.filter(in_state(state, TODAY)).count() == told[state], state
    assert sum(told.values()) == items.count()
    assert set(told) == set(PlanItem.State.values)


def test_progress_counts_what_the_states_say(every_kind: Plan) -> None:
    states = Counter(each.state for each in item_states(every_kind, TODAY))
    progress = progress_of([every_kind])[every_kind.pk]

    assert progress.done == states["done"]
    assert progress.total == sum(states.values()) - states["dropped"]


def test_a_number_is_counted_from_its_rows(
    every_kind: Plan, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yanxiu.planning.figures.today", lambda: TODAY)
    scope = Scope(cast.school.pk, cast.school.path, cast.term.span)
    states = Counter(each.state for each in item_states(every_kind, TODAY))
    values = {code: figure(f"planning.{code}").value(scope) for code in CODES}

    assert values["items_done"] == states["done"]
    assert values["items_overdue"] == states["overdue"] + states["missed"]
    assert values["items_dropped"] == states["dropped"]
    assert values["items"] == sum(states.values()) - states["dropped"]
    assert [values["goals"], values["goals_unmeasured"]] == [Decimal(2)] * 2


def test_the_term_of_an_item_is_found_by_its_month(plan: Plan, cast: Cast) -> None:
    scope = Scope(cast.school.pk, cast.school.path, Span(date(2026, 10, 1), date(2026, 11, 1)))

    assert figure("planning.items").value(scope) == 2


def test_another_school_and_a_draft_are_not_counted(plan: Plan, cast: Cast, zhou: Teacher) -> None:
    draft = actions.start_plan(cast.school, cast.term, "草稿", by=zhou, at=MORNING)
    actions.add_goal(draft, text="人人读书", by=zhou, at=MORNING)
    other = Scope(cast.other_school.pk, cast.other_school.path, cast.term.span)
    own = Scope(cast.school.pk, cast.school.path, cast.term.span)

    assert figure("planning.goals").value(other) == Decimal(0)
    assert figure("planning.goals").value(own) == Decimal(2)


@pytest.mark.parametrize("code", [*CODES, "rhythms_open"])
def test_opened_rows_have_a_cell_for_each_heading(code: str, every_kind: Plan, cast: Cast) -> None:
    found = figure(f"planning.{code}")
    scope = Scope(cast.school.pk, cast.school.path, cast.term.span)
    rows = list(found.opened(found.rows(scope)))

    assert rows
    assert {len(found.cells(row)) for row in rows} == {len(found.columns)}


def test_who_sees_the_rows_sees_the_plan(plan: Plan, wang: Teacher, qian: Teacher) -> None:
    seen_by = figure("planning.items").seen_by

    assert PlanItem.objects.filter(seen_by(wang)).count() == 3
    assert not PlanItem.objects.filter(seen_by(qian)).exists()
