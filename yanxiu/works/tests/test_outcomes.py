"""Where works go, and the register of prizes and publications with its proof."""

from datetime import date
from typing import Any

import pytest
from django.db.models import QuerySet

from yanxiu.attachments import actions as attachments
from yanxiu.cast import NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.sources import source_of
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher
from yanxiu.works import actions
from yanxiu.works.actions import Told
from yanxiu.works.models import Outcome, Submission, Work
from yanxiu.works.refusals import ProofMissing, RegisteredBefore, SentThereBefore
from yanxiu.works.tests.conftest import Write

DAY = date(2026, 10, 12)
TOLD = Told(
    kind="prize", title="在操作中认识周长", event="县小学数学论文评选", level="county",
    happened_on=DAY, prize="first",
)  # fmt: skip


@pytest.fixture
def paper(write: Write, wang: Teacher) -> Work:
    return actions.hand_in(write(wang, "paper", title="在操作中认识周长"), by=wang, at=NOON)


@pytest.fixture
def sent(paper: Work, zhou: Teacher) -> Submission:
    found = actions.recommend(
        paper, destination="县小学数学论文评选", where="contest", level="county", by=zhou, at=NOON
    )
    return actions.send(found, on=DAY, by=zhou, at=NOON)


def test_a_recommended_paper_is_followed_to_its_result(sent: Submission, zhou: Teacher) -> None:
    assert Work.objects.get().state == Work.State.SENT

    actions.tell_result(sent, result="shortlisted", on=DAY, by=zhou, at=NOON)
    assert Work.objects.get().state == Work.State.SENT
    actions.tell_result(sent, result="awarded", on=DAY, by=zhou, at=NOON)

    assert Work.objects.get().state == Work.State.AWARDED


def test_it_goes_to_a_place_once_and_only_the_office_sends_it(
    sent: Submission, paper: Work, zhou: Teacher, li: Teacher
) -> None:
    again = {"destination": sent.destination, "where": "contest", "level": "county", "at": NOON}
    with pytest.raises(SentThereBefore):
        actions.recommend(paper, by=zhou, **again)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        actions.recommend(paper, by=li, **again)  # type: ignore[arg-type]


def test_what_was_recommended_by_mistake_goes_back_to_where_it_was(
    paper: Work, zhou: Teacher
) -> None:
    actions.read_work(paper, grade="good", by=zhou, at=NOON)
    found = actions.recommend(
        paper, destination="某刊", where="journal", level="county", by=zhou, at=NOON
    )

    actions.take_back_submission(found, by=zhou, at=NOON)

    assert Work.objects.get().state == Work.State.RATED


def test_a_prize_is_recorded_when_the_office_has_seen_the_proof(
    cast: Cast, paper: Work, sent: Submission, wang: Teacher, zhou: Teacher
) -> None:
    outcome = actions.tell_outcome(cast.school, TOLD, work=paper, submission=sent, by=wang, at=NOON)
    with pytest.raises(ProofMissing):
        actions.confirm_outcome(outcome, by=zhou, at=NOON)
    assert not Record.objects.exists()
    attachments.keep(
        source_of(outcome), b"%PDF-1.4 certificate", name="证书.pdf",
        organisation=cast.school, by=wang, at=NOON,
    )  # fmt: skip

    actions.confirm_outcome(outcome, by=zhou, at=NOON)

    record = Record.objects.get()
    assert (record.kind, record.prize, record.organiser_level, record.author_order) == (
        "paper_prize", "first", "county", 1,
    )  # fmt: skip
    assert record.content_key == f"work:{paper.uid}"
    assert Submission.objects.get().state == Submission.State.AWARDED


