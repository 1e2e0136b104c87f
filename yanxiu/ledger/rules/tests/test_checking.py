"""A scheme that contradicts itself is accepted; findings say how, where and what to do."""

import pytest

from yanxiu.ledger.rules.checking import CONTRADICTION, NOTE, findings
from yanxiu.ledger.rules.checking.sample import sample_standings
from yanxiu.ledger.rules.loading import SHIPPED, load, loads
from yanxiu.ledger.rules.tests.made_up import FORTY_HOURS, HANDBOOK, MADE_UP

FORTY_TEXT = (SHIPPED / FORTY_HOURS.id / "2025.yaml").read_text(encoding="utf-8")
FILES = sorted(SHIPPED.glob("*/*.yaml"))
PAPERS = "title: 论文, source: 虚构办法第九条"


def _found(text: str) -> dict[str, str]:
    return {each.code: each.text for each in findings(loads(text))}


def _asking(more: str) -> str:
    """Return the made-up scheme with a further requirement."""
    return MADE_UP.replace("limits:\n", f"  - {{{more}}}\nlimits:\n")


def _capped(more: str) -> str:
    """Return the made-up scheme with a further limit."""
    return MADE_UP.replace("award_rules:\n", f"  - {{{more}}}\naward_rules:\n")


def test_five_quotas_in_five_years_are_told_in_both_readings() -> None:
    text = _found(FORTY_TEXT)["quotas-read-two-ways"]
    assert "2 + 2.5 + 2.5 + 2.5 + 0.5 = 10" in text
    assert "第 5 学年 0.5 学分，低于“学年学分”的 2 学分" in text
    assert "第 2、3、4 学年 2.5 学分（50 课时），高于“学年课时”的 40 课时" in text


def test_quotas_must_add_up_to_the_total() -> None:
    wrong = FORTY_TEXT.replace("theme_5: 0.5}", "theme_5: 1.5}")
    assert "= 11，超过“周期总学分”10，两处不等" in _found(wrong)["quotas-differ-from-total"]


def test_hours_and_credits_of_one_year_must_agree() -> None:
    wrong = FORTY_TEXT.replace("min: {2020-09-01: 40}", "min: {2020-09-01: 60}")
    assert "折合 3 学分" in _found(wrong)["units-disagree"]


def test_years_must_fit_into_the_cycle() -> None:
    wrong = FORTY_TEXT.replace("min: {2020-09-01: 10}", "min: {2020-09-01: 9}")
    assert "× 5 学年 = 10，多于“周期总学分”9" in _found(wrong)["years-over-cycle"]


def test_years_must_fit_under_the_cap_of_the_cycle() -> None:
    wrong = _capped("limit: whole, title: 周期, source: 虚构办法第九条, scope: cycle, max: 100")
    assert "× 5 学年 = 120，多于“周期”上限 100" in _found(wrong)["years-over-cap"]
    assert "years-over-cap" not in _found(wrong.replace("max: 100", "max: 120"))


def test_a_floor_must_be_reachable_under_its_caps() -> None:
    capped = _capped(f"limit: papers, {PAPERS}, scope: semester, for: {{kind: [paper]}}, max: 5")
    assert "最多只能计 22" in _found(capped)["floor-above-caps"]
    assert "floor-above-caps" not in _found(capped.replace("max: 5}", "max: 6}"))
    assert "floor-above-caps" not in _found(MADE_UP)


def test_a_year_band_below_the_yearly_floor_is_told() -> None:
    assert (
        "最多只能计 20"
        in _found(f"{MADE_UP}\nyear_band: {{max: 20, source: 虚构办法}}\n")["floor-above-caps"]
    )


