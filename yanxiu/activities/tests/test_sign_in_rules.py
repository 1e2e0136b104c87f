"""A school says how sign-ins are taken; a kind and a session may differ."""

import pytest
from django.urls import reverse

from yanxiu.activities import actions
from yanxiu.activities.models import Session, SignInRule
from yanxiu.activities.sign_in_rules import rule_of
from yanxiu.cast import MORNING, Cast, LogIn
from yanxiu.people.access import NotAllowed
from yanxiu.people.models import Teacher


def test_without_a_rule_codes_are_taken_and_nothing_is_compulsory(session: Session) -> None:
    rule = rule_of(session)

    assert not rule.roll_only
    assert not rule.signs_out
    assert rule.confirmed_levels == {"missed"}


def test_the_kind_goes_before_the_school_and_the_session_before_both(
    session: Session, zhou: Teacher, li: Teacher, cast: Cast
) -> None:
    kind = session.activity.kind
    actions.set_sign_in_rule(cast.school, by=zhou, at=MORNING, way="roll", signs_out=False)
    assert rule_of(session).roll_only

    actions.set_sign_in_rule(
        cast.school, by=zhou, at=MORNING, way="code", signs_out=True, kind=kind
    )
    assert (rule_of(session).roll_only, rule_of(session).signs_out) == (False, True)

    actions.set_desk(session, by=li, at=MORNING, way="roll", signs_out=False)
    assert (rule_of(session).roll_only, rule_of(session).signs_out) == (True, False)


def test_the_school_goes_before_its_superior(session: Session, zhou: Teacher, cast: Cast) -> None:
    assert cast.school.parent
    SignInRule.objects.create(organisation=cast.school.parent, way="roll")
    assert rule_of(session).roll_only

    actions.set_sign_in_rule(cast.school, by=zhou, at=MORNING, way="code", signs_out=False)

    assert not rule_of(session).roll_only


def test_only_the_office_sets_it(li: Teacher, qian: Teacher, cast: Cast) -> None:
    for who in (li, qian):
        with pytest.raises(NotAllowed):
            actions.set_sign_in_rule(cast.school, by=who, at=MORNING, way="roll", signs_out=False)


def test_the_page_sets_shows_and_drops_it(zhou: Teacher, log_in: LogIn, cast: Cast) -> None:
    office, address = log_in(zhou), reverse("activities:sign_in_rules")

    office.post(address, {"way": "roll", "confirmed_levels": ["walk_in"]})
    page = office.get(address).content.decode()
    rule = SignInRule.objects.get(organisation=cast.school)
    office.post(reverse("activities:sign_in_rule_drop", args=[rule.uid]))

    assert "只点名" in page
    assert rule.confirmed_levels == ["walk_in"]
    assert "不用定位，不用人脸" in page
    assert not SignInRule.objects.exists()


def test_another_school_cannot_drop_it(
    zhou: Teacher, qian: Teacher, log_in: LogIn, cast: Cast
) -> None:
    rule = actions.set_sign_in_rule(cast.school, by=zhou, at=MORNING, way="roll", signs_out=False)

    answer = log_in(qian).post(reverse("activities:sign_in_rule_drop", args=[rule.uid]))

    assert answer.status_code == 404


def test_a_roll_only_session_offers_no_code(session: Session, li: Teacher, log_in: LogIn) -> None:
    host = log_in(li)
    host.post(reverse("activities:desk", args=[session.uid]), {"way": "roll", "signs_out": ""})

    page = host.get(reverse("activities:session", args=[session.uid])).content.decode()

    assert "这一场只点名，不扫码" in page
    assert "开始签到" not in page
