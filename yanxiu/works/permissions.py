"""Who may do what with works, where they are sent, and the register of prizes."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_see_session
from yanxiu.people.models import Membership, Post, Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import today
from yanxiu.works.models import (
    BlindReview,
    CallEntry,
    CallForPapers,
    Outcome,
    OutcomeAuthor,
    PanelMember,
    Work,
    WorkAuthor,
)

HANDED_IN = [state for state in Work.State.values if state not in Work.WRITTEN]
"""States in which a work has been given out of the hand."""

SEEN_BY_READERS = [*HANDED_IN, Work.State.RETURNED]
"""States in which whoever reads works sees it: what was returned stays in sight."""


def _written_with(teacher: Teacher) -> Q:
    """Works of which `teacher` is the author, or one of the authors."""
    shares = WorkAuthor.objects.filter(work=OuterRef("pk"), teacher=teacher)
    return Q(teacher=teacher.pk) | Q(Exists(shares))


def _led(teacher: Teacher) -> Q:
    """Rows of the members, today, of the units that `teacher` leads."""
    members = Membership.objects.on(today()).filter(unit__in=teacher.leads)
    return Q(teacher__in=members.values("teacher"))


def _of_own_groups(teacher: Teacher) -> Q:
    """Rows of those who are in a unit with `teacher` today."""
    members = Membership.objects.on(today()).filter(unit__in=teacher.units)
    return Q(teacher__in=members.values("teacher"))


def _read_blind(teacher: Teacher) -> "QuerySet[CallEntry]":
    """Entries of calls on whose panel `teacher` is, until the results are out."""
    return CallEntry.objects.filter(
        withdrawn_at=None,
        call__panel__teacher=teacher,
        call__state__in=(CallForPapers.State.OPEN, CallForPapers.State.REVIEWING),
    )


def _before_no_reviewer(teacher: Teacher, work: str = "pk") -> Q:
    """Works that `teacher` does not read blind, or rows that name such a work in `work`.

    Where it was sent and what it won before tell the author as well.
    """
    return ~Q(Exists(_read_blind(teacher).filter(work=OuterRef(work))))


def records_read_blind(teacher: Teacher) -> Q:
    """Records that tell who wrote what `teacher` reads blind: of it, a prize, or its title."""
    entries = _read_blind(teacher)
    prizes = Outcome.objects.filter(work__in=entries.values("work"))
    return (
        Q(source_id__in=entries.values("work__uid"))
        | Q(source_id__in=prizes.values("uid"))
        | Q(title__in=entries.values("title"))
    )


def _shared_to(teacher: Teacher) -> Q:
    schools = [post.organisation_id for post in teacher.posts_today]
    sessions = Session.objects.filter(may_see_session(teacher), pk=OuterRef("session"))
    shared = (
        Q(shared_with=Work.Shared.SCHOOL, organisation__in=schools)
        | (Q(shared_with=Work.Shared.GROUP) & _of_own_groups(teacher))
        | (Q(shared_with=Work.Shared.GROUP, session__isnull=False) & Q(Exists(sessions)))
    )
    return shared & _before_no_reviewer(teacher)


def _handed_to(teacher: Teacher) -> Q:
    reads = _led(teacher) | Q(organisation__in=teacher.reach("see_works"))
    return Q(state__in=SEEN_BY_READERS) & reads & _before_no_reviewer(teacher)


def may_see_work(teacher: Teacher) -> Q:
    """Its authors; with whom it is shared; and once handed in, the author's leader and the office.

    A draft that is not shared is seen by nobody else, whatever right they hold.
    """
    others = _shared_to(teacher) | _handed_to(teacher)
    return _written_with(teacher) | (Q(dropped_at=None) & others)


def may_see_draft(teacher: Teacher) -> Q:
    """What is being written on: its authors, and with whom they share it.

    After a return its readers see what was handed in, until it is handed in again.
    """
    return _written_with(teacher) | (Q(dropped_at=None) & _shared_to(teacher))


def may_see_whole_work(teacher: Teacher) -> Q:
    """Also what was written for oneself: the authors, and once handed in those who read works."""
    return _written_with(teacher) | (Q(dropped_at=None) & _handed_to(teacher))


def may_list_work(teacher: Teacher) -> Q:
    """What others handed in to this reader: to the leader of the group, and to the office."""
    return Q(dropped_at=None) & _handed_to(teacher) & ~Q(teacher=teacher.pk)


def may_see_private_text(teacher: Teacher) -> Q:
    """Whoever may see all of the work that it stands in."""
    works = Work.objects.filter(may_see_whole_work(teacher), pk=OuterRef("work"))
    return Q(Exists(works))


def may_write_work(teacher: Teacher) -> Q:
    """Its authors."""
    return _written_with(teacher)


def may_own_work(teacher: Teacher) -> Q:
    """The first author: hands it in, takes it back, shares it, names the others, says its kind."""
    return Q(teacher=teacher.pk)


def may_read_work(teacher: Teacher) -> Q:
    """Once handed in: the leader of the author's group and the office; no author reads the own."""
    reads = _led(teacher) | Q(organisation__in=teacher.reach("manage_works"))
    others = ~_written_with(teacher) & _before_no_reviewer(teacher)
    return Q(dropped_at=None, state__in=HANDED_IN) & others & reads