def test_floors_must_fit_under_the_total() -> None:
    floors = "".join(
        f"  - {{requirement: least-{kind}, title: 分项, source: 虚构办法第十条, scope: year,"
        f" for: {{kind: [{kind}]}}, min: 13}}\n"
        for kind in ("paper", "research_activity")
    )
    text = _found(MADE_UP.replace("requirements:\n", f"requirements:\n{floors}"))
    assert "分项最低要求合计 26，超过“学年学分”24" in text["floors-over-total"]


def test_a_part_must_not_be_above_its_whole() -> None:
    part = "of_which: [{requirement: own, title: 独立论文, min: 5}]"
    wrong = _asking(f"requirement: papers, {PAPERS}, scope: year, min: 4, {part}")
    assert "“独立论文”5 是“论文”4 的一部分" in _found(wrong)["part-over-whole"]


def test_one_floor_must_not_be_above_the_total_either() -> None:
    wrong = _asking(f"requirement: papers, {PAPERS}, scope: year, for: {{kind: [paper]}}, min: 25")
    assert "“论文”25 就超过“学年学分”24" in _found(wrong)["floors-over-total"]
    assert "floors-over-total" not in _found(wrong.replace("min: 25", "min: 24"))


def test_floors_of_codes_that_overlap_are_told_also_if_one_has_more_codes() -> None:
    floors = "".join(
        f"  - {{requirement: {name}, title: {name}, source: 虚构办法, scope: year,"
        f" for: {{kind: [{kinds}]}}, min: 1}}\n"
        for name, kinds in (("both", "paper, research_activity"), ("one", "paper"))
    )
    assert (
        "“both”和“one”"
        in _found(MADE_UP.replace("limits:\n", f"{floors}limits:\n"))["floors-overlap"]
    )


def test_parts_must_fit_into_their_whole() -> None:
    parts = (
        "of_which: [{requirement: one, title: 校级, for: {organiser_level: [school]}, min: 3},"
        " {requirement: two, title: 县级, for: {organiser_level: [county]}, min: 2}]"
    )
    wrong = _asking(f"requirement: papers, {PAPERS}, scope: year, min: 4, {parts}")
    assert "分项最低要求合计 5，超过“论文”4" in _found(wrong)["floors-over-total"]


def test_shares_must_not_be_more_than_the_whole() -> None:
    shares = "".join(
        f"  - {{requirement: share-{level}, title: {level}, source: 虚构办法, scope: year,"
        f" for: {{organiser_level: [{level}]}}, min_share: 2/3}}\n"
        for level in ("school", "county")
    )
    text = _found(MADE_UP.replace("limits:\n", f"{shares}limits:\n"))["shares-over-whole"]
    assert "大于 1" in text


def test_the_most_must_not_be_below_the_least() -> None:
    wrong = _asking(f"requirement: papers, {PAPERS}, scope: year, min: 4, max: 3")
    assert "至少 4，却至多 3" in _found(wrong)["most-below-least"]


def test_a_year_below_the_floor_of_every_year_is_told_in_both_readings() -> None:
    years = "{2025-09-01: 24, 2029-09-01: 0.5}"
    wrong = _asking(f"requirement: by-year, {PAPERS}, scope: year, min: {years}")
    text = _found(wrong)["yearly-floors-disagree"]
    assert "2029-09-01 起 0.5，低于“学年学分”的 24，有两种读法" in text
    assert "其二，“论文”不分学年" in text


def test_a_rule_behind_a_wider_one_is_never_used() -> None:
    county = (
        "  - rule: county-paper\n    title: 区县论文\n    source: 虚构办法第九条\n"
        "    for: {kind: [paper], organiser_level: [county]}\n    per: item\n    rates: 3\n"
    )
    text = _found(f"{MADE_UP}\n{county}")["rule-never-used"]
    assert "“区县论文”永远用不到：符合它的记录都先按“论文”计了" in text
    in_front = MADE_UP.replace("award_rules:\n", f"award_rules:\n{county}")
    assert "rule-never-used" not in _found(in_front)


