"""Writing lessons and plans into the tables, and making a few in the way people make them."""

from datetime import date, time, timedelta
from typing import Any

from tests.recount.building import Ground
from tests.recount.school import NOW, at
from tests.recount.teaching import OWN_KIND, Prepared, Required, Taught, Teaching
from yanxiu.activities.models import Problem
from yanxiu.cast import Cast
from yanxiu.lessons import actions as lessons
from yanxiu.lessons.models import Lesson, LessonKind, LessonSeries, Listener
from yanxiu.preparation import actions as preparing
from yanxiu.preparation.models import (
    GradeRequirement,
    LessonPlan,
    PlanComment,
    PlanQuestion,
    PlanReview,
    PlanVersion,
    RequirementVersion,
    TeachingTopic,
)
from yanxiu.terms.models import Term

LENGTH = timedelta(minutes=40)
THURSDAY = date(2026, 10, 15)
TERMS = (
    (2025, 2, date(2026, 2, 20), date(2026, 9, 1)),
    (2026, 2, date(2027, 1, 23), date(2027, 7, 5)),
)


class TeachingBuilder:
    """Writes the lessons and plans of one invented school."""

    def __init__(self, stand: Ground) -> None:
        """Stand on `stand`."""
        self.on = stand
        self.series: list[LessonSeries] = []
        self.topics: list[TeachingTopic] = []
        self.kinds: dict[str, LessonKind] = {}

    def build(self, told: Teaching) -> None:
        """Write everything."""
        LessonKind.objects.create(
            organisation=self.on.places[0], code=OWN_KIND, name="校本研究课",
            record_kind="open_lesson",
        )  # fmt: skip
        self.kinds = {kind.code: kind for kind in LessonKind.objects.all()}
        before, after = (
            Term.objects.create(
                organisation=self.on.places[0], school_year=year, half=half, starts_on=first,
                ends_on=end,
            ) for year, half, first, end in TERMS
        )  # fmt: skip
        self.series = [
            LessonSeries.objects.create(
                title="磨一节课", kind=one.kind, starts_on=THURSDAY, made_at=NOW,
                **self._where(one.place, one.unit),
            ) for one in told.series
        ]  # fmt: skip
        self.topics = [
            TeachingTopic.objects.create(
                term=(before, self.on.term, after)[one.term], title=f"课题{number}",
                **self._where(one.place, one.unit),
            ) for number, one in enumerate(told.topics)
        ]  # fmt: skip
        for lesson in told.taught:
            self._taught(lesson)
        for plan in told.prepared:
            self._prepared(plan)
        for number, document in enumerate(told.required):
            self._required(document, number)

    def _where(self, place: int, unit: int | None) -> dict[str, Any]:
        known = None if unit is None else self.on.units[unit]
        return {"organisation": self.on.places[place], "unit": known}

    def _taught(self, told: Taught) -> None:
        starts = at(told.day, told.clock)
        known = told.series is not None and told.series < len(self.series)
        lesson = Lesson.objects.create(
            teacher=self.on.teachers[told.teacher], kind=self.kinds[told.kind], level=told.level,
            starts_at=starts, ends_at=starts + LENGTH, state=told.state,
            given_at=NOW if told.state == "given" else None,
            series=self.series[told.series or 0] if known else None,
            researcher_came=told.researcher_came, made_at=NOW,
            **self._where(told.place, told.unit),
        )  # fmt: skip
        for teacher, recorded in told.heard:
            Listener.objects.create(
                lesson=lesson, teacher=self.on.teachers[teacher],
                recorded_at=NOW if recorded else None,
            )  # fmt: skip

    def _prepared(self, told: Prepared) -> None:
        """Write a plan; an own one is never discussed, the table says so."""
        state, author = told.state, self.on.teachers[told.author]
        if told.kind == "personal" and state in {"discussed", "agreed"}:
            state = "draft"
        known = told.topic is not None and told.topic < len(self.topics)
        plan = LessonPlan.objects.create(
            kind=told.kind, state=state, author=author, title="一课",
            topic=self.topics[told.topic or 0] if known else None,
            new_ideas=told.new_ideas, reform=told.reform,
            project=self.on.units[0] if told.project else None,
            agreed_at=told.agreed and at(told.agreed, time(0)),
            handed_in_at=told.handed_in and at(told.handed_in, time(0)),
            made_at=NOW, edited_at=NOW, **self._where(told.place, told.unit),
        )  # fmt: skip
        version = PlanVersion.objects.create(plan=plan, number=1, moment="offered", made_at=NOW)
        for _time in range(told.looked_at):
            PlanReview.objects.create(
                plan=plan, version=version, reviewer=author, mark="good", at=NOW
            )
        self._talked(plan, told)

    def _talked(self, plan: LessonPlan, told: Prepared) -> None:
        for teacher, state, settled, withdrawn in told.said:
            PlanComment.objects.create(
                plan=plan, teacher=self.on.teachers[teacher], text="换个例子", state=state,
                settled_at=settled and at(settled, time(0)), made_at=NOW,
                withdrawn_at=NOW if withdrawn else None,
            )  # fmt: skip
        for owner, day, answered in told.asked:
            problem = Problem.objects.create(
                organisation=plan.organisation, text="怎样引入", raised_by=plan.author,
                raised_at=at(day, time(0)),
            )  # fmt: skip
            PlanQuestion.objects.create(
                plan=plan, problem=problem, owner=self.on.teachers[owner],
                answer="从分物开始" if answered else "", answered_at=NOW if answered else None,
            )  # fmt: skip

    def _required(self, told: Required, number: int) -> None:
        document = GradeRequirement.objects.create(
            subject="数学", grade=f"{number}年级", **self._where(told.place, told.unit)
        )
        for place, (state, day) in enumerate(told.versions, start=1):
            RequirementVersion.objects.create(
                requirement=document, number=place, text="会算", state=state, made_at=NOW,
                made_by=self.on.teachers[0],
                decided_at=None if state == "proposed" else at(day, time(0)),
            )  # fmt: skip


