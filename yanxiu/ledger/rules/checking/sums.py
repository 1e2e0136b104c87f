"""Numbers that should agree: quotas and total, years and cycle, hours and credits."""

from collections.abc import Iterator
from fractions import Fraction

from yanxiu.ledger.rules.amounts import exact, shown
from yanxiu.ledger.rules.checking.finding import CONTRADICTION, Finding
from yanxiu.ledger.rules.checking.numbers import (
    added,
    covers,
    in_unit,
    least,
    of_everybody,
    partitions,
    plain,
)
from yanxiu.ledger.rules.schemes import Requirement, Scheme


def quotas_against_total(scheme: Scheme) -> Iterator[Finding]:
    """The quotas of a partition should add up to the total of their scope."""
    for name, quotas in partitions(scheme).items():
        total = plain(scheme, quotas[0].scope, quotas[0].unit)
        numbers = [least(each) for each in quotas]
        if total and not quotas[0].within and sum(numbers) != least(total):
            whole = Fraction(sum(numbers))
            than = "超过" if whole > least(total) else "不到"
            sentence = (
                f"各份合计 {added(numbers)} = {shown(whole)}，{than}“{total.title}”"
                f"{shown(least(total))}，两处不等。"
            )
            yield Finding("quotas-differ-from-total", name, sentence, "请核对原文，改正其中一处。")


def two_readings_of_quotas(scheme: Scheme) -> Iterator[Finding]:
    """As many quotas as years: say what it would mean if they were meant year by year."""
    for name, quotas in partitions(scheme).items():
        if len(quotas) != scheme.cycle.years or quotas[0].scope != "cycle":
            continue
        problems = _problems_year_by_year(scheme, quotas)
        if problems:
            numbers = [least(each) for each in quotas]
            sentence = (
                f"{len(quotas)} 份要求有两种读法。其一，整个周期的 {len(quotas)} 个主题："
                f"{added(numbers)} = {shown(Fraction(sum(numbers)))}，"
                "不分学年完成，本方案按此计算。"
                f"其二，{len(quotas)} 个学年各一份：{'；'.join(problems)}，自相矛盾，无法按此执行。"
            )
            yield Finding("quotas-read-two-ways", name, sentence, "请对照原文确认是前一种。")


def _problems_year_by_year(scheme: Scheme, quotas: list[Requirement]) -> list[str]:
    problems = []
    for requirement in scheme.requirements:
        if requirement.scope != "year" or not requirement.applies_to.everything:
            continue
        floor = least(requirement)
        label = scheme.unit_label(requirement.unit)
        for amount, years in _years_by_quota(quotas).items():
            unit = quotas[0].unit
            own = in_unit(scheme, amount, unit, requirement.unit)
            other = requirement.unit != unit
            if own is None or own == floor or (own > floor and not other):
                continue
            same = f"（{shown(own)} {label}）" if other else ""
            problems.append(
                f"第 {years} 学年 {shown(amount)} {scheme.unit_label(unit)}{same}，"
                f"{'低' if own < floor else '高'}于“{requirement.title}”的 {shown(floor)} {label}"
            )
    return problems


def _years_by_quota(quotas: list[Requirement]) -> dict[Fraction, str]:
    years: dict[Fraction, list[str]] = {}
    for number, quota in enumerate(quotas, start=1):
        years.setdefault(least(quota), []).append(str(number))
    return {amount: "、".join(numbers) for amount, numbers in years.items()}


def floors_against_total(scheme: Scheme) -> Iterator[Finding]:
    """Floors of disjoint filters over one dimension must fit into what they are floors of."""
    dimensions = sorted({name for each in scheme.requirements for name, _ in each.applies_to.parts})
    for total in scheme.requirements:
        if total.is_share or total.choices or not least(total):
            continue
        yield from _single_floors(scheme, total)
        for dimension in dimensions:
            floors = [
                each
                for each in scheme.requirements
                if (each.scope, each.unit) == (total.scope, total.unit)
                and _is_floor_in(total, each)
                and _asks_only_by(each, dimension)
            ]
            codes = [code for each in floors for code in each.applies_to.codes(dimension) or ()]
            whole = sum((least(each) for each in floors), Fraction(0))
            if len(floors) > 1 and len(codes) == len(set(codes)) and whole > least(total):
                sentence = (
                    f"分项最低要求合计 {shown(whole)}，超过“{total.title}”{shown(least(total))}。"
                    "达到总数的人仍会不达标。"
                )
                yield Finding("floors-over-total", total.id, sentence, "请核对分项或总数。")