def test_a_rule_that_nothing_can_meet_is_told() -> None:
    wrong = MADE_UP.replace(
        "    for: {kind: [paper]}\n", "    for: {kind: [paper]}\n    except: {kind: [paper]}\n"
    )
    assert "没有一种记录能够符合" in _found(wrong)["rule-never-used"]


def test_a_unit_without_conversion_is_told() -> None:
    wrong = MADE_UP.replace(
        "{hours_per_credit: 10,", "{hours_per_credit: 10, for: {kind: [research_activity]},"
    )
    wrong = wrong.replace("scope: year, min: 24", "scope: year, unit: hour, min: 24")
    assert "“论文”的记录没有折算办法" in _found(wrong)["conversion-missing"]


def test_a_floor_for_which_no_rule_pays_is_told() -> None:
    wrong = _asking(
        "requirement: talks, title: 市级主讲, source: 虚构办法, scope: year, min: 2,"
        " for: {kind: [paper], role: [main_speaker]}, except: {kind: [paper]}"
    )
    assert "没有一种记录能计入“市级主讲”" in _found(wrong)["floor-without-records"]


def test_a_cap_that_smaller_caps_keep_anyhow_is_noted() -> None:
    capped = _capped(
        "limit: whole, title: 教研活动五年, source: 虚构办法第九条, scope: cycle,"
        " for: {kind: [research_activity]}, max: 60"
    )
    assert "“教研活动五年”从不会起作用" in _found(capped)["cap-never-reached"]
    assert "cap-never-reached" not in _found(capped.replace("max: 60", "max: 59"))


def test_a_share_that_a_later_cap_may_raise_again_is_told() -> None:
    share = (
        "limit: share, title: 论文份额, source: 虚构办法第九条, scope: year,"
        " for: {kind: [paper]}, max_share: 1/3"
    )
    alone = _capped(share)
    band = alone + "\nyear_band: {max: 40, source: 虚构办法第九条}\n"
    # A cap of its own only makes the share smaller.
    own = "{limit: own, title: 论文, source: 虚构, scope: year, for: {kind: [paper]}, max: 9}"
    smaller = alone.replace("award_rules:\n", f"  - {own}\naward_rules:\n")

    assert "“每年”上限在它后面再封" in _found(band)["share-before-cap"]
    assert "share-before-cap" not in _found(alone)
    assert "share-before-cap" not in _found(smaller)


def test_records_that_no_chain_takes_up_are_told() -> None:
    chain = (
        "\nrecognition:\n  - {chain: papers, title: 论文, source: 虚构办法, for: {kind: [paper]},"
        " steps: [{step: school, by: school, final: true}]}\n"
    )
    text = _found(MADE_UP + chain)["award-without-approver"]
    assert "“教研活动”的记录" in text
    assert "award-without-approver" not in _found(
        MADE_UP + chain.replace(" for: {kind: [paper]},", "")
    )


def test_what_a_person_declares_without_proof_is_told() -> None:
    declared = "\ndeclaring:\n  - {kind: paper, proof: optional, source: 虚构办法}\n"
    assert "“论文”由本人申报（论文）" in _found(MADE_UP + declared)["award-without-evidence"]
    assert "award-without-evidence" not in _found(
        MADE_UP + declared.replace("optional", "required")
    )


def test_much_is_asked_but_can_be_done() -> None:
    much = _asking(
        f"requirement: papers, {PAPERS}, scope: year, unit: record, for: {{kind: [paper]}}, min: 99"
    )
    assert "sample-person-short" not in _found(much)


