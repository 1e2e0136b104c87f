"""The teaching schedule of a group, set as people write it: a line a topic."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require
from yanxiu.people.models import Teacher, Unit
from yanxiu.preparation.models import LessonPlan, TeachingTopic
from yanxiu.preparation.permissions import may_schedule_unit
from yanxiu.terms.models import Term
from yanxiu.texts.keys import key
from yanxiu.texts.radicals import repair

MOST = 300
_WEEK = re.compile(r"^第?\s*(\d{1,2})\s*(?:[-—~至]\s*\d{1,2}\s*)?周[\s:：，,、]*")
_PERIODS = re.compile(r"[\s，,、（(]*(\d{1,2})\s*(?:课时|节)[）)]?\s*$")
_UNIT = re.compile(r"^(第[一二三四五六七八九十\d]+(?:单元|章|模块|课?组))(?:[\s:：]+(\S.*))?$")


@dataclass(frozen=True)
class Typed:
    """One topic as it was typed."""

    title: str
    week: int | None
    periods: int
    textbook_unit: str


def read_topics(text: str) -> list[Typed]:
    """Return the topics of a schedule typed or pasted a line each.

    A line may begin with its week (第3周) and end with its periods (2课时); a line that is the name
    of a textbook unit stands over those below it.
    """
    found: list[Typed] = []
    unit, week = "", None
    for raw in repair(text).splitlines():
        line = raw.replace("\t", " ").strip()
        if not line:
            continue
        told = _WEEK.match(line)
        if told:
            week, line = int(told[1]), line[told.end() :].strip()
        counted = _PERIODS.search(line)
        periods = int(counted[1]) if counted else 1
        title = line[: counted.start()].strip() if counted else line
        if not title:
            continue
        named = _UNIT.match(title)
        if named and not counted:
            unit = title[:120]
            continue
        found.append(Typed(title[:120], week, max(1, periods), unit))
    return found


@transaction.atomic
def set_topics(
    unit: Unit, term: Term, *, grade: str, topics: Sequence[Typed], by: Teacher, at: datetime
) -> list[TeachingTopic]:
    """Set the schedule of a grade of a group for a term; a topic of the same name stays itself.

    What is no longer named and was prepared for keeps its plans, without a topic. A plan of the
    group with the very title of a topic, begun before the schedule was there, is laid to it.

    Raises:
        NotAllowed: the schedule is not this teacher's to set.
        BadInput: there are too many topics, or a name stands there twice.
    """
    require(may_schedule_unit, by, unit)
    if len(topics) > MOST:
        raise BadInput(f"一个年级一学期最多 {MOST} 个课题，没有保存。请按课题写，不按每节课写。")
    doubled = _doubled(one.title for one in topics)
    if doubled:
        raise BadInput(f"“{doubled}”写了两次，没有保存。请在名称里区分，比如加上“练习”。")
    grade = grade.strip()
    standing = {
        key(one.title): one
        for one in TeachingTopic.objects.filter(unit=unit, term=term, grade=grade)
    }
    fresh: list[TeachingTopic] = []
    kept: list[TeachingTopic] = []
    for order, typed in enumerate(topics):
        one = standing.pop(key(typed.title), None) or TeachingTopic(
            organisation=unit.organisation, unit=unit, term=term, grade=grade
        )
        one.title, one.week, one.periods = typed.title, typed.week, typed.periods
        one.textbook_unit, one.order = typed.textbook_unit, order
        (kept if one.pk else fresh).append(one)
    TeachingTopic.objects.filter(pk__in=[one.pk for one in standing.values()]).delete()
    TeachingTopic.objects.bulk_update(
        kept, ["title", "week", "periods", "textbook_unit", "order"], batch_size=100
    )
    TeachingTopic.objects.bulk_create(fresh, batch_size=100)
    _link_plans(unit, term, grade)
    detail = {"grade": grade, "topics": len(topics), "removed": len(standing)}
    trail.record(by, "preparation.schedule-set", unit, at=at, detail=detail)
    return sorted([*kept, *fresh], key=lambda one: one.order)


def topic_named(topics: Iterable[TeachingTopic], title: str, grade: str) -> TeachingTopic | None:
    """Return the one of `topics` that `title` names; None where it is not clear."""
    named = [
        one
        for one in topics
        if key(one.title) == key(title) and (not grade or one.grade in {"", grade})
    ]
    return named[0] if len(named) == 1 else None


def _link_plans(unit: Unit, term: Term, grade: str) -> None:
    """Lay the plans of `unit` without a topic to the topics of their titles."""
    topics = list(TeachingTopic.objects.filter(unit=unit, term=term))
    plans = LessonPlan.objects.filter(unit=unit, term=term, topic=None).defer("content")
    for plan in plans.filter(grade__in=["", grade]) if grade else plans:
        topic = topic_named(topics, plan.title, plan.grade)
        if topic:
            plan.topic = topic
            plan.save(update_fields=["topic"])


def _doubled(titles: Iterable[str]) -> str:
    """Return a title that stands there twice, "" for none."""
    seen: set[str] = set()
    for title in titles:
        if key(title) in seen:
            return title
        seen.add(key(title))
    return ""
