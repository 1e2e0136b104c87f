"""From what happened to records, awards and entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction

from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.actions.asking import ask_deciders
from yanxiu.ledger.actions.chaining import make_awards, put_at, told_step
from yanxiu.ledger.actions.keeping import stale
from yanxiu.ledger.actions.posting import post
from yanxiu.ledger.models import RecognitionStep, Record
from yanxiu.ledger.queries import schemes_on
from yanxiu.ledger.queries.chains import Ladder, Way, way_of
from yanxiu.ledger.rules.process import HOST, SCHOOL, SCHOOL_ALONE, SELF
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.organisation import held_on
from yanxiu.places.writing import tell_written

CLOSING: Final = "closing"
"""The deed by which a host closes a session."""

HANDED_IN: Final = "handed-in"
"""The deed by which a person hands in a note that no host has asked for.

It stands where a closing would in the scheme's steps; nobody recognises, the scheme lets it in.
"""

DECLARED: Final = "declared"
"""The deed by which a teacher declares: it recognises nothing by itself."""

AUTOMATIC: Final = "automatic"
"""A declaration of a kind that the scheme lets through without a look (`automatic: true`)."""

_STANDS_FOR: Final = {
    CLOSING: HOST, HANDED_IN: HOST, "home": SCHOOL, "school": SCHOOL, DECLARED: SELF,
    AUTOMATIC: SELF,
}  # fmt: skip
_TITLES: Final = {
    CLOSING: "关闭场次", HANDED_IN: "本人交来记录", "home": "本校认定", "school": "学校认定",
    DECLARED: "自报", AUTOMATIC: "按方案自动认定",
}  # fmt: skip
ACCEPTED: Final = RecognitionStep.Decision.ACCEPTED
CLAIMED: Final = RecognitionStep.Decision.CLAIMED


@dataclass(frozen=True)
class NewRecord:
    """What a doing app tells of one person's part; see `Record` for the meaning of each field.

    `claimed` is what the person told (自报), `recognised` what the deed found right where a person
    and not the scheme said so; both are in the record's own measure. `word` is what the person
    said beside the claim; whoever recognises reads it. `because` is why less was found right; the
    person reads it.
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
    characters: Decimal | None = None
    days: Decimal | None = None
    stated: Decimal | None = None
    absent_minutes: int | None = None
    theme: str = ""
    content_key: str = ""
    attendance: str = ""
    organiser_level: str = "school"
    delivery_mode: str = "school_based"
    subject_kind: str = ""
    prize: str = ""
    grade: str = ""
    author_order: int | None = None
    evidence: tuple[str, ...] = ()
    claimed: Decimal | None = None
    recognised: Decimal | None = None
    word: str = ""
    because: str = ""


@transaction.atomic
def submit(
    news: Sequence[NewRecord], *, by: Teacher | None, at: datetime, step: str = CLOSING
) -> list[Record]:
    """Write records of what happened, reckon them, and post what is recognised to the end.

    Where the scheme in force has a chain for a record, the deed stands for the steps that it
    covers (`Chain.after`), and the record waits for the next one; else the deed is final, except
    that nobody recognises by declaring. All `news` belong to one organisation and one day, as the
    parts in one session do; the number of statements does not depend on how many they are.

    Args:
        news: what happened, one item per person and role.
        by: whose deed it was, None for the console.
        at: when it is written, aware.
        step: the deed: `closing`, `handed-in`, `home`, `school`, `declared` or `automatic`.

    Returns:
        The records, in the order of `news`.
    """
    if not news:
        return []
    posts = _posts(news)
    records = [_record(new, posts, at) for new in news]
    schemes = schemes_on(news[0].organisation, day_of(news[0].happened_at))
    ways = [_way(record, schemes, step) for record in records]
    ladder = Ladder.over({new.organisation for new in news} if any(ways) else ())
    final = [
        _start(record, way, step, ladder, at) for record, way in zip(records, ways, strict=True)
    ]
    Record.objects.bulk_create(records)
    tell_written(records)
    RecognitionStep.objects.bulk_create(
        row
        for new, record, way, is_final in zip(news, records, ways, final, strict=True)
        for row in _rows(new, record, way, step, by=by, at=at, is_final=is_final)
    )
    awards = make_awards(records, at=at)
    done = {record.pk for record, is_final in zip(records, final, strict=True) if is_final}
    post([award for award in awards if award.record_id in done], by=by, at=at)
    stale([record.teacher for record in records], at)
    ask_deciders([record for record in records if record.waiting_at_id], at)
    return records


