"""A scheme as an officer would write it, for the tests of drafts, comparisons and reckonings."""

SCHEME = """id: made-up-county
version: "2026"
title: 虚构县学时办法
source: 《虚构县校本研修学时认定办法》
effective_from: 2025-09-01
unit: hour
time: {minutes_per_hour: 45, source: 第二条}
conversions:
  - {hours_per_credit: 10, source: 第三条}
rounding: {step: 0.5, mode: floor, at: award, source: 第四条}
cycle:
  years: 5
  year_start: 09-01
  first_year: 2025
  semester_starts: [09-01, 02-01]
  source: 第五条
labels:
  unit: {hour: 学时, credit: 学分}
  kind: {research_activity: 教研活动}
  role: {attendee: 参加, main_speaker: 主讲}
requirements:
  - {requirement: yearly, title: 学年学时, source: 第六条, scope: year, min: 4}
award_rules:
  - rule: research-activity
    title: 教研活动
    source: 第七条
    for: {kind: [research_activity]}
    per: hour
    rates: 1
    multiply:
      - {by: role, rates: {main_speaker: 2}, source: 第八条}
"""

GENEROUS = SCHEME.replace('version: "2026"', 'version: "2027"').replace("rates: 1\n", "rates: 2\n")
"""The same with two hours for each, in a version of its own."""

CASES = """- name: 主讲加倍
  rule: research-activity
  given: {kind: research_activity, role: main_speaker, on: 2026-10-15, minutes: 90}
  expect: {hour: 4, steps: [90 分钟 ÷ 45 = 2 学时, 主讲 × 2 = 4]}
"""
