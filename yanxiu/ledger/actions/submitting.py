"""From what happened to records, awards and entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.actions.posting import post
from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.models import Award, RecognitionStep, Record
from yanxiu.ledger.queries import schemes_on
from yanxiu.ledger.rules.evaluating import award as reckon
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.organisation import held_on

CLOSING = "closing"
"""The one recognition step of the founding chain: the host closes the session."""


@dataclass(frozen=True)
class NewRecord:
    """What a doing app tells of one person's part; see `Record` for the meaning of each field.

    `recognised` is the amount the step found right, where a person and not the scheme said so.
    """

    teacher: Teacher
    organisation: Organisation
    kind: str
    role: str
    title: str
    happened_at: datetime
    assurance: str
    source: Source
    minutes: int | None = None
    lessons: Decimal | None = None
    items: Decimal | None = None
    theme: str = ""
    content_key: str = ""
    attendance: str = ""
    organiser_level: str = "school"
    delivery_mode: str = "school_based"
    subject_kind: str = ""
    recognised: Decimal | None = None


@transaction.atomic
def submit(
    news: Sequence[NewRecord], *, by: Teacher | None, at: datetime, step: str = CLOSING
) -> list[Record]:
    """Write records of what happened, reckon them, and post what the final step recognises.

    The deed itself is the one and final step of recognition, so the entries are posted at once.
    All `news` belong to one organisation and one day, as the parts in one session do; the number
    of statements does not depend on how many they are.

    Args:
        news: what happened, one item per person and role.
        by: whose deed it was, None for the console.
        at: when it is written, aware.
        step: the recognition step that the deed stands for.

    Returns:
        The records, in the order of `news`.
    """
    if not news:
        return []
    posts = _posts(news)
    records = Record.objects.bulk_create([_record(new, posts, at) for new in news])
    RecognitionStep.objects.bulk_create(
        RecognitionStep(
            record=record,
            step=step,
            is_final=True,
            decision=RecognitionStep.Decision.ACCEPTED,
            amount=new.recognised,
            by_uid=by.uid if by else None,
            by_name=by.name if by else "控制台",
            at=at,
        )
        for new, record in zip(news, records, strict=True)
    )
    awards = award_all(records, at=at)
    post(awards, by=by, at=at)
    return records


def award_all(records: Sequence[Record], *, at: datetime) -> list[Award]:
    """Reckon each of `records`, of one organisation and day, by each scheme in force."""
    first = records[0]
    made = []
    for scheme in schemes_on(first.organisation, first.happened_on):
        for record in records:
            given = reckon(scheme, facts_of(record))
            if given is None:
                continue
            made.append(
                Award(
                    record=record,
                    scheme=scheme.id,
                    version=scheme.version,
                    digest=scheme.digest,
                    amount=given.amount,
                    unit=given.unit,
                    rule=given.rule,
                    valid=given.valid,
                    steps=[each.as_json() for each in given.steps],
                    made_at=at,
                )
            )
    return Award.objects.bulk_create(made)


def _posts(news: Sequence[NewRecord]) -> dict[int, int]:
    """The post of each teacher in the organisation on the day, by the teacher's primary key."""
    day = day_of(news[0].happened_at)
    rows = Post.objects.filter(
        held_on(day),
        organisation=news[0].organisation,
        teacher__in=[new.teacher.pk for new in news],
    ).order_by("role__order", "-id")
    return dict(rows.values_list("teacher_id", "pk"))


def _record(new: NewRecord, posts: dict[int, int], at: datetime) -> Record:
    return Record(
        teacher=new.teacher,
        organisation=new.organisation,
        post_id=posts.get(new.teacher.pk),
        kind=new.kind,
        role=new.role,
        title=new.title,
        happened_on=day_of(new.happened_at),
        happened_at=new.happened_at,
        written_at=at,
        minutes=new.minutes,
        lessons=new.lessons,
        items=new.items,
        theme=new.theme,
        content_key=new.content_key,
        attendance=new.attendance,
        organiser_level=new.organiser_level,
        delivery_mode=new.delivery_mode,
        subject_kind=new.subject_kind,
        assurance=new.assurance,
        source_kind=new.source.kind,
        source_id=new.source.uid,
    )