def test_the_register_takes_what_was_not_written_here_with_all_its_authors(
    cast: Cast, wang: Teacher, zhao: Teacher, zhou: Teacher
) -> None:
    told = Told(
        kind="publication", title="小组作业单的设计", event="《乡村教育研究》", level="provincial",
        happened_on=DAY, reference="2026年第9期第12页",
    )  # fmt: skip
    outcome = actions.tell_outcome(
        cast.school, told, authors=["外校合作者", wang, zhao], by=wang, at=NOON
    )

    actions.confirm_outcome(outcome, by=zhou, at=NOON)

    assert dict(Record.objects.values_list("teacher__name", "author_order")) == {
        "王老师": 2, "赵老师": 3,
    }  # fmt: skip
    assert set(Record.objects.values_list("kind", flat=True)) == {"paper"}


def test_the_same_is_registered_once_and_by_an_author_or_the_office(
    cast: Cast, wang: Teacher, zhao: Teacher, zhou: Teacher
) -> None:
    actions.tell_outcome(cast.school, TOLD, by=wang, at=NOON)
    with pytest.raises(RegisteredBefore):
        actions.tell_outcome(cast.school, TOLD, by=wang, at=NOON)
    with pytest.raises(NotAllowed):
        actions.tell_outcome(cast.school, TOLD, authors=[wang], by=zhao, at=NOON)
    with pytest.raises(NotAllowed):
        actions.confirm_outcome(Outcome.objects.get(), by=wang, at=NOON)


@pytest.mark.parametrize("of_a_work", [True, False])
def test_of_two_who_register_the_same_at_one_moment_the_second_is_refused(
    cast: Cast, paper: Work, wang: Teacher, monkeypatch: pytest.MonkeyPatch, *, of_a_work: bool
) -> None:
    waited: list[QuerySet[Any]] = []
    lock = QuerySet.select_for_update

    def wait_for_the_other(rows: "QuerySet[Any]", **how: Any) -> "QuerySet[Any]":
        # While one waits for the lock, the other, who holds it, comes to an end.
        if not waited:
            waited.append(rows)
            actions.tell_outcome(cast.school, TOLD, by=wang, at=NOON)
        return lock(rows, **how)

    monkeypatch.setattr(QuerySet, "select_for_update", wait_for_the_other)
    with pytest.raises(RegisteredBefore, match="已经登记过"):
        actions.tell_outcome(cast.school, TOLD, work=paper if of_a_work else None, by=wang, at=NOON)


def test_it_comes_back_with_a_word_and_is_put_right(
    cast: Cast, wang: Teacher, zhou: Teacher
) -> None:
    outcome = actions.tell_outcome(cast.school, TOLD, by=wang, at=NOON)
    with pytest.raises(BadInput):
        actions.return_outcome(outcome, comment="", by=zhou, at=NOON)
    actions.return_outcome(outcome, comment="请补证书编号", by=zhou, at=NOON)

    right = Told(**{**TOLD.__dict__, "reference": "县教研〔2026〕31号"})
    actions.change_outcome(outcome, right, by=wang, at=NOON)

    assert actions.confirm_outcome(outcome, by=zhou, at=NOON).state == Outcome.State.CONFIRMED


def test_no_author_of_any_rank_confirms_the_own_prize(
    cast: Cast, wang: Teacher, zhou: Teacher
) -> None:
    told = Told(**{**TOLD.__dict__, "reference": "县教研〔2026〕31号"})
    outcome = actions.tell_outcome(cast.school, told, authors=[wang, zhou], by=wang, at=NOON)

    with pytest.raises(NotAllowed):
        actions.confirm_outcome(outcome, by=zhou, at=NOON)
    with pytest.raises(NotAllowed):
        actions.return_outcome(outcome, comment="补", by=zhou, at=NOON)


def test_a_result_told_wrongly_takes_the_prize_from_the_work_again(
    sent: Submission, zhou: Teacher
) -> None:
    actions.tell_result(sent, result="awarded", on=DAY, by=zhou, at=NOON)

    actions.tell_result(sent, result="not_chosen", on=DAY, by=zhou, at=NOON)

    assert Work.objects.get().state == Work.State.SENT
