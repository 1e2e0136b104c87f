"""What a scheme says of awards is read exactly, or refused with line, reading and remedy."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from yanxiu.ledger.rules.loading import loads
from yanxiu.ledger.rules.refusals import SchemeUnreadable
from yanxiu.ledger.rules.schemes import Dated, Dedupe, Filter, Time
from yanxiu.ledger.rules.tests.made_up import MADE_UP, given, record, worth
from yanxiu.ledger.rules.tests.places import EVERYTHING, place
from yanxiu.ledger.rules.values import Bound

ALL = place(EVERYTHING)
RULES = {rule.id: rule for rule in ALL.award_rules}
SINCE = date(2020, 1, 1)
TIME = Time(
    Dated(((SINCE, Decimal(45)),)), Dated(((SINCE, Decimal(3)),)), Dated(((SINCE, Decimal(6)),))
)


def test_a_filter_keeps_alternatives_bounds_exceptions_and_teachers() -> None:
    training = (("kind", ("training",)),)
    hours = Bound("hour", Dated(((SINCE, Decimal(20)),)), is_least=True, time=TIME)
    days = Bound("day", Dated(((SINCE, Decimal(3)),)), is_least=True, time=TIME)
    assert RULES["long-training"].applies_to == Filter(
        parts=training,
        bounds=(hours,),
        others=(Filter(training, (days,)),),
        excluding=(Filter((("delivery_mode", ("school_based",)),)),),
    )
    assert RULES["novice-training"].applies_to == Filter(training, who=("novice",))


def test_a_filter_says_what_it_is_about() -> None:
    wide = RULES["long-training"].applies_to
    assert (wide.codes("kind"), wide.codes("role")) == (("training",), None)
    assert not wide.everything
    assert Filter(who=("novice",)).everything
    assert not Filter(excluding=(Filter((("kind", ("training",)),)),)).everything
    assert Filter(not_who=("novice",)).concerns(())
    assert not Filter(who=("novice",)).concerns(())


def test_dedupe_and_rounding_are_kept_for_who_sees_all_records() -> None:
    paper = RULES["paper"]
    most = Dated(((SINCE, Decimal(3)),))
    assert paper.dedupe == Dedupe("sum_capped", "第八条", "event", most, "works")
    assert paper.rounding
    assert paper.rounding.at == "period"


def test_the_frame_of_a_scheme_has_an_end_and_a_predecessor() -> None:
    assert (ALL.effective_to, ALL.replaces) == (date(2026, 12, 31), "0")
    assert ALL.time == TIME


def test_half_a_day_is_half_unless_the_place_says_otherwise() -> None:
    half = record(minutes=None, days=Decimal("0.5"))
    whole = Dated(((SINCE, Decimal(8)),))
    assert Time(TIME.minutes_per_hour, None, whole).hours(half) == 4
    assert Time(TIME.minutes_per_hour, Dated(((SINCE, Decimal(3)),)), whole).hours(half) == 3
    assert Time(TIME.minutes_per_hour).hours(half) is None


def test_awards_made_before_the_language_grew_keep_the_digest_of_their_scheme() -> None:
    founding = "7ebad0e1c68a7e20067a1cb7218b17cc2d35f4864a6bfdf8d1aebc13562dc300"
    assert loads(MADE_UP).digest == founding
    more = MADE_UP.replace("unit: credit\n", 'unit: credit\nreplaces: "0"\n')
    assert loads(more).digest != founding


@pytest.mark.parametrize(
    ("said", "instead", "refusal"),
    [
        (
            "for: {kind: [research_activity]}\n    per: hour",
            "for: [{kind: [research_activity]}, {role: [attendee]}]\n    per: hour",
            "第 24 行：没有写明活动类别。请写 kind，如 for: {kind: [research_activity]}",
        ),
        (
            "for: {kind: [research_activity]}\n    per: hour",
            "for: {kind: [research_activity], at_least: {hours: 3}}\n    per: hour",
            (
                "第 24 行：不认识键“hours”。是否想写“hour”？此处可用的键："
                "hour、day、lesson、item、character"
            ),
        ),
        (
            "per: hour\n",
            "per: hour\n    except: {}\n",
            "第 26 行：这里是空的。请写至少一个条件，如 {kind: [research_activity]}",
        ),
        (
            "per: hour\n",
            "per: hour\n    who: [novice]\n",
            "第 26 行：不认识代码“novice”。请先在 labels.tier 中写明它的中文名；已有：（还没有）",
        ),
        (
            "per: hour\n",
            "per: hour\n    requires: [[]]\n",
            "第 26 行：这里是空的。请写至少一个代码，或删去这一行",
        ),
        (
            "per: hour\n",
            "per: hour\n    multiply: [{rates: 2, source: 第九条}]\n",
            "第 26 行：没有写明按什么乘。请写 by，如 by: role；或写 for，如 for: {grade: [fail]}",
        ),
        (
            "per: hour\n",
            "per: hour\n    dedupe: {policy: sum_capped, source: 第九条}\n",
            "第 26 行：没有写明合计的上限。请写 max，如 max: 3",
        ),
        (
            "per: hour\n",
            "per: hour\n    dedupe: {policy: highest, max: 3, source: 第九条}\n",
            "第 26 行：这里写了上限。只有 policy: sum_capped 才有 max，请改一处",
        ),
        (
            "award_rules:\n",
            "eligibility: {source: 第九条}\naward_rules:\n",
            "第 20 行：没有写明对象。请写 who 或 not_who，如 not_who: [retiring]",
        ),
        (
            "award_rules:\n",
            "validity: {source: 第九条}\naward_rules:\n",
            (
                "第 20 行：没有写明期限。请至少写一项："
                "claim_within_days、claim_by、accepted_from、accepted_to"
            ),
        ),
        (
            "award_rules:\n",
            (
                "validity: {accepted_from: 2026-01-01, accepted_to: 2025-01-01, source: 第九条}\n"
                "award_rules:\n"
            ),
            "第 20 行：读到“2025-01-01”。这一天不能早于 accepted_from",
        ),
        (
            "award_rules:\n",
            "attendance: {nothing_for: [], absent_factor: 1/2, source: 第九条}\naward_rules:\n",
            "第 20 行：没有写明缺席多少才按此计。请写 absent_share，如 absent_share: {from: 1/5}",
        ),
        (
            "award_rules:\n",
            (
                "attendance: {nothing_for: [], absent_share: {from: 20}, source: 第九条}\n"
                "award_rules:\n"
            ),
            "第 20 行：读到“20”。这里应是份额，不大于 1，如 1/5",
        ),
        (
            "unit: credit\n",
            "unit: credit\neffective_to: 2025-08-31\n",
            "第 7 行：读到“2025-08-31”。最后一天不能早于 effective_from",
        ),
    ],
)
def test_each_slip_is_refused_in_its_own_words(said: str, instead: str, refusal: str) -> None:
    assert said in MADE_UP
    with pytest.raises(SchemeUnreadable) as refused:
        loads(MADE_UP.replace(said, instead, 1), "甲")
    assert str(refused.value) == f"甲 {refusal}"


def test_an_authors_order_is_no_day() -> None:
    order = 'labels:\n  author_order: {"1": 第一作者, "2": 第二作者}\n'
    rates = MADE_UP.replace("labels:\n", order).replace(
        "by: organiser_level\n    rates: {2025-09-01: {school: 1, county: 2}}",
        'by: author_order\n    rates: {"1": 2, other: 1}',
    )
    scheme = loads(rates)
    assert [worth(record(kind="paper", author_order=n), scheme) for n in (1, 2)] == [2, 1]


def test_what_is_imported_is_measured_by_the_hour_of_the_place(tmp_path: Path) -> None:
    other = MADE_UP.replace("id: made-up-place", "id: elsewhere").replace(
        "for: {kind: [paper]}\n    per: item",
        "for: {kind: [paper], at_least: {hour: 2}}\n    unit: hour\n    per: item",
    )
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "1.yaml").write_text(other, encoding="utf-8")
    own = MADE_UP.split("award_rules:")[0].replace("minutes_per_hour: 45", "minutes_per_hour: 60")
    taking = 'import: {scheme: elsewhere, version: "1", read_amounts_as: credit}\n'
    scheme = loads(own + taking, folder=tmp_path)

    units = {rule.id: rule.unit for rule in scheme.award_rules}
    assert units == {"group-activity": "credit", "paper": "hour"}, "an own unit stays"
    for minutes, valid in ((119, False), (120, True)):
        paper = record(kind="paper", organiser_level="school", minutes=minutes)
        assert given(paper, scheme).valid is valid
