"""Records, hours and the growth file as the pages of this app tell them."""

from yanxiu.portfolio.queries.ahead import Ahead, Coming, Forecast, ahead
from yanxiu.portfolio.queries.hours import Hours, done_in, hours_of, sections
from yanxiu.portfolio.queries.records import Line, counts_in, kinds_of, lines, own_records
from yanxiu.portfolio.queries.telling import told

__all__ = [
    "Ahead",
    "Coming",
    "Forecast",
    "Hours",
    "Line",
    "ahead",
    "counts_in",
    "done_in",
    "hours_of",
    "kinds_of",
    "lines",
    "own_records",
    "sections",
    "told",
]
