"""A result announced wrongly is corrected with a reason, in the register and in the records too."""

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.audit.models import TrailLine
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.ledger.models import Record
from yanxiu.notices.models import Notice
from yanxiu.people.models import Teacher
from yanxiu.works import actions as works
from yanxiu.works.calls import actions
from yanxiu.works.calls.actions import CallFacts, Decision
from yanxiu.works.calls.refusals import CallNotOpen
from yanxiu.works.models import CallEntry, Outcome, Work
from yanxiu.works.tests.conftest import Write

BECAUSE = "两份作品的等次抄反了"


@pytest.fixture
def decided(cast: Cast, write: Write, wang: Teacher, zhou: Teacher) -> CallEntry:
    """The paper of 王老师 with a first prize that is not announced yet."""
    paper = write(wang, "paper", title="《平行与垂直》教学反思")
    paper = works.hand_in(paper, by=wang, at=MORNING)
    facts = CallFacts(title="校论文评选", closes_on=MORNING.date(), way="choice")
    call = actions.open_call(cast.school, facts, by=zhou, at=MORNING)
    entry = actions.enter(call, paper, by=wang, at=MORNING)
    call = actions.close_call(call, by=zhou, at=MORNING)
    actions.decide(call, {entry.pk: Decision(prize="first")}, by=zhou, at=MORNING)
    Notice.objects.all().delete()
    return CallEntry.objects.get()


@pytest.fixture
def entry(decided: CallEntry, zhou: Teacher) -> CallEntry:
    """The same, announced."""
    actions.announce(decided.call, by=zhou, at=MORNING)
    return CallEntry.objects.get()


def correct(entry: CallEntry, prize: str, by: Teacher, because: str = BECAUSE) -> None:
    actions.correct_result(entry.call, entry.pk, prize=prize, because=because, by=by, at=NOON)


def test_a_winner_gets_one_notice_whose_book_marks_nest(entry: CallEntry, wang: Teacher) -> None:
    told = Notice.objects.get(teacher=wang)

    assert told.title == "“校论文评选”的结果：《〈平行与垂直〉教学反思》一等奖"


def test_another_prize_goes_into_the_register_and_the_records(
    entry: CallEntry, wang: Teacher, zhou: Teacher
) -> None:
    Notice.objects.all().delete()

    correct(entry, "second", zhou)

    entry.refresh_from_db()
    outcome = Outcome.objects.get()
    assert (entry.prize, outcome.prize, outcome.state) == ("second", "second", "confirmed")
    old, new = Record.objects.filter(kind="paper_prize").order_by("pk")
    assert (old.prize, old.withdrawn_because) == ("first", BECAUSE)
    assert (new.prize, new.withdrawn_at, new.source_id) == ("second", None, outcome.uid)
    told = Notice.objects.get(teacher=wang)
    assert told.title.endswith("《〈平行与垂直〉教学反思》由一等奖更正为二等奖")
    assert told.text == BECAUSE
    event = TrailLine.objects.get(verb="works.result-corrected")
    assert event.detail == {"from": "first", "to": "second", "reason": BECAUSE}


def test_a_prize_is_taken_away_and_given_back(
    entry: CallEntry, wang: Teacher, zhou: Teacher
) -> None:
    correct(entry, "", zhou)

    assert not Outcome.objects.exists()
    assert not Record.objects.filter(kind="paper_prize", withdrawn_at=None).exists()
    assert Work.objects.get().state == Work.State.HANDED_IN
    assert Notice.objects.filter(title__endswith="由一等奖更正为没有等次").exists()

    correct(CallEntry.objects.get(), "third", zhou)

    assert Outcome.objects.get().prize == "third"
    assert Record.objects.get(kind="paper_prize", withdrawn_at=None).prize == "third"
    assert Work.objects.get().state == Work.State.AWARDED


def test_what_is_refused_changes_nothing(entry: CallEntry, wang: Teacher, zhou: Teacher) -> None:
    with pytest.raises(NotAllowed):
        correct(entry, "second", wang)
    for prize, because in (("second", " "), ("first", BECAUSE), ("best", BECAUSE)):
        with pytest.raises(BadInput):
            correct(entry, prize, zhou, because)

    assert Outcome.objects.get().prize == "first"


def test_before_announcing_there_is_nothing_to_correct(decided: CallEntry, zhou: Teacher) -> None:
    with pytest.raises(CallNotOpen):
        correct(decided, "second", zhou)


def test_the_office_corrects_on_the_page_of_results(
    client: Client, entry: CallEntry, zhou: Teacher
) -> None:
    client.force_login(zhou)
    path = reverse("works:calls:results", args=[entry.call.uid])
    assert "更正结果" in client.get(path).content.decode()

    given = {"correct": str(entry.pk), "prize": "second", "because": BECAUSE}
    answer = client.post(path, given)

    assert answer["Location"] == path
    assert Outcome.objects.get().prize == "second"