# ---- through the actions ----
def teach(cast: Cast) -> None:
    """Let the maths group give a lesson of a series, and a visitor another, as people do it."""
    li, wang, zhou = (cast.people[name] for name in ("li", "wang", "zhou"))
    series = lessons.start_series(
        cast.school, unit=cast.maths, kind="polishing", title="磨分数的课", starts_on=THURSDAY,
        by=li, at=NOW,
    )  # fmt: skip
    for code, day in (("open_lesson", 15), ("push_door_lesson", 16)):
        starts = at(date(2026, 10, day), time(10, 20))
        lesson = lessons.arrange(
            cast.school, teacher=wang, kind=LessonKind.objects.get(code=code), unit=cast.maths,
            starts_at=starts, ends_at=starts + LENGTH, by=zhou, at=NOW, title="几分之一",
            level="group", series=series if code == "open_lesson" else None,
        )  # fmt: skip
        lesson = lessons.give(lesson, by=zhou, at=NOW, researcher_came=code == "open_lesson")
        lessons.note_listener(lesson, li, at=NOW)


def prepare(cast: Cast) -> None:
    """Let the maths group agree a plan of its schedule, and a member hand an own one in."""
    li, wang, zhou = (cast.people[name] for name in ("li", "wang", "zhou"))
    (topic,) = preparing.set_topics(
        cast.maths, cast.term, grade="三年级", topics=preparing.read_topics("几分之一 2课时"),
        by=li, at=NOW,
    )  # fmt: skip
    plan = preparing.start(
        cast.school, kind="shared", unit=cast.maths, by=li, at=NOW,
        facts={"title": "几分之一", "new_ideas": "大单元", "topic": topic},
        texts={"objectives": "会表示平均分后的一份。"},
    )  # fmt: skip
    plan = preparing.offer(plan, by=li, at=NOW)
    said = preparing.comment(plan, text="先让学生动手折一折。", by=wang, at=NOW)
    preparing.settle(said, "partly", by=li, at=NOW)
    question = preparing.ask_question(plan, text="怎样引入", owner=wang, by=li, at=NOW)
    preparing.answer_question(question, answer="从分物开始。", by=wang, at=NOW)
    plan = preparing.agree(plan, by=li, at=NOW)
    own = preparing.hand_in(preparing.make_own(plan, by=wang, at=NOW), by=wang, at=NOW)
    preparing.review(own, mark="good", criteria={}, by=zhou, at=NOW)
    document = preparing.begin_requirement(
        cast.maths, subject="数学", grade="三年级", text="会认几分之一。", by=li, at=NOW
    )
    version = document.versions.get()
    preparing.decide_requirement(version, approved=True, by=zhou, at=NOW)
