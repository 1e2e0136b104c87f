"""Reading clubs: founding one, joining and leaving it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from yanxiu.activities.queries import office_of
from yanxiu.audit import trail
from yanxiu.books.actions.ground import tidy, works_in
from yanxiu.books.models import ClubMember, ReadingClub
from yanxiu.books.permissions import may_manage_club, may_see_club
from yanxiu.books.refusals import ClubNameTaken
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices.actions import gather
from yanxiu.people.access import holds_at, require
from yanxiu.people.models import Organisation, Teacher


@transaction.atomic
def found_club(
    organisation: Organisation,
    *,
    name: str,
    by: Teacher,
    at: datetime,
    form: str = ReadingClub.Form.CLUB,
    purpose: str = "",
) -> ReadingClub:
    """Found a club; any teacher may, and leads it.

    Raises:
        NotAllowed: `by` has neither post nor office in `organisation`.
        ClubNameTaken: there is one of the name.
        BadInput: there is no name, or no such form.
    """
    if not holds_at(by, "manage_works", organisation):
        works_in(by, organisation)
    name = tidy(name, 40)
    if not name or form not in ReadingClub.Form.values:
        raise BadInput("读书会没有名称，没有建。请写一个名称。")
    try:
        with transaction.atomic():
            club = ReadingClub.objects.create(
                organisation=organisation,
                name=name,
                form=form,
                purpose=tidy(purpose, 200),
                leader=by,
                founded_on=day_of(at),
            )
    except IntegrityError as taken:
        raise ClubNameTaken(name) from taken
    ClubMember.objects.create(club=club, teacher=by, joined_on=day_of(at))
    trail.record(by, "books.club-founded", club, at=at)
    return club


@transaction.atomic
def change_club(
    club: ReadingClub, *, name: str, form: str, purpose: str, by: Teacher, at: datetime
) -> ReadingClub:
    """Change what a club is called and what it is for.

    Raises:
        NotAllowed: `by` does not manage the club.
        ClubNameTaken: there is one of the name.
        BadInput: there is no name, or no such form.
    """
    require(may_manage_club, by, club)
    club.name, club.form, club.purpose = tidy(name, 40), form, tidy(purpose, 200)
    if not club.name or form not in ReadingClub.Form.values:
        raise BadInput("读书会没有名称，没有保存。请写一个名称。")
    try:
        with transaction.atomic():
            club.save(update_fields=["name", "form", "purpose"])
    except IntegrityError as taken:
        raise ClubNameTaken(club.name) from taken
    trail.record(by, "books.club-changed", club, at=at)
    return club


@transaction.atomic
def join_club(club: ReadingClub, *, by: Teacher, at: datetime) -> None:
    """Join; who is in already stays in.

    Raises:
        NotAllowed: the club is of another school.
        BadInput: it has ended.
    """
    require(may_see_club, by, club)
    if club.ended_on:
        raise BadInput("这个读书会已经结束，没有加入。可以新建一个，或加入别的。")
    ClubMember.objects.get_or_create(
        club=club, teacher=by, left_on=None, defaults={"joined_on": day_of(at)}
    )
    trail.record(by, "books.club-joined", club, at=at)


@transaction.atomic
def leave_club(club: ReadingClub, *, by: Teacher, at: datetime) -> None:
    """Leave; what was read and shared until then stays.

    Raises:
        BadInput: `by` leads the club.
    """
    if club.leader_id == by.pk and not club.ended_on:
        raise BadInput("您是这个读书会的召集人，没有退出。请先结束读书会，或请教科室换人。")
    club.members.filter(teacher=by, left_on=None).update(left_on=day_of(at))
    trail.record(by, "books.club-left", club, at=at)


@transaction.atomic
def hand_over_club(club: ReadingClub, leader: Teacher, *, by: Teacher, at: datetime) -> ReadingClub:
    """Let another member lead the club.

    Raises:
        NotAllowed: `by` does not manage the club.
        BadInput: `leader` is no member.
    """
    require(may_manage_club, by, club)
    if not club.members.filter(teacher=leader, left_on=None).exists():
        raise BadInput("新的召集人还不是成员，没有改动。请先请这位老师加入。")
    club.leader = leader
    club.save(update_fields=["leader"])
    trail.record(by, "books.club-handed-over", club, at=at, detail={"to": leader.name})
    return club


@transaction.atomic
def end_club(club: ReadingClub, *, by: Teacher, at: datetime) -> ReadingClub:
    """End a club, or let it go on.

    Raises:
        NotAllowed: `by` does not manage the club.
        ClubNameTaken: another has taken the name meanwhile.
    """
    require(may_manage_club, by, club)
    club.ended_on = None if club.ended_on else day_of(at)
    try:
        with transaction.atomic():
            club.save(update_fields=["ended_on"])
    except IntegrityError as taken:
        raise ClubNameTaken(club.name) from taken
    trail.record(by, "books.club-ended", club, at=at)
    return club


@transaction.atomic
def ask_for_meeting(club: ReadingClub, *, wish: str, by: Teacher, at: datetime) -> list[Teacher]:
    """Ask whoever plans for the whole school to set up a meeting of the club; return who was asked.

    A sitting gives hours, so it is not the convenor's to make for readers of several groups. What
    was asked and is not read yet is said anew, in one notice.

    Raises:
        NotAllowed: `by` does not manage the club.
        BadInput: it has ended, or nobody (else) plans for the school.
    """
    require(may_manage_club, by, club)
    rows = ReadingClub.objects.select_for_update(of=("self",)).select_related("organisation")
    club = rows.get(pk=club.pk)
    if club.ended_on:
        raise BadInput("这个读书会已经结束，没有去请。先点“接着办”，再请教科室安排。")
    office = list(office_of(club.organisation))
    asked = [one for one in office if one.pk != by.pk]
    if office and not asked:
        raise BadInput("就是您管全校的活动，请直接安排。")
    if not asked:
        raise BadInput("学校还没有人管全校的活动，没有去请。请联系管理员，先在“岗位”里设好教科室。")
    names = "、".join(club.members.filter(left_on=None).values_list("teacher__name", flat=True))
    for one in asked:
        gather(
            one,
            kind="request",
            title=f"{by.name}请您为读书会“{club.name}”安排一场聚会",
            text="\n".join(part for part in (tidy(wish, 200), f"成员：{names}") if part),
            source=source_of(club),
            organisation=club.organisation,
            at=at,
        )
    trail.record(by, "books.meeting-asked", club, at=at)
    return asked
