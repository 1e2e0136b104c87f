"""Records, hours and the growth file as the pages of this app tell them."""

from yanxiu.portfolio.queries.hours import (
    HOURS_VIEWED,
    coming,
    done_in,
    main_requirement,
    sections,
    views_of,
)
from yanxiu.portfolio.queries.progress import Progress, is_behind, progress
from yanxiu.portfolio.queries.records import (
    Line,
    counting,
    counts_in,
    kinds_of,
    lines,
    own_records,
)
from yanxiu.portfolio.queries.telling import told

__all__ = [
    "HOURS_VIEWED",
    "Line",
    "Progress",
    "coming",
    "counting",
    "counts_in",
    "done_in",
    "is_behind",
    "kinds_of",
    "lines",
    "main_requirement",
    "own_records",
    "progress",
    "sections",
    "told",
    "views_of",
]
