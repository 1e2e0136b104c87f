"""How one can object to what was decided about a record, and what is left after an answer."""

from dataclasses import dataclass
from datetime import date, timedelta

from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import RecognitionStep, Record
from yanxiu.ledger.queries import schemes_on
from yanxiu.ledger.queries.chains import appeal_for
from yanxiu.ledger.rules.process import Appeal
from yanxiu.people.models import Teacher
from yanxiu.recognition.models import Objection
from yanxiu.recognition.refusals import NothingToObject
from yanxiu.recognition.wording import level_word


@dataclass(frozen=True)
class Remedy:
    """What is left to whoever raised a rejected objection.

    Attributes:
        level: in words, to which level one can appeal; nothing after the answer of the last.
        until: the last day of the appeal.
        is_over: whether that day is past.
    """

    level: str = ""
    until: date | None = None
    is_over: bool = False


def rules_of(record: Record) -> Appeal:
    """Return how one can object to what was decided about `record`.

    Raises:
        NothingToObject: no scheme in force says anything about it.
    """
    found = appeal_for(record, schemes_on(record.organisation, record.happened_on))
    if found is None:
        raise NothingToObject
    return found[0]


def levels_left(objection: Objection, appeal: Appeal) -> int | None:
    """Return the place of the level after that of `objection`; None if it was the last."""
    if objection.level not in appeal.levels:
        return None
    number = appeal.levels.index(objection.level) + 1
    return number if number < len(appeal.levels) else None


def remedy_after(objection: Objection, day: date) -> Remedy | None:
    """Return what is left after the answer to `objection`; None while nothing was rejected.

    Where it was appealed already, the appeal tells the rest.
    """
    record = objection.record
    if objection.state != Objection.State.REJECTED or record is None or not objection.decided_at:
        return None
    if Objection.objects.filter(previous=objection).exists():
        return None
    try:
        rules = rules_of(record)
    except NothingToObject:
        return None
    number = levels_left(objection, rules)
    if number is None:
        return Remedy()
    since = day_of(objection.decided_at)
    until = since + timedelta(days=rules.window(since))
    return Remedy(level_word(rules.levels[number]), until, until < day)


def standing_objection(record: Record, teacher: Teacher) -> Objection | None:
    """Return the objection by which `teacher` has questioned what now stands of `record`.

    An open one, or the last that was rejected since it was recognised: against it one appeals,
    and does not begin again below. None if what stands was never questioned.
    """
    mine = record.objections.filter(raised_by=teacher.pk).order_by("made_at", "pk")
    waiting = mine.filter(state=Objection.State.OPEN).last()
    if waiting is not None:
        return waiting
    answered = mine.filter(state=Objection.State.REJECTED).order_by("decided_at", "pk").last()
    if answered is None or answered.decided_at is None:
        return None
    accepted = record.steps.filter(decision=RecognitionStep.Decision.ACCEPTED)
    step = accepted.order_by("at", "pk").last()
    return None if step and step.at > answered.decided_at else answered
