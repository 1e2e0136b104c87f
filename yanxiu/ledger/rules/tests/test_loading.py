"""A scheme is read exactly, or refused: which line, what was read, what would be right."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from yanxiu.ledger.rules.loading import SHIPPED, load, loads, shipped, shipped_version
from yanxiu.ledger.rules.refusals import SchemeUnknown, SchemeUnreadable
from yanxiu.ledger.rules.tests.made_up import FORTY_HOURS, HANDBOOK, HERE, MADE_UP

BROKEN = sorted((HERE / "broken").glob("*.yaml"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_each_mistake_is_refused_in_its_own_words(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = text.splitlines()[0].removeprefix("# 应拒绝：")

    with pytest.raises(SchemeUnreadable) as refusal:
        loads(text, path.name)

    assert str(refusal.value) == expected


def test_there_is_a_broken_scheme_for_many_mistakes() -> None:
    assert len(BROKEN) >= 90


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(SchemeUnreadable, match="文件是空的"):
        loads("# 只有注释\n")


def test_numbers_are_decimals_and_thirds_stay_thirds() -> None:
    rule = next(rule for rule in HANDBOOK.award_rules if rule.id == "research-project")
    third = rule.multipliers[0].rates.values[0][1].of("project_member")
    quarter = rule.rounding.step if rule.rounding else None
    assert third == Fraction(1, 3)
    assert (quarter, type(quarter)) == (Decimal("0.25"), Decimal)


def test_a_number_without_a_day_holds_from_the_first_day_of_the_scheme() -> None:
    most = loads(MADE_UP).limits[0].maximum

    assert most is not None
    assert most.values == ((date(2025, 9, 1), Decimal(12)),)


def test_a_past_day_is_judged_by_its_own_rate() -> None:
    rates = (
        loads(MADE_UP.replace("rates: {2025-09-01: 1}", "rates: {2026-09-01: 1.5, 2025-09-01: 1}"))
        .award_rules[0]
        .rates
    )
    days = (date(2025, 8, 31), date(2026, 8, 31), date(2026, 9, 1))
    tables = [rates.on(day) for day in days]
    assert [table and table.of("") for table in tables] == [None, Decimal(1), Decimal("1.5")]


def test_the_digest_changes_with_what_is_said_and_with_nothing_else() -> None:
    digest = loads(MADE_UP).digest
    reworded = MADE_UP.replace("min: 24", "min: 24.0").replace("unit: credit\n", "")
    assert loads(f"# 注释\nunit: credit\n{reworded}").digest == digest
    assert loads(MADE_UP.replace("max: 12", "max: 13")).digest != digest


def test_imported_rules_change_their_unit_and_keep_their_origin() -> None:
    units = {(rule.unit, rule.origin) for rule in FORTY_HOURS.award_rules}
    assert units == {("hour", HANDBOOK.id)}
    assert FORTY_HOURS.limits == ()
    assert FORTY_HOURS.label("role", "main_speaker") == "主讲"


def test_an_own_rule_must_not_take_the_id_of_an_imported_one() -> None:
    other = f'import: {{scheme: {HANDBOOK.id}, version: "2025", read_amounts_as: hour}}\n'
    with pytest.raises(SchemeUnreadable, match="编号“group-activity”重复。第 1 行已经用过"):
        loads(other + MADE_UP)


def test_an_imported_scheme_must_not_import() -> None:
    other = f'import: {{scheme: {FORTY_HOURS.id}, version: "2025", read_amounts_as: hour}}\n'
    with pytest.raises(SchemeUnreadable, match="又引入"):
        loads(other + MADE_UP)


def test_shipped_schemes_stand_under_their_id_and_version() -> None:
    for path in SHIPPED.glob("*/*.yaml"):
        scheme = load(path)
        assert (path.parent.name, path.stem) == (scheme.id, scheme.version)
        assert shipped_version(scheme.id, scheme.version) == scheme
    assert set(shipped()) >= {HANDBOOK.id, FORTY_HOURS.id}


def test_an_unknown_version_is_refused_with_those_there_are() -> None:
    with pytest.raises(SchemeUnknown, match="cn-central-school-handbook 2025"):
        shipped_version(HANDBOOK.id, "1999")
