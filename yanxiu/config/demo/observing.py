"""What was seen in the demo school's lessons: two listeners, their advice, the talk, an account."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from yanxiu.config.demo import timetable
from yanxiu.config.demo.people import School
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.lessons import actions as lessons
from yanxiu.lessons.models import Lesson, LessonKind
from yanxiu.observation import actions
from yanxiu.observation.actions import NewMark, NewRating, NewText
from yanxiu.people.models import Teacher

NAMES = UUID("6f0d2d5e-2a43-4c8e-9c7d-3f7b1a5c9e10")
COURSE = (
    (0, "stage", "导入", "导入"),
    (40, "teacher", "拿出一张月饼图：“两个人分，怎样才公平？”", ""),
    (75, "pupil", "一个学生说“一人一半”，另一个说“要一样大的一半”", ""),
    (300, "stage", "折一折", "折一折"),
    (360, "teacher", "每人折出一张纸的二分之一，折法可以不同", ""),
    (540, "pupil", "第三组折出三种，争了起来：斜着折的是不是一半？", ""),
    (700, "quote", "“剪开叠在一起，能合上就是！”", ""),
    (1200, "stage", "练习", "练习"),
    (1500, "pupil", "六个人把没有平均分的也圈成了二分之一", ""),
    (2100, "stage", "小结", "小结"),
)
SAID = {
    "strengths": "第9分钟，第三组争“斜着折算不算一半”时，老师没有回答，让他们剪开比，"
    "道理是学生自己说出来的。",
    "weaknesses": "练习第一题有六个人错在“没有平均分”，讲评时只对了答案，没有回到折纸。",
    "suggestions": "错在哪里，请学生自己拿折纸来说\n导入可以再短两分钟，留给练习后的讲评",
    "overall": "把学生的争论当成了这节课的内容，是我最想带走的。",
    "own_lesson": "我上这一课时，斜折的那个孩子被我一句“对”带过去了。",
}


def fill(school: School, *, now: datetime) -> None:
    """Let one lesson be given, heard by two, talked about and tried again; another lies ahead."""
    maths = next(group for group in school.groups if group.unit.subject == "数学")
    first, second, third = maths.members[1], maths.members[2], maths.members[3]
    day = day_of(now) - timedelta(days=6)
    lesson = _arrange(school, first, "三（2）班", day, now, title="几分之一", kind="study_lesson")
    _observe(lesson, second, SAID)
    _observe(lesson, third, {"overall": "我数了一下，全班42人里有31人开口说了自己的想法。"})
    advice = lesson.observations.get(observer=second).advice.first()
    later = lesson.ends_at + timedelta(hours=6)
    if advice:
        actions.take_advice(advice, plan="下周复习课试", by=first, at=later)
    actions.reply(
        lesson.observations.get(observer=second),
        text="讲评那里当时怕时间不够。下次把导入压到三分钟，留给讲评。",
        by=first,
        at=later,
    )
    actions.say(lesson, text="“剪开叠在一起”可以做成单元里固定的一问。", is_highlight=True,
                by=third, at=later)  # fmt: skip
    account = actions.save_account(
        lesson,
        texts={
            "pupils": "学生分过东西，知道“一半”，但不在意是不是一样大。",
            "looking_back": "争论比我想的长，练习少做了一题，值得。",
        },
        edition=0,
        by=first,
        at=later,
    )
    actions.hand_in_account(account, by=first, at=later)
    ahead = day_of(now) + timedelta(days=3)
    _arrange(school, second, "四（2）班", ahead, now, title="认识梯形", kind="open_lesson")


def _arrange(
    school: School,
    teacher: Teacher,
    class_name: str,
    day: date,
    now: datetime,
    *,
    title: str,
    kind: str,
) -> Lesson:
    """Arrange a lesson where the timetable has it, on `day` or soon after."""
    on, number = timetable.period_of(school, teacher, class_name, day)
    times = lessons.times_of(school.organisation, on, number)
    starts_at, ends_at = times or (moment_at(on, time(9, 10)), moment_at(on, time(9, 50)))
    return lessons.arrange(
        school.organisation,
        teacher=teacher,
        kind=LessonKind.objects.get(organisation=None, code=kind),
        starts_at=starts_at,
        ends_at=ends_at,
        by=school.posts["research_office"],
        at=min(now, starts_at - timedelta(days=3)),
        even_so=True,
        title=title,
        class_name=class_name,
        class_size=42,
        period_no=number,
        room="录播教室",
    )


def _observe(lesson: Lesson, by: Teacher, said: dict[str, str]) -> None:
    observation = actions.start(lesson, by=by, at=lesson.starts_at)
    at = lesson.ends_at + timedelta(minutes=20)
    if "strengths" in said:
        marks = [
            NewMark(uuid5(NAMES, f"{observation.uid} {second}"), second, side, text, stage)
            for second, side, text, stage in COURSE
        ]
        actions.save_marks(observation, marks, device="", by=by, at=at)
        actions.enter_test(
            observation, about="三道圈一圈", pupils=42, mean=Decimal(82), passed=38, by=by, at=at
        )
    actions.save_texts(
        observation, [NewText(name, text) for name, text in said.items()], by=by, at=at
    )
    if observation.rubric:
        items = observation.rubric.sheet.items
        ratings = [NewRating(code, number % 2) for number, code in enumerate(items)]
        actions.save_ratings(observation, ratings, by=by, at=at)
    actions.hand_in(observation, by=by, at=at, ended_at=lesson.ends_at)
