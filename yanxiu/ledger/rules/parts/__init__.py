"""The sections of a scheme, each read from its place in the file; one module per section."""

from yanxiu.ledger.rules.parts.admission import eligibility_of, validity_of
from yanxiu.ledger.rules.parts.attendance import attendance_of, role_exclusivity_of
from yanxiu.ledger.rules.parts.awards import PER, award_rule_of
from yanxiu.ledger.rules.parts.exchanges import (
    carry_over_of,
    gates_of,
    make_up_of,
    substitutions_of,
)
from yanxiu.ledger.rules.parts.excusing import exemptions_of, probation_of
from yanxiu.ledger.rules.parts.filters import RECORDS, TEACHERS, filter_in, filter_of
from yanxiu.ledger.rules.parts.frame import (
    MODES,
    conversion_of,
    cycle_of,
    round_credits_of,
    rounding_of,
    time_of,
)
from yanxiu.ledger.rules.parts.limits import bundles_of, cross_credits_of, limit_of
from yanxiu.ledger.rules.parts.requirements import (
    check_choices,
    partition_of,
    requirements_of,
    year_band_of,
)
from yanxiu.ledger.rules.parts.settings import (
    COUNTS,
    LABELLED,
    PERIODS,
    SCOPES,
    SEVERITIES,
    UNITS,
    Setting,
    dated,
    dated_number,
    dated_table,
)

__all__ = [
    "COUNTS",
    "LABELLED",
    "MODES",
    "PER",
    "PERIODS",
    "RECORDS",
    "SCOPES",
    "SEVERITIES",
    "TEACHERS",
    "UNITS",
    "Setting",
    "attendance_of",
    "award_rule_of",
    "bundles_of",
    "carry_over_of",
    "check_choices",
    "conversion_of",
    "cross_credits_of",
    "cycle_of",
    "dated",
    "dated_number",
    "dated_table",
    "eligibility_of",
    "exemptions_of",
    "filter_in",
    "filter_of",
    "gates_of",
    "limit_of",
    "make_up_of",
    "partition_of",
    "probation_of",
    "requirements_of",
    "role_exclusivity_of",
    "round_credits_of",
    "rounding_of",
    "substitutions_of",
    "time_of",
    "validity_of",
    "year_band_of",
]
