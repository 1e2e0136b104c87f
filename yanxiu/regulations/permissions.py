"""Who may do what with rules and requirements."""

from django.db.models import Exists, OuterRef, Q

from yanxiu.people.models import Teacher
from yanxiu.people.models.organisation import lineage_of
from yanxiu.regulations.models import Regulation, RegulationVersion, RequirementAnswer

RIGHT = "manage_regulations"


def _own_and_above(teacher: Teacher) -> tuple[set[int], set[int]]:
    """The organisations of the teacher's posts, and those above them."""
    own = {post.organisation_id for post in teacher.posts_today}
    paths = [post.organisation.path for post in teacher.posts_today]
    return own, {pk for path in paths for pk in lineage_of(path)} - own


def may_see_regulation(teacher: Teacher) -> Q:
    """Everybody for whom it holds once it is published; before that whoever writes rules there."""
    own, above = _own_and_above(teacher)
    published = Exists(
        RegulationVersion.objects.filter(regulation=OuterRef("pk"), published_at__isnull=False)
    )
    holds = Q(organisation__in=own) | Q(organisation__in=above, scope=Regulation.Scope.BELOW)
    return holds & Q(published) | Q(organisation__in=teacher.reach(RIGHT))


def may_see_version(teacher: Teacher) -> Q:
    """Whoever may see the rule; a draft only whoever writes rules there."""
    rules = Regulation.objects.filter(may_see_regulation(teacher))
    return Q(regulation__in=rules, published_at__isnull=False) | Q(
        regulation__organisation__in=teacher.reach(RIGHT)
    )


def may_manage_regulation(teacher: Teacher) -> Q:
    """Principal, research office and researcher of its organisation or of a superior."""
    return Q(organisation__in=teacher.reach(RIGHT))


def may_see_requirement(teacher: Teacher) -> Q:
    """Whoever writes the rules of the organisation that asks, or of a school that is asked."""
    asked = RequirementAnswer.objects.filter(
        requirement=OuterRef("pk"), organisation__in=teacher.reach(RIGHT)
    )
    return Q(organisation__in=teacher.reach(RIGHT)) | Q(Exists(asked))


def may_manage_requirement(teacher: Teacher) -> Q:
    """Whoever writes the rules of the organisation that asks."""
    return Q(organisation__in=teacher.reach(RIGHT))


def may_see_answer(teacher: Teacher) -> Q:
    """Whoever writes the rules of the school that answers or of the organisation that asks."""
    return Q(organisation__in=teacher.reach(RIGHT)) | Q(
        requirement__organisation__in=teacher.reach(RIGHT)
    )


def may_answer(teacher: Teacher) -> Q:
    """Whoever writes the rules in the school that is asked itself, and no superior in its stead."""
    return Q(organisation__path__in=teacher.reach_paths(RIGHT))


def may_judge_answer(teacher: Teacher) -> Q:
    """Whoever writes the rules of the organisation that asks."""
    return Q(requirement__organisation__in=teacher.reach(RIGHT))