def _single_floors(scheme: Scheme, total: Requirement) -> Iterator[Finding]:
    """One floor alone may be above the total; of a part `parts_against_whole` tells."""
    if total is not plain(scheme, total.scope, total.unit):
        return
    for floor in scheme.requirements:
        same = (floor.scope, floor.unit) == (total.scope, total.unit) and not floor.parent
        if not same or floor.is_share or floor.choices or floor.applies_to.everything:
            continue
        if least(floor) > least(total) and of_everybody(floor):
            sentence = (
                f"“{floor.title}”{shown(least(floor))} 就超过“{total.title}”"
                f"{shown(least(total))}。达到总数的人仍会不达标。"
            )
            yield Finding("floors-over-total", floor.id, sentence, "请核对分项或总数。")


def _is_floor_in(total: Requirement, floor: Requirement) -> bool:
    if floor.partition or floor.choices:
        return False
    if floor.parent or not total.applies_to.everything:
        return floor.parent == total.id
    return not total.parent


def _asks_only_by(requirement: Requirement, dimension: str) -> bool:
    own = requirement.applies_to
    alone = not (own.bounds or own.others or own.excluding)
    return alone and [name for name, _ in own.parts] == [dimension] and of_everybody(requirement)


def shares_against_whole(scheme: Scheme) -> Iterator[Finding]:
    """Least shares of disjoint codes cannot be more than the whole."""
    sums: dict[tuple[object, ...], list[Requirement]] = {}
    for each in scheme.requirements:
        own = each.applies_to
        if each.least_share is not None and len(own.parts) == 1:
            whole = (each.of, each.within, each.parent, own.who, own.not_who)
            period = (each.scope, each.unit, each.count_from, each.count_to)
            sums.setdefault((own.parts[0][0], period, whole), []).append(each)
    for (dimension, *_), shares in sums.items():
        codes = [code for each in shares for code in each.applies_to.codes(str(dimension)) or ()]
        numbers = [exact(each.least_share.values[-1][1]) for each in shares if each.least_share]
        if len(codes) == len(set(codes)) and sum(numbers) > 1:
            titles = "、".join(f"“{each.title}”" for each in shares)
            sentence = f"{titles}的最低份额合计 {added(numbers)}，大于 1，没有人能同时达到。"
            yield Finding(
                "shares-over-whole", shares[0].id, sentence, "请核对份额。", CONTRADICTION
            )


def most_against_least(scheme: Scheme) -> Iterator[Finding]:
    """A requirement must not ask for more than it allows."""
    for each in scheme.requirements:
        if each.maximum is None:
            continue
        most = each.maximum.values[-1][1].of("other")
        if most is not None and exact(most) < least(each):
            sentence = f"“{each.title}”至少 {shown(least(each))}，却至多 {shown(exact(most))}。"
            yield Finding("most-below-least", each.id, sentence, "请核对两个数。", CONTRADICTION)


def years_against_each_other(scheme: Scheme) -> Iterator[Finding]:
    """Of two yearly floors one changes year by year: say in which years it is below the other."""
    yearly = [
        each
        for each in scheme.requirements
        if each.scope == "year" and each.applies_to.everything and of_everybody(each)
    ]
    for changing in yearly:
        for steady in yearly:
            if len(changing.minimum.values) < 2 or changing is steady:  # noqa: PLR2004
                continue
            low = _years_below(scheme, changing, steady)
            if changing.unit == steady.unit and low:
                floor = shown(least(steady))
                sentence = (
                    f"“{changing.title}”{'、'.join(low)}，低于“{steady.title}”的 {floor}，"
                    f"有两种读法。其一，两项都是逐年的要求：那些年里仍须 {floor}，"
                    "较低的数不起作用，本方案按此计算。"
                    f"其二，“{changing.title}”不分学年，是几个主题的份额：应写在 partitions 里。"
                )
                yield Finding(
                    "yearly-floors-disagree", changing.id, sentence, "请对照原文确认是哪一种。"
                )


