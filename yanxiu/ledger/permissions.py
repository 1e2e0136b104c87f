"""Who may see what of the ledger; nobody may change an entry."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q

from yanxiu.ledger.models import RecognitionStep, Record, SchemeFile
from yanxiu.ledger.rules.process import GROUP_LEADER, OFFICES, SELF
from yanxiu.people.models import Membership, Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import today


def led_by(teacher: Teacher) -> Q:
    """Records of members, today, of the units that `teacher` leads in the record's school."""
    if not teacher.leads:
        return Q(pk__in=[])
    members = Membership.objects.on(today()).filter(
        unit__in=teacher.leads,
        unit__organisation=OuterRef("organisation"),
        teacher=OuterRef("teacher"),
    )
    return Q(Exists(members))


HIDDEN: list[Callable[[Teacher], Q]] = []
"""Records that a doing app keeps from a reader for a while; it adds them when it is ready."""


def hidden_from(teacher: Teacher) -> Q:
    """Records of others that `teacher` does not see now, whatever right is held."""
    found = Q(pk__in=[])
    for hidden in HIDDEN:
        found |= hidden(teacher)
    return found & ~Q(teacher=teacher.pk)


def may_see_record(teacher: Teacher) -> Q:
    """The person in question, and whoever may see the hours of the school of that day.

    While a record waits for the leader of the person's group, that leader sees it too. Who reads a
    paper blind does not see what tells its author.
    """
    seen = Q(teacher=teacher.pk) | Q(organisation__in=teacher.reach("see_hours"))
    if teacher.leads:
        waits = Q(state=Record.State.WAITING, waiting_by=GROUP_LEADER, withdrawn_at=None)
        seen |= waits & led_by(teacher)
    return seen & ~hidden_from(teacher)


def stands_in_for(teacher: Teacher, right: str = "recognise_hours") -> set[int]:
    """Return the keys of those who lent `right` to `teacher`: whose deputy it is today.

    Nobody decides about the own hours, and so no deputy decides about those of whoever is away.
    """
    grounds = [one for one in teacher.holdings if right in one.rights]
    return {one.post.teacher_id for one in grounds if not one.own}


def _in_reach(teacher: Teacher, place: str) -> Q:
    """Rows at a `place` where `teacher` recognises hours; what is lent is not for the lender."""
    right = "recognise_hours"
    here = Q(**{f"{place}__in": teacher.reach(right)})
    lenders = stands_in_for(teacher)
    if not lenders:
        return here
    return here & (~Q(teacher__in=lenders) | Q(**{f"{place}__in": teacher.reach(right, own=True)}))


def may_take_step(teacher: Teacher) -> Q:
    """Who recognises at the place a record waits at, or leads the person; never the person.

    A deputy does not decide about whoever is away.

    Where a superior decides after the school, somebody else decides than did for the school. What
    only the person can confirm waits for the person.
    """
    waits = Q(state=Record.State.WAITING, withdrawn_at=None)
    own = Q(teacher=teacher.pk, waiting_by=SELF)
    before = RecognitionStep.objects.filter(
        record=OuterRef("pk"),
        round=OuterRef("round"),
        by_uid=teacher.uid,
        decision=RecognitionStep.Decision.ACCEPTED,
        level__in=(GROUP_LEADER, *OFFICES),
    ).exclude(level=OuterRef("waiting_by"))
    offices = ~Q(waiting_by=SELF) & _in_reach(teacher, "waiting_at")
    leads = Q(waiting_by=GROUP_LEADER) & led_by(teacher)
    return waits & (own | (~Q(teacher=teacher.pk) & (offices | leads) & ~Q(Exists(before))))


def may_correct_record(teacher: Teacher) -> Q:
    """Who recognises hours in the school of the record or above; never the own ones.

    A deputy does not correct those of whoever is away.
    """
    return ~Q(teacher=teacher.pk) & _in_reach(teacher, "organisation")


def may_change_own_record(teacher: Teacher) -> Q:
    """The person in question: to hand it in again, or to take it back while nobody has acted."""
    return Q(teacher=teacher.pk)


def may_see_entry(teacher: Teacher) -> Q:
    """The person in question, and whoever may see the hours of the school of that day."""
    hidden = Record.objects.filter(hidden_from(teacher), pk=OuterRef("record"))
    seen = Q(teacher=teacher.pk) | Q(organisation__in=teacher.reach("see_hours"))
    return seen & ~Q(Exists(hidden))


def may_manage_adoption(teacher: Teacher) -> Q:
    """Administrators of the organisation that reckons by the scheme, or of a superior."""
    return Q(organisation__in=teacher.reach("manage_terms"))


def may_manage_scheme(teacher: Teacher) -> Q:
    """Administrators and credit officers of the organisation that writes it, or of a superior."""
    return Q(organisation__in=teacher.reach("manage_terms"))


def may_read_scheme(teacher: Teacher) -> Q:
    """Who manages it; once published, also who adopts schemes or sees hours where it applies.

    That is the organisation that writes it and all below.
    """
    paths = [*teacher.reach_paths("manage_terms"), *teacher.reach_paths("see_hours")]
    above = {pk for path in paths for pk in lineage_of(path)}
    published = ~Q(state=SchemeFile.State.DRAFT)
    reads = Q(organisation__in=above) | Q(organisation__in=teacher.reach("see_hours"))
    return may_manage_scheme(teacher) | (published & reads)


def may_see_reckoning(teacher: Teacher) -> Q:
    """The same as for the scheme; names of persons only where the reader may see hours."""
    return Q(organisation__in=teacher.reach("manage_terms"))
