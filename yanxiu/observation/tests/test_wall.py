"""Growth talk and appraisal are kept apart, on every way by which words could get out."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.audit.models import TrailLine
from yanxiu.cast import MORNING, Cast
from yanxiu.figures.leaves import LeafKind
from yanxiu.figures.table import Scope
from yanxiu.kernel.spans import Span, moment_at
from yanxiu.lessons.models import Lesson
from yanxiu.notices.models import Notice
from yanxiu.observation import actions, refusals
from yanxiu.observation.actions import NewRating, NewText
from yanxiu.observation.figures import FIGURES
from yanxiu.observation.leaves import LEAVES
from yanxiu.observation.models import Observation
from yanxiu.observation.places import PLACES
from yanxiu.observation.queries import statistics
from yanxiu.observation.tests.conftest import AFTER, BEGINS, arrange
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher

SECRET = "第九分钟绕开了学生的问题"
TERM = Span(date(2026, 9, 1), date(2027, 1, 23))
Purpose = Observation.Purpose


@pytest.fixture
def growth(lesson: Lesson, li: Teacher) -> Observation:
    """What 李组长 wrote for the growth of 王老师."""
    actions.lay_ground()
    observation = actions.start(lesson, by=li, at=BEGINS)
    texts = [NewText(name, SECRET) for name in ("strengths", "weaknesses", "overall")]
    actions.save_texts(observation, [*texts, NewText("suggestions", SECRET)], by=li, at=AFTER)
    assert observation.rubric
    ratings = [NewRating(code, 0, SECRET) for code in observation.rubric.sheet.items]
    actions.save_ratings(observation, ratings, by=li, at=AFTER)
    return actions.hand_in(observation, by=li, at=AFTER)


OFFICE_PAGES = (
    "home", "checking", "completeness", "coverage", "statistics", "records", "rubrics",
)  # fmt: skip


@pytest.mark.parametrize("name", ["shen", "zhou"])
def test_no_page_of_the_office_holds_a_word_of_growth(
    client: Client, cast: Cast, growth: Observation, name: str
) -> None:
    client.force_login(cast.people[name])
    pages = [reverse(f"observation:{page}") for page in OFFICE_PAGES]
    pages += [
        reverse("observation:observation", args=[growth.uid]),
        reverse("observation:lesson", args=[growth.lesson.uid]),
        reverse("observation:before_and_after", args=[growth.lesson.uid]),
        reverse("lessons:lesson", args=[growth.lesson.uid]),
    ]

    told = [client.get(page).content.decode() for page in pages]

    assert [page for page, text in zip(pages, told, strict=True) if SECRET in text] == []


def test_nothing_that_leaves_the_app_holds_a_word_of_growth(
    growth: Observation, zhou: Teacher
) -> None:
    actions.check(growth, comment="及时", by=zhou, at=AFTER)
    searched = " ".join(
        f"{place.title(row)} {place.text(row) if place.text else ''}"
        for place in PLACES
        for row in allowed(place.seen_by, zhou, place.rows())
    )
    leaves = " ".join(str(leaf) for kind in LEAVES for leaf in _leaves(kind, zhou))
    noted = " ".join(str(row.detail) for row in TrailLine.objects.all())
    told = " ".join(f"{row.title} {row.text}" for row in Notice.objects.exclude(teacher=zhou))

    assert SECRET not in searched + leaves + noted + told


def _leaves(kind: LeafKind, reader: Teacher) -> list[Any]:
    return list(kind.tell(list(kind.rows(TERM).filter(kind.seen_by(reader)))))


def test_the_observer_finds_the_own_thoughts_in_the_own_file(
    growth: Observation, li: Teacher
) -> None:
    assert growth
    (thoughts,) = [kind for kind in LEAVES if kind.code == "observation.thoughts"]

    assert SECRET in str(_leaves(thoughts, li))


def test_only_for_the_presenter_means_no_listener_either(
    lesson: Lesson, li: Teacher, zhou: Teacher
) -> None:
    for teacher in (li, zhou):
        observation = actions.start(lesson, by=teacher, at=BEGINS)
        actions.save_texts(observation, [NewText("overall", SECRET)], by=teacher, at=AFTER)
        actions.hand_in(observation, audience="presenter", by=teacher, at=AFTER)

    page = reverse("observation:observation", args=[Observation.objects.get(observer=li).uid])
    client = Client()
    client.force_login(zhou)
    assert SECRET not in client.get(page).content.decode()


def test_appraisal_needs_to_be_announced_before_the_lesson(
    cast: Cast, lesson: Lesson, li: Teacher, zhou: Teacher, wang: Teacher
) -> None:
    given: dict[str, Any] = {"by": zhou, "at": AFTER, "purpose": Purpose.APPRAISAL}
    with pytest.raises(refusals.NotAnnounced):
        actions.start(lesson, **given)

    begins = BEGINS + timedelta(days=1)
    told = arrange(cast, wang, li, starts_at=begins, ends_at=begins + timedelta(minutes=40))
    actions.announce_appraisal(told, because="职称评审", by=zhou, at=MORNING)
    observation = actions.start(told, **given)

    assert observation.purpose == Purpose.APPRAISAL
    assert Notice.objects.filter(teacher=wang, title__contains="用于评价").exists()


def test_an_announced_appraisal_is_open_to_the_office(
    cast: Cast, lesson: Lesson, li: Teacher, zhou: Teacher, wang: Teacher, shen: Teacher,
    client: Client,
) -> None:  # fmt: skip
    assert lesson
    begins = BEGINS + timedelta(days=1)
    told = arrange(cast, wang, li, starts_at=begins, ends_at=begins + timedelta(minutes=40))
    actions.announce_appraisal(told, because="职称评审", by=zhou, at=MORNING)
    observation = actions.start(told, by=zhou, at=begins, purpose=Purpose.APPRAISAL)
    later = begins + timedelta(hours=2)
    actions.save_texts(observation, [NewText("overall", SECRET)], by=zhou, at=later)
    actions.hand_in(observation, by=zhou, at=later)

    client.force_login(shen)
    page = client.get(reverse("observation:observation", args=[observation.uid]))
    assert SECRET in page.content.decode()


def test_statistics_say_nothing_of_fewer_than_three_teachers(
    cast: Cast, growth: Observation, li: Teacher, zhou: Teacher
) -> None:
    rubric = growth.rubric
    assert rubric
    rows = statistics.seen_in(cast.school, TERM)
    assert statistics.by_group(rows, rubric).too_few == ("数学教研组",)

    for number, name in enumerate(("li", "zhou")):
        begins = moment_at(date(2026, 10, 12 + number), time(9))
        given = arrange(
            cast, cast.people[name], zhou if name == "li" else li, unit=cast.maths,
            starts_at=begins, ends_at=begins + timedelta(minutes=40),
        ) if name == "li" else arrange(
            cast, zhou, zhou, unit=cast.maths, starts_at=begins,
            ends_at=begins + timedelta(minutes=40),
        )  # fmt: skip
        observer = zhou if name == "li" else li
        observation = actions.start(given, by=observer, at=begins, rubric=rubric)
        code = next(iter(rubric.sheet.items))
        actions.save_ratings(observation, [NewRating(code, 3)], by=observer, at=AFTER)
        actions.hand_in(observation, by=observer, at=AFTER)

    table = statistics.by_group(rows, rubric)
    assert table.groups == ("数学教研组",)
    first = table.lines[0].cells[0]
    assert first is not None
    assert first.share == Decimal(60)
    assert first.presenters == 3


def test_what_counts_is_handed_in(cast: Cast, growth: Observation, lesson: Lesson) -> None:
    actions.start(lesson, by=cast.people["zhou"], at=BEGINS)
    scope = Scope(cast.school.pk, cast.school.path, TERM)

    numbers = {figure.code: figure.value(scope) for figure in FIGURES}

    assert growth
    assert numbers["observation.records"] == 1
    assert numbers["observation.waiting"] == 1
    assert numbers["observation.evaluated"] == 1
    assert numbers["observation.accounted"] == 0