def test_a_gate_that_needs_what_it_keeps_out_is_told_at_its_line() -> None:
    gated = (
        MADE_UP.replace("scope: year, min: 24", "scope: year, for: {kind: [paper]}, min: 24")
        + "\ngates:\n  - {gate: papers, title: 先有论文, source: 虚构办法,"
        " records: {kind: [paper]}, need: yearly}\n"
    )
    [told] = [each for each in findings(loads(gated), gated) if each.weight == CONTRADICTION]
    assert told.code == "gate-needs-itself"
    assert gated.splitlines()[told.line - 1].startswith("  - {gate: papers")
    assert "“先有论文”要等“学年学分”达到" in told.text
    assert "gate-needs-itself" not in _found(
        gated.replace("need: yearly", "need: others").replace(
            "limits:\n",
            "  - {requirement: others, title: 教研, source: 虚构办法, scope: year,"
            " for: {kind: [research_activity]}, min: 1}\nlimits:\n",
            1,
        )
    )


def test_a_band_upside_down_is_told_first_and_alone() -> None:
    wrong = f"{MADE_UP}\nyear_band: {{min: 90, max: 50, source: 虚构办法}}\n"
    heavy = [each for each in findings(loads(wrong), wrong) if each.weight != NOTE]
    told = [each for each in heavy if each.code != "unit-without-word"]
    assert [each.code for each in told] == ["band-upside-down"]
    assert wrong.splitlines()[told[0].line - 1].startswith("year_band")
    assert "至少 90，却至多 50" in told[0].text


def test_a_cap_of_nothing_over_everything_is_told_at_its_line() -> None:
    wrong = _capped("limit: daily, title: 每天, source: 虚构办法, scope: day, max: 0")
    heavy = [each for each in findings(loads(wrong), wrong) if each.weight == CONTRADICTION]
    assert [(each.code, each.where) for each in heavy] == [("cap-of-nothing", "daily")]
    assert "“每天”的上限是 0，什么记录都不计" in heavy[0].text


def test_a_share_of_itself_is_told_as_such() -> None:
    wrong = _capped("limit: third, title: 三分之一, source: 虚构办法, scope: year, max_share: 1/3")
    heavy = [each for each in findings(loads(wrong), wrong) if each.weight == CONTRADICTION]
    assert [(each.code, each.where) for each in heavy] == [("share-of-itself", "third")]
    assert "自己的 1/3" in heavy[0].text


def test_a_cap_is_no_contradiction_where_surplus_of_others_helps() -> None:
    text = _asking(f"requirement: papers, {PAPERS}, scope: year, for: {{kind: [paper]}}, min: 20")
    text = text.replace("scope: year, min: 24", "scope: year, min: 12")
    capped = text.replace(
        "award_rules:\n",
        f"  - {{limit: papers-cap, {PAPERS}, scope: year, for: {{kind: [paper]}}, max: 10}}\n"
        "award_rules:\n",
    )
    assert "floor-above-caps" in _found(capped)
    helped = f"{capped}\nsubstitutions:\n  - {{from: yearly, to: papers, max: 10, source: 虚构}}\n"
    assert "floor-above-caps" not in _found(helped)


def test_shares_of_different_wholes_may_be_more_than_one() -> None:
    shares = "".join(
        f"  - {{requirement: share-{level}, title: {level}, source: 虚构办法, scope: year,"
        f" for: {{organiser_level: [{level}]}}, of: {{kind: [{kind}]}}, min_share: 2/3}}\n"
        for level, kind in (("school", "paper"), ("county", "research_activity"))
    )
    text = MADE_UP.replace("limits:\n", f"{shares}limits:\n")
    assert "shares-over-whole" not in _found(text)


def test_numbers_from_before_the_scheme_are_noted() -> None:
    early = MADE_UP.replace("2025-09-01: 24", "2020-09-01: 24")
    early = _asking(f"requirement: papers, {PAPERS}, scope: year, min: {{2020-01-01: 1}}")
    text = _found(early)["dated-before-scheme"]
    assert "“论文”写着 2020-01-01 起的数" in text
    assert "dated-before-scheme" not in _found(MADE_UP)


def test_a_step_that_does_not_divide_an_hour_is_noted() -> None:
    assert "rounding-uneven" not in _found(MADE_UP)
    uneven = MADE_UP.replace("step: 0.5", "step: 0.3")
    assert "0.3" in _found(uneven)["rounding-uneven"]


