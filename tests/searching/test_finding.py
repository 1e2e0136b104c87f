"""A reader finds what the reader may see, and nothing else; not a count of it either."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q

from yanxiu.activities import actions as activities
from yanxiu.activities.models import Session
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import Span
from yanxiu.originality import actions as originality
from yanxiu.people import actions as people
from yanxiu.people.actions import roster_import
from yanxiu.people.models import Membership, Role, Teacher
from yanxiu.places.table import all_places
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Rhythm
from yanxiu.search import actions, queries
from yanxiu.search.models import Changed, Entry
from yanxiu.search.queries import Wanted
from yanxiu.works import actions as works
from yanxiu.works.models import WorkKind

NOTE = "折纸的办法让分数看得见，孩子们自己折出了四分之一。"


@pytest.fixture
def known(cast: Cast, zhou: Teacher) -> Any:
    """A text that everybody of the school may see."""
    made = originality.add_known_text(
        cast.school, sort="template", title="分数的范文", text=NOTE, by=zhou, at=MORNING
    )
    actions.read_changed(100_000)
    # What the cast has left to be done after a commit, which never comes in a test.
    connection.run_on_commit.clear()
    return made


def titles(reader: Teacher, text: str, **more: Any) -> list[str]:
    found = queries.find(Teacher.objects.get(pk=reader.pk), Wanted(text, **more))
    return ["".join(part.text for part in hit.title) for hit in found.hits]


def test_everybody_of_the_school_finds_it_in_either_script(known: Any, wang: Teacher) -> None:
    assert titles(wang, "四分之一") == ["分数的范文"]
    assert titles(wang, "折紙 分數") == ["分数的范文"]


def test_another_school_finds_nothing(known: Any, cast: Cast) -> None:
    assert titles(cast.people["qian"], "四分之一") == []


def test_what_is_noted_is_read_after_the_commit(
    known: Any, wang: Teacher, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        known.title = "长方体的范文"
        known.save()
        assert titles(wang, "长方体") == []

    assert titles(wang, "长方体") == ["长方体的范文"]
    assert not Changed.objects.exists()


def test_what_is_removed_is_found_no_more(known: Any, wang: Teacher, zhou: Teacher) -> None:
    originality.remove_known_text(known, by=zhou, at=MORNING)
    # Before it is read, the source itself is asked.
    assert titles(wang, "四分之一") == []
    actions.read_changed(100)

    assert not Entry.objects.filter(source_kind=known.SOURCE_KIND).exists()


def test_a_rebuild_finds_all_kinds_and_forgets_what_is_gone(known: Any, wang: Teacher) -> None:
    Entry.objects.filter(source_kind=known.SOURCE_KIND).update(title="旧的")
    type(known).objects.filter(pk=known.pk).update(title="新的范文")
    steps: list[tuple[int, int]] = []

    count = actions.rebuild(lambda done, of, _what: steps.append((done, of)))

    assert titles(wang, "范文") == ["新的范文"]
    assert count == steps[-1][0] == steps[-1][1] > 1
    type(known).objects.all().delete()
    actions.rebuild()
    assert titles(wang, "范文") == []


def test_a_source_that_cannot_be_read_blocks_no_other(
    known: Any, wang: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = all_places()["people.teacher"]

    def fails(_row: Any) -> str:
        raise ValueError

    with monkeypatch.context() as broken:
        broken.setitem(place.__dict__, "text", fails)
        actions.rebuild()

    assert titles(wang, "范文") == ["分数的范文"]


def test_kind_and_term_narrow(known: Any, zhou: Teacher) -> None:
    assert titles(zhou, "分数", kind="originality.known_text") == ["分数的范文"]
    assert titles(zhou, "分数", kind="people.teacher") == []
    day = MORNING.date()
    assert titles(zhou, "分数", span=Span(day - timedelta(days=9), day + timedelta(days=9))) == [
        "分数的范文"
    ]
    assert titles(zhou, "分数", span=Span(date(2020, 1, 1), date(2020, 7, 1))) == []


def test_a_person_is_found_by_name_and_pinyin(known: Any, zhou: Teacher, wang: Teacher) -> None:
    actions.rebuild()

    assert "王老师" in titles(zhou, "王老")
    assert "王老师" in titles(zhou, wang.pinyin[:4])
    assert "王老师" not in titles(wang, "赵")


def test_somebody_let_in_from_elsewhere_finds_it(
    known: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The labels are only a first choice; the permission of the source decides.
    place = all_places()[known.SOURCE_KIND]
    monkeypatch.setitem(place.__dict__, "seen_by", lambda _teacher: Q(pk__gt=0))

    assert titles(cast.people["qian"], "四分之一") == ["分数的范文"]


def test_the_head_of_a_county_finds_all_and_what_other_counties_let_in(
    known: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = people.add_teacher(name="吴主任", by=None, at=MORNING)
    role = Role.objects.get(code="research_office")
    central = cast.school.parent
    assert central is not None
    people.give_post(head, central, role, starts_on=date(2020, 9, 1), by=None, at=MORNING)
    assert titles(head, "四分之一") == ["分数的范文"]

    other = people.add_organisation(None, "东山县教研室", by=None, at=MORNING, is_school=False)
    type(known).objects.filter(pk=known.pk).update(organisation=other)
    actions.rebuild()
    assert titles(head, "四分之一") == []
    place = all_places()[known.SOURCE_KIND]
    monkeypatch.setitem(place.__dict__, "seen_by", lambda _teacher: Q(pk__gt=0))
    assert titles(head, "四分之一") == ["分数的范文"]


def test_who_leaves_the_school_leaves_its_results(known: Any, cast: Cast, wang: Teacher) -> None:
    for post in wang.posts_today:
        people.end_post(post, on=MORNING.date(), by=cast.people["guan"], at=MORNING)

    assert titles(wang, "四分之一") == []


def read_all() -> None:
    """Read what was noted, as the commit of a request would."""
    actions.read_changed(100_000)
    connection.run_on_commit.clear()


def test_a_session_is_found_by_who_speaks_and_by_its_term(
    session: Session, cast: Cast, li: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    read_all()
    activities.give_part(session, zhao, "main_speaker", by=li, at=MORNING)
    read_all()
    day = session.starts_at.date()
    around = Span(day - timedelta(days=9), day + timedelta(days=9))

    assert titles(wang, "错误成为资源", people=[zhao.pk], span=around) == [session.title]
    assert titles(wang, zhao.pinyin[:6], kind=session.SOURCE_KIND) == [session.title]
    assert titles(wang, "错误成为资源", people=[cast.people["shen"].pk]) == []
    assert titles(wang, "错误成为资源", span=Span(date(2020, 1, 1), date(2020, 7, 1))) == []


def test_minutes_are_found_by_their_words_and_by_nobody_outside(
    session: Session, cast: Cast, li: Teacher, wang: Teacher
) -> None:
    said = {"process": "先用小棒摆一摆", "conclusions": "说得清道理才练", "next_steps": ""}
    activities.save_minutes(session, **said, version=0, by=li, at=MORNING)
    read_all()

    assert titles(wang, "小棒") == [session.title]
    assert titles(cast.people["qian"], "小棒") == []


def test_the_records_of_a_session_do_not_crowd_it_out(
    session: Session, li: Teacher, wang: Teacher, take_part: Any
) -> None:
    for one in (li, wang):
        take_part(one, title=session.title, source=source_of(session))
    alone = take_part(wang, title="分数的意义：自己去听的报告")
    read_all()

    hits = queries.find(wang, Wanted("分数的意义")).hits
    assert {hit.source for hit in hits} == {source_of(session), source_of(alone)}
    assert {hit.person for hit in hits} == {"", wang.name}


def test_what_is_written_by_the_batch_is_found(cast: Cast, zhou: Teacher) -> None:
    list_ = "姓名,工号,教研组\n孙一,0101,数学教研组\n".encode()
    read = roster_import.read_file(cast.school, list_, "名单.csv", by=None, at=MORNING)
    taken = roster_import.apply(read, by=None, at=MORNING)
    plan = planning.start_plan(cast.school, cast.term, "研修计划", by=zhou, at=MORNING)
    planning.add_rhythm(
        plan, unit=cast.maths, weekday=3, half_day=Rhythm.HalfDay.AFTERNOON, by=zhou, at=MORNING
    )
    plan = planning.confirm_plan(plan, by=zhou, at=MORNING)
    made = activities.schedule_rhythms(plan, by=zhou, at=MORNING)
    read_all()

    assert titles(zhou, "孙一", kind=Teacher.SOURCE_KIND) == ["孙一"]
    assert Entry.objects.filter(source_id__in=[one.uid for one in made]).count() == len(made) > 9
    roster_import.undo(taken, by=None, at=MORNING)
    read_all()
    assert titles(zhou, "孙一", kind=Teacher.SOURCE_KIND) == []


TIMELESS = {
    "people.teacher", "activities.expert", "observation.rubric", "preparation.requirement",
    "preparation.series", "reports.template",
}  # fmt: skip
"""Kinds of which nobody asks in which term they were."""


def test_every_searched_kind_says_of_which_day_it_is() -> None:
    dated = {kind for kind, place in all_places().items() if place.text and place.day}
    searched = {kind for kind, place in all_places().items() if place.text}

    assert searched - dated <= TIMELESS
    assert not dated & TIMELESS


def test_the_leader_of_the_new_group_finds_what_a_teacher_brings_along(
    cast: Cast, wang: Teacher, li: Teacher, django_capture_on_commit_callbacks: Any
) -> None:
    kind = WorkKind.objects.get(organisation=None, code="reflection")
    text = {"success": "围树叶这一步成了。"}
    work = works.start(
        kind, organisation=cast.school, title="分数的反思", texts=text, by=wang, at=MORNING
    )
    works.hand_in(work, by=wang, at=MORNING)
    zhao = cast.people["zhao"]
    today = date(2026, 10, 15)
    people.join_unit(
        cast.chinese, zhao, starts_on=today, by=None, at=MORNING, duty=Membership.Duty.LEADER
    )
    actions.read_changed(100_000)
    connection.run_on_commit.clear()
    assert titles(li, "围树叶") == ["分数的反思"]
    assert titles(zhao, "围树叶") == []

    with django_capture_on_commit_callbacks(execute=True):
        people.end_membership(
            Membership.objects.get(unit=cast.maths, teacher=wang),
            on=today,
            by=cast.people["guan"],
            at=MORNING,
        )
        people.join_unit(cast.chinese, wang, starts_on=today, by=None, at=MORNING)

    assert titles(zhao, "围树叶") == ["分数的反思"]
    assert titles(li, "围树叶") == []
