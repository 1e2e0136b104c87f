"""The page on a session: each sees what is theirs, the host works through it in order."""

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.activities import actions, codes
from yanxiu.activities.models import Amendment, Attendance, Minutes, Session
from yanxiu.cast import NOON, Cast, LogIn
from yanxiu.people.models import Teacher

TEXTS = {"process": "先看错例再议", "conclusions": "错例入题库", "next_steps": "下周试用"}


def page(session: Session, name: str = "session") -> str:
    return reverse(f"activities:{name}", args=[session.uid])


def signs_in(session: Session, teacher: Teacher) -> None:
    at = session.starts_at
    actions.sign_in(session.uid, teacher, at=at, code=codes.code_at(session, at))


@pytest.fixture
def closed_session(open_session: Session, li: Teacher, wang: Teacher) -> Session:
    signs_in(open_session, wang)
    return actions.close_session(open_session, by=li, at=NOON)


# ---- who sees what ----
@pytest.mark.parametrize(
    ("name", "status", "calls", "names"),
    [
        ("li", 200, True, True),
        ("zhou", 200, True, True),
        ("shen", 200, False, True),
        ("guan", 200, False, True),
        ("wang", 200, False, False),
        ("zhao", 404, False, False),
        ("qian", 404, False, False),
    ],
)
def test_each_of_the_cast_sees_what_is_theirs(
    cast: Cast, open_session: Session, log_in: LogIn, name: str, status: int, *, calls: bool,
    names: bool,
) -> None:  # fmt: skip
    answer = log_in(cast.people[name]).get(page(open_session))

    text = answer.content.decode()
    assert answer.status_code == status
    assert ('name="s' in text) is calls
    assert ("sheet.xlsx" in text) is names


def test_somebody_not_logged_in_is_asked_to(open_session: Session) -> None:
    assert Client().get(page(open_session)).status_code == 302


def test_a_member_finds_the_button_to_sign_in(
    open_session: Session, wang: Teacher, log_in: LogIn
) -> None:
    text = log_in(wang).get(page(open_session)).content.decode()

    assert page(open_session, "sign_in") in text
    assert "李组长" in text  # the host
    assert "未签" not in text


