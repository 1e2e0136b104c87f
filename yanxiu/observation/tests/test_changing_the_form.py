"""Another form in the middle of an observation: no answer becomes another's, none is lost."""

import base64
from decimal import Decimal

import pytest
from django.test import Client

from yanxiu.attachments.models import Attachment
from yanxiu.cast import Cast
from yanxiu.observation import actions
from yanxiu.observation.actions import NewRating
from yanxiu.observation.models import MarkConflict, Observation, RubricVersion
from yanxiu.observation.offline.actions import save_written
from yanxiu.observation.offline.queries import NOTE, RATE, field, written
from yanxiu.observation.rules.outline import content_from
from yanxiu.observation.tests.conftest import AFTER
from yanxiu.observation.tests.test_offline_sheet import PIXEL, Phone
from yanxiu.people.models import Teacher


def form(cast: Cast, by: Teacher, name: str, lines: str, levels: str = "") -> RubricVersion:
    content = content_from(lines, levels or "优5 良4 中3 待改进2", "优85 待改进0")
    return actions.make_rubric(cast.school, name=name, content=content, by=by, at=AFTER)


@pytest.fixture
def phone(client: Client, observation: Observation, li: Teacher) -> Phone:
    client.force_login(li)
    return Phone(client, observation)


@pytest.fixture
def old(cast: Cast, zhou: Teacher) -> RubricVersion:
    return form(cast, zhou, "旧表", "【过程】100\n学生自己想\n板书清楚")


@pytest.fixture
def new(cast: Cast, zhou: Teacher) -> RubricVersion:
    """A form where the first code asks something else, in two levels; the second is the same."""
    lines = "【过程】100\n没有一问一答到底（有3 没有0）\n板书清楚"
    return form(cast, zhou, "新表", lines)


@pytest.fixture
def rated(observation: Observation, old: RubricVersion, li: Teacher) -> Observation:
    """Both items of the old form are answered, and a text is written."""
    actions.set_facts(observation, rubric=old, by=li, at=AFTER)
    answers = [NewRating("i1", 3, "第5分钟"), NewRating("i2", 1)]
    actions.save_ratings(observation, answers, by=li, at=AFTER)
    observation.refresh_from_db()
    return observation


def test_the_edition_of_a_page_never_goes_back(
    rated: Observation, cast: Cast, zhou: Teacher, li: Teacher
) -> None:
    before = written(rated).edition

    short = form(cast, zhou, "短表", "【过程】100\n学生自己想")
    actions.set_facts(rated, rubric=short, by=li, at=AFTER)
    rated.refresh_from_db()
    now = written(rated).edition
    save_written(rated, {"overall": "别处新写的"}, edition=now, by=li, at=AFTER)
    kept, _now = save_written(rated, {"overall": "旧页上的"}, edition=before, by=li, at=AFTER)

    assert written(rated).edition > before
    assert not kept
    assert rated.texts.get().text == "别处新写的"


def test_an_answer_stays_only_where_the_item_is_the_same(
    rated: Observation, new: RubricVersion, li: Teacher
) -> None:
    assert list(new.sheet.items)[:2] == ["i1", "i2"]

    actions.set_facts(rated, rubric=new, by=li, at=AFTER)

    assert {row.item: row.level for row in rated.ratings.all()} == {"i1": None, "i2": 1}
    assert rated.ratings.get(item="i2").points == Decimal(4)
    [aside] = MarkConflict.objects.all()
    assert aside.came["text"] == "学生自己想：待改进：第5分钟"


def test_an_old_page_never_answers_another_question(
    rated: Observation, old: RubricVersion, new: RubricVersion, li: Teacher
) -> None:
    actions.set_facts(rated, rubric=new, by=li, at=AFTER)
    rated.refresh_from_db()
    typed = {
        field(RATE, old, "i1"): "0",
        field(NOTE, old, "i1"): "旧页上改的",
        field(RATE, old, "i2"): "2",
    }

    for _again in range(2):
        edition = written(rated).edition
        kept, _now = save_written(rated, typed, edition=edition, by=li, at=AFTER)

    assert kept
    assert {row.item: row.level for row in rated.ratings.all()} == {"i1": None, "i2": 2}
    [aside] = MarkConflict.objects.all()
    assert aside.came["text"] == "学生自己想：优：旧页上改的"


def test_what_waited_to_be_chosen_is_read_after_the_form_was_changed(
    rated: Observation, new: RubricVersion, li: Teacher, client: Client
) -> None:
    client.force_login(li)
    clash = [NewRating("i1", 2, "另一台写的", edition=0)]
    actions.save_ratings(rated, clash, device="tablet", by=li, at=AFTER)

    actions.set_facts(rated, rubric=new, by=li, at=AFTER)

    for end in ("offline/", "conflicts/"):
        answer = client.get(f"/observation/{rated.uid}/{end}")
        assert answer.status_code == 200
        assert "学生自己想：中：另一台写的" in answer.content.decode()


def test_a_level_that_the_form_has_not_is_shown_as_none(
    rated: Observation, new: RubricVersion, li: Teacher, client: Client
) -> None:
    client.force_login(li)
    actions.save_ratings(
        rated, [NewRating("i1", 2, "另一台写的", edition=0)], device="tablet", by=li, at=AFTER
    )
    Observation.objects.filter(pk=rated.pk).update(rubric=new)

    clash = MarkConflict.objects.get()
    for end in ("offline/", "conflicts/", ""):
        assert client.get(f"/observation/{rated.uid}/{end}").status_code == 200
    chosen = client.post(
        f"/observation/{rated.uid}/conflicts/", {"conflict": clash.uid, "keep": "came"}
    )

    assert chosen.status_code == 422
    assert rated.ratings.get(item="i1").level == 3


def test_the_photo_of_a_late_moment_is_kept_until_it_is_chosen(
    phone: Phone, observation: Observation, li: Teacher
) -> None:
    phone.notes(1, "teacher", "早到的")
    phone.syncs()
    actions.hand_in(observation, by=li, at=AFTER)
    phone.notes(2, "photo", "", photo="data:image/jpeg;base64," + base64.b64encode(PIXEL).decode())
    for _again in range(2):
        told = phone.syncs(200)

    assert told["waiting"] == 1
    assert [mark["deleted"] for mark in told["marks"]] == [False, True]
    assert Attachment.objects.count() == 1
    actions.take_back(observation, by=li, at=AFTER)
    actions.settle(MarkConflict.objects.get(), outcome="came", by=li, at=AFTER)
    [late] = observation.marks.filter(side="photo", deleted=False)
    assert Attachment.objects.get().source_id == late.uid
