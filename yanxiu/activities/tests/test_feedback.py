"""Only those who were there answer, nobody can tell who said what, and few answers stay hidden."""

import pytest
from django.db import connection
from django.urls import reverse

from yanxiu.activities import actions
from yanxiu.activities.feedback import FEWEST, opinion_of
from yanxiu.activities.models import Attendance, FeedbackAnswer, FeedbackGiven, Session
from yanxiu.activities.refusals import AlreadyAnswered, NotThere
from yanxiu.audit.models import TrailLine
from yanxiu.cast import MORNING, NOON, Cast, LogIn
from yanxiu.people import actions as people
from yanxiu.people.models import Teacher


@pytest.fixture
def closed(session: Session, li: Teacher, wang: Teacher) -> Session:
    actions.call_roll(session, {wang: "present"}, by=li, at=session.starts_at)
    return actions.close_session(session, by=li, at=NOON)


def others(session: Session, count: int) -> list[Teacher]:
    """People who were at the session too."""
    found = [people.add_teacher(name=f"听者{n}", by=None, at=MORNING) for n in range(count)]
    Attendance.objects.bulk_create(
        Attendance(session=session, teacher=one, state="present", method="code", at=NOON)
        for one in found
    )
    return found


def answer(session: Session, by: Teacher, usefulness: int = 4, word: str = "") -> None:
    actions.give_feedback(session, usefulness=usefulness, will_use="yes", word=word, by=by)


def test_whoever_was_not_there_is_not_asked(closed: Session, zhao: Teacher, log_in: LogIn) -> None:
    with pytest.raises(NotThere):
        answer(closed, zhao)
    address = reverse("activities:feedback", args=[closed.uid])
    assert log_in(zhao).get(address).status_code == 404
    assert not FeedbackAnswer.objects.exists()


def test_a_person_answers_once(closed: Session, wang: Teacher) -> None:
    answer(closed, wang)

    with pytest.raises(AlreadyAnswered, match="不记名"):
        answer(closed, wang, usefulness=1)
    assert FeedbackAnswer.objects.get().usefulness == 4


def test_nothing_in_an_answer_points_to_a_person() -> None:
    fields = {field.name for field in FeedbackAnswer._meta.get_fields()}

    assert fields == {"id", "session", "usefulness", "will_use", "word"}
    assert {field.name for field in FeedbackGiven._meta.get_fields()} == {
        "id", "session", "teacher",
    }  # fmt: skip


def test_the_trail_does_not_say_who_answered(closed: Session, wang: Teacher) -> None:
    before = TrailLine.objects.count()

    answer(closed, wang)

    assert TrailLine.objects.count() == before


def test_the_order_of_the_rows_says_nothing(closed: Session) -> None:
    """Were the rows in the order of answering, they would be so each time."""
    people_there = others(closed, 12)
    for number, one in enumerate(people_there):
        answer(closed, one, word=f"第{number:02}份")
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM activities_feedbackanswer")
        stored = [row[0] for row in cursor.fetchall()]

    by_key = list(FeedbackAnswer.objects.order_by("pk").values_list("word", flat=True))
    assert sorted(stored) == sorted(by_key) == [f"第{number:02}份" for number in range(12)]
    assert stored != sorted(stored)
    assert by_key != sorted(by_key)


def test_every_answer_is_written_anew_with_the_last(closed: Session) -> None:
    first, second = others(closed, 2)
    answer(closed, first)
    key = FeedbackAnswer.objects.get().pk

    answer(closed, second)

    assert not FeedbackAnswer.objects.filter(pk=key).exists()


def test_fewer_than_five_stay_hidden(closed: Session, li: Teacher, log_in: LogIn) -> None:
    there = others(closed, FEWEST)
    for one in there[:-1]:
        answer(closed, one, word="举例很清楚")
    address = reverse("activities:session", args=[closed.uid])

    text = log_in(li).get(address).content.decode()
    assert opinion_of(closed).words == ()
    assert "举例很清楚" not in text
    assert "已收到 4 份；满 5 份才显示" in text

    answer(closed, there[-1], usefulness=1)

    text = log_in(li).get(address).content.decode()
    assert "举例很清楚" in text
    assert (opinion_of(closed).useful, opinion_of(closed).count) == (4, 5)


def test_a_participant_does_not_read_the_answers(
    closed: Session, wang: Teacher, log_in: LogIn
) -> None:
    for one in others(closed, FEWEST):
        answer(closed, one, word="举例很清楚")

    text = log_in(wang).get(reverse("activities:session", args=[closed.uid])).content.decode()

    assert "举例很清楚" not in text


def test_two_taps_are_enough(closed: Session, wang: Teacher, log_in: LogIn) -> None:
    address = reverse("activities:feedback", args=[closed.uid])

    answered = log_in(wang).post(address, {"usefulness": "3", "will_use": "partly"}, follow=True)

    assert "系统没有记下这是谁评的" in answered.content.decode()
    assert FeedbackAnswer.objects.get().will_use == "partly"


def test_a_bad_answer_keeps_the_words(closed: Session, wang: Teacher, log_in: LogIn) -> None:
    address = reverse("activities:feedback", args=[closed.uid])

    answered = log_in(wang).post(address, {"usefulness": "9", "word": "多些时间讨论"})

    assert answered.status_code == 422
    assert "多些时间讨论" in answered.content.decode()
    assert not FeedbackAnswer.objects.exists()


def test_nobody_answers_before_the_end(
    session: Session, cast: Cast, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    actions.call_roll(session, {wang: "present"}, by=li, at=session.starts_at)

    address = reverse("activities:feedback", args=[session.uid])
    assert log_in(wang).get(address).status_code == 404