def test_a_member_reads_minutes_and_what_it_earned(
    closed_session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    actions.save_minutes(closed_session, **TEXTS, version=0, by=li, at=NOON)

    text = log_in(wang).get(page(closed_session)).content.decode()

    assert TEXTS["conclusions"] in text
    assert "<textarea" not in text
    assert "这一场记了 <strong>1 学分</strong>" in text  # 90 minutes by the scheme of the cast


@pytest.mark.parametrize("name", ["roll", "minutes", "close", "open", "stop", "move", "cancel"])
def test_a_member_cannot_work_on_it(
    open_session: Session, wang: Teacher, log_in: LogIn, name: str
) -> None:
    assert log_in(wang).post(page(open_session, name), TEXTS).status_code == 404


# ---- roll ----
def test_the_roll_takes_only_marks_that_were_changed(
    open_session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    signs_in(open_session, wang)
    stale = {f"w{wang.pk}": "leave", f"s{wang.pk}": "leave"}

    log_in(li).post(page(open_session, "roll"), {**stale, f"w{li.pk}": "", f"s{li.pk}": "present"})

    states = dict(Attendance.objects.values_list("teacher__name", "method"))
    assert states == {"王老师": "code", "李组长": "roll_call"}


def test_a_tap_answers_with_the_line_and_the_counts(
    open_session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    answer = log_in(li).post(
        page(open_session, "roll"),
        {f"w{wang.pk}": "", f"s{wang.pk}": "leave"},
        headers={"HX-Request": "true"},
    )

    text = answer.content.decode()
    assert text.startswith("\n<p") or text.lstrip().startswith("{% load") is False
    assert f'id="roll-row-{wang.pk}"' in text
    assert "<html" not in text
    assert "未签 <b>1</b>" in text
    assert Attendance.objects.get(teacher=wang).state == "leave"


def test_a_poll_brings_who_signed_in_since(
    open_session: Session, li: Teacher, wang: Teacher, zhao: Teacher, log_in: LogIn
) -> None:
    client = log_in(li)
    for who in (wang, zhao):
        signs_in(open_session, who)
    since = int(open_session.starts_at.timestamp())

    def poll(moment: int) -> str:
        address = f"{page(open_session, 'roll')}?since={moment}"
        return client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert f'id="roll-row-{wang.pk}"' in poll(since)
    assert 'id="roll-guests"' in poll(since)
    assert f'id="roll-row-{wang.pk}"' not in poll(since + 60)


def test_an_unknown_mark_is_no_mark(open_session: Session, li: Teacher, log_in: LogIn) -> None:
    log_in(li).post(page(open_session, "roll"), {f"w{li.pk}": "", f"s{li.pk}": "asleep"})

    assert not Attendance.objects.exists()


# ---- minutes ----
def test_minutes_are_saved(open_session: Session, li: Teacher, log_in: LogIn) -> None:
    answer = log_in(li).post(page(open_session, "minutes"), {**TEXTS, "version": 0})

    assert answer.status_code == 302
    assert Minutes.objects.get().conclusions == TEXTS["conclusions"]


def test_two_writers_lose_nothing(
    open_session: Session, li: Teacher, zhou: Teacher, log_in: LogIn
) -> None:
    actions.save_minutes(open_session, **TEXTS, version=0, by=zhou, at=NOON)
    mine = {"process": "我写的过程", "conclusions": "", "next_steps": "", "version": 0}
    client = log_in(li)

    answer = client.post(page(open_session, "minutes"), mine)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "我写的过程" in text
    assert TEXTS["process"] in text
    assert Minutes.objects.get().process == TEXTS["process"]
    assert 'name="version" value="1"' in text
    assert client.post(page(open_session, "minutes"), {**mine, "version": 1}).status_code == 302


def test_empty_minutes_are_told_so(open_session: Session, li: Teacher, log_in: LogIn) -> None:
    answer = log_in(li).post(page(open_session, "minutes"), {"version": 0})

    assert answer.status_code == 422
    assert "至少写一栏" in answer.content.decode()


# ---- closing and after ----
def test_closing_says_first_who_will_be_absent(
    open_session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    actions.call_roll(open_session, {li: "present"}, by=li, at=open_session.starts_at)
    client = log_in(li)

    text = client.get(page(open_session, "close")).content.decode()
    client.post(page(open_session, "close"))

    assert "未签的 1 人将记为缺席：</strong>王老师" in text
    assert "到场的 1 人各得一条研修记录" in text
    assert Attendance.objects.get(teacher=wang).state == "absent"


def test_closing_says_that_it_takes_the_host_to_be_there(
    open_session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    signs_in(open_session, wang)

    text = log_in(li).get(page(open_session, "close")).content.decode()

    assert "李组长主持了这一场，记为到场" in text
    assert "将记为缺席" not in text
    assert "到场的 2 人各得一条研修记录" in text


def test_a_session_before_its_hour_is_not_closed(
    session: Session, li: Teacher, log_in: LogIn
) -> None:
    Session.objects.filter(pk=session.pk).update(
        starts_at="2046-10-15T02:00Z", ends_at="2046-10-15T03:00Z"
    )

    answer = log_in(li).post(page(session, "close"))

    assert answer.status_code == 422
    assert "才开始" in answer.content.decode()


def test_an_amendment_shows_who_when_and_why(
    closed_session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    client = log_in(li)

    client.post(
        page(closed_session, "amend"),
        {"teacher": str(wang.uid), "state": "absent", "reason": "代签，当天出差"},
    )

    text = client.get(page(closed_session)).content.decode()
    assert "李组长把王老师改为“缺席”（原为“出席”）：代签，当天出差" in text
    assert Amendment.objects.get().by_name == "李组长"


@pytest.mark.parametrize(
    ("change", "words"),
    [({"reason": ""}, "没有写原因"), ({"state": "present"}, "更正前后的状态相同")],
)
def test_a_refused_amendment_keeps_what_was_typed(
    closed_session: Session, cast: Cast, log_in: LogIn, change: dict[str, str], words: str
) -> None:
    uid = cast.people["wang"].uid
    data = {"teacher": str(uid), "state": "leave", "reason": "事先请过假", **change}

    answer = log_in(cast.people["li"]).post(page(closed_session, "amend"), data)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert f'value="{uid}" selected' in text
    assert f'value="{data["state"]}"' in text
    assert data["reason"] in text


def test_an_open_session_is_not_amended(open_session: Session, li: Teacher, log_in: LogIn) -> None:
    answer = log_in(li).get(page(open_session, "amend"))

    assert answer.status_code == 422
    assert "直接在点名表里改" in answer.content.decode()


def test_making_up_needs_a_reason_and_leaves_it(
    open_session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    client = log_in(li)
    data = {"teacher": str(wang.uid), "state": "present"}

    refused = client.post(page(open_session, "make_up"), {**data, "reason": ""})
    client.post(page(open_session, "make_up"), {**data, "reason": "手机没电"})

    assert refused.status_code == 422
    row = Attendance.objects.get()
    assert (row.method, row.reason) == ("make_up", "手机没电")


def test_a_cancelled_session_says_why(
    session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    refused = log_in(li).post(page(session, "cancel"), {"reason": ""})
    log_in(li).post(page(session, "cancel"), {"reason": "停电"})

    assert refused.status_code == 422
    assert "这一场已经取消：停电" in log_in(wang).get(page(session)).content.decode()
