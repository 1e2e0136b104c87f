"""What the demo school calls for: one call that is open, one under blind review; and papers set."""

from datetime import datetime, timedelta
from decimal import Decimal

from yanxiu.config.demo.people import School
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Teacher
from yanxiu.question_setting import actions as questions
from yanxiu.question_setting.actions import DeedFacts, NominationFacts, TaskFacts
from yanxiu.question_setting.rules.specification import Question
from yanxiu.works import actions as works
from yanxiu.works.calls import actions
from yanxiu.works.calls.actions import CallFacts
from yanxiu.works.models import CallForPapers, WorkKind

CRITERIA = {"选题与立意": 20, "内容与实例": 40, "思考与做法": 30, "语言与规范": 10}
PAPERS = {
    "让错误成为资源": [
        "作者：{name}",
        "我在{school}教了几年，孩子的错题本是最好的教材。",
        "上周讲分数，一个孩子把整体一分为三，另一个孩子用绳子量给他看。",
        "我只问了一句：你怎么知道它们一样长？",
    ],
    "一张作业单的三次修改": [
        "第一次，二十道题，孩子做到八点。",
        "第二次，留了八道，分成必做和选做。",
        "第三次，请孩子自己出一道给同桌，错得最多的恰好是我没有讲透的那一步。",
    ],
    "从“听懂了”到“说得清”": [
        "课上都点头，作业却不会。",
        "后来我每节课留三分钟，请两个孩子讲给全班听。",
        "讲的人卡住的地方，就是下节课的开头。",
    ],
}


def fill(school: School, *, now: datetime) -> None:
    """Let the office call twice, and the first group set its unit papers."""
    office = school.posts["research_office"]
    groups = [group for group in school.groups if len(group.members) > 1]
    paper = WorkKind.objects.get(organisation=None, code="paper")
    closing = CallFacts(
        title="秋季教学论文评选",
        text="写自己课堂上的一件事：遇到什么、怎样试、后来怎样。长短不限。",
        closes_on=day_of(now) + timedelta(days=6), kinds=[paper], criteria=CRITERIA,
        destination="县小学教学论文评选", sends_on=day_of(now) + timedelta(days=20),
    )  # fmt: skip
    reviewed = actions.open_call(
        school.organisation, closing, by=office, at=now - timedelta(days=9)
    )
    for (title, lines), group in zip(PAPERS.items(), groups, strict=False):
        author = _member(group.members, group.leader)
        said = "\n".join(lines).format(name=author.name, school=school.organisation.name)
        work = works.start(
            paper, organisation=school.organisation, title=title, texts={"": said},
            by=author, at=now - timedelta(days=8),
        )  # fmt: skip
        actions.enter(reviewed, work, by=author, at=now - timedelta(days=7))
    _review(reviewed, school, [group.leader for group in groups], now)
    more = CallFacts(
        title="单元作业设计征集", text="一个单元的作业单，说清留什么、为什么。",
        closes_on=day_of(now) + timedelta(days=15), way="choice", most_each=2,
    )  # fmt: skip
    actions.open_call(school.organisation, more, by=office, at=now - timedelta(days=1))
    _papers(school, now)


def _member(members: list[Teacher], leader: Teacher) -> Teacher:
    return next((one for one in members if one.pk != leader.pk), leader)


def _review(call: CallForPapers, school: School, panel: list[Teacher], now: datetime) -> None:
    """Divide the papers among the leaders; the first of them has scored what he has."""
    office = school.posts["research_office"]
    authors = set(call.entries.values_list("teacher", flat=True))
    able = [
        one for one in panel
        if one.pk not in authors and one.pk != office.pk and not one.holds("manage_works")
    ]  # fmt: skip
    actions.close_call(call, by=office, at=now - timedelta(days=3))
    actions.name_panel(call, able, by=office, at=now - timedelta(days=3))
    due_on = day_of(now) + timedelta(days=3)
    made = actions.draw(call, due_on=due_on, by=office, at=now - timedelta(days=3))
    criteria = list(call.criteria.all())
    for review in made[: len(made) // 2]:
        actions.score(
            review,
            {one.pk: one.most - 3 for one in criteria},
            comment="课堂上的那一问写得具体，孩子的回答再多留一句就更好。",
            by=review.reviewer,
            at=now - timedelta(days=1),
        )


def _papers(school: School, now: datetime) -> None:
    group = next((one for one in school.groups if one.unit.subject == "数学"), school.groups[0])
    other = next(one for one in school.groups if one.unit != group.unit)
    author = _member(group.members, group.leader)
    used_on = day_of(now) + timedelta(days=8)
    facts = TaskFacts(
        author=author, reader=other.leader, due_on=used_on - timedelta(days=3), used_on=used_on,
        subject=group.unit.subject, grade="五年级",
    )  # fmt: skip
    titles = ["第三单元 分数的意义", "第四单元 多边形的面积"]
    tasks = questions.plan_tasks(
        group.unit, titles, facts, by=group.leader, at=now - timedelta(days=4)
    )
    rows = [
        Question("1", "分数的意义", "understand", "选择", Decimal(20), Decimal("0.85")),
        Question("2", "真分数和假分数", "know", "填空", Decimal(30), Decimal("0.80")),
        Question("3", "分数的大小", "apply", "计算", Decimal(30), Decimal("0.70")),
        Question("4", "生活里的分数", "judge", "解决问题", Decimal(15), Decimal("0.55")),
    ]
    questions.set_specification(tasks[0], rows, by=author, at=now - timedelta(days=2))
    deed = DeedFacts(
        kind="explain", title="一道面积题的三种讲法", happened_on=day_of(now - timedelta(days=10)),
        organiser="数学教研组",
    )  # fmt: skip
    questions.tell_deed(school.organisation, deed, by=author, at=now - timedelta(days=10))
    course = NominationFacts(course="县小学数学命题班", reason="连续两年命单元卷，题目有新意")
    questions.nominate(
        school.organisation, author, course, by=group.leader, at=now - timedelta(days=5)
    )
