"""The same thing counts once, however often and under whichever rule it is told."""

from dataclasses import replace
from datetime import date
from typing import Any

from yanxiu.ledger.rules.tests.floors import counts, done, place, stand

RULES = """
award_rules:
  - {rule: paper, title: 论文, source: 第五条, for: {kind: [paper]}, per: item, rates: 4,
     dedupe: {POLICY, source: 第八条}}
  - {rule: lesson, title: 公开课, source: 第五条, for: {kind: [open_lesson]}, per: item, rates: 3,
     dedupe: {POLICY, source: 第八条}}
"""


def _counted(policy: str, **keys: Any) -> list[Any]:
    scheme = place("", rules=RULES.replace("POLICY", policy))
    lesson = done(1, kind="open_lesson", **keys)
    paper = replace(done(2, kind="paper", **keys), on=date(2021, 6, 1))
    again = replace(paper, uid=done(3).uid, on=date(2021, 7, 1))
    return counts(stand(scheme, lesson, paper, again))


def test_rules_of_one_group_compare_their_records_with_each_other() -> None:
    same = "policy: highest"
    assert _counted(same, content_key="甲") == [3, 4, 0]
    assert _counted(f"{same}, group: output", content_key="甲") == [0, 4, 0]


def test_the_first_one_may_be_the_one_that_counts() -> None:
    assert _counted("policy: first, group: output", content_key="甲") == [3, 0, 0]


def test_several_may_count_up_to_a_sum() -> None:
    assert _counted("policy: sum_capped, max: 5, group: output", content_key="甲") == [3, 2, 0]


def test_one_event_told_twice_counts_once_where_the_place_says_so() -> None:
    assert _counted("policy: highest, key: event, group: output", event_key="场次") == [0, 4, 0]
    assert _counted("policy: highest, group: output", event_key="场次") == [3, 4, 4]


def test_what_another_role_takes_uses_none_of_the_sum_of_one_content() -> None:
    rules = RULES.replace("POLICY", "policy: sum_capped, max: 5, group: output")
    exclusive = "role_exclusivity: {active: [presenter], passive: [attendee], source: 第九条}\n"
    same: dict[str, Any] = {"content_key": "甲", "kind": "open_lesson"}
    records = [
        done(1, event_key="一", role="attendee", **same),
        done(2, event_key="一", role="presenter", lessons=2, **same),
        done(3, event_key="二", role="presenter", **same),
    ]
    counted = counts(stand(place(exclusive, rules=rules), *records))
    assert counted in ([0, 3, 2], [3, 0, 2])
    assert sum(counted) == 5
