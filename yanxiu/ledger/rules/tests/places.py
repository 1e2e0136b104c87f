"""Small made-up schemes that have the shape of real places; their numbers prove nothing."""

from yanxiu.ledger.rules.loading import loads
from yanxiu.ledger.rules.schemes import Scheme

_HEAD = """
id: {id}
version: "1"
title: 虚构方案
source: 虚构办法
effective_from: 2020-01-01
unit: hour
time: {time}
conversions: [{{hours_per_credit: 10, source: 虚构办法第二条}}]
rounding: {{step: 0.5, mode: floor, at: award, source: 虚构办法第三条}}
cycle:
  {{years: 5, year_start: 01-01, first_year: 2020, semester_starts: [02-01, 09-01], source: 第四条}}
labels:
  unit: {{hour: 学时, credit: 学分, lesson: 节, item: 项}}
  kind: {{open_lesson: 公开课, research_project: 课题, training: 培训, paper: 论文, talk: 讲座}}
  role: {{presenter: 执教, observer: 听课, lead: 主研, member: 协研, author: 作者, attendee: 参加}}
  organiser_level:
    {{school: 校级, county: 县级, municipal: 市级, provincial: 省级, national: 国家级}}
  delivery_mode: {{face_to_face: 集中, school_based: 校本}}
  grade: {{excellent: 优秀, pass: 合格, fail: 不合格}}
  attendance: {{present: 出席, late: 迟到, absent: 缺席, leave: 请假}}
  evidence: {{comment: 评课意见, certificate: 证书, notice: 通知, list: 签到表}}
  tier: {{novice: 新教师, leader: 组长, retiring: 临退休教师}}
"""

MULTIPLIED = """
award_rules:
  - rule: open-lesson
    title: 公开课
    source: 第五条
    for: {kind: [open_lesson], role: [presenter, observer]}
    per: lesson
    rates: 1
    multiply:
      - for: {role: [presenter]}
        by: organiser_level
        rates: {national: 9, provincial: 9, municipal: 7, county: 5, school: 2}
        source: 第六条
      - {by: role, rates: {observer: 0.5}, source: 第六条}
  - rule: project
    title: 课题
    source: 第七条
    for: {kind: [research_project]}
    per: item
    by: organiser_level
    rates: {provincial: 30, municipal: 20, county: 10}
    multiply:
      - {by: role, rates: {member: 1/3}, source: 第七条}
  - rule: training
    title: 培训
    source: 第八条
    for: {kind: [training]}
    per: day
    rates: 6
    multiply:
      - {for: {grade: [excellent], organiser_level: [county]}, rates: 1.1, source: 第九条}
      - {by: grade, rates: {fail: 0.2}, source: 第九条}
"""
"""Multipliers by level and role, a third for members, a fifth for who failed."""

MISSED = """
award_rules:
  - {rule: training, title: 培训, source: 第五条, for: {kind: [training]}, per: stated, rates: 1}
  - {rule: talk, title: 讲座, source: 第五条, for: {kind: [talk]}, per: hour, rates: 1}
attendance:
  nothing_for: [absent]
  deduct: {late: 0.5}
  absent_share: {from: 1/5, for: {kind: [training]}}
  source: 第六条
"""
"""Who misses a fifth of a training gets nothing for it."""

EVERYTHING = """
effective_to: 2026-12-31
replaces: "0"
eligibility: {not_who: [retiring], source: 第九条}
validity:
  - {for: {kind: [paper]}, accepted_from: 2022-03-01, accepted_to: 2026-06-30, source: 第十条}
  - {claim_within_days: 200, claim_by: 12-31, source: 第十条}
limits:
  - {limit: one-event, title: 单次, source: 第十一条, scope: event, max: 12, except: {role: [lead]}}
award_rules:
  - rule: long-training
    title: 长期培训
    source: 第五条
    for:
      - {kind: [training], at_least: {hour: 20}}
      - {kind: [training], at_least: {day: 3}}
    except: {delivery_mode: [school_based]}
    unit: credit
    per: half_day
    rates: {2020-01-01: 0.5, 2024-01-01: 0.6}
  - rule: novice-training
    title: 新教师培训
    source: 第五条
    for: {kind: [training]}
    who: [novice]
    per: hour
    rates: 2
  - rule: training
    title: 培训
    source: 第五条
    for: {kind: [training], less_than: {hour: 20}}
    per: stated
    rates: 1
    requires: [certificate, [notice, list]]
  - rule: talk
    title: 讲座
    source: 第六条
    for: {kind: [talk, open_lesson]}
    per: hour
    by: role
    rates: {2020-01-01: {presenter: 3, other: 1}, 2023-09-01: {presenter: 2, other: 1}}
    multiply:
      - {for: {grade: [excellent]}, rates: 1.1, source: 第七条}
    rounding: {step: 0.25, mode: half_up, at: award, source: 第三条}
    event_cap: 8
  - rule: paper
    title: 论文
    source: 第八条
    for: {kind: [paper]}
    per: thousand_characters
    rates: 1.5
    rounding: {step: 1, mode: ceiling, at: period, source: 第三条}
    dedupe: {policy: sum_capped, key: event, max: 3, group: works, source: 第八条}
  - rule: project
    title: 课题
    source: 第八条
    for: {kind: [research_project]}
    per: item
    by: organiser_level
    rates: {provincial: 30, county: 10}
attendance:
  for: {kind: [talk, training]}
  nothing_for: [absent, leave]
  deduct: {late: 0.5}
  absent_share: {from: 1/3}
  absent_factor: 1/2
  source: 第十二条
"""
"""Every word of the award side at least once."""


def place(text: str, *, name: str = "made-up", time: str = "") -> Scheme:
    """Return the scheme of one of the texts above."""
    said = time or "{minutes_per_hour: 45, hours_per_day: 6, hours_per_half_day: 3, source: 第一条}"
    return loads(_HEAD.format(id=name, time=said) + text)
