"""The kinds of source that reading owns, and what a search finds them by."""

from django.urls import reverse

from yanxiu.books.models import (
    Book,
    BookList,
    CommonRound,
    Excerpt,
    ReadingClub,
    ReadingRecord,
    ReadingShare,
    Recommendation,
    RoundPart,
)
from yanxiu.books.permissions import (
    may_see_book,
    may_see_club,
    may_see_excerpt,
    may_see_list,
    may_see_recommendation,
    may_see_record,
    may_see_round,
    may_see_round_part,
    may_see_share,
)
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Membership
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import today
from yanxiu.places import audience
from yanxiu.places.table import Place

ToldTo = ReadingRecord.ToldTo


def _groups(teacher: int) -> list[str]:
    units = Membership.objects.on(today()).filter(teacher=teacher)
    return [audience.unit(pk) for pk in units.values_list("unit", flat=True)]


def _office(path: str) -> list[str]:
    return [audience.holders("see_works", pk) for pk in lineage_of(path)]


def _readers_of(row: ReadingRecord, *, shared: bool = True) -> list[str]:
    """Return who may see a record, or an excerpt of it, at all."""
    found = [audience.person(row.teacher_id)]
    if row.dropped_at or row.told_to == ToldTo.NOBODY or not shared:
        return found
    if row.state == ReadingRecord.State.READ:
        found += [*_groups(row.teacher_id), *_office(row.organisation.path)]
    if row.told_to in {ToldTo.GROUP, ToldTo.SCHOOL}:
        found += _groups(row.teacher_id)
    if row.told_to == ToldTo.SCHOOL:
        found.append(audience.workers(row.organisation_id))
    return found


def _for_whom(row: BookList | Recommendation) -> list[str]:
    """Return for whom a list or a recommendation is, and who sees the works of the school."""
    meant = audience.unit(row.unit_id) if row.unit_id else audience.workers(row.organisation_id)
    more = [audience.person(row.teacher_id)] if isinstance(row, Recommendation) else []
    return [meant, *more, *_office(row.organisation.path)]


def _list_text(row: BookList) -> str:
    titles = row.items.values_list("book__title", "book__author", "reason")
    return "\n".join([row.name, *(" ".join(parts) for parts in titles)])


def _round_text(row: CommonRound) -> str:
    parts = [row.book.title, row.book.author, row.purpose, row.practice, row.effect]
    return "\n".join([*parts, row.pupil_activity])


PLACES = [
    Place(
        kind=Book.SOURCE_KIND,
        name="读物",
        rows=Book.objects.all,
        title=lambda row: row.named,
        url=lambda row: reverse("books:book", args=[row.uid]),
        seen_by=may_see_book,
    ),
    Place(
        kind=ReadingRecord.SOURCE_KIND,
        name="读书记录",
        rows=lambda: ReadingRecord.objects.select_related("book", "organisation"),
        title=lambda row: row.book.named,
        url=lambda row: reverse("books:record", args=[row.uid]),
        seen_by=may_see_record,
        text=lambda row: f"{row.book.title} {row.book.author}",
        person=lambda row: row.teacher_id,
        day=lambda row: row.finished_on or row.started_on,
        audience=_readers_of,
        grouped_by="teacher",
    ),
    Place(
        kind=Excerpt.SOURCE_KIND,
        name="摘录",
        rows=lambda: Excerpt.objects.select_related("record__book", "record__organisation"),
        title=lambda row: f"{row.record.book.named} {row.page}".strip(),
        url=lambda row: reverse("books:record", args=[row.record.uid]) + f"#excerpt-{row.uid}",
        seen_by=may_see_excerpt,
        text=lambda row: f"{row.text}\n{row.thought}",
        person=lambda row: row.record.teacher_id,
        day=lambda row: row.record.finished_on or row.record.started_on,
        organisation=lambda row: row.record.organisation_id,
        audience=lambda row: _readers_of(row.record, shared=row.is_shared),
        grouped_by="record__teacher",
    ),
    Place(
        kind=BookList.SOURCE_KIND,
        name="书单",
        rows=lambda: BookList.objects.select_related("organisation"),
        title=lambda row: row.name,
        url=lambda row: reverse("books:list", args=[row.uid]),
        seen_by=may_see_list,
        text=_list_text,
        day=lambda row: row.starts_on,
        audience=_for_whom,
    ),
    Place(
        kind=Recommendation.SOURCE_KIND,
        name="读物推荐",
        rows=lambda: Recommendation.objects.select_related("book", "organisation"),
        title=lambda row: row.book.named,
        url=lambda row: reverse("books:book", args=[row.book.uid]),
        seen_by=may_see_recommendation,
        text=lambda row: f"{row.book.title} {row.book.author} {row.reason}",
        person=lambda row: row.teacher_id,
        day=lambda row: day_of(row.made_at),
        audience=_for_whom,
    ),
    Place(
        kind=CommonRound.SOURCE_KIND,
        name="共读",
        rows=lambda: CommonRound.objects.select_related("book"),
        title=lambda row: f"共读{row.book.named}",
        url=lambda row: reverse("books:round", args=[row.uid]),
        seen_by=may_see_round,
        text=_round_text,
        day=lambda row: row.starts_on,
        audience=lambda _row: [audience.everybody()],
    ),
    Place(
        kind=RoundPart.SOURCE_KIND,
        name="共读进度",
        rows=lambda: RoundPart.objects.select_related("reading_round__book"),
        title=lambda row: f"共读{row.reading_round.book.named}：读到{row.name}",
        url=lambda row: reverse("books:round", args=[row.reading_round.uid]),
        seen_by=may_see_round_part,
        organisation=lambda row: row.reading_round.organisation_id,
    ),
    Place(
        kind=ReadingClub.SOURCE_KIND,
        name="读书会",
        rows=ReadingClub.objects.all,
        title=lambda row: row.name,
        url=lambda row: reverse("books:club", args=[row.uid]),
        seen_by=may_see_club,
        text=lambda row: f"{row.name} {row.purpose}",
        person=lambda row: row.leader_id,
        day=lambda row: row.founded_on,
    ),
    Place(
        kind=ReadingShare.SOURCE_KIND,
        name="读书分享",
        rows=lambda: ReadingShare.objects.select_related("organisation"),
        title=lambda row: row.about or row.text[:20],
        url=lambda row: reverse("books:share", args=[row.uid]),
        seen_by=may_see_share,
        text=lambda row: f"{row.about}\n{row.text}",
        person=lambda row: row.teacher_id,
        day=lambda row: row.shared_on,
        audience=lambda _row: [audience.everybody()],
    ),
]
