"""A made-up county whose scheme recognises in steps, as text."""

SCHEME = """
id: made-up-steps
version: "2026"
title: 虚构县分级认定办法
source: 《虚构县学时认定办法》
effective_from: 2025-09-01
unit: hour
time: {minutes_per_hour: 45, source: 第二条}
conversions:
  - {hours_per_credit: 10, source: 第三条}
rounding: {step: 0.5, mode: floor, at: award, source: 第四条}
cycle: {years: 5, year_start: 09-01, first_year: 2025, semester_starts: [09-01, 02-01], source: 五}
labels:
  unit: {hour: 学时, credit: 学分}
  kind:
    research_activity: 教研活动
    course: 外出课程
    paper: 论文
    reading_notes: 读书笔记
    outside_training: 外出培训
    research_project: 课题
  role: {attendee: 参加, author: 作者, lead: 主研, participant: 参研}
  evidence: {certificate: 结题证书}
  organiser_level: {school: 校级, county: 县级, municipal: 市级}
  delivery_mode: {school_based: 校本, centralised: 集中, distance: 远程}
requirements:
  - {requirement: yearly, title: 学年学时, source: 第六条, scope: year, min: 40}
award_rules:
  - {rule: course, title: 外出课程, source: 七, for: {kind: [course]}, per: hour, rates: 1}
  - rule: training
    title: 外出培训
    source: 七
    for: {kind: [outside_training]}
    per: hour
    rates: 1
  - {rule: paper, title: 论文, source: 八, for: {kind: [paper]}, per: item, rates: 4}
  - {rule: notes, title: 读书笔记, source: 八, for: {kind: [reading_notes]}, per: item, rates: 1}
  - rule: group
    title: 教研活动
    source: 九
    for: {kind: [research_activity]}
    per: hour
    rates: 1
  - rule: project
    title: 课题
    source: 九
    for: {kind: [research_project]}
    per: item
    rates: {lead: 10, participant: 3}
    by: role
    requires: [certificate]
recognition:
  - chain: outside
    title: 外出课程认定
    for: {kind: [course, outside_training]}
    source: 第十条
    steps:
      - {step: school, title: 学校认定, by: school, due_days: 10}
      - {step: central, title: 中心校确认, by: central_school, due_days: 15, final: true}
  - chain: works
    title: 成果认定
    for: {kind: [paper]}
    source: 第十一条
    steps:
      - {step: group, title: 组长审阅, by: group_leader, due_days: 5}
      - {step: school, title: 学校认定, by: school, due_days: 10}
      - step: yearly
        title: 年度登记
        by: central_school
        due_days: 30
        when: year_end
        final: true
publication: {working_days: 5, fields: [name, kind, hours], mask: [name], source: 第十二条}
appeal: {window_days: 7, levels: [school, central_school], decide_days: 10, source: 第十三条}
declaring:
  - {kind: course, reference: required, proof: optional, within_days: 90, source: 第十四条}
  - {kind: paper, proof: required, source: 第十四条}
  - {kind: research_project, proof: required, source: 第十四条}
  - {kind: reading_notes, automatic: true, reference: none, proof: none, source: 第十四条}
"""
