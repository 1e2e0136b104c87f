"""What was agreed has an owner, stands in the owner's tasks, and opens the next session."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from yanxiu.activities import actions
from yanxiu.activities.chain import last_time, ordinal_of
from yanxiu.activities.models import ActivityKind, AgendaPoint, Resolution, Session
from yanxiu.agenda.models import Task
from yanxiu.cast import MORNING, NOON, Cast, LogIn
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.people.models import Teacher

DUE = date(2026, 10, 22)


@pytest.fixture
def agreed(session: Session, li: Teacher, wang: Teacher) -> Resolution:
    return actions.agree(session, text="每人带一份错题来", owner=wang, due_on=DUE, by=li, at=NOON)


@pytest.fixture
def following(session: Session, cast: Cast, li: Teacher) -> Session:
    return actions.plan_session(
        cast.school,
        title="错题怎么讲",
        kind=ActivityKind.objects.get(code="research_activity"),
        unit=cast.maths,
        starts_at=session.starts_at + timedelta(days=7),
        ends_at=session.ends_at + timedelta(days=7),
        by=li,
        at=NOON,
    )


def page(session: Session, client: object) -> str:
    address = reverse("activities:session", args=[session.uid])
    return str(client.get(address).content.decode())  # type: ignore[attr-defined]


def test_it_becomes_a_task_of_its_owner(agreed: Resolution, wang: Teacher) -> None:
    task = Task.objects.get(teacher=wang)

    assert (task.title, task.due_on, task.state) == ("每人带一份错题来", DUE, "open")


def test_it_is_on_the_home_page_and_opens(agreed: Resolution, wang: Teacher, log_in: LogIn) -> None:
    client = log_in(wang)

    text = client.get("/").content.decode()

    address = reverse("activities:outcome", args=[agreed.uid])
    assert "每人带一份错题来" in text
    assert address in text
    assert client.get(address).status_code == 200


def test_a_decision_without_owner_is_nobodys_task(session: Session, li: Teacher) -> None:
    actions.agree(session, text="先画图再列式", by=li, at=NOON)

    assert not Task.objects.exists()


def test_the_owner_says_what_came_of_it(agreed: Resolution, wang: Teacher, log_in: LogIn) -> None:
    address = reverse("activities:outcome", args=[agreed.uid])

    log_in(wang).post(address, {"state": "done", "word": "收了 38 份"})

    agreed.refresh_from_db()
    assert (agreed.state, agreed.word, agreed.ended_by_name) == ("done", "收了 38 份", "王老师")
    assert Task.objects.get(teacher=wang).state == Task.State.DONE


def test_dropping_needs_a_word_and_opening_again_opens_the_task(
    agreed: Resolution, li: Teacher, wang: Teacher
) -> None:
    with pytest.raises(BadInput, match="不再做"):
        actions.end_resolution(agreed, state="dropped", word=" ", by=li, at=NOON)
    actions.end_resolution(agreed, state="dropped", word="改成课前小测", by=li, at=NOON)
    assert Task.objects.get(teacher=wang).state == Task.State.DROPPED

    actions.end_resolution(agreed, state="open", word="还是要做", by=li, at=NOON)

    assert Task.objects.get(teacher=wang).state == Task.State.OPEN


def test_somebody_else_cannot_end_it(agreed: Resolution, zhao: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.end_resolution(agreed, state="done", word="", by=zhao, at=NOON)


def test_whoever_is_not_expected_owes_nothing(session: Session, li: Teacher, zhao: Teacher) -> None:
    with pytest.raises(BadInput, match="不在这一场的名单"):
        actions.agree(session, text="整理教案", owner=zhao, by=li, at=NOON)


def test_the_next_session_opens_with_it(
    agreed: Resolution, following: Session, session: Session, li: Teacher, log_in: LogIn
) -> None:
    actions.save_minutes(
        session, process="", conclusions="错题按原因分三类", next_steps="下次带错题", version=0,
        by=li, at=NOON,
    )  # fmt: skip
    actions.end_resolution(agreed, state="done", word="收了 38 份", by=li, at=NOON)

    text = page(following, log_in(li))

    before = text[text.index('id="before"') : text.index('id="agenda"')]
    for words in ("错题按原因分三类", "下次带错题", "每人带一份错题来", "王老师", "收了 38 份"):
        assert words in before
    assert "第 2 次教研活动" in text


def test_what_stays_open_is_carried_on(
    agreed: Resolution, following: Session, cast: Cast, li: Teacher
) -> None:
    third = actions.plan_session(
        cast.school, title="再议", kind=following.activity.kind, unit=cast.maths,
        starts_at=following.starts_at + timedelta(days=7),
        ends_at=following.ends_at + timedelta(days=7), by=li, at=NOON,
    )  # fmt: skip

    left = last_time(third)

    assert left is not None
    assert (left.session, left.agreed, left.still_open) == (following, [], [agreed])


def test_a_cancelled_session_is_no_link_of_the_chain(
    session: Session, following: Session, li: Teacher
) -> None:
    actions.cancel_session(session, because="停电", by=li, at=NOON)

    assert last_time(following) is None
    assert ordinal_of(following) == 1


def test_the_agenda_has_minutes_and_persons(
    session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    data = {
        "p-TOTAL_FORMS": "2", "p-INITIAL_FORMS": "0",
        "p-0-text": "读两份作业", "p-0-minutes": "20", "p-0-teacher": str(wang.uid),
        "p-1-text": "", "p-1-minutes": "", "p-1-teacher": "",
    }  # fmt: skip

    client = log_in(li)
    client.post(reverse("activities:points", args=[session.uid]), data)

    point = AgendaPoint.objects.get()
    assert (point.text, point.minutes, point.teacher) == ("读两份作业", 20, wang)
    assert "读两份作业" in page(session, client)


def test_an_agenda_longer_than_the_session_is_refused_with_its_words(
    session: Session, li: Teacher, log_in: LogIn
) -> None:
    data = {
        "p-TOTAL_FORMS": "1", "p-INITIAL_FORMS": "0", "p-0-text": "读作业", "p-0-minutes": "91",
    }  # fmt: skip

    answer = log_in(li).post(reverse("activities:points", args=[session.uid]), data)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "比这一场的90分钟长" in text
    assert 'value="读作业"' in text


def test_members_read_and_do_not_write(session: Session, wang: Teacher, log_in: LogIn) -> None:
    client = log_in(wang)

    assert client.get(reverse("activities:points", args=[session.uid])).status_code == 404
    assert client.get(reverse("activities:agree", args=[session.uid])).status_code == 404
    with pytest.raises(NotAllowed):
        actions.agree(session, text="带书", by=wang, at=MORNING)
