"""A scheme that contradicts itself is accepted, with a warning that says how."""

from yanxiu.ledger.rules.checking import findings
from yanxiu.ledger.rules.loading import SHIPPED, loads
from yanxiu.ledger.rules.tests.made_up import FORTY_HOURS, HANDBOOK, MADE_UP

FORTY_TEXT = (SHIPPED / FORTY_HOURS.id / "2025.yaml").read_text(encoding="utf-8")


def _found(text: str) -> dict[str, str]:
    return {each.code: each.text for each in findings(loads(text))}


def test_five_quotas_in_five_years_are_told_in_both_readings() -> None:
    text = _found(FORTY_TEXT)["quotas-read-two-ways"]
    assert "2 + 2.5 + 2.5 + 2.5 + 0.5 = 10" in text
    assert "第 5 学年 0.5 学分，低于“学年学分”的 2 学分" in text
    assert "第 2、3、4 学年 2.5 学分（50 课时），高于“学年课时”的 40 课时" in text


def test_quotas_must_add_up_to_the_total() -> None:
    wrong = FORTY_TEXT.replace("theme_5: 0.5}", "theme_5: 1.5}")
    assert "= 11，与“周期总学分”10 不等" in _found(wrong)["quotas-differ-from-total"]


def test_hours_and_credits_of_one_year_must_agree() -> None:
    wrong = FORTY_TEXT.replace("min: {2020-09-01: 40}", "min: {2020-09-01: 60}")
    assert "折合 3 学分" in _found(wrong)["units-disagree"]


def test_years_must_fit_into_the_cycle() -> None:
    wrong = FORTY_TEXT.replace("min: {2020-09-01: 10}", "min: {2020-09-01: 9}")
    assert "× 5 学年 = 10，多于“周期总学分”9" in _found(wrong)["years-over-cycle"]


def test_a_floor_must_be_reachable_under_its_caps() -> None:
    paper_cap = (
        "  - {limit: papers, title: 论文, source: 虚构办法第九条, scope: semester,"
        " for: {kind: [paper]}, max: 5}\n"
    )
    capped = MADE_UP.replace("limits:\n", f"limits:\n{paper_cap}")
    assert "最多只能计 22" in _found(capped)["floor-above-caps"]
    assert "floor-above-caps" not in _found(capped.replace("max: 5}", "max: 6}"))
    assert "floor-above-caps" not in _found(MADE_UP)


def test_floors_must_fit_under_the_total() -> None:
    floors = "".join(
        f"  - {{requirement: least-{kind}, title: 分项, source: 虚构办法第十条, scope: year,"
        f" for: {{kind: [{kind}]}}, min: 13}}\n"
        for kind in ("paper", "research_activity")
    )
    text = _found(MADE_UP.replace("requirements:\n", f"requirements:\n{floors}"))
    assert "分项最低要求合计 26，超过“学年学分”24" in text["floors-over-total"]


def test_a_rate_below_the_rounding_step_can_never_be_earned() -> None:
    wrong = MADE_UP.replace("{school: 1, county: 2}", "{school: 0.25, county: 2}")
    assert "每份 0.25，按 0.5 取整后为 0" in _found(wrong)["rounds-to-nothing"]


def test_the_handbook_has_only_sources_left_to_confirm() -> None:
    assert {each.code for each in findings(HANDBOOK)} == {"unconfirmed-source"}
