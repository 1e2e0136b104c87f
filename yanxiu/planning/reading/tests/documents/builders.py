"""Word documents of fictional schools, with numbers that Word counts and with tables."""

import io
from collections.abc import Callable

from docx import Document
from docx.document import Document as Word

from yanxiu.planning.reading.tests.documents import listed, number_lists, table


def group_plan() -> bytes:
    """A group's plan: automatic numbers, leaders in a table, a calendar with five columns."""
    document = Document()
    document.add_paragraph("松涛小学英语教研组", style="Title")
    document.add_paragraph("2027年春学期教研计划")
    number_lists(document)
    listed(document, "本组情况", 0)
    document.add_paragraph("本组共有教师7人，其中骨干教师2人，组长由沈老师担任。")
    listed(document, "目标要求", 0)
    for text in (
        "守住常规：人人备好课、上好课，教案检查合格率达到95%以上。",
        "提升能力：每人每学期执教组内公开课1节，听课不得少于15节，撰写案例或反思共3篇。",
        "培养新人：落实师徒结对，新教师每周听师傅一节课。",
    ):
        listed(document, text, 1)
    listed(document, "研究重点", 0)
    for text in ("绘本阅读进课堂", "小学英语作业分层", "口语评价工具"):
        listed(document, text, 1)
    listed(document, "教研方式", 0)
    document.add_paragraph(
        "采用集体备课、课例跟进、网上沙龙三种方式。每周二上午第三、四节为本组教研时间。"
    )
    listed(document, "工作日程", 0)
    table(
        document,
        (
            ("月份", "活动内容", "形式", "负责人", "学时"),
            ("二月", "制定组计划", "会议", "沈老师", "1"),
            ("三月", "1.绘本课例研讨\n2.推门听课", "研讨", "何老师", "3"),
            ("四月—五月", "作业分层展评", "展示", "全组", "4"),
            ("六月", "口语测评与总结", "交流", "××", "2"),
        ),
    )
    return _saved(document)


def week_plan() -> bytes:
    """A school's plan with quotas in a table and its calendar by weeks; names are left blank."""
    document = Document()
    document.add_paragraph("东湖小学", style="Title")
    document.add_paragraph("二〇二六学年第一学期校本教研实施方案", style="Title")
    document.add_paragraph("为贯彻市教育局关于减轻负担的要求，结合学校三年发展规划，制订本方案。")
    number_lists(document)
    listed(document, "组织机构", 0)
    table(
        document,
        (
            ("职务", "姓名", "职责"),
            ("组长", "××", "全面负责"),
            ("副组长", "顾明远", "分管教研与考核"),
            ("组员", "各年级组长", "落实到班"),
        ),
    )
    listed(document, "研修任务", 0)
    table(
        document,
        (
            ("对象", "听课", "公开课", "论文或案例"),
            ("校级领导", "30节", "1节", "1篇"),
            ("教研组长", "25节", "2节", "2篇"),
            ("一般教师", "15节", "1节", "1篇"),
        ),
    )
    document.add_paragraph("以上任务以学期计，由教导处于每月末核对。")
    listed(document, "研修主题", 0)
    listed(document, "低年级：识字教学的趣味化", 1)
    listed(document, "中年级：从读到写的衔接", 1)
    listed(document, "高年级：整本书阅读", 1)
    listed(document, "周次安排", 0)
    table(
        document,
        (
            ("周次", "日期", "教研活动", "承办", "备注"),
            ("1", "9.1—9.5", "开学教研会", "教导处", ""),
            ("3", "9.15—9.19", "新教师亮相课", "各教研组", ""),
            ("6-8", "10月中旬", "骨干教师示范课", "语文组", "请教研员"),
            ("第12周", "", "青年教师赛课", "数学组", "待定"),
            ("第18周", "", "总结表彰会", "校长室", ""),
        ),
    )
    listed(document, "学时认定", 0)
    for text in (
        "参加校级活动一次计2学时，主讲加计1学时。",
        "每学期累计不得少于24学时，不足者年度考核不得评优。",
    ):
        listed(document, text, 1)
    listed(document, "检查与反馈", 0)
    for text in ("教导处每两周检查一次备课。", "期中、期末各召开一次教研质量分析会。"):
        listed(document, text, 1)
    return _saved(document)


def _saved(document: Word) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


KNOWN: dict[str, Callable[[], bytes]] = {"group_plan": group_plan}
KEPT_APART: dict[str, Callable[[], bytes]] = {"week_plan": week_plan}
