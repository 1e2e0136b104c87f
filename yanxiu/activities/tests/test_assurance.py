"""How sure we are: data says what each level decides, and attendance and record keep it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from yanxiu.activities import actions, codes
from yanxiu.activities.assurance import levels
from yanxiu.activities.models import Attendance, Session
from yanxiu.activities.refusals import NobodyToCheck, Undecided
from yanxiu.cast import LogIn
from yanxiu.ledger.models import Record
from yanxiu.people.access import NotAllowed
from yanxiu.people.models import Teacher


def sign_in(session: Session, teacher: Teacher, device: str = "") -> Attendance:
    at = session.starts_at + timedelta(minutes=1)
    code = codes.code_at(session, at)
    return actions.sign_in(session.uid, teacher, at=at, code=code, device=device)[1]


def assurance(session: Session, teacher: Teacher, li: Teacher) -> str:
    actions.close_session(session, by=li, at=session.ends_at)
    return Record.objects.get(teacher=teacher).assurance


def test_every_level_is_known_to_the_ledger_and_says_what_it_means() -> None:
    for level in levels().values():
        assert level.record in Record.Assurance.values
        assert level.name
        assert level.meaning


def test_the_own_phone(open_session: Session, wang: Teacher, li: Teacher) -> None:
    sign_in(open_session, wang, "mine")

    assert assurance(open_session, wang, li) == Record.Assurance.OWN_CODE


def test_the_host_calls(open_session: Session, wang: Teacher, li: Teacher) -> None:
    actions.call_roll(open_session, {wang: "present"}, by=li, at=open_session.starts_at)

    assert assurance(open_session, wang, li) == Record.Assurance.HOST


def test_the_paper(open_session: Session, wang: Teacher, li: Teacher) -> None:
    at = open_session.starts_at
    actions.call_roll(open_session, {wang: "present"}, by=li, at=at, method=Attendance.Method.PAPER)

    assert assurance(open_session, wang, li) == Record.Assurance.PAPER


def test_found_in_a_spot_check(open_session: Session, wang: Teacher, li: Teacher) -> None:
    sign_in(open_session, wang)
    check = actions.draw_spot_check(open_session, by=li, at=open_session.starts_at)

    actions.answer_spot_check(check, {wang: "here"}, by=li, at=open_session.starts_at)

    assert assurance(open_session, wang, li) == Record.Assurance.CHECKED


def test_whoever_was_missing_in_a_spot_check_is_decided_before_closing(
    open_session: Session, wang: Teacher, li: Teacher
) -> None:
    sign_in(open_session, wang)
    check = actions.draw_spot_check(open_session, by=li, at=open_session.starts_at)
    actions.answer_spot_check(check, {wang: "away"}, by=li, at=open_session.starts_at)

    with pytest.raises(Undecided, match="王老师"):
        actions.close_session(open_session, by=li, at=open_session.ends_at)

    actions.confirm_attendance(open_session, [wang], by=li, at=open_session.ends_at)
    assert assurance(open_session, wang, li) == Record.Assurance.CHECKED


def test_by_default_doubtful_ones_count(
    open_session: Session, wang: Teacher, zhao: Teacher, li: Teacher
) -> None:
    for who in (wang, zhao):
        sign_in(open_session, who, "one phone")

    assert assurance(open_session, zhao, li) == Record.Assurance.OWN_CODE


def test_a_school_may_ask_for_confirmation(
    open_session: Session, zhao: Teacher, li: Teacher, zhou: Teacher
) -> None:
    sign_in(open_session, zhao)
    actions.set_sign_in_rule(
        open_session.organisation, by=zhou, at=open_session.starts_at, way="code",
        signs_out=False, confirmed_levels=["walk_in"],
    )  # fmt: skip

    with pytest.raises(Undecided, match="赵老师"):
        actions.close_session(open_session, by=li, at=open_session.ends_at)


def test_a_draw_can_be_done_again(open_session: Session, wang: Teacher, li: Teacher) -> None:
    from yanxiu.activities.actions.spot_checks import drawn_of  # noqa: PLC0415

    for who in (wang, li):
        sign_in(open_session, who)

    check = actions.draw_spot_check(open_session, by=li, at=open_session.starts_at, size=1)

    assert len(check.pool) == 2
    assert check.drawn == drawn_of(check.pool, check.seed, 1)
    pool = [f"person-{number}" for number in range(40)]
    draws = {tuple(drawn_of(pool, f"seed {number}", 3)) for number in range(50)}
    assert len({uid for draw in draws for uid in draw}) > 30


def test_nobody_is_looked_for_twice(open_session: Session, wang: Teacher, li: Teacher) -> None:
    sign_in(open_session, wang)
    check = actions.draw_spot_check(open_session, by=li, at=open_session.starts_at)
    actions.answer_spot_check(check, {wang: "here"}, by=li, at=open_session.starts_at)

    with pytest.raises(NobodyToCheck):
        actions.draw_spot_check(open_session, by=li, at=open_session.starts_at)


def test_the_page_draws_and_takes_the_answer(
    open_session: Session, wang: Teacher, li: Teacher, log_in: LogIn
) -> None:
    sign_in(open_session, wang)
    host = log_in(li)

    host.post(reverse("activities:draw", args=[open_session.uid]), {"size": "3"})
    check = open_session.spot_checks.get()
    host.post(
        reverse("activities:answer", args=[open_session.uid, check.uid]), {"here": str(wang.uid)}
    )

    page = host.get(reverse("activities:session", args=[open_session.uid])).content.decode()
    assert "抽点或主持人核实" in page
    assert check.seed[:12] in page


def test_only_the_host_draws(open_session: Session, wang: Teacher) -> None:
    sign_in(open_session, wang)

    with pytest.raises(NotAllowed):
        actions.draw_spot_check(open_session, by=wang, at=open_session.starts_at)


def test_nothing_asks_for_place_face_or_address() -> None:
    kept = {field.name for field in Attendance._meta.fields}

    assert not kept & {"ip", "address", "latitude", "longitude", "location", "photo", "face"}