def _way(record: Record, schemes: Sequence[object], step: str) -> Way | None:
    """Return the chain that the record goes through; none where the deed settles it."""
    if step == AUTOMATIC:
        return None
    found = way_of(record, schemes)  # type: ignore[arg-type]
    return found or (Way(SCHOOL_ALONE) if step == DECLARED else None)


def _start(record: Record, way: Way | None, step: str, ladder: Ladder, at: datetime) -> bool:
    """Put the record behind the steps that the deed stands for; say whether it is settled."""
    if way is None:
        return True
    record.chain = way.chain.chain
    if way.scheme:
        record.chain_scheme, record.chain_version = way.scheme.id, way.scheme.version
    return put_at(record, way, way.chain.after(_STANDS_FOR.get(step, HOST)), ladder, at)


def _rows(
    new: NewRecord,
    record: Record,
    way: Way | None,
    step: str,
    *,
    by: Teacher | None,
    at: datetime,
    is_final: bool,
) -> list[RecognitionStep]:
    """Return what is told of the deed: what was claimed, and what the deed recognised."""
    rows = []
    if new.claimed is not None:
        rows.append(
            told_step(
                record, CLAIMED, by=new.teacher, at=at, step=SELF, title="自报", level=SELF,
                amount=new.claimed, reason=new.word,
            )
        )  # fmt: skip
    if step != DECLARED:
        level = _STANDS_FOR.get(step, HOST)
        taken = [each for each in way.chain.steps if each.by == level] if way else []
        if step == HANDED_IN:
            # The word of the scheme for its host would name the person as who recognised.
            taken = []
        rows.append(
            told_step(
                record, ACCEPTED, by=by, at=at,
                step=taken[-1].step if taken else step,
                title=taken[-1].title if taken else _TITLES.get(step, ""),
                level="" if step == AUTOMATIC else level,
                is_final=is_final, amount=new.recognised, reason=new.because,
            )
        )  # fmt: skip
    return rows


def _posts(news: Sequence[NewRecord]) -> dict[int, int]:
    """The post of each teacher in the organisation on the day, by the teacher's primary key."""
    day = day_of(news[0].happened_at)
    rows = Post.objects.filter(
        held_on(day),
        organisation=news[0].organisation,
        teacher__in=[new.teacher.pk for new in news],
    ).order_by("role__order", "-id")
    return dict(rows.values_list("teacher_id", "pk"))


_ALIKE: Final = (
    "teacher", "organisation", "kind", "role", "title", "happened_at", "minutes", "lessons",
    "items", "characters", "days", "stated", "absent_minutes", "theme", "content_key",
    "attendance", "organiser_level", "delivery_mode", "subject_kind", "prize", "grade",
    "author_order", "assurance", "claimed",
)  # fmt: skip
"""Fields that a record takes over as they are told."""


def as_record(new: NewRecord, at: datetime) -> Record:
    """Return `new` as a record that nobody has written yet, without the post held on the day."""
    return _record(new, {}, at)


def _record(new: NewRecord, posts: dict[int, int], at: datetime) -> Record:
    record = Record(
        post_id=posts.get(new.teacher.pk),
        happened_on=day_of(new.happened_at),
        written_at=at,
        evidence=list(new.evidence),
        source_kind=new.source.kind,
        source_id=new.source.uid,
        **{name: getattr(new, name) for name in _ALIKE},
    )
    if new.claimed is not None and new.recognised not in {None, new.claimed}:
        record.recognised = new.recognised
    return record
