"""What stands on the evaluation form of one lesson."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from yanxiu.kernel.spans import day_of
from yanxiu.observation.models import Observation
from yanxiu.observation.queries import reading
from yanxiu.ui.wording import amount_text, clock_text, day_text

NONE_YET = "还没有提交"


@dataclass(frozen=True)
class EvaluationForm:
    """听课评课表 of one observation; texts are as they were written."""

    organisation: str
    title: str
    facts: list[tuple[str, str]]
    course: list[tuple[str, str, str]]
    texts: list[tuple[str, str]]
    scale: str
    ratings: list[tuple[str, str, str, str]]
    total: str
    test: str
    reply: str
    signed_by: str
    signed_on: str


def form_of(observation: Observation, words: reading.Words | None = None) -> EvaluationForm:
    """Return the form of an observation whose words the reader may read."""
    words = words or reading.words_of(observation)
    return EvaluationForm(
        organisation=observation.organisation.name,
        title=observation.lesson.name,
        facts=_facts(observation),
        course=_course(words),
        texts=[(label, text) for _name, label, text in words.texts],
        scale=observation.rubric.rubric.name if observation.rubric else "",
        ratings=_ratings(words),
        total=_total(observation, words),
        test=_test(reading.test_of(observation)),
        reply=words.reply.text if words.reply else "",
        signed_by=f"听课人：{observation.observer.name}",
        signed_on=day_text(day_of(observation.handed_in_at), year=True)
        if observation.handed_in_at
        else NONE_YET,
    )


def _facts(observation: Observation) -> list[tuple[str, str]]:
    lesson = observation.lesson
    when = f"{day_text(day_of(lesson.starts_at), year=True)}{clock_text(lesson.starts_at)}"
    if lesson.period_no:
        when += f"，第{lesson.period_no}节"
    pupils = f"{observation.pupils} 人" if observation.pupils else ""
    unit = f"第{lesson.period_of_unit}课时" if lesson.period_of_unit else ""
    facts = [
        ("授课教师", lesson.teacher.name),
        ("听课人", observation.observer.name),
        ("学科", lesson.subject),
        ("班级", " ".join(filter(None, [lesson.class_name, pupils]))),
        ("课题", " ".join(filter(None, [lesson.name, unit]))),
        ("课型", str(lesson.get_lesson_type_display()) if lesson.lesson_type else ""),
        ("时间", when),
        ("地点", lesson.room),
        ("听课类型", str(observation.get_kind_display())),
    ]
    return [(name, text) for name, text in facts if text]


def _course(words: reading.Words) -> list[tuple[str, str, str]]:
    rows = []
    for stage in words.stages:
        if stage.name:
            minutes = f"（{stage.minutes} 分钟）" if stage.minutes is not None else ""
            rows.append(("", f"【{stage.name}】{minutes}", ""))
        for one in stage.moments:
            pupil = f"{one.kind}：{one.pupil}" if one.kind and one.pupil else one.pupil
            rows.append((one.clock, one.teacher, pupil))
    return rows


def _ratings(words: reading.Words) -> list[tuple[str, str, str, str]]:
    rows = []
    for part in words.parts:
        name = f"{part.dimension.name}（{part.dimension.weight}）" if part.dimension else "另外加减"
        if part.dimension and part.dimension.is_focus:
            name += " 重点"
        rows += [
            (name, one.item.text, one.level, one.rating.note if one.rating else "")
            for one in part.answers
            if one.level
        ]
    return rows


def _total(observation: Observation, words: reading.Words) -> str:
    if words.score is None or observation.rubric is None:
        return ""
    grade = f"，{words.score.grade}" if words.score.grade else ""
    version = f"第 {observation.rubric.number} 版量表"
    rated, items = words.rated_items
    left = f"，评了 {rated} 项，共 {items} 项" if rated < items else ""
    return f"合计 {amount_text(words.score.total)} 分{grade}（{version}{left}）"


def _test(test: Any) -> str:
    if test is None:
        return ""
    about = f"{test.about}：" if test.about else ""
    rate = amount_text(test.pass_rate.quantize(Decimal(1)))
    return (
        f"{about}{test.pupils} 人参加，平均 {amount_text(test.mean)} 分"
        f"（满分 {amount_text(test.full)}），及格 {test.passed} 人，{rate}%"
    )
