"""What people are trained in: a tag, an activity, a plan item, a course, a skill or a part."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from yanxiu.activities.models import Activity, Session, Tag, Tagging
from yanxiu.planning.models import PlanItem
from yanxiu.training.models import MakeUp, OutsideCourse, SeriesPart, SkillCheck

MODELS: dict[str, Any] = {
    "tag": Tag,
    "activity": Activity,
    "item": PlanItem,
    "course": OutsideCourse,
    "skill": SkillCheck,
    "part": SeriesPart,
}


@dataclass(frozen=True)
class Topic:
    """One thing to be trained in; `code` is how addresses and make-up sessions name it."""

    kind: str
    row: Any

    @property
    def code(self) -> str:
        """The kind and the uid."""
        return f"{self.kind}:{self.row.uid}"

    @property
    def title(self) -> str:
        """What people call it."""
        return str(self.row)

    @property
    def has_sessions(self) -> bool:
        """Whether one is trained in it at sessions, so that a make-up session helps."""
        return self.kind in {"tag", "activity", "item"}


def topic_of(code: str) -> Topic | None:
    """Return the topic that `code` names, or None for nonsense and what is gone."""
    kind, _colon, uid = code.partition(":")
    model = MODELS.get(kind)
    try:
        wanted = UUID(uid)
    except ValueError:
        return None
    row = model.objects.filter(uid=wanted).first() if model else None
    return Topic(kind, row) if row else None


def topic_of_part(part: SeriesPart) -> Topic:
    """Return what the part of a series is done in; self-study is done in the part itself."""
    target = {
        SeriesPart.Kind.ACTIVITY: part.activity,
        SeriesPart.Kind.TAG: part.tag,
        SeriesPart.Kind.ITEM: part.item,
        SeriesPart.Kind.COURSE: part.course,
        SeriesPart.Kind.SKILL: part.skill,
    }.get(SeriesPart.Kind(part.kind))
    return Topic(part.kind, target) if target else Topic("part", part)


def with_below(tags: Iterable[int]) -> set[int]:
    """Return the primary keys of `tags` and of all tags below them; one statement a level."""
    found = set(tags)
    level = set(found)
    while level:
        level = set(Tag.objects.filter(parent__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found


def tagged(tags: Iterable[int]) -> Q:
    """Return the condition that a session, or the series it belongs to, has one of `tags`."""
    rows = Tagging.objects.filter(
        Q(session=None) | Q(session=OuterRef("pk")),
        activity=OuterRef("activity"),
        tag__in=list(tags),
    )
    return Q(Exists(rows))


def sessions_of(topic: Topic) -> "QuerySet[Session]":
    """Return the sessions in which one is trained in `topic`, make-up sessions included."""
    made_up = Q(Exists(MakeUp.objects.filter(session=OuterRef("pk"), subject=topic.code)))
    if topic.kind == "tag":
        return Session.objects.filter(tagged(with_below([topic.row.pk])) | made_up)
    if topic.kind == "activity":
        return Session.objects.filter(Q(activity=topic.row) | made_up)
    if topic.kind == "item":
        return Session.objects.filter(Q(activity__plan_item=topic.row) | made_up)
    return Session.objects.none()
