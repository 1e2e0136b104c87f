"""What is observed and written through the actions counts, and counts the same both ways."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
import time_machine

from tests.recount.asking import Question
from tests.recount.counts import COUNTS
from tests.recount.counts_observation import OBSERVATION
from tests.recount.counts_works import WORKS
from tests.recount.school import NOW, TERM, TODAY
from yanxiu.cast import Cast
from yanxiu.figures.table import Scope, figure
from yanxiu.kernel.spans import Span, moment_at
from yanxiu.lessons import actions as lessons
from yanxiu.lessons.models import LessonKind
from yanxiu.observation import actions as observation
from yanxiu.observation.actions import NewText
from yanxiu.people.models import Organisation
from yanxiu.works import actions as works
from yanxiu.works.actions import Told
from yanxiu.works.calls import actions as calls
from yanxiu.works.models import Work, WorkKind

CODES = [f"observation.{code}" for code in OBSERVATION] + [f"works.{code}" for code in WORKS]
DAY = date(2026, 11, 12)
BEGINS = moment_at(DAY, time(8, 20))


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def _heard(cast: Cast) -> None:
    """王老师 gives a lesson that 李组长 and 赵老师 walk into, and tells of it afterwards."""
    li, wang, zhao, zhou = (cast.people[name] for name in ("li", "wang", "zhao", "zhou"))
    lesson = lessons.arrange(
        cast.school, teacher=wang, title="周长", by=zhou, at=BEGINS, unit=cast.maths,
        kind=LessonKind.objects.get(organisation=None, code="open_lesson"), starts_at=BEGINS,
        ends_at=BEGINS + timedelta(minutes=40),
    )  # fmt: skip
    for observer, way in ((li, "open"), (zhao, "push_door")):
        sheet = observation.start(lesson, by=observer, at=BEGINS, kind=way)
        observation.save_texts(sheet, [NewText("strengths", "追问到位")], by=observer, at=NOW)
        observation.hand_in(sheet, by=observer, at=NOW)
    observation.check(sheet, by=zhou, at=NOW)
    lessons.give(lesson, by=zhou, at=NOW)
    texts = {"looking_back": "围树叶这一步要留时间"}
    told = observation.save_account(lesson, texts=texts, edition=0, by=wang, at=NOW)
    observation.hand_in_account(told, by=wang, at=NOW)


def _written(cast: Cast, name: str, code: str) -> Work:
    kind, by = WorkKind.objects.get(organisation=None, code=code), cast.people[name]
    headings = [section.code for section in kind.sections.all()] or [""]
    work = works.start(
        kind, organisation=cast.school, by=by, at=NOW, title=f"{kind.name}一则", happened_on=DAY,
        texts=dict.fromkeys(headings, "孩子们都动了手。"),
    )  # fmt: skip
    return works.hand_in(work, by=by, at=NOW)


@pytest.fixture
def _wrote(cast: Cast) -> None:
    """Works of every counted kind; the paper is graded, sent to two places and wins at one."""
    zhou = cast.people["zhou"]
    for name, code in (("zhao", "reflection"), ("wang", "lesson_talk"), ("li", "essay")):
        _written(cast, name, code)
    paper = _written(cast, "wang", "paper")
    works.read_work(paper, grade="excellent", by=zhou, at=NOW)
    for where in ("contest", "journal"):
        way = works.recommend(
            paper, destination=where, where=where, level="county", by=zhou, at=NOW
        )
        works.send(way, on=DAY, by=zhou, at=NOW)
    works.tell_result(way, result="published", on=DAY, by=zhou, at=NOW)
    for level in ("school", "municipal"):
        way = works.recommend(
            paper, destination=f"{level}评选", where="contest", level=level, by=zhou, at=NOW
        )
        works.send(way, on=DAY, by=zhou, at=NOW)
    for kind, event in (("prize", "县论文评选"), ("publication", "某刊")):
        told = Told(kind=kind, title="周长", event=event, level="county", happened_on=DAY,
                    reference="第12页")  # fmt: skip
        line = works.tell_outcome(cast.school, told, by=cast.people["wang"], at=NOW, work=paper)
        works.confirm_outcome(line, by=zhou, at=NOW)


@pytest.fixture
def _entered(cast: Cast, _wrote: None) -> None:
    """王老师 enters a paper for calls of three levels and wins in each; one goes further."""
    wang, zhou = cast.people["wang"], cast.people["zhou"]
    paper = Work.objects.get(teacher=wang, kind__code="paper")
    for level in ("school", "county", "municipal"):
        facts = calls.CallFacts(
            title=f"{level}征集", closes_on=TODAY, way="choice", level=level, destination="进修学校"
        )
        call = calls.open_call(cast.school, facts, by=zhou, at=NOW)
        entry = calls.enter(call, paper, by=wang, at=NOW)
        call = calls.close_call(call, by=zhou, at=NOW)
        calls.decide(
            call, {entry.pk: calls.Decision(prize="first", is_chosen=True)}, by=zhou, at=NOW
        )
        calls.announce(call, by=zhou, at=NOW)


@pytest.mark.usefixtures("_heard", "_entered")
def test_figures_and_counts_agree_on_what_the_actions_make(cast: Cast) -> None:
    central = Organisation.objects.get(parent=None)
    school = Scope(cast.school.pk, cast.school.path, Span(*TERM))
    asked = [
        school,
        replace(school, organisation=central.pk, path=central.path),
        replace(school, unit=cast.maths.pk),
        replace(school, teacher=cast.people["wang"].pk),
    ]

    wrong = [
        (code, scope)
        for scope in asked
        for code in CODES
        if figure(code).value(scope) != COUNTS[code](Question(scope, NOW, TODAY))
    ]

    assert not wrong
    assert all(figure(code).value(school) for code in CODES)
