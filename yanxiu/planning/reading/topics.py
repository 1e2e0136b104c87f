"""What the sections of a document list, by their titles and by the labels of paragraphs."""

import re
from typing import Literal

Topic = Literal[
    "goal",
    "role",
    "problem",
    "form",
    "content",
    "slot",
    "schedule",
    "outcome",
    "credit",
    "rule",
    "next",
    "",
]

_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (
        "problem",
        re.compile(
            r"^(?:需要?|请|望|恳请|有待)[^，,]{0,14}(?:解决|帮助|支持|协调)的?(?:问题|困难)"
        ),
    ),
    ("rule", re.compile(r"(?:结对|申报|评选|适用)(?:对象|条件)$|(?:结对|培养|聘用?)期限$")),
    (
        "problem",
        re.compile(
            r"^(?!.*(?:导向|聚焦|围绕|针对|破解|解决))[^，,]{0,8}(?:问题|不足|困难|困惑|短板|差距|薄弱|遗憾|缺憾)"
            r"|^(?:还|仍)?(?:不满意|不如意|没做好|没有?做好|做得不够|放心不下)的?(?:地方|事)?$|^[几一二三四五]点(?:不安|惭愧|愧疚|欠账)$"
            r"|^(?:[几一二三四五]点|工作|我们的|今年的|本?学[期年]的?)反思$"
        ),
    ),
    (
        "next",
        re.compile(
            r"^(?:今后|未来|下一?步|下一?学[期年]|下半年|明年|新学[期年]|来年|努力|改进|整改).{0,8}(?:打算|思路|方向|设想|计划|安排|措施|展望|重点|工作|任务|建议)"
            r"|^(?:下一?学[期年]|下半年|明年|来年|新学[期年]|新的一[年学]期?|下一?步|今后)[^，,。]{0,6}(?:想|怎么|怎样|要[做办走]|往哪)"
            r"|(?:打算|设想|展望)$"
        ),
    ),
    ("content", re.compile(r"(?:内容|任务|重点|工作)[及与和、](?:具体|主要)?(?:措施|要求)$")),
    ("role", re.compile(r"领导小组|组织(?:领导|机构)|领导机构|小组成员|工作小组")),
    ("content", re.compile(r"(?:项目|课程)[及与和]安排$|对象$")),
    (
        "schedule",
        re.compile(
            r"(?:时间|进度|月份|具体|工作|活动|研[训修])?(?:安排|日程|进度)|行事历|月历|推进表|配档表"
        ),
    ),
    ("slot", re.compile(r"时间")),
    ("goal", re.compile(r"目标|目的")),
    ("credit", re.compile(r"学[分时](?!.*问题)")),
    ("form", re.compile(r"形式|方式|途径")),
    (
        "outcome",
        re.compile(
            r"亮点$|值得肯定|(?:的|新|喜人|可喜)变化$|^(?:主要)?优点|^(?:预期|主要|取得|研[训修]|工作)?的?(?:成果|成效|效果|成绩|收获|实效)|(?:取得|初步).{0,4}(?:成果|成效)$"
        ),
    ),
    ("rule", re.compile(r"评价|制度|保障|措施|要求|机制|管理|考核|纪律|奖励")),
    ("content", re.compile(r"内容|重点|任务|主要工作|具体工作|主题|专题|课题")),
)
LABEL_TOPICS: dict[str, Topic] = {
    **dict.fromkeys(("目标", "工作目标", "具体目标", "预期目标", "总目标", "阶段目标"), "goal"),
    **dict.fromkeys(("措施", "做法", "主要做法", "具体措施", "实施措施", "保障措施"), "rule"),
    **dict.fromkeys(("内容", "主要内容", "研修内容", "活动内容", "主题"), "content"),
    **dict.fromkeys(("形式", "活动形式", "研修形式", "方式"), "form"),
}
"""What a paragraph lists by its own label, whatever the heading above it."""


_NEXT_YEAR = re.compile(r"20\d\d[^，,。]{0,12}(?:要点|计划|打算|思路|安排|设想)")
_LATER_YEAR = re.compile(r"(20\d\d)年度?[^，,。]{0,8}(?:重点|任务|目标|展望|工作|举措|措施)")
_REMEDIES = re.compile(
    r"(?:改进|整改|应对|解决|努力|今后|下一步|下阶段)的?(?:改进|整改|努力|工作)?"
    r"(?:措施|办法|对策|方向|打算|思路|建议|设想|意见)[:：]?"
)


def tells_next_year(title: str, of: int | None) -> bool:
    """Whether a section of a summary `of` a year is about the next: 2026年工作要点, 重点工作."""
    later = _LATER_YEAR.fullmatch(title) if of else None
    return _NEXT_YEAR.fullmatch(title) is not None or bool(later and of and int(later[1]) > of)


def heads_remedies(text: str) -> bool:
    """改进措施： below the problems: what stands under it is to be done."""
    return _REMEDIES.fullmatch(text) is not None


def topic_of(title: str) -> Topic:
    """What a section with this title lists."""
    return next((topic for topic, pattern in _TOPICS if pattern.search(title)), "")
