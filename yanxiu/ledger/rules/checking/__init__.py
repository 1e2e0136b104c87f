"""What a scheme says that cannot all be meant: findings in whole sentences, never refusals."""

from yanxiu.ledger.rules.checking import caps, causes, matching, proof, sample, sums
from yanxiu.ledger.rules.checking.finding import (
    CONTRADICTION,
    DOUBT,
    NOTE,
    Finding,
    with_lines,
)
from yanxiu.ledger.rules.schemes import Scheme

__all__ = ["CONTRADICTION", "DOUBT", "NOTE", "Finding", "findings"]

_CAUSES = (
    causes.band_upside_down,
    causes.caps_of_nothing,
    causes.shares_of_themselves,
    causes.gates_that_need_themselves,
)
_OF_NUMBERS = (
    sums.quotas_against_total,
    sums.two_readings_of_quotas,
    sums.floors_against_total,
    sums.parts_against_whole,
    sums.shares_against_whole,
    sums.most_against_least,
    sums.years_against_each_other,
    sums.choices_that_are_none,
    sums.years_against_cycle,
    sums.units_against_each_other,
    caps.caps_against_floors,
    caps.implied_caps,
    caps.shares_before_caps,
    sample.sample_person,
)
_OF_WORDS = (
    matching.matching,
    proof.substitutions_over_need,
    proof.uneven_rounding,
    proof.dated_before_scheme,
    proof.rates_lost_by_rounding,
    proof.evidence,
    proof.begins_late,
    proof.codes_unused,
    proof.units_without_words,
    proof.unconfirmed,
)


_NEVER = "never-all-met"
"""What was already said in plainer words of a part is not said again of the whole."""


def findings(scheme: Scheme, text: str = "") -> tuple[Finding, ...]:
    """Return what an officer should look at before the scheme is used, in a fixed order.

    Args:
        scheme: the scheme as it was read.
        text: its file; with it every finding knows its line.
    """
    found = [finding for check in _CAUSES for finding in check(scheme)]
    if not any(finding.weight == CONTRADICTION for finding in found):
        found += [finding for check in _OF_NUMBERS for finding in check(scheme)]
    found += [finding for check in _OF_WORDS for finding in check(scheme)]
    spoilt = {each.where for each in found if each.weight == CONTRADICTION and each.code != _NEVER}
    found = [each for each in found if each.code != _NEVER or each.where not in spoilt]
    return tuple(with_lines(found, text) if text else found)
