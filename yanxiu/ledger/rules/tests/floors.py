"""Small made-up places of which a test says only the section it is about."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from yanxiu.ledger.rules.evaluating import award
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.lines import Earned
from yanxiu.ledger.rules.loading import loads
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.standing import Standing, standing

HEAD = """
id: place
version: "1"
title: 虚构方案
source: 虚构办法
effective_from: 2019-01-01
unit: {unit}
time: {{minutes_per_hour: 60, source: 第一条}}
conversions: {conversions}
rounding: {{step: 0.5, mode: floor, at: award, source: 第三条}}
cycle: {{years: 5, year_start: {start}, first_year: 2020, semester_starts: [02-01, 09-01],
  anchor: {anchor}, source: 第四条}}
labels:
  unit: {{hour: 学时, credit: 学分, lesson: 节, item: 份, record: 次}}
  kind: {{training: 培训, activity: 教研, observation: 听课, open_lesson: 公开课, paper: 论文}}
  role: {{attendee: 参加, presenter: 执教}}
  organiser_level: {{school: 校级, county: 县级, municipal: 市级}}
  delivery_mode: {{school_based: 校本, online: 网络, face_to_face: 集中, self_study: 自主}}
  subject_kind: {{major: 专业必修, elective: 选修}}
  theme: {{ethics: 师德, skills: 技能}}
  attendance: {{present: 出席, absent: 缺席}}
  tier: {{new_head: 新任校长, novice: 新教师}}
"""
RULES = """
award_rules:
  - {rule: timed, title: 培训与教研, source: 第五条, unit: hour, for: {kind: [training, activity]},
     per: hour, rates: 1}
  - {rule: observation, title: 听课, source: 第五条, unit: hour, for: {kind: [observation]},
     per: lesson, rates: 0}
  - {rule: open-lesson, title: 公开课, source: 第五条, unit: hour, for: {kind: [open_lesson]},
     per: item, rates: 0}
  - {rule: paper, title: 论文, source: 第五条, unit: hour, for: {kind: [paper]}, per: item,
     rates: 4}
"""
DAY = date(2021, 5, 10)
TEN = "[{hours_per_credit: 10, source: 第二条}]"


def place(
    sections: str,
    *,
    rules: str = RULES,
    unit: str = "hour",
    start: str = "01-01",
    anchor: str = "fixed",
    conversions: str = TEN,
) -> Scheme:
    """Return a place with these sections; every record of 60 minutes earns an hour."""
    head = HEAD.format(unit=unit, start=start, anchor=anchor, conversions=conversions)
    return loads(head + sections + rules)


def done(number: int, hours: int = 1, kind: str = "training", **more: Any) -> Facts:
    """Return something that lasted so many hours."""
    given = {"on": DAY, "minutes": hours * 60, **more}
    return Facts(uid=UUID(int=number), teacher_uid=UUID(int=0xA), kind=kind, **given)


def earned_by(scheme: Scheme, records: Sequence[Facts], **known: Any) -> list[Earned]:
    """Return what each record earns by itself."""
    awards = [(facts, award(scheme, facts, **known)) for facts in records]
    return [Earned.of(facts, given) for facts, given in awards if given is not None]


def stand(scheme: Scheme, *records: Facts, on: date = date(2021, 12, 31), **known: Any) -> Any:
    """Return the standing of somebody who did all of this; Any, to compare with plain numbers."""
    return standing(scheme, earned_by(scheme, records), on=on, **known)


def of(result: Standing, name: str) -> Any:
    """Return one requirement."""
    return next(each for each in result.requirements if each.id == name)


def counts(result: Standing) -> list[Any]:
    """Return what counts of each record, in the order of the records' numbers."""
    return [result.counted[uid].counted for uid in sorted(result.counted)]


def told(result: Standing, name: str) -> list[str]:
    """Return the explanation of one requirement."""
    return [step.text for step in of(result, name).steps]
