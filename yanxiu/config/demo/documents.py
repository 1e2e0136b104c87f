"""The papers of the demo school: an old summary, a template, a notice, a group's summary."""

from datetime import datetime, timedelta

from yanxiu.config.demo.people import School
from yanxiu.kernel.spans import day_of
from yanxiu.planning import actions as planning
from yanxiu.reports import queries
from yanxiu.reports.actions import beginning, letters, templates, writing
from yanxiu.reports.models import DocumentTemplate
from yanxiu.reports.template_fields import vocabulary
from yanxiu.reports.template_starter import starter_template
from yanxiu.terms.models import Term

OLD = """育才实验小学校本研修工作总结

一、主要工作
1.教研组活动。四个教研组每周活动一次，全年组织主题研讨六十余场。
2.课堂研究。组内研讨课二十余节，校级展示课8节。
3.外出学习。全年派出教师参加外出培训XX人次。

二、存在的问题
1.活动记录补写得多。会开完了才想起来写，当时怎么说的已经记不清。
2.听课评课谈优点多，谈问题少。

三、下一步打算
1.当天的记录当天写。
2.评课从一个具体的教学片段谈起。
"""
BODY = """为交流各教研组本学期的研讨成果，学校定于期中举办主题研讨展示活动。现将有关事项通知如下。

一、内容：每组选一节研讨课，说清楚研究什么问题、怎样想的、学生学得怎样。
二、请各组在活动前一周把课题和上课班级告诉教科室。
三、没有课的教师请到场听课，有课的教师不作要求。
"""


def file_papers(school: School, past: Term, *, at: datetime) -> None:
    """Read an old summary, keep a template, issue a notice and begin a group's summary."""
    office, organisation = school.posts["research_office"], school.organisation
    planning.read_proposals(
        organisation, OLD.encode(), name="往年校本研修工作总结.txt", by=office, at=at
    )
    template = templates.upload(
        organisation,
        name="教研活动统计",
        kind=DocumentTemplate.Kind.STATISTICS,
        data=starter_template(vocabulary()),
        file_name="教研活动统计.docx",
        by=office,
        at=at,
    )
    templates.put_into_use(template.versions.get(), by=office, at=at)
    letter = letters.draft_letter(
        organisation,
        {
            "code": "育才教",
            "title": "关于举办主题研讨展示活动的通知",
            "to": "各教研组",
            "body": BODY,
            "day": day_of(at),
        },
        by=office,
        at=at,
    )
    letters.issue_letter(letter, by=office, at=at)
    _sum_up_a_group(school, past, at=at)


def _sum_up_a_group(school: School, past: Term, *, at: datetime) -> None:
    """Let the leader of the first group begin its summary of the past term."""
    group = school.groups[0]
    then = at - timedelta(hours=3)
    summary = beginning.begin_summary(
        school.organisation, term=past, unit=group.unit, by=group.leader, at=then
    )
    for gap in queries.standing(summary, then).document.gaps[:1]:
        place = gap.key if gap.key.startswith("section:") else f"gap:{gap.key}"
        text = "组里的活动记录有两次是补写的，下学期改为当天写完。"
        writing.save_prose(summary, place, text, version=0, by=group.leader, at=then)
