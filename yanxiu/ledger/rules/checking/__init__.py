"""What a scheme says that cannot all be meant: findings in whole sentences, never refusals."""

from yanxiu.ledger.rules.checking import caps, matching, proof, sample, sums
from yanxiu.ledger.rules.checking.finding import (
    CONTRADICTION,
    DOUBT,
    NOTE,
    Finding,
    with_lines,
)
from yanxiu.ledger.rules.schemes import Scheme

__all__ = ["CONTRADICTION", "DOUBT", "NOTE", "Finding", "findings"]

_CHECKS = (
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
    matching.matching,
    sample.sample_person,
    proof.rates_lost_by_rounding,
    proof.evidence,
    proof.begins_late,
    proof.codes_unused,
    proof.units_without_words,
    proof.unconfirmed,
)


def findings(scheme: Scheme, text: str = "") -> tuple[Finding, ...]:
    """Return what an officer should look at before the scheme is used, in a fixed order.

    Args:
        scheme: the scheme as it was read.
        text: its file; with it every finding knows its line.
    """
    found = [finding for check in _CHECKS for finding in check(scheme)]
    return tuple(with_lines(found, text) if text else found)
