"""What is told elsewhere of preparing: figures, growth file, search and the page of a lesson."""

from datetime import date

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.documents.outline import Line, Outline
from yanxiu.figures.table import Scope, figure
from yanxiu.kernel.spans import Span
from yanxiu.lessons.models import Lesson
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.places.table import place
from yanxiu.preparation import actions
from yanxiu.preparation.beside import beside
from yanxiu.preparation.leaves import LEAVES
from yanxiu.preparation.models import LessonPlan, TeachingTopic
from yanxiu.preparation.queries.form import form_of
from yanxiu.preparation.reading import read_plan
from yanxiu.preparation.tests.conftest import Started

OCTOBER = Span(date(2026, 10, 1), date(2026, 11, 1))


def _value(cast: Cast, code: str) -> int:
    scope = Scope(cast.school.pk, cast.school.path, OCTOBER)
    return int(figure(f"preparation.{code}").value(scope))


def test_figures_count_what_was_finished_and_no_draft(
    cast: Cast, started: Started, agreed: LessonPlan, wang: Teacher, li: Teacher
) -> None:
    topic = TeachingTopic.objects.create(
        organisation=cast.school, unit=cast.maths, term=cast.term, title="分数的初步认识"
    )
    started(by=wang, kind="personal")
    started()
    own = actions.hand_in(actions.make_own(agreed, by=wang, at=MORNING), by=wang, at=MORNING)
    actions.review(own, mark="good", criteria={}, by=li, at=NOON)
    actions.change_facts(agreed, {"topic": topic, "reform": "先学后教"}, by=li, at=NOON)

    codes = (
        "agreed_plans", "linked_plans", "handed_in_plans", "checked_plans", "topics",
        "topics_together",
    )  # fmt: skip
    assert [_value(cast, code) for code in codes] == [1, 1, 1, 1, 1, 1]


def test_the_growth_file_has_the_own_work_and_others_see_no_private_note(
    agreed: LessonPlan, wang: Teacher, li: Teacher
) -> None:
    own = actions.hand_in(actions.make_own(agreed, by=wang, at=MORNING), by=wang, at=MORNING)
    actions.add_note(own, text="第二问太大。", taught_on=date(2026, 10, 15), by=wang, at=NOON)

    def titles(reader: Teacher) -> list[tuple[str, str]]:
        return [
            (leaf.part, leaf.title)
            for kind in LEAVES
            for leaf in kind.tell(list(allowed(kind.seen_by, reader, kind.rows(OCTOBER))))
        ]

    assert titles(wang) == [
        ("主备", agreed.title), ("个案", agreed.title), ("教后记", agreed.title)
    ]  # fmt: skip
    assert ("教后记", agreed.title) not in titles(li)


def test_a_search_finds_what_others_read_and_not_what_is_being_changed(
    agreed: LessonPlan, started: Started, wang: Teacher, li: Teacher
) -> None:
    tell = place(LessonPlan.SOURCE_KIND).text
    assert tell is not None
    actions.save(agreed, texts={"board": "还没想好"}, edition=0, by=li, at=NOON)
    agreed.refresh_from_db()

    assert "圆片" in tell(agreed)
    assert "还没想好" not in tell(agreed)
    assert "圆片" not in tell(started(by=wang, kind="personal"))


def test_the_page_of_a_lesson_shows_its_plan_and_what_became_of_it(
    started: Started, lesson: Lesson, wang: Teacher, li: Teacher, zhao: Teacher
) -> None:
    assert beside(lesson, li) is None
    own = started(by=wang, kind="personal")
    actions.use_in(own, lesson, by=wang, at=MORNING)
    revised = actions.revise(own, texts={"board": "课后改"}, reason="板书太满", by=wang, at=NOON)

    mine, others = beside(lesson, wang), beside(lesson, li)

    assert mine is not None
    assert others is not None
    assert mine["besides"][0].later == revised
    # The revised version is the author's until handed in; the taught one is for who listens.
    assert others["besides"][0].later is None
    assert beside(lesson, zhao) is None


def test_a_plan_of_tables_is_read_by_the_labels_of_its_rows(cast: Cast) -> None:
    rows = (
        ("课题", "《小猫种鱼》", "授课教师", "方老师"),
        ("教学目标", "1. 认识八个字。\n2. 读出语气。"),
        ("教学环节", "教师活动", "学生活动"),
        ("一、导入", "出示图片", "说一说"),
        ("板书", "小猫 → 鱼"),
        ("二次备课", "多读一遍"),
    )
    lines = tuple(
        Line(number, "\t".join(cells), cells=cells, table=0)
        for number, cells in enumerate(rows, start=1)
    )

    found = read_plan(Outline(lines), form_of(cast.school).sections)

    assert found.title == "小猫种鱼"
    assert found.texts["objectives"] == "1. 认识八个字。\n2. 读出语气。"
    assert found.texts["process"] == "教师活动\n学生活动\n一、导入｜出示图片｜说一说"
    assert found.texts["board"] == "小猫 → 鱼\n二次备课｜多读一遍"
    assert "授课教师" in found.remarks[0]
