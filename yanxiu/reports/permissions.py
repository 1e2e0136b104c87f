"""Who may do what with summaries."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.people.models import Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import below
from yanxiu.reports.models import DocumentTemplate, Letter, Summary, TemplateVersion

COMMON = {"teacher": None}
"""What marks a summary that is not one person's own."""


def may_see_summary(teacher: Teacher) -> Q:
    """Everybody of the school once it is approved; before that who works on it or reads along.

    A superior with the right to see summaries reads all below it. A personal one is seen by its
    teacher alone until it is handed in, and then by those who approve it.
    """
    schools = [post.organisation_id for post in teacher.posts_today]
    handed_in = Q(state__in=[Summary.State.SUBMITTED, Summary.State.APPROVED])
    return (
        Q(organisation__in=schools, state=Summary.State.APPROVED, **COMMON)
        | Q(organisation__in=teacher.reach("see_summaries"), **COMMON)
        | may_manage_summary(teacher)
        | Q(organisation__in=teacher.reach("approve_summaries")) & (Q(**COMMON) | handed_in)
        | Q(organisation__in=teacher.reach("manage_summaries")) & handed_in
    )


def may_manage_summary(teacher: Teacher) -> Q:
    """The research office of its school or of a superior, and the leader of its unit.

    They draft, write and hand in. A personal one is written by its teacher alone.
    """
    return (
        Q(organisation__in=teacher.reach("manage_summaries"), **COMMON)
        | Q(unit__in=teacher.leads, **COMMON)
        | Q(teacher=teacher)
    )


def may_approve_summary(teacher: Teacher) -> Q:
    """The principal of its school, or whoever approves for a superior.

    Those of a unit or a person are approved by the research office too, once they are handed in;
    nobody approves an own personal one.
    """
    handed_in = Q(state__in=[Summary.State.SUBMITTED, Summary.State.APPROVED])
    lesser = (Q(unit__isnull=False) | Q(teacher__isnull=False)) & handed_in
    may = Q(organisation__in=teacher.reach("approve_summaries")) & (Q(**COMMON) | handed_in)
    may |= Q(organisation__in=teacher.reach("manage_summaries")) & lesser
    return may & (Q(**COMMON) | ~Q(teacher=teacher))


def may_return_summary(teacher: Teacher) -> Q:
    """Whoever may approve it, and who wrote it, who can take back what was handed in."""
    return may_approve_summary(teacher) | may_manage_summary(teacher)


def may_manage_summary_demand(teacher: Teacher) -> Q:
    """The research office of the organisation that asks for summaries, or of a superior.

    A superior that approves summaries asks for them too.
    """
    return Q(organisation__in=teacher.reach("manage_summaries")) | Q(
        organisation__in=teacher.reach("approve_summaries")
    )


def may_see_summary_demand(teacher: Teacher) -> Q:
    """Whoever manages it, and everybody of the organisation that asks and of those below it.

    Who only owes a summary is shown what is asked, not who else owes one.
    """
    above = {key for post in teacher.posts_today for key in post.organisation.lineage}
    return may_manage_summary_demand(teacher) | Q(organisation__in=above)


def may_manage_phrase(teacher: Teacher) -> Q:
    """The research office of the school whose list of empty phrases it is."""
    return Q(organisation__in=teacher.reach("manage_summaries"))


def may_see_drafting_call(teacher: Teacher) -> Q:
    """Whoever sent it, and the administrators of its school or of a superior; never the words."""
    return Q(by_uid=teacher.uid) | Q(organisation__in=teacher.reach("manage_people"))


def sees_templates(teacher: Teacher) -> bool:
    """Whoever writes or reads summaries has a page of templates."""
    return teacher.holds("manage_summaries") or teacher.holds("see_summaries")


def may_see_template(teacher: Teacher) -> Q:
    """Who writes or reads summaries: of their own school all, of a superior those in use."""
    reached = teacher.reach_paths("see_summaries") + teacher.reach_paths("manage_summaries")
    above = {pk for path in reached for pk in lineage_of(path)}
    in_use = Exists(TemplateVersion.objects.filter(template=OuterRef("pk"), state="in_use"))
    return (
        Q(organisation__in=teacher.reach("see_summaries"))
        | Q(organisation__in=teacher.reach("manage_summaries"))
        | Q(organisation__in=above) & Q(in_use)
    )


def may_manage_template(teacher: Teacher) -> Q:
    """Whoever writes the summaries of its organisation or of a superior."""
    return Q(organisation__in=teacher.reach("manage_summaries"))


def may_see_template_version(teacher: Teacher) -> Q:
    """Whoever may see its template; of a superior's only the version in use."""
    own = teacher.reach_paths("see_summaries") + teacher.reach_paths("manage_summaries")
    seen = DocumentTemplate.objects.filter(may_see_template(teacher)).values("pk")
    return Q(template__in=seen) & (
        below(own, "template__organisation__") | Q(state=TemplateVersion.State.IN_USE)
    )


# ---- notices ----
LETTERS = "manage_regulations"
"""The right that lets its holder write and issue notices: the one for rules and requirements."""


def may_see_letter(teacher: Teacher) -> Q:
    """Everybody of the organisation that issued it and of those below it; a draft, who writes it.

    A withdrawn notice stays visible with its reason to whom it was visible before.
    """
    above = {key for post in teacher.posts_today for key in post.organisation.lineage}
    issued = Q(organisation__in=above) & ~Q(state=Letter.State.DRAFT)
    return issued | may_manage_letter(teacher)


def may_manage_letter(teacher: Teacher) -> Q:
    """Principal, research office and researcher of its organisation or of a superior."""
    return Q(organisation__in=teacher.reach(LETTERS))
