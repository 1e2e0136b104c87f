"""Observations, told as records."""

from decimal import Decimal
from typing import Final

from yanxiu.kernel.sources import source_of
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Record
from yanxiu.observation.models import Observation

OBSERVATION: Final = "lesson_observation"
OBSERVER: Final = "observer"
COMMENT: Final = "comment"
"""The evidence that schemes ask for: the observer wrote what the lesson made him think."""


def of_observation(observation: Observation, *, has_comment: bool) -> ledger.NewRecord:
    """Return the record of the observer's part in the lesson."""
    lesson = observation.lesson
    return ledger.NewRecord(
        teacher=observation.observer,
        organisation=observation.organisation,
        kind=OBSERVATION,
        role=OBSERVER,
        title=f"听课：{lesson.name}"[:120],
        happened_at=lesson.starts_at,
        minutes=lesson.minutes,
        lessons=Decimal(1),
        assurance=Record.Assurance.DECLARED,
        source=source_of(observation),
        content_key=f"lesson:{lesson.uid}",
        organiser_level=lesson.level,
        delivery_mode="school_based",
        evidence=(COMMENT,) if has_comment else (),
    )
