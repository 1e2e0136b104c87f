"""What the demo school has written: reflections on lessons, a paper that won, some of it shared."""

from datetime import datetime, timedelta
from typing import Any

from yanxiu.config.demo.people import School
from yanxiu.kernel.spans import day_of
from yanxiu.lessons.models import Lesson
from yanxiu.people.models import Teacher
from yanxiu.works import actions
from yanxiu.works.models import Work, WorkKind

REFLECTION = {
    "success": "用绳子围树叶这一步，全班都动了手；说“一周”时多数同学手势是对的。",
    "slips": "板书把周长和面积的单位写混了一次，学生提醒才改。",
    "confusion": "有几个同学数边数是对的，算的时候却多加了一条边。",
    "insight": "有同学说可以把树叶在纸上滚一圈，这比用绳子还简单。",
    "redesign": "下次先让学生自己想办法量，再给绳子；单位放到最后一起对。",
}
JOTTING = "今天讲评作业时先请同学自己找错因，比我讲一遍安静得多。找得出错因的题，订正几乎没有再错。"
CASE = (
    "一次“失败”的小组合作\n分组时我按座位分，结果能说的都在一组。第二天换成按想法分：同意甲办法的坐一边，"
    "同意乙办法的坐一边，吵得很热闹，也吵出了道理。\n合作不是坐在一起，是有不同的想法要对。"
)
PAPER = (
    "低年级学生对周长的困难，多半不在计算，而在不知道“一周”是从哪里到哪里。\n"
    "我用绳围、手描、滚印三种活动各上一课，记下学生的说法，再看订正的情况。\n"
    "先动手后命名的班，三周后还能说清“从起点回到起点”。"
)


def fill(school: School, *, now: datetime) -> None:
    """Let some teachers write, hand in, share and win, each by the actions that people use."""
    office, day = school.posts["research_office"], day_of(now)
    kinds = {kind.code: kind for kind in WorkKind.objects.filter(organisation=None)}
    others = [one for one in school.teachers if one.pk != office.pk]

    def write(author: Teacher, code: str, title: str, text: Any, back: int) -> Work:
        texts = text if isinstance(text, dict) else {"": text}
        return actions.start(
            kinds[code], organisation=school.organisation, title=title, texts=texts,
            happened_on=day - timedelta(days=back), by=author, at=now,
        )  # fmt: skip

    first = write(others[2], "reflection", "《认识周长》教学反思", REFLECTION, 6)
    actions.hand_in(first, by=others[2], at=now)
    actions.read_work(first, comment="滚一圈这个想法真好，下次教研说说。", by=office, at=now)
    actions.share(first, shared_with="school", by=others[2], at=now)
    actions.hand_in(write(others[3], "jotting", "订正前先找错因", JOTTING, 3), by=others[3], at=now)
    case = write(others[4], "case", "一次“失败”的小组合作", CASE, 12)
    actions.share(case, shared_with="group", by=others[4], at=now)
    _prize(
        school,
        write(others[5], "paper", "从动手到命名：周长教学的三次尝试", PAPER, 30),
        office,
        now,
    )
    lesson = Lesson.objects.filter(
        organisation=school.organisation, state=Lesson.State.GIVEN
    ).first()
    if lesson:
        actions.start(
            kinds["reflection"], organisation=school.organisation, lesson=lesson,
            title=f"《{lesson.title}》教学反思", by=lesson.teacher, at=now,
        )  # fmt: skip


def _prize(school: School, paper: Work, office: Teacher, now: datetime) -> None:
    author, day = paper.teacher, day_of(now)
    actions.hand_in(paper, by=author, at=now)
    actions.read_work(paper, grade="excellent", by=office, at=now)
    sent = actions.recommend(
        paper, destination="县小学数学论文评选", where="contest", level="county", by=office, at=now
    )
    actions.send(sent, on=day - timedelta(days=20), by=office, at=now)
    told = actions.Told(
        kind="prize", title=paper.title, event="县小学数学论文评选", level="county",
        prize="second", happened_on=day - timedelta(days=5), reference="县教研〔2026〕31号",
        issuer="县教师进修学校",
    )  # fmt: skip
    outcome = actions.tell_outcome(
        school.organisation, told, work=paper, submission=sent, by=author, at=now
    )
    actions.confirm_outcome(outcome, by=office, at=now)
