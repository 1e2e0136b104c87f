"""From a row to what the rules see."""

from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import Record
from yanxiu.ledger.rules.facts import Facts, recognised_as


def facts_of(record: Record) -> Facts:
    """Return `record`, whose teacher is loaded, as the rules see it.

    Where a step found another quantity right than was told, the rules read that one.
    """
    facts = Facts(
        uid=record.uid,
        teacher_uid=record.teacher.uid,
        kind=record.kind,
        on=record.happened_on,
        role=record.role,
        minutes=record.minutes,
        lessons=record.lessons,
        items=record.items,
        characters=record.characters,
        organiser_level=record.organiser_level,
        delivery_mode=record.delivery_mode,
        subject_kind=record.subject_kind,
        theme=record.theme,
        prize=record.prize,
        author_order=record.author_order,
        content_key=record.content_key,
        event_key=f"{record.source_kind}:{record.source_id}",
        attendance=record.attendance or "present",
        evidence=frozenset(record.evidence or ()),
        days=record.days,
        stated=record.stated,
        absent_minutes=record.absent_minutes,
        grade=record.grade,
        claimed_on=day_of(record.written_at),
    )
    return facts if record.recognised is None else recognised_as(facts, record.recognised)
