"""Objections: in time, decided by somebody who has not decided before, corrected by a new round."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from yanxiu.agenda.models import Task
from yanxiu.cast import NOON, Cast
from yanxiu.kernel.spans import day_of
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Entry, Record
from yanxiu.ledger.refusals import OwnRecord
from yanxiu.ledger.tests.chained import researcher
from yanxiu.notices.models import Notice
from yanxiu.people.access import NotAllowed
from yanxiu.people.actions.delegation import delegate
from yanxiu.people.models import Teacher
from yanxiu.recognition import actions
from yanxiu.recognition.actions.asking import ANSWER, ANSWER_OVERDUE, keep_asking_for_answers
from yanxiu.recognition.models import Objection
from yanxiu.recognition.refusals import (
    NothingToObject,
    ObjectionDecided,
    ObjectionOpen,
    WindowOver,
    WishTooLarge,
)
from yanxiu.recognition.tests.conftest import COURSE, PDF

EIGHT = Decimal(8)


@pytest.fixture
def halved(cast: Cast, wang: Teacher, zhou: Teacher, sun: Teacher) -> Record:
    """16 hours declared by 王老师, 8 recognised by the school, confirmed above."""
    made = actions.declare(cast.school, "course", COURSE, by=wang, at=NOON)
    assert made.record is not None
    (row,) = actions.recognise([made.record], amount=EIGHT, reason="只认面授", by=zhou, at=NOON)
    (row,) = actions.recognise([row], by=sun, at=NOON)
    return row


def object_to(record: Record, by: Teacher, days: int = 0) -> Objection:
    at = NOON + timedelta(days=days)
    return actions.object_to(record, text="全程面授", wished=Decimal(16), by=by, at=at)


def test_upheld_it_is_reversed_and_recognised_anew_and_all_stays_visible(
    halved: Record, wang: Teacher, shen: Teacher, sun: Teacher
) -> None:
    objection = object_to(halved, wang)
    actions.answer(
        objection, is_upheld=True, text="签到表为证", amount=Decimal(16), by=shen, at=NOON
    )
    halved.refresh_from_db()
    actions.recognise([halved], by=sun, at=NOON)

    amounts = list(Entry.objects.order_by("number").values_list("amount", flat=True))
    assert amounts == [8, -8, 16]
    assert [step.amount for step in halved.steps.all()] == [16, 8, 8, 8, 16, 16]
    assert Notice.objects.filter(teacher=wang, title__startswith="异议成立").exists()


def test_who_decided_before_or_is_concerned_cannot_answer(
    halved: Record, wang: Teacher, zhou: Teacher, shen: Teacher, qian: Teacher
) -> None:
    objection = object_to(halved, wang)

    for somebody in (zhou, qian):
        with pytest.raises(NotAllowed):
            actions.answer(objection, is_upheld=False, text="不变", by=somebody, at=NOON)
    with pytest.raises(OwnRecord):
        actions.answer(objection, is_upheld=True, text="对", by=wang, at=NOON)

    actions.answer(objection, is_upheld=False, text="按通知只认面授", by=shen, at=NOON)
    with pytest.raises(ObjectionDecided, match="沈校长"):
        actions.answer(objection, is_upheld=True, text="改", by=zhou, at=NOON)


def test_it_comes_in_time_once_and_about_the_own_record(
    halved: Record, wang: Teacher, li: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        object_to(halved, li)
    with pytest.raises(WindowOver, match="7天"):
        object_to(halved, wang, days=8)
    with pytest.raises(WishTooLarge, match="16"):
        actions.object_to(halved, text="写错一位", wished=Decimal(160), by=wang, at=NOON)
    object_to(halved, wang, days=7)
    with pytest.raises(ObjectionOpen):
        object_to(halved, wang)


def test_what_is_not_settled_cannot_be_objected_to(
    cast: Cast,
    wang: Teacher,
    sun: Teacher,
) -> None:
    made = actions.declare(cast.school, "course", COURSE, by=wang, at=NOON)
    assert made.record is not None

    with pytest.raises(NothingToObject):
        object_to(made.record, wang)


def test_a_rejected_one_can_be_appealed_to_the_next_level_and_no_further(
    halved: Record, cast: Cast, wang: Teacher, shen: Teacher, sun: Teacher
) -> None:
    first = object_to(halved, wang)
    assert (first.level, first.due_on) == ("school", (NOON + timedelta(days=10)).date())
    first = actions.answer(first, is_upheld=False, text="不变", by=shen, at=NOON)
    second = actions.appeal_to_next(first, text="请再看签到表", by=wang, at=NOON)

    assert (second.level, second.place) == ("central_school", cast.school.parent)
    with pytest.raises(NotAllowed):
        actions.answer(second, is_upheld=True, text="改", by=sun, at=NOON)
    other = researcher(cast, "吴教研员")
    second = actions.answer(second, is_upheld=False, text="维持", by=other, at=NOON)
    with pytest.raises(NothingToObject):
        actions.appeal_to_next(second, text="还要", by=wang, at=NOON)


def test_amounts_are_asked_for_in_their_measure_and_who_decided_learns_why_not_to_answer(
    halved: Record, client: Client, wang: Teacher, zhou: Teacher, shen: Teacher
) -> None:
    client.force_login(wang)
    asked = client.get(reverse("recognition:object", args=[halved.uid])).content.decode()
    address = reverse("recognition:objection", args=[object_to(halved, wang).uid])
    said = {}
    for who in (zhou, shen, wang):
        client.force_login(who)
        said[who.name] = client.get(address).content.decode()

    assert "您认为应是多少（学时）" in asked
    assert "更正为（学时）" in said["沈校长"]
    aside = "由没有办过它的人答复"
    assert [aside in said[name] for name in ("周主任", "沈校长", "王老师")] == [True, False, False]


def test_an_officer_corrects_without_an_objection_and_never_the_own_record(
    halved: Record, wang: Teacher, sun: Teacher
) -> None:
    with pytest.raises(OwnRecord):
        ledger.reverse_and_redo(halved, reason="多给", amount=Decimal(16), by=wang, at=NOON)

    actions.correct(
        halved, amount=Decimal(10), reason="漏计一次", level="central_school", turn=halved.turn,
        by=sun, at=NOON,
    )  # fmt: skip

    assert [entry.amount for entry in Entry.objects.order_by("number")] == [8, -8, 10]


def test_it_is_asked_of_those_who_had_no_hand_in_it_and_a_deputy_signs_for_whom(
    halved: Record, wang: Teacher, zhou: Teacher, shen: Teacher, zhao: Teacher
) -> None:
    at = timezone.now()
    day = day_of(at)
    objection = object_to(halved, wang)
    asked = Task.objects.filter(kind=ANSWER, state=Task.State.OPEN)
    assert set(asked.values_list("teacher__name", flat=True)) == {"沈校长"}

    delegate(
        shen.posts.get(role__code="principal"), zhao, rights=["recognise_hours"],
        reason="外出学习", starts_on=day, ends_on=day + timedelta(days=3), by=shen, at=at,
    )  # fmt: skip
    keep_asking_for_answers(at)
    assert set(asked.values_list("teacher__name", flat=True)) == {"沈校长", "赵老师"}

    deputy = Teacher.objects.get(pk=zhao.pk)
    actions.answer(objection, is_upheld=True, text="对", amount=Decimal(12), by=deputy, at=at)
    objection.refresh_from_db()
    assert objection.decided_by_name == "赵老师（代沈校长）"
    assert objection.state_word == "成立，已更正"
    objection.found = None  # upheld without a number: it is decided anew
    assert objection.state_word == "成立，重新认定"
    assert halved.steps.latest("pk").by_name == "赵老师（代沈校长）"
    assert not asked.exists()


def test_an_overdue_one_is_told_above_once_and_goes_on_waiting(
    halved: Record, cast: Cast, wang: Teacher, sun: Teacher
) -> None:
    other = researcher(cast, "吴教研员")
    objection = object_to(halved, wang)
    above = Task.objects.filter(kind=ANSWER_OVERDUE, state=Task.State.OPEN)
    told = Notice.objects.filter(title__contains="异议逾期未答复")

    keep_asking_for_answers(NOON + timedelta(days=10))
    assert not above.exists()
    for days in (11, 12):
        keep_asking_for_answers(NOON + timedelta(days=days))
    objection.refresh_from_db()

    assert objection.state == Objection.State.OPEN
    # 孙教研员 confirmed the record, and may not answer.
    assert [task.teacher for task in above] == [other]
    assert [notice.teacher for notice in told] == [other]
    actions.withdraw_objection(objection, by=wang, at=NOON)
    assert not above.all().exists()


def test_an_objection_and_an_appeal_bring_their_proof_or_are_not_made(
    halved: Record, client: Client, wang: Teacher, shen: Teacher, clock: object
) -> None:
    bad = {"proof": SimpleUploadedFile("证明.exe", b"MZ\x90\x00")}
    good = {"proof": SimpleUploadedFile("证明.pdf", PDF)}
    client.force_login(wang)
    address = reverse("recognition:object", args=[halved.uid])

    client.post(address, {"text": "全程面授", **bad})
    assert not Objection.objects.exists()
    client.post(address, {"text": "全程面授", **good})
    first = Objection.objects.get()
    actions.answer(first, is_upheld=False, text="不变", by=shen, at=timezone.now())

    address = reverse("recognition:appeal", args=[first.uid])
    client.post(address, {"text": "请再看", "proof": SimpleUploadedFile("证明.exe", b"MZ\x90\x00")})
    assert not Objection.objects.filter(previous=first).exists()
    client.post(address, {"text": "请再看", "proof": SimpleUploadedFile("证明.pdf", PDF)})
    second = Objection.objects.get(previous=first)
    page = client.get(reverse("recognition:objection", args=[second.uid])).content.decode()
    assert "证明.pdf" in page


def test_an_answer_that_comes_too_late_is_given_back(
    halved: Record, wang: Teacher, shen: Teacher, sun: Teacher, client: Client
) -> None:
    objection = object_to(halved, wang)
    actions.answer(objection, is_upheld=False, text="按课表认定", by=shen, at=NOON)
    client.force_login(sun)

    answer = client.post(
        reverse("recognition:objection", args=[objection.uid]),
        {"verdict": "rejected", "text": "签到表只有上午的"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "这个异议已由" in page
    assert "签到表只有上午的" in page


@pytest.mark.usefixtures("clock")
def test_an_appeal_with_a_file_that_cannot_be_kept_stays_on_the_page(
    halved: Record, wang: Teacher, shen: Teacher, client: Client
) -> None:
    first = object_to(halved, wang)
    actions.answer(first, is_upheld=False, text="按课表认定", by=shen, at=NOON)
    client.force_login(wang)
    sent = {"text": "上下午都有签到", "proof": SimpleUploadedFile("签到.exe", b"MZ")}

    answer = client.post(reverse("recognition:appeal", args=[first.uid]), sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "上下午都有签到</textarea>" in page
    assert 'href="#id_proof"' in page
    assert not Objection.objects.filter(previous=first).exists()


def test_upheld_without_an_amount_the_page_says_that_it_begins_anew(
    halved: Record, wang: Teacher, shen: Teacher, client: Client
) -> None:
    objection = object_to(halved, wang)
    actions.answer(objection, is_upheld=True, text="签到表为证", by=shen, at=NOON)
    client.force_login(wang)

    page = client.get(reverse("recognition:objection", args=[objection.uid])).content.decode()

    assert "从第一步重新认定" in page
