"""Who may do what with books, reading records, rounds, clubs and what is shared of them."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_manage_session, may_see_session
from yanxiu.books.models import (
    BookListItem,
    ClubMember,
    CommonRound,
    ReadingRecord,
    Recommendation,
    RoundReader,
)
from yanxiu.people.models import Membership, Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import today

ToldTo = ReadingRecord.ToldTo


def _upwards(teacher: Teacher) -> list[int]:
    """The primary keys of the organisations of `teacher`'s posts and of all above them."""
    paths = [post.organisation.path for post in teacher.posts_today]
    return sorted({pk for path in paths for pk in lineage_of(path)})


def _schools(teacher: Teacher) -> list[int]:
    return [post.organisation_id for post in teacher.posts_today]


def _led(teacher: Teacher) -> Q:
    """Rows of the members, today, of the units that `teacher` leads."""
    members = Membership.objects.on(today()).filter(unit__in=teacher.leads)
    return Q(teacher__in=members.values("teacher"))


def _of_own_groups(teacher: Teacher) -> Q:
    """Rows of those who are in a unit with `teacher` today."""
    members = Membership.objects.on(today()).filter(unit__in=teacher.units)
    return Q(teacher__in=members.values("teacher"))


def _for_own_groups(teacher: Teacher) -> Q:
    """Rows for a unit of `teacher`'s, or for everybody of an own organisation or a superior."""
    return Q(unit__in=teacher.units) | Q(unit=None, organisation__in=_upwards(teacher))


# ---- reading records: one's own, told as far as one says ----
def may_own_record(teacher: Teacher) -> Q:
    """The reader, in person."""
    return Q(teacher=teacher.pk)


def _told(teacher: Teacher) -> Q:
    """Records of colleagues that they let `teacher` see."""
    return Q(told_to=ToldTo.SCHOOL, organisation__in=_schools(teacher)) | (
        Q(told_to__in=(ToldTo.GROUP, ToldTo.SCHOOL)) & _of_own_groups(teacher)
    )


def may_list_record(teacher: Teacher) -> Q:
    """What was read to the end, unless told to nobody: the reader's leader, and the office."""
    reads = _led(teacher) | Q(organisation__in=teacher.reach("see_works"))
    return Q(state=ReadingRecord.State.READ) & ~Q(told_to=ToldTo.NOBODY) & reads


def may_see_record(teacher: Teacher) -> Q:
    """The reader; whom she tells it; and once it is read her leader and the office.

    Notes are the reader's alone, and excerpts too until she shares them.
    """
    others = _told(teacher) | may_list_record(teacher)
    return Q(teacher=teacher.pk) | (Q(dropped_at=None) & others)


def may_see_excerpt(teacher: Teacher) -> Q:
    """The reader; a shared one, whoever may see the record."""
    records = ReadingRecord.objects.filter(may_see_record(teacher), pk=OuterRef("record"))
    return Q(record__teacher=teacher.pk) | (Q(is_shared=True) & Q(Exists(records)))


# ---- lists and recommendations ----
def may_see_list(teacher: Teacher) -> Q:
    """The group, or everybody of the organisation and below it, and who sees its works."""
    return Q(dropped_at=None) & (
        _for_own_groups(teacher) | Q(organisation__in=teacher.reach("see_works"))
    )


def may_manage_list(teacher: Teacher) -> Q:
    """A group's: its leader; any: the office of the organisation or of a superior."""
    return Q(unit__in=teacher.leads) | Q(organisation__in=teacher.reach("manage_works"))


def may_see_recommendation(teacher: Teacher) -> Q:
    """Who made it; for whom it is; and who sees the works of the school."""
    others = _for_own_groups(teacher) | Q(organisation__in=teacher.reach("see_works"))
    return Q(teacher=teacher.pk) | (Q(withdrawn_at=None) & others)


def may_withdraw_recommendation(teacher: Teacher) -> Q:
    """Who made it, and the office."""
    return Q(teacher=teacher.pk) | Q(organisation__in=teacher.reach("manage_works"))


