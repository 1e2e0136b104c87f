"""Fictional plans and summaries in layouts of their own."""

import io
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

TERM_PLAN = """柳溪实验小学
2026—2027学年第一学期校本研修工作计划

　　为落实区教师发展中心的部署，结合我校实际，特制定本学期校本研修计划。

一、指导思想
以课程标准为依据，立足课堂，服务教师成长。
二、工作目标
（一）完善研修制度。
（二）每位教师每学期听课不少于20节，撰写教学反思至少5篇，上公开课一节。
（三）青年教师每学期执教汇报课1节，骨干教师每学年承担专题讲座一次。
（四）优课率达到80%以上。
三、组织领导
组长：林知远（校长）
副组长：何静（教导主任） 负责日常管理
四、研修方式
1．集中学习。每两周一次，由教导处组织。
2．小组研讨。教研组活动每周一次，每次不少于90分钟。
3．个人自学：每人每学期读一本教育专著，写读书笔记2篇。
五、活动时间
语文组、英语组每周星期二第七节；数学组每周四下午第二节。
体育组：待定
六、主要安排
九月：1.制订研修计划；2.召开启动会。
十月：
（1）骨干教师示范课
（2）10月15日开展联片教研
11月—12月 青年教师赛课；阶段小结
一月份
撰写总结
七、保障措施
1．每次活动计2学时，每学年不少于40学时。
2．对表现突出的教师给予表彰奖励。
"""

GROUP_PLAN = """XX学校2026年春季学期数学教研组工作计划
本组共有教师12人，每人每学期至少写____篇反思，听课X节。
工作重点
加强集体备课，做到四定：定时间、定地点、定内容、定主备人。
每月开展一次主题教研，由___主持。
每位老师每周听课1节以上，每学期不少于18节。
具体工作安排
2月
1、开学工作
3月
1、期初会议 2、听推门课
"""

SUMMARY = """枫桥中学2025年度校本研修总结
一年来，我校在县教研室指导下扎实推进研修工作，现总结如下：
一、主要做法
全年共组织专题讲座六场，听评课一百二十余节，教师获奖约30人次。
邀请专家作报告X场，第三次研讨会十分成功。
二、存在的不足
1、研讨深度不够：部分活动停留在表面。
2、青年教师培养有待加强。
"""

SCHEME = """2027-2028学年度上学期云岭镇中心小学校本培训实施方案
（2027年9月）

第一部分  培训目标
1.更新教育观念，提高全体教师的师德水平。
2.三年内骨干教师比例达到30%。
第二部分  培训内容
①师德师风 ②新课标解读 ③信息技术应用
第三部分  培训形式
采取集中培训、校际交流和自主学习相结合的方式进行。
第四部分  学习时间
每周四下午4:00为全校集中学习时间，低段语文组周一上午第三节，高段组周五。
第五部分  具体任务
每位教师每学期必须完成"五个一"：读一本好书，上一节优质课，写一篇论文，做一次专题发言，出一份试卷。
全体教师每人每学年听课不得少于30节，其中行政领导不少于40节。
每学年须修满72学时，其中校本研修不少于24学时；每45分钟计1学时，每10学时折算1学分。
教研组长每月检查教案1次，每两周组织集体备课一次。
第六部分  时间安排
第一周：开学准备，制定计划
第二至三周  新教师见面课
第4周  教研组活动（一）
9月中旬 师徒结对
10月
“国培”二次培训
11月份：课题《乡村小学作业分层设计的实践研究》开题
2028年1月：总结表彰
"""

REPORT = """梅岭中学第一学期教研工作总结
本学期以来，在校领导的关心下，我们完成了各项工作，现汇报如下：
一、常规工作扎实
1、本学期共开展校级公开课12节，组内研讨课三十多节，教师人均听课18节，最多的达32节。
2、组织集体备课每周1次，共16次；撰写论文8篇，其中3篇获市级一等奖，2篇发表。
3、全校85%的教师参加了线上培训，累计1,260学时。
二、存在问题及今后打算
一是理论学习不够深入；二是部分教师参与积极性不高。
今后将加强管理。
梅岭中学教务处
2028年1月15日
"""

TABLE_ROWS = (
    ("月份", "活动内容", "负责人"),
    ("三月", "1.制订计划\n2.启动会", "教导处"),
    ("", "读书分享", "语文组"),
    ("四月份", "校级公开课", "数学组"),
)


def a_word_plan() -> bytes:
    """A plan with Word's own numbering and its calendar and times in tables."""
    document = Document()
    document.add_paragraph("青禾小学2026—2027学年第二学期校本研训工作计划", style="Title")
    number_lists(document)
    for text, depth in (
        ("研训目标", 0),
        ("课堂：每位教师每学期至少听课十五节。", 1),
        ("教研：教研组每两周开展一次研讨。", 1),
        ("研训内容", 0),
        ("单元整体设计", 1),
        ("作业设计", 1),
        ("月份安排", 0),
    ):
        listed(document, text, depth)
    table(document, TABLE_ROWS)
    document.add_paragraph("附：各组时间")
    table(
        document, (("教研组", "活动时间"), ("语文组", "周三下午第一节"), ("数学组", "星期四上午"))
    )
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def number_lists(document: Any) -> None:
    """Define a list of two levels, 一、 and 1., that Word counts by itself."""
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (style, pattern) in enumerate((("chineseCounting", "%1、"), ("decimal", "%2.")))
    )
    part, space = document.part.numbering_part.element, nsdecls("w")
    part.insert(
        0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="90">{levels}</w:abstractNum>')
    )
    part.append(parse_xml(f'<w:num {space} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


def listed(document: Any, text: str, depth: int) -> None:
    """Add a paragraph of that list."""
    number = f'<w:ilvl w:val="{depth}"/><w:numId w:val="90"/>'
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(parse_xml(f"<w:numPr {nsdecls('w')}>{number}</w:numPr>"))


def table(document: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    """Add a table of texts."""
    grid = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
