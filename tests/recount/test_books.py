"""What is read through the actions counts, and counts the same both ways, untold things apart."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine

from tests.recount.asking import Question
from tests.recount.counts import COUNTS
from tests.recount.counts_books import BOOKS
from tests.recount.school import NOW, TERM, TODAY
from yanxiu.activities import actions as activities
from yanxiu.activities.models import ActivityKind, Attendance, Session
from yanxiu.books import actions
from yanxiu.cast import Cast
from yanxiu.figures.table import Scope, figure
from yanxiu.kernel.spans import Span, moment_at
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation
from yanxiu.works import actions as works

CODES = [f"books.{code}" for code in BOOKS]
DAY = date(2026, 11, 12)


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _records(cast: Cast) -> None:
    """Books told, kept to oneself, put away, of another term; an article; and a note on one."""
    wang = cast.people["wang"]
    for name, title, kind, told_to, dropped, day in (
        ("wang", "甲", "book", "leader", False, DAY),
        ("li", "甲", "book", "school", False, TERM[0]),
        ("zhao", "乙", "book", "group", False, TERM[1] - timedelta(days=1)),
        ("wang", "丙", "book", "nobody", False, DAY),
        ("wang", "丁", "book", "leader", True, DAY),
        ("wang", "戊", "article", "leader", False, DAY),
        ("qian", "己", "book", "leader", False, DAY),
        ("li", "庚", "book", "leader", False, TERM[0] - timedelta(days=1)),
        ("li", "辛", "book", "leader", False, TERM[1]),
    ):
        by = cast.people[name]
        record = actions.start_reading(by.organisation, title=title, kind=kind, by=by, at=NOW)
        record = actions.change_state(record, "read", by=by, at=NOW)
        facts = {"started_on": day, "finished_on": day}
        record = actions.save_record(record, edition=record.edition, facts=facts, by=by, at=NOW)
        record = actions.tell_record(record, told_to, by=by, at=NOW)
        if title == "甲" and by == wang:
            note = actions.write_note(record, "reading_essay", by=by, at=NOW)
            works.save(note, edition=0, texts={"": "读后。"}, by=by, at=NOW)
            works.hand_in(note, by=by, at=NOW)
        if dropped:
            actions.drop_record(record, by=by, at=NOW)


def _session(cast: Cast, code: str) -> Session:
    begins = moment_at(DAY, time(8, 20))
    return activities.plan_session(
        cast.school, title=code, by=cast.people["li"], at=begins, unit=cast.maths,
        kind=ActivityKind.objects.get(organisation=None, code=code), starts_at=begins,
        ends_at=begins + timedelta(minutes=60),
    )  # fmt: skip


def _meetings(cast: Cast) -> None:
    """One session of the kind, one that is tied, one that is not closed, one about nothing."""
    li, wang = cast.people["li"], cast.people["wang"]
    exchange, tied, still_open, other = (
        _session(cast, code)
        for code in ("reading_exchange", "theme_seminar", "reading_exchange", "theme_seminar")
    )
    actions.tie_meeting(tied, form="salon", title="甲", by=li, at=NOW)
    Session.objects.exclude(pk=still_open.pk).update(closed_at=NOW)
    for row, state in ((exchange, "present"), (tied, "absent"), (other, "present")):
        Attendance.objects.create(
            session=row, teacher=wang, state=state, method="roll_call", at=NOW
        )
    share = actions.share(session=exchange, text="说一句", by=wang, at=NOW)
    actions.answer_choice(actions.choose_share(share, by=li, at=NOW), agrees=True, by=wang, at=NOW)
    actions.share(session=exchange, text="再说一句", by=li, at=NOW)


@pytest.fixture
def _read(cast: Cast) -> None:
    li, wang, zhao = (cast.people[name] for name in ("li", "wang", "zhao"))
    _records(cast)
    _meetings(cast)
    span: dict[str, Any] = {"starts_on": DAY, "ends_on": DAY + timedelta(days=20)}
    actions.open_round(cast.school, title="甲", unit=cast.maths, by=li, at=NOW, **span)
    club = actions.found_club(cast.school, name="书会", by=zhao, at=NOW)
    actions.join_club(club, by=wang, at=NOW)
    over = actions.found_club(cast.school, name="办完的", by=zhao, at=NOW)
    actions.end_club(over, by=zhao, at=NOW)
    actions.recommend(cast.school, title="甲", reason="好", unit=cast.maths, by=wang, at=NOW)
    gone = actions.recommend(cast.school, title="乙", reason="好", by=li, at=NOW)
    actions.withdraw_recommendation(gone, by=li, at=NOW)
    # Who joins a group later brings nothing of before along.
    people.join_unit(cast.chinese, wang, starts_on=TODAY, by=None, at=NOW)


@pytest.mark.usefixtures("_read")
def test_figures_and_counts_agree_on_what_is_read(cast: Cast) -> None:
    central = Organisation.objects.get(parent=None)
    school = Scope(cast.school.pk, cast.school.path, Span(*TERM))
    asked = [
        school,
        replace(school, organisation=central.pk, path=central.path),
        replace(school, unit=cast.maths.pk),
        replace(school, unit=cast.chinese.pk),
        replace(school, teacher=cast.people["wang"].pk),
        replace(school, teacher=cast.people["zhao"].pk),
        replace(school, span=Span(TODAY, TERM[1])),
    ]

    wrong = [
        (code, scope, figure(code).value(scope))
        for scope in asked
        for code in CODES
        if figure(code).value(scope) != COUNTS[code](Question(scope, NOW, TODAY))
    ]

    assert not wrong
    assert [code for code in CODES if not figure(code).value(school)] == []
    assert figure("books.read").value(school) == 3
