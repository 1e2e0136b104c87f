"""What one does about questions is one's own record; a duty stays secret until its day."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.notices.models import Notice
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.question_setting import actions, queries
from yanxiu.question_setting.actions import DeedFacts, NominationFacts
from yanxiu.question_setting.models import Nomination, QuestionDeed
from yanxiu.question_setting.permissions import may_see_deed
from yanxiu.question_setting.refusals import WrongNominationState

DAY = date(2026, 10, 12)


def test_deeds_are_counted_by_kind_for_the_teacher(cast: Cast, wang: Teacher) -> None:
    for kind in ("solve", "explain", "explain"):
        facts = DeedFacts(kind=kind, title="一次函数", happened_on=DAY)
        actions.tell_deed(cast.school, facts, by=wang, at=NOON)

    done = queries.experience(wang, QuestionDeed.objects.all(), Nomination.objects.all())

    assert dict(done.counts) == {"说题": 2, "解题": 1}


def test_a_duty_for_the_district_is_the_teachers_alone_until_its_day(
    cast: Cast, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    facts = DeedFacts(kind="duty", title="七年级期中", happened_on=DAY)
    with pytest.raises(BadInput):
        actions.tell_deed(cast.school, facts, by=wang, at=NOON)
    secret = today() + timedelta(days=3)
    facts = DeedFacts(kind="duty", title="七年级期中", happened_on=DAY, secret_until=secret)
    deed = actions.tell_deed(cast.school, facts, by=wang, at=NOON)
    rows = QuestionDeed.objects.all()

    assert [allowed(may_see_deed, one, rows).exists() for one in (wang, li, zhou)] == [
        True, False, False,
    ]  # fmt: skip
    over = DeedFacts(**{**facts.__dict__, "secret_until": today()})
    actions.change_deed(deed, over, by=wang, at=NOON)
    assert all(allowed(may_see_deed, one, rows).exists() for one in (wang, li, zhou))


def test_a_nomination_runs_to_its_certificate(
    cast: Cast, li: Teacher, wang: Teacher, zhou: Teacher, zhao: Teacher
) -> None:
    facts = NominationFacts(course="区数学命题班")
    with pytest.raises(NotAllowed):
        actions.nominate(cast.school, wang, facts, by=zhao, at=MORNING)
    made = actions.nominate(cast.school, wang, facts, by=li, at=MORNING)
    assert Notice.objects.get(kind="request").teacher == zhou
    with pytest.raises(WrongNominationState):
        actions.follow_nomination(made, by=zhou, at=NOON)
    with pytest.raises(BadInput):
        actions.decide_nomination(made, agreed=False, by=zhou, at=NOON)
    actions.decide_nomination(made, agreed=True, by=zhou, at=NOON)
    actions.follow_nomination(made, by=zhou, at=NOON)

    actions.follow_nomination(made, reference="区教〔2026〕7号", by=zhou, at=NOON)

    assert Nomination.objects.get().state == "certified"
    assert Notice.objects.filter(teacher=wang, kind="decision").count() == 3


@pytest.mark.parametrize("who", ["wang", "zhou", "li"])
def test_the_pages_open_and_a_wrong_row_keeps_what_was_typed(
    client: Client, cast: Cast, who: str
) -> None:
    client.force_login(cast.people[who])
    for name in ("home", "mine", "deed_new", "nominations", "nominate"):
        assert client.get(reverse(f"question_setting:{name}")).status_code == 200, name

    typed = {"kind": "duty", "title": "期中卷命题", "happened_on": "2026-10-12"}
    answer = client.post(reverse("question_setting:deed_new"), typed)

    assert answer.status_code == 422
    assert "期中卷命题" in answer.content.decode()