def test_a_substitution_of_more_than_is_asked_is_noted() -> None:
    text = _asking(f"requirement: papers, {PAPERS}, scope: year, for: {{kind: [paper]}}, min: 20")
    over = f"{text}\nsubstitutions:\n  - {{from: yearly, to: papers, max: 80, source: 虚构}}\n"
    assert "至多 80，而“论文”一共只要求 20" in _found(over)["substitution-over-need"]
    assert "substitution-over-need" not in _found(over.replace("max: 80", "max: 8"))


def test_a_rate_below_the_rounding_step_can_never_be_earned() -> None:
    wrong = MADE_UP.replace("{school: 1, county: 2}", "{school: 0.25, county: 2}")
    assert "每份 0.25，按 0.5 取整后为 0" in _found(wrong)["rounds-to-nothing"]


def test_a_unit_without_a_word_is_told() -> None:
    assert "没有 credit、item 的中文名" in _found(MADE_UP)["unit-without-word"]


def test_a_finding_knows_its_line_and_what_to_do() -> None:
    wrong = _asking(f"requirement: papers, {PAPERS}, scope: year, min: 4, max: 3")
    wrong = wrong.replace(
        "min: 4, max: 3", "min: 4, of_which: [{requirement: o, title: 独, min: 5}]"
    )
    [found] = [each for each in findings(loads(wrong), wrong) if each.code == "part-over-whole"]
    assert wrong.splitlines()[found.line - 1].startswith("  - {requirement: papers")
    assert found.todo == "请核对这两个数。"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_no_shipped_scheme_contradicts_itself(path: object) -> None:
    scheme = load(path)  # type: ignore[arg-type]
    known = {"quotas-read-two-ways"}
    heavy = [each for each in findings(scheme) if each.weight != NOTE and each.code not in known]
    assert heavy == []


def test_the_handbook_has_only_sources_left_to_confirm() -> None:
    assert {each.code for each in findings(HANDBOOK)} == {"unconfirmed-source"}


def test_the_sample_teacher_is_asked_everything_that_blocks() -> None:
    standings = sample_standings(load(SHIPPED / "cn-zj" / "2016.yaml"))
    asked = {
        one.id
        for each in standings
        for one in each.standing.requirements
        if one.scope in each.scopes
    }
    assert asked >= {"total", "induction", "induction-practice", "new-head"}
    assert CONTRADICTION


def test_the_sample_teacher_does_also_what_no_cap_holds() -> None:
    online = _capped(
        "limit: online, title: 网络, source: 虚构办法, scope: cycle,"
        " for: {delivery_mode: [online]}, max: 20"
    ).replace("scope: year, min: 24", "scope: cycle, min: 24")
    words = "labels:\n  delivery_mode: {online: 网络, school: 校本}\n"
    assert "sample-person-short" not in _found(online.replace("labels:\n", words))


def test_the_sample_teacher_reaches_a_year_before_the_cap_of_the_cycle_is_full() -> None:
    whole = _capped("limit: whole, title: 周期, source: 虚构办法, scope: cycle, max: 150")
    assert "sample-person-short" not in _found(whole)
    assert "years-over-cap" in _found(whole.replace("max: 150", "max: 20"))


def test_too_much_is_no_contradiction() -> None:
    most = _asking(f"requirement: papers, {PAPERS}, scope: year, for: {{kind: [paper]}}, max: 3")
    assert "sample-person-short" not in _found(most)


def test_every_place_whose_source_waits_is_named_though_the_words_are_the_same() -> None:
    text = MADE_UP.replace("虚构办法第三条", "待确认").replace("虚构办法第四条", "待确认")

    [found] = [one for one in findings(loads(text)) if one.code == "unconfirmed-source"]

    assert found.sentence == "“取整”、“周期”的出处写着：待确认。"