def _years_below(scheme: Scheme, changing: Requirement, steady: Requirement) -> list[str]:
    found = []
    for day, table in changing.minimum.values:
        own, other = table.of("other"), steady.minimum.on(max(day, scheme.effective_from))
        than = other.of("other") if other else None
        if own is not None and than is not None and exact(own) < exact(than):
            found.append(f"{day:%Y-%m-%d} 起 {shown(exact(own))}")
    return found


def parts_against_whole(scheme: Scheme) -> Iterator[Finding]:
    """A floor inside a floor must not be above it."""
    by_id = {each.id: each for each in scheme.requirements}
    for part in scheme.requirements:
        whole = by_id.get(part.parent)
        if whole and not part.is_share and least(part) > least(whole):
            sentence = (
                f"“{part.title}”{shown(least(part))} 是“{whole.title}”{shown(least(whole))} "
                "的一部分，却比它大；整体的要求不再起作用。"
            )
            yield Finding("part-over-whole", part.id, sentence, "请核对这两个数。")


def choices_that_are_none(scheme: Scheme) -> Iterator[Finding]:
    """What one chooses among must not be asked for in any case."""
    by_id = {each.id: each for each in scheme.requirements}
    for choice in scheme.requirements:
        asked = [by_id[name] for name in choice.choices if by_id[name].severity == "block"]
        if asked:
            titles = "、".join(f"“{each.title}”" for each in asked)
            sentence = (
                f"“{choice.title}”是在几项里选 {choice.needed} 项，而{titles}自己也非达到不可，"
                "就没有选择了。"
            )
            yield Finding("choice-among-floors", choice.id, sentence, "请给各项写 severity: info。")


def years_against_cycle(scheme: Scheme) -> Iterator[Finding]:
    """Yearly floors must fit into the total of the cycle, and under what a cycle may count."""
    for yearly in scheme.requirements:
        if yearly.scope != "year" or yearly.is_share or yearly.unit not in ("hour", "credit"):
            continue
        over_years = least(yearly) * scheme.cycle.years
        said = (
            f"“{yearly.title}”{shown(least(yearly))} × {scheme.cycle.years} 学年 = "
            f"{shown(over_years)}，"
        )
        total = plain(scheme, "cycle", yearly.unit)
        if total and yearly.applies_to.everything and over_years > least(total):
            sentence = (
                f"{said}多于“{total.title}”{shown(least(total))}。"
                "逐年达标的人必然超过总数，总数不再起作用。"
            )
            yield Finding("years-over-cycle", yearly.id, sentence, "请核对逐年的数和总数。")
        for limit in scheme.limits:
            same = limit.scope == "cycle" and covers(limit.applies_to, yearly.applies_to)
            cap = exact(limit.maximum.values[-1][1]) if limit.maximum else None
            filled = any(each.taker == yearly.id for each in scheme.substitutions)
            same = same and limit.overflow == "drop" and not filled
            if same and cap is not None and limit.unit == yearly.unit and over_years > cap:
                sentence = (
                    f"{said}多于“{limit.title}”上限 {shown(cap)}，逐年达标的人到后几年就无法再计。"
                )
                yield Finding(
                    "years-over-cap", yearly.id, sentence, "请核对逐年的数和封顶。", CONTRADICTION
                )


def units_against_each_other(scheme: Scheme) -> Iterator[Finding]:
    """What is asked in hours and in credits for one scope should be the same."""
    for scope in ("semester", "year", "cycle"):
        in_hours, in_credits = (plain(scheme, scope, unit) for unit in ("hour", "credit"))
        if in_hours is None or in_credits is None:
            continue
        same = in_unit(scheme, least(in_hours), "hour", "credit")
        if same is not None and same != least(in_credits):
            sentence = (
                f"“{in_hours.title}”{shown(least(in_hours))} 折合 {shown(same)} 学分，"
                f"与“{in_credits.title}”{shown(least(in_credits))} 不一致，"
                "较高的一项起作用。"
            )
            yield Finding("units-disagree", in_hours.id, sentence, "请核对两个数和折算。")
