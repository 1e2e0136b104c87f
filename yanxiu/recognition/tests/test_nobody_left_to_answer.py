"""What waits for nobody says so, and to whom; what was answered is appealed, not begun anew."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from yanxiu.agenda.models import Task
from yanxiu.cast import NOON, Cast
from yanxiu.ledger.models import Record
from yanxiu.ledger.tests.chained import researcher
from yanxiu.notices.models import Notice
from yanxiu.people.models import Teacher
from yanxiu.recognition import actions
from yanxiu.recognition.actions.asking import NAME_ANSWERER, keep_asking_for_answers
from yanxiu.recognition.models import Objection
from yanxiu.recognition.refusals import AppealInstead
from yanxiu.recognition.tests.conftest import COURSE

NOBODY = "现在没有人能答复"


@pytest.fixture
def record(cast: Cast, wang: Teacher, zhou: Teacher, sun: Teacher) -> Record:
    """16 hours declared by 王老师, recognised by the school and the only officer above."""
    made = actions.declare(cast.school, "course", COURSE, by=wang, at=timezone.now())
    assert made.record is not None
    for officer in (zhou, sun):
        actions.recognise(
            [made.record], amount=Decimal(8), reason="只认面授", by=officer, at=timezone.now(),
            turns={made.record.uid: Record.objects.get().turn},
        )  # fmt: skip
    return Record.objects.get()


@pytest.fixture
def rejected(record: Record, wang: Teacher, shen: Teacher) -> Objection:
    first = actions.object_to(record, text="全程面授", by=wang, at=timezone.now())
    return actions.answer(first, is_upheld=False, text="不变", by=shen, at=timezone.now())


def page_of(client: Client, reader: Teacher, address: str) -> str:
    client.force_login(reader)
    return client.get(address).content.decode()


@pytest.mark.usefixtures("clock")
def test_an_appeal_that_waits_for_nobody_is_told_to_all_who_read_it_and_to_the_administrator(
    rejected: Objection, cast: Cast, client: Client, wang: Teacher, sun: Teacher
) -> None:
    keeper = researcher(cast, "云管理", role="administrator")
    client.force_login(wang)

    said = client.post(
        reverse("recognition:appeal", args=[rejected.uid]), {"text": "请再看"}, follow=True
    ).content.decode()
    made = Objection.objects.get(previous=rejected)
    address = reverse("recognition:objection", args=[made.uid])

    assert NOBODY in said
    assert "云管理" in said
    aside = page_of(client, sun, address)
    assert NOBODY in aside
    assert reverse("people:delegations") in aside
    assert "由没有办过它的人答复" not in aside
    task = Task.objects.get(kind=NAME_ANSWERER)
    assert (task.teacher, task.state, task.due_on) == (keeper, "open", made.due_on)
    notice = Notice.objects.get(teacher=keeper)
    assert "代理" in notice.text
    # Whose objection it is, and about what, is not the administrator's affair.
    assert "王老师" not in notice.title + notice.text


@pytest.mark.usefixtures("clock")
def test_once_somebody_is_named_the_page_and_the_task_say_so_no_longer(
    rejected: Objection, cast: Cast, client: Client, wang: Teacher
) -> None:
    researcher(cast, "云管理", role="administrator")
    made = actions.appeal_to_next(rejected, text="请再看", by=wang, at=timezone.now())
    named = researcher(cast, "吴教研员")
    keep_asking_for_answers(timezone.now())

    address = reverse("recognition:objection", args=[made.uid])
    assert Task.objects.get(kind=NAME_ANSWERER).state == "done"
    assert NOBODY not in page_of(client, wang, address)
    assert "提交答复" in page_of(client, named, address)


@pytest.mark.usefixtures("clock")
def test_after_a_rejection_the_appeal_is_offered_and_no_new_objection(
    rejected: Objection, record: Record, client: Client, wang: Teacher
) -> None:
    declared = reverse("recognition:declaration", args=[record.source_id])
    afresh = reverse("recognition:object", args=[record.uid])
    page = page_of(client, wang, declared)

    assert "向中心校申诉（最晚" in page
    assert afresh not in page
    of_record = page_of(client, wang, reverse("portfolio:record", args=[record.uid]))
    assert "异议与申诉</a>" in of_record
    assert "对认定有异议" not in of_record
    assert client.get(afresh).headers["Location"] == reverse(
        "recognition:objection", args=[rejected.uid]
    )
    with pytest.raises(AppealInstead):
        actions.object_to(record, text="还是不对", by=wang, at=timezone.now())


@pytest.mark.usefixtures("clock")
def test_when_the_days_of_the_appeal_are_over_the_page_says_since_when(
    rejected: Objection, record: Record, client: Client, wang: Teacher
) -> None:
    Objection.objects.update(decided_at=timezone.now() - timedelta(days=9))
    record.steps.update(at=NOON - timedelta(days=20))

    here = page_of(client, wang, reverse("recognition:objection", args=[rejected.uid]))
    declared = page_of(client, wang, reverse("recognition:declaration", args=[record.source_id]))

    assert "向中心校申诉的期限到" in here
    assert "已经过了" in here
    assert "提交申诉" not in here
    assert "已经过了" in declared
    assert "向中心校申诉（最晚" not in declared
    assert reverse("recognition:object", args=[record.uid]) not in declared


@pytest.mark.usefixtures("clock")
def test_what_was_corrected_since_can_be_objected_to_again(
    rejected: Objection, record: Record, wang: Teacher, sun: Teacher
) -> None:
    actions.correct(
        record, amount=Decimal(4), reason="又核一次", level="central_school", turn=record.turn,
        by=sun, at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip

    again = actions.object_to(
        record, text="为什么又少", by=wang, at=timezone.now() + timedelta(hours=2)
    )

    assert (again.previous, again.level) == (None, "school")