def may_recommend_work(teacher: Teacher) -> Q:
    """The office of the school, or of a superior, once it was handed in."""
    reach = teacher.reach("manage_works")
    return Q(dropped_at=None, state__in=HANDED_IN, organisation__in=reach)


def _of_seen_work(teacher: Teacher) -> Q:
    works = Work.objects.filter(may_write_work(teacher), pk=OuterRef("work"))
    return Q(Exists(works))


def may_see_submission(teacher: Teacher) -> Q:
    """The authors of the work, and whoever may see the works of the school; no reviewer of it."""
    sees = Q(organisation__in=teacher.reach("see_works"))
    return _of_seen_work(teacher) | (sees & _before_no_reviewer(teacher, "work"))


def may_manage_submission(teacher: Teacher) -> Q:
    """The office of the school, or of a superior."""
    return Q(organisation__in=teacher.reach("manage_works"))


def may_see_outcome(teacher: Teacher) -> Q:
    """Its authors, the leader of the first, and whoever sees the works; no reviewer of the work."""
    shares = OutcomeAuthor.objects.filter(outcome=OuterRef("pk"), teacher=teacher)
    others = _led(teacher) | Q(organisation__in=teacher.reach("see_works"))
    # One that was registered without its work tells the author by its title.
    blind = ~Q(title__in=_read_blind(teacher).values("title"))
    return (
        Q(teacher=teacher.pk)
        | Q(Exists(shares))
        | (others & blind & _before_no_reviewer(teacher, "work"))
    )


def may_change_outcome(teacher: Teacher) -> Q:
    """Whoever told it, until it is confirmed."""
    return Q(teacher=teacher.pk) & ~Q(state="confirmed")


def may_confirm_outcome(teacher: Teacher) -> Q:
    """The office of the school, or of a superior; no author of any rank confirms the own."""
    reach = teacher.reach("manage_works")
    named = OutcomeAuthor.objects.filter(outcome=OuterRef("pk"), teacher=teacher)
    wrote = WorkAuthor.objects.filter(work=OuterRef("work"), teacher=teacher)
    own = Q(teacher=teacher.pk) | Q(Exists(named)) | Q(Exists(wrote))
    return Q(organisation__in=reach) & ~own


def _upwards(teacher: Teacher) -> list[int]:
    paths = [post.organisation.path for post in teacher.posts_today]
    return sorted({pk for path in paths for pk in lineage_of(path)})


def may_see_work_kind(teacher: Teacher) -> Q:
    """Shipped ones, and those of the own school or a superior."""
    return Q(organisation=None) | Q(organisation__in=_upwards(teacher))


def may_manage_work_kind(teacher: Teacher) -> Q:
    """Kinds of a school whose works this teacher manages; what is shipped stays."""
    return Q(organisation__in=teacher.reach("manage_works"))


def may_ask_works_of(teacher: Teacher) -> Q:
    """Teachers whose works are listed by name: who has a post in the reach, or is led."""
    posts = Post.objects.on(today()).filter(organisation__in=teacher.reach("see_works"))
    led = Membership.objects.on(today()).filter(unit__in=teacher.leads)
    return Q(pk__in=posts.values("teacher")) | Q(pk__in=led.values("teacher"))


# ---- calls for papers: authors and reviewers never meet ----
def may_see_call(teacher: Teacher) -> Q:
    """Everybody in the school that calls or below it, its panel, and whoever sees its works."""
    panel = PanelMember.objects.filter(call=OuterRef("pk"), teacher=teacher)
    return (
        Q(organisation__in=_upwards(teacher))
        | Q(organisation__in=teacher.reach("see_works"))
        | Q(Exists(panel))
    )


def may_manage_call(teacher: Teacher) -> Q:
    """The office of the school that calls, or of a superior."""
    return Q(organisation__in=teacher.reach("manage_works"))


def may_enter_call(teacher: Teacher) -> Q:
    """Everybody in the school that calls or below it, unless on its panel."""
    panel = PanelMember.objects.filter(call=OuterRef("pk"), teacher=teacher)
    return Q(organisation__in=_upwards(teacher)) & ~Q(Exists(panel))


def _reviewed_by(teacher: Teacher) -> Q:
    """Entries of calls on whose panel `teacher` is: who wrote them is not for these eyes."""
    panel = PanelMember.objects.filter(call=OuterRef("call"), teacher=teacher)
    return Q(Exists(panel))


def may_see_entry(teacher: Teacher) -> Q:
    """Its authors, and the offices of the authors' school and of the call; never its reviewers."""
    shares = WorkAuthor.objects.filter(work=OuterRef("work"), teacher=teacher)
    mine = Q(teacher=teacher.pk) | Q(Exists(shares))
    offices = Q(call__organisation__in=teacher.reach("manage_works")) | Q(
        organisation__in=teacher.reach("see_works")
    )
    return mine | (Q(withdrawn_at=None) & offices & ~_reviewed_by(teacher))


def may_withdraw_entry(teacher: Teacher) -> Q:
    """The first author."""
    return Q(teacher=teacher.pk)


def may_review(teacher: Teacher) -> Q:
    """The reviewer to whom the lot gave it, until it is declined."""
    return Q(reviewer=teacher.pk) & ~Q(state=BlindReview.State.DECLINED)
