"""Who may do what with observations, their words, rubrics and what follows."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from yanxiu.lessons.models import Lesson
from yanxiu.lessons.permissions import may_see_lesson
from yanxiu.observation.models import Observation
from yanxiu.people.models import Membership, Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.people.models.teacher import today

HANDED_IN = (Observation.State.HANDED_IN, Observation.State.CHECKED)
"""The states in which others than the observer know of an observation."""

APPRAISAL = Observation.Purpose.APPRAISAL


def _led(teacher: Teacher) -> Q:
    """Observations of those who are today in a unit that `teacher` leads."""
    members = Membership.objects.on(today()).filter(
        unit__in=teacher.leads, teacher=OuterRef("observer")
    )
    return Q(Exists(members))


def _own_words_given(teacher: Teacher) -> "QuerySet[Observation]":
    """The teacher's own handed-in observation of the same lesson: the silent round is over."""
    return Observation.objects.filter(
        lesson=OuterRef("lesson"), observer=teacher.pk, state__in=HANDED_IN
    )


def may_write_observation(teacher: Teacher) -> Q:
    """The observer alone."""
    return Q(observer=teacher.pk)


def may_read_observation(teacher: Teacher) -> Q:
    """The words: observer, presenter, who sat there too and handed in; the office if for appraisal.

    Nobody reads a draft but its writer. What serves growth is never opened to an office, whatever
    post somebody holds: this is the wall between growth talk and appraisal.
    """
    handed_in = Q(state__in=HANDED_IN)
    fellows = Q(audience=Observation.Audience.LISTENERS) & Q(Exists(_own_words_given(teacher)))
    office = Q(purpose=APPRAISAL) & (
        Q(lesson__organisation__in=teacher.reach("see_lessons"))
        | Q(organisation__in=teacher.reach("see_lessons"))
    )
    return Q(observer=teacher.pk) | (handed_in & (Q(lesson__teacher=teacher.pk) | fellows | office))


def may_see_observation(teacher: Teacher) -> Q:
    """That there is one, without its words: its readers, the observer's leader, and the office."""
    return may_read_observation(teacher) | (
        Q(state__in=(*HANDED_IN, Observation.State.RETURNED))
        & (Q(organisation__in=teacher.reach("see_lessons")) | _led(teacher))
    )


def may_check_observation(teacher: Teacher) -> Q:
    """The observer's group leader and the office of the observer's school; nobody one's own."""
    return ~Q(observer=teacher.pk) & (
        Q(organisation__in=teacher.reach("manage_lessons")) | _led(teacher)
    )


def may_reply_to_observation(teacher: Teacher) -> Q:
    """The presenter, once it is handed in."""
    return Q(lesson__teacher=teacher.pk, state__in=HANDED_IN)


def may_observe_lesson(teacher: Teacher) -> Q:
    """Whoever may see the lesson and does not give it."""
    return may_see_lesson(teacher) & ~Q(teacher=teacher.pk)


def may_appraise_lesson(teacher: Teacher) -> Q:
    """The office of the lesson's school, or of a superior; nobody the own lesson."""
    return Q(organisation__in=teacher.reach("manage_lessons")) & ~Q(teacher=teacher.pk)


def may_talk_about_lesson(teacher: Teacher) -> Q:
    """The presenter, and whoever has handed in an observation of it."""
    own = Observation.objects.filter(
        lesson=OuterRef("pk"), observer=teacher.pk, state__in=HANDED_IN
    )
    return Q(teacher=teacher.pk) | Q(Exists(own))


def may_see_remark(teacher: Teacher) -> Q:
    """Those of the talk; a highlight everybody of the school, and who may see its lessons."""
    talkers = Observation.objects.filter(
        lesson=OuterRef("lesson"), observer=teacher.pk, state__in=HANDED_IN
    )
    schools = [post.organisation_id for post in teacher.posts_today]
    highlight = Q(is_highlight=True) & (
        Q(lesson__organisation__in=schools)
        | Q(lesson__organisation__in=teacher.reach("see_lessons"))
    )
    return Q(lesson__teacher=teacher.pk) | Q(Exists(talkers)) | highlight


def may_see_advice(teacher: Teacher) -> Q:
    """The presenter, and who gave it."""
    return Q(presenter=teacher.pk, observation__state__in=HANDED_IN) | Q(
        observation__observer=teacher.pk
    )


def may_decide_advice(teacher: Teacher) -> Q:
    """The presenter alone."""
    return Q(presenter=teacher.pk, observation__state__in=HANDED_IN)


def may_account_for_lesson(teacher: Teacher) -> Q:
    """The presenter of a lesson that was given."""
    return Q(teacher=teacher.pk, state=Lesson.State.GIVEN)


def may_see_account(teacher: Teacher) -> Q:
    """The writer; once it is handed in, those of the lesson's talk and the office."""
    talkers = Observation.objects.filter(
        lesson=OuterRef("lesson"), observer=teacher.pk, state__in=HANDED_IN
    )
    return Q(teacher=teacher.pk) | (
        Q(handed_in_at__isnull=False)
        & (
            Q(Exists(talkers))
            | Q(lesson__unit__in=teacher.leads)
            | Q(lesson__organisation__in=teacher.reach("see_lessons"))
        )
    )


def may_see_rubric(teacher: Teacher) -> Q:
    """Shipped ones, those of the own school or of a superior, and of a school seen from above."""
    paths = [post.organisation.path for post in teacher.posts_today]
    upwards = sorted({pk for path in paths for pk in lineage_of(path)})
    return (
        Q(organisation=None)
        | Q(organisation__in=upwards)
        | Q(organisation__in=teacher.reach("see_lessons"))
    )


def may_manage_rubric(teacher: Teacher) -> Q:
    """The research office of its school, or of a superior; shipped ones stay as they are."""
    return Q(organisation__in=teacher.reach("manage_lessons"))


def may_see_mark(teacher: Teacher) -> Q:
    """Whoever may read the words of its observation."""
    rows = Observation.objects.filter(may_read_observation(teacher))
    return Q(observation__in=rows.values("pk"))


def may_see_notice(teacher: Teacher) -> Q:
    """Whoever may see the lesson that it announces."""
    return Q(lesson__in=Lesson.objects.filter(may_see_lesson(teacher)).values("pk"))