def may_see_book(teacher: Teacher) -> Q:
    """Whoever finds it on a list, recommended, read together, or in a record that may be seen."""
    listed = BookListItem.objects.filter(book=OuterRef("pk")).filter(
        Q(book_list__dropped_at=None)
        & (
            Q(book_list__unit__in=teacher.units)
            | Q(book_list__unit=None, book_list__organisation__in=_upwards(teacher))
            | Q(book_list__organisation__in=teacher.reach("see_works"))
        )
    )
    told = Recommendation.objects.filter(may_see_recommendation(teacher), book=OuterRef("pk"))
    together = CommonRound.objects.filter(may_see_round(teacher), book=OuterRef("pk"))
    records = ReadingRecord.objects.filter(may_see_record(teacher), book=OuterRef("pk"))
    return Q(Exists(listed)) | Q(Exists(told)) | Q(Exists(together)) | Q(Exists(records))


# ---- reading together ----
def _of_own_clubs(teacher: Teacher) -> Q:
    members = ClubMember.objects.filter(club=OuterRef("club"), teacher=teacher, left_on=None)
    return Q(Exists(members))


def may_see_round(teacher: Teacher) -> Q:
    """Its readers and leader, the group, club or organisation it is for, and who sees its works."""
    readers = RoundReader.objects.filter(reading_round=OuterRef("pk"), teacher=teacher)
    return (
        Q(leader=teacher.pk)
        | Q(unit__in=teacher.units)
        | Q(unit=None, club=None, organisation__in=_upwards(teacher))
        | Q(organisation__in=teacher.reach("see_works"))
        | Q(Exists(readers))
        | _of_own_clubs(teacher)
    )


def may_see_round_part(teacher: Teacher) -> Q:
    """Whoever may see the round that it is of."""
    rounds = CommonRound.objects.filter(may_see_round(teacher))
    return Q(reading_round__in=rounds.values("pk"))


def may_manage_round(teacher: Teacher) -> Q:
    """Its leader, the leader of its group or club, and the office."""
    return (
        Q(leader=teacher.pk)
        | Q(unit__in=teacher.leads)
        | Q(club__leader=teacher.pk)
        | Q(organisation__in=teacher.reach("manage_works"))
    )


def may_see_club(teacher: Teacher) -> Q:
    """Everybody of the school, and who sees its works."""
    return Q(organisation__in=_schools(teacher)) | Q(organisation__in=teacher.reach("see_works"))


def may_manage_club(teacher: Teacher) -> Q:
    """Its leader, and the office."""
    return Q(leader=teacher.pk) | Q(organisation__in=teacher.reach("manage_works"))


# ---- meetings and what is said there ----
def may_see_meeting(teacher: Teacher) -> Q:
    """Whoever may see the session."""
    return may_see_session(teacher)


def may_tie_meeting(teacher: Teacher) -> Q:
    """Whoever manages the session: says what is read in it."""
    return may_manage_session(teacher)


def may_own_share(teacher: Teacher) -> Q:
    """Who said it: changes it, takes it back, and decides on the library."""
    return Q(teacher=teacher.pk)


def may_see_share(teacher: Teacher) -> Q:
    """Whoever may see the session or the round; in the library everybody of the school."""
    sessions = Session.objects.filter(may_see_session(teacher), pk=OuterRef("session"))
    rounds = CommonRound.objects.filter(may_see_round(teacher), pk=OuterRef("reading_round"))
    return (
        Q(teacher=teacher.pk)
        | Q(Exists(sessions))
        | Q(Exists(rounds))
        | (
            Q(library="agreed")
            & (
                Q(organisation__in=_schools(teacher))
                | Q(organisation__in=teacher.reach("see_works"))
            )
        )
    )


def may_choose_share(teacher: Teacher) -> Q:
    """Who manages the session or the round, and the office; nobody chooses the own."""
    sessions = Session.objects.filter(may_manage_session(teacher), pk=OuterRef("session"))
    rounds = CommonRound.objects.filter(may_manage_round(teacher), pk=OuterRef("reading_round"))
    chosen = (
        Q(Exists(sessions)) | Q(Exists(rounds)) | Q(organisation__in=teacher.reach("manage_works"))
    )
    return chosen & ~Q(teacher=teacher.pk)


def clubs_of(teacher: Teacher) -> Q:
    """Clubs in which `teacher` is a member today, or which `teacher` leads."""
    members = ClubMember.objects.filter(club=OuterRef("pk"), teacher=teacher, left_on=None)
    return Q(leader=teacher.pk) | Q(Exists(members))
