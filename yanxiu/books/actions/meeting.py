"""Sessions in which one talks about books: what is read there, what was said, and the library."""

from datetime import datetime

from django.db import transaction

from yanxiu.activities.actions import give_part
from yanxiu.activities.models import Part, Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.activities.queries import expected_teachers
from yanxiu.audit import trail
from yanxiu.books.actions.ground import book_for, tidy, typed
from yanxiu.books.actions.quoting import compare_share
from yanxiu.books.models import Book, CommonRound, Meeting, ReadingClub, ReadingShare
from yanxiu.books.permissions import (
    may_choose_share,
    may_own_share,
    may_see_club,
    may_see_round,
    may_tie_meeting,
)
from yanxiu.books.refusals import NothingSaid, RoundOver, WrongLibraryState
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices.actions import notify
from yanxiu.originality import actions as originality
from yanxiu.people.access import NotAllowed, require
from yanxiu.people.models import Teacher
from yanxiu.works.models import Work
from yanxiu.works.permissions import may_own_work

Library = ReadingShare.Library
LONGEST = 20_000


@transaction.atomic
def tie_meeting(
    session: Session,
    *,
    form: str,
    by: Teacher,
    at: datetime,
    title: str = "",
    reading_round: CommonRound | None = None,
    club: ReadingClub | None = None,
) -> Meeting:
    """Say what is read in a session: a book, a round, a club. Who came stands with the session.

    The members of the club whom the session does not expect yet are invited to it, once: saved
    again with the same club, whom the host took off stays off.

    Raises:
        NotAllowed: `by` does not manage the session, or may not see the round or the club.
        BadInput: there is no such form.
    """
    require(may_tie_meeting, by, session)
    if reading_round is not None:
        require(may_see_round, by, reading_round)
    if club is not None:
        require(may_see_club, by, club)
    if form not in Meeting.Form.values:
        raise BadInput("没有这种形式，没有保存。请从列表里选一项。")
    book: Book | None = reading_round.book if reading_round else None
    if title.strip():
        book = book_for(session.organisation, title)
    invited = Meeting.objects.filter(session=session).values_list("club", flat=True).first()
    meeting, _made = Meeting.objects.update_or_create(
        session=session,
        defaults={
            "form": form,
            "book": book,
            "reading_round": reading_round,
            "club": club or (reading_round.club if reading_round else None),
            "tied_at": at,
        },
    )
    trail.record(by, "books.meeting-tied", session, at=at)
    is_open = not session.closed_at and not session.cancelled_at
    if meeting.club and meeting.club_id != invited and is_open:
        expected = expected_teachers(session)
        readers = meeting.club.members.filter(left_on=None).exclude(teacher__in=expected)
        for reader in readers.select_related("teacher"):
            give_part(session, reader.teacher, Part.Role.ATTENDEE, by=by, at=at)
    return meeting


@transaction.atomic
def untie_meeting(session: Session, *, by: Teacher, at: datetime) -> None:
    """Say that the session was no reading meeting after all; the session stays as it is.

    Raises:
        NotAllowed: `by` does not manage the session.
    """
    require(may_tie_meeting, by, session)
    Meeting.objects.filter(session=session).delete()
    trail.record(by, "books.meeting-untied", session, at=at)


# ---- what was said ----
@transaction.atomic
def share(
    *,
    text: str,
    by: Teacher,
    at: datetime,
    session: Session | None = None,
    reading_round: CommonRound | None = None,
    about: str = "",
    work: Work | None = None,
) -> ReadingShare:
    """Tell the others something, in a session or in a round; one's own note may stand with it.

    Raises:
        NotAllowed: `by` may not see session or round, or the work is not the own.
        RoundOver: the round has ended.
        NothingSaid, BadInput: it is empty, or a book of its own.
    """
    if session is not None:
        require(may_see_session, by, session)
    if reading_round is not None:
        require(may_see_round, by, reading_round)
        if reading_round.ended_at and session is None:
            raise RoundOver
    if work is not None:
        require(may_own_work, by, work)
    place = session or reading_round
    if place is None:
        raise NotAllowed
    found = ReadingShare.objects.create(
        organisation=place.organisation,
        teacher=by,
        session=session,
        reading_round=reading_round,
        work=work,
        about=tidy(about, 80),
        text=_said(text, work),
        shared_at=at,
        shared_on=day_of(at),
    )
    compare_share(found, at=at)
    trail.record(by, "books.shared", found, at=at)
    return found


def _said(text: str, work: Work | None) -> str:
    text = typed(text).strip()
    if not text and work is None:
        raise NothingSaid
    if len(text) > LONGEST:
        raise BadInput("分享超过2万字，没有保存。长的请写成读书心得，再把它放上来。")
    return text


@transaction.atomic
def change_share(
    found: ReadingShare, *, text: str, about: str, by: Teacher, at: datetime
) -> ReadingShare:
    """Put right what one has said.

    Raises:
        NotAllowed: somebody else said it.
        NothingSaid, BadInput: as above.
    """
    require(may_own_share, by, found)
    found.text, found.about = _said(text, found.work), tidy(about, 80)
    found.save(update_fields=["text", "about"])
    compare_share(found, at=at)
    trail.record(by, "books.share-changed", found, at=at)
    return found


@transaction.atomic
def take_back_share(found: ReadingShare, *, by: Teacher, at: datetime) -> None:
    """Take back what one has said, out of the library too.

    Raises:
        NotAllowed: somebody else said it.
    """
    require(may_own_share, by, found)
    trail.record(by, "books.share-taken-back", found, at=at)
    originality.remove(source_of(found))
    found.delete()


# ---- the library ----
@transaction.atomic
def choose_share(found: ReadingShare, *, by: Teacher, at: datetime) -> ReadingShare:
    """Propose it for the library; its author is asked, and without a yes nothing happens.

    Raises:
        NotAllowed: `by` is not in charge, or said it.
        WrongLibraryState: it was proposed before.
    """
    require(may_choose_share, by, found)
    found = _locked(found)
    if found.library != Library.NOT_ASKED:
        raise WrongLibraryState(str(found.get_library_display()))
    found.library, found.chosen_by_name = Library.ASKED, by.name
    found.save(update_fields=["library", "chosen_by_name"])
    trail.record(by, "books.share-chosen", found, at=at)
    notify(
        [found.teacher],
        kind="request",
        title=f"{by.name}想把您的读书分享放进分享库",
        source=source_of(found),
        organisation=found.organisation,
        at=at,
        text="放不放由您定；同意以后全校老师看得到，随时可以拿出来。",
    )
    return found


def _locked(found: ReadingShare) -> ReadingShare:
    rows = ReadingShare.objects.select_for_update(of=("self",))
    return rows.select_related("teacher", "organisation").get(pk=found.pk)


@transaction.atomic
def answer_choice(found: ReadingShare, *, agrees: bool, by: Teacher, at: datetime) -> ReadingShare:
    """Agree to the library or not; an agreement can be taken back at any time.

    Raises:
        NotAllowed: somebody else said it.
        WrongLibraryState: nobody has proposed it.
    """
    require(may_own_share, by, found)
    found = _locked(found)
    if found.library == Library.NOT_ASKED:
        raise WrongLibraryState(str(found.get_library_display()))
    found.library = Library.AGREED if agrees else Library.DECLINED
    found.save(update_fields=["library"])
    trail.record(by, "books.share-answered", found, at=at, detail={"agrees": agrees})
    return found
