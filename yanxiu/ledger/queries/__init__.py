"""Reading the ledger."""

from yanxiu.ledger.queries.entries import living_entries, records_of, waiting_awards, with_entries
from yanxiu.ledger.queries.schemes import scheme_of, schemes_on
from yanxiu.ledger.queries.standings import TeacherStanding, standings, standings_of

__all__ = [
    "TeacherStanding",
    "living_entries",
    "records_of",
    "scheme_of",
    "schemes_on",
    "standings",
    "standings_of",
    "waiting_awards",
    "with_entries",
]
