"""Self-study counts apart from sessions, once somebody has read the note, up to a limit."""

from datetime import date
from decimal import Decimal

import pytest

from yanxiu.agenda.models import Task
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher
from yanxiu.terms.models import Term
from yanxiu.training import actions
from yanxiu.training.models import SelfStudy
from yanxiu.training.refusals import WrongState
from yanxiu.training.tests.test_outside_training import switches

DAY = date(2026, 10, 14)


def send(cast: Cast, by: Teacher, minutes: int = 90, day: date = DAY, **more: object) -> SelfStudy:
    return actions.send_study(
        cast.school,
        title="读《数学课程标准》",
        note="数感从数数开始。",
        happened_on=day,
        minutes=minutes,
        by=by,
        at=NOON,
        **more,  # type: ignore[arg-type]
    )


def test_it_counts_when_the_leader_has_read_the_note(
    cast: Cast, wang: Teacher, li: Teacher
) -> None:
    note = send(cast, wang)
    assert not Record.objects.exists()

    actions.accept_study(note, comment="写得实在", by=li, at=NOON)

    record = Record.objects.get(teacher=wang)
    assert (record.kind, record.minutes) == ("self_study", 90)


def test_nobody_accepts_the_own_note_nor_one_of_another_group(
    cast: Cast, li: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        actions.accept_study(send(cast, li), by=li, at=NOON)
    with pytest.raises(NotAllowed):
        actions.accept_study(send(cast, wang), by=zhao, at=NOON)


def test_it_comes_back_with_a_word_and_is_handed_in_again(
    cast: Cast, li: Teacher, wang: Teacher
) -> None:
    back = actions.return_study(send(cast, wang), comment="写写怎样用", by=li, at=NOON)

    again = send(cast, wang, returned=back)

    assert (again.pk, again.state) == (back.pk, SelfStudy.State.SENT)
    with pytest.raises(WrongState):
        send(cast, wang, returned=again)


def test_no_more_is_recognised_in_a_term_than_the_school_has_set(
    cast: Cast, zhou: Teacher, li: Teacher, wang: Teacher
) -> None:
    switches(cast, zhou, self_study_hours=Decimal(2))

    first = actions.accept_study(send(cast, wang, 60), by=li, at=NOON)
    second = actions.accept_study(send(cast, wang, 60), by=li, at=NOON)

    assert (first.minutes_accepted, second.minutes_accepted) == (60, 30)


def test_a_note_has_no_length_but_must_be_there(cast: Cast, wang: Teacher) -> None:
    with pytest.raises(BadInput):
        actions.send_study(
            cast.school, title="读书", note=" ", happened_on=DAY, minutes=30, by=wang, at=NOON
        )
    with pytest.raises(BadInput):
        send(cast, wang, minutes=0)


def test_a_piece_of_work_with_a_deadline_is_owed_and_done_by_handing_in(
    cast: Cast, zhou: Teacher, wang: Teacher
) -> None:
    series = actions.start_series(
        cast.school, name="微课制作", audience=f"unit:{cast.maths.uid}",
        starts_on=date(2026, 9, 1), last_on=date(2026, 12, 31), by=zhou, at=MORNING,
    )  # fmt: skip
    part = actions.add_part(
        series, kind="self_study", title="交一节微课", due_on=date(2026, 11, 30), by=zhou,
        at=MORNING,
    )  # fmt: skip
    owed = Task.objects.filter(kind="hand_in_study", state="open")
    assert set(owed.values_list("due_on", flat=True)) == {date(2026, 11, 30)}

    send(cast, wang, part=part)

    assert [task.teacher.name for task in owed.select_related("teacher")] == ["李组长"]


def test_holidays_belong_to_the_term_before_them_and_share_its_room(
    cast: Cast, zhou: Teacher, li: Teacher, wang: Teacher
) -> None:
    switches(cast, zhou, self_study_hours=Decimal(2))
    Term.objects.create(
        organisation=cast.school, school_year=2025, half=2,
        starts_on=date(2026, 2, 23), ends_on=date(2026, 7, 4),
    )  # fmt: skip
    days = [date(2026, 6, 1), date(2026, 7, 20), date(2026, 8, 3), DAY]
    notes = [send(cast, wang, 60, day=day) for day in days]

    accepted = [actions.accept_study(note, by=li, at=NOON).minutes_accepted for note in notes]

    assert accepted == [60, 30, 0, 60]


def test_days_before_the_first_term_take_no_room_from_it(
    cast: Cast, zhou: Teacher, li: Teacher, wang: Teacher
) -> None:
    switches(cast, zhou, self_study_hours=Decimal(2))
    notes = [send(cast, wang, 90, day=day) for day in (DAY, date(2026, 7, 20))]

    accepted = [actions.accept_study(note, by=li, at=NOON).minutes_accepted for note in notes]

    assert accepted == [90, 90]


def test_a_note_that_is_sent_twice_is_there_once(cast: Cast, wang: Teacher, li: Teacher) -> None:
    once, again = send(cast, wang), send(cast, wang)

    assert (again.pk, SelfStudy.objects.count()) == (once.pk, 1)
    send(cast, wang, minutes=45)
    assert SelfStudy.objects.count() == 2
