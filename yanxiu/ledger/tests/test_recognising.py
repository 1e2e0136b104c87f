"""Recognition in steps: what was claimed, found right and confirmed stays; the end posts."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from yanxiu.agenda.models import Task
from yanxiu.audit.models import TrailLine
from yanxiu.cast import NOON, Cast
from yanxiu.kernel.sources import Source
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger import actions
from yanxiu.ledger.actions.asking import escalate, keep_asking
from yanxiu.ledger.actions.submitting import AUTOMATIC, DECLARED, NewRecord, submit
from yanxiu.ledger.models import Award, Entry, RecognitionStep, Record
from yanxiu.ledger.permissions import may_take_step
from yanxiu.ledger.queries import schemes_on
from yanxiu.ledger.queries.changes import changes, within
from yanxiu.ledger.refusals import (
    AlreadyDecided,
    AmountTooLarge,
    DecidedAbove,
    NotRecognised,
    OfLender,
    OwnRecord,
    SameHand,
    TooLateToTakeBack,
    WhyMissing,
)
from yanxiu.ledger.tests.chained import adopt_steps, researcher
from yanxiu.notices.models import Notice
from yanxiu.people.access import NotAllowed, allowed
from yanxiu.people.actions.delegation import delegate
from yanxiu.people.models import Teacher

SIXTEEN, EIGHT = Decimal(16), Decimal(8)
Declare = Callable[..., Record]


@pytest.fixture
def sun(cast: Cast) -> Teacher:
    adopt_steps(cast)
    return researcher(cast)


@pytest.fixture
def declare(cast: Cast, sun: Teacher) -> Declare:
    def make(
        teacher: Teacher,
        kind: str = "course",
        step: str = DECLARED,
        hours: Decimal | None = SIXTEEN,
        at: datetime = NOON,
    ) -> Record:
        is_course = kind == "course"
        new = NewRecord(
            teacher=teacher, organisation=cast.school, kind=kind, role="attendee",
            title="暑期课程", happened_at=moment_at(date(2026, 10, 10), time(8)),
            assurance=Record.Assurance.DECLARED, source=Source("made.up", new_uid()),
            stated=hours if is_course else None, items=None if is_course else Decimal(1),
            claimed=hours if is_course else Decimal(1),
        )  # fmt: skip
        return submit([new], by=teacher, at=at, step=step)[0]

    return make


def lend(lender: Teacher, deputy: Teacher, role: str, at: datetime) -> None:
    """Let `deputy` recognise hours for three days with the post of `role` that `lender` holds."""
    day = day_of(at)
    delegate(
        lender.posts.get(role__code=role), deputy, rights=["recognise_hours"],
        reason="外出学习", starts_on=day, ends_on=day + timedelta(days=3), by=lender, at=at,
    )  # fmt: skip


def fresh(record: Record) -> Record:
    return Record.objects.get(pk=record.pk)


def test_three_amounts_stay_side_by_side_and_only_the_last_step_posts(
    declare: Declare, wang: Teacher, zhou: Teacher, sun: Teacher
) -> None:
    record = declare(wang)
    assert (record.waiting_by, Entry.objects.count()) == ("school", 0)

    (record,) = actions.decide([record], amount=EIGHT, reason="只认面授", by=zhou, at=NOON)
    assert (record.waiting_by, Award.objects.get().amount, Entry.objects.count()) == (
        "central_school", EIGHT, 0,
    )  # fmt: skip
    actions.decide([record], by=sun, at=NOON)

    steps = list(record.steps.values_list("level", "amount", "by_name", "reason"))
    assert steps == [
        ("self", SIXTEEN, "王老师", ""),
        ("school", EIGHT, "周主任", "只认面授"),
        ("central_school", EIGHT, "孙教研员", ""),
    ]
    assert (Entry.objects.get().amount, fresh(record).state) == (EIGHT, "recognised")
    assert fresh(record).stated == SIXTEEN


def test_nobody_recognises_the_own_record_and_nobody_decides_for_two_levels(
    declare: Declare, wang: Teacher, zhou: Teacher, sun: Teacher, cast: Cast
) -> None:
    own = declare(zhou)
    with pytest.raises(OwnRecord):
        actions.decide([own], by=zhou, at=NOON)
    assert not allowed(may_take_step, zhou, Record.objects.all()).exists()

    (once,) = actions.decide([declare(wang)], by=sun, at=NOON)
    with pytest.raises(SameHand):
        actions.decide([once], by=sun, at=NOON)
    with pytest.raises(NotAllowed):
        actions.decide([once], by=zhou, at=NOON)
    for nobody in (wang, cast.people["li"], cast.people["guan"], cast.people["qian"]):
        assert not allowed(may_take_step, nobody, Record.objects.all()).exists()


def test_the_second_officer_is_told_who_was_faster(
    declare: Declare, wang: Teacher, zhou: Teacher, shen: Teacher
) -> None:
    record = declare(wang)
    seen_by_shen = fresh(record)
    actions.decide([record], by=zhou, at=NOON)

    with pytest.raises(AlreadyDecided, match="周主任"):
        actions.decide([seen_by_shen], amount=EIGHT, reason="少一半", by=shen, at=NOON)

    assert RecognitionStep.objects.filter(level="school").count() == 1


def test_less_wants_a_reason_and_more_than_was_claimed_is_refused(
    declare: Declare, wang: Teacher, zhou: Teacher
) -> None:
    record = declare(wang)

    with pytest.raises(WhyMissing):
        actions.decide([record], amount=EIGHT, by=zhou, at=NOON)
    with pytest.raises(AmountTooLarge):
        actions.decide([record], amount=Decimal(17), reason="多给", by=zhou, at=NOON)
    with pytest.raises(WhyMissing):
        actions.return_([record], reason=" ", by=zhou, at=NOON)

    assert fresh(record).turn == record.turn


def test_a_returned_record_waits_for_whoever_returned_it_and_nothing_is_asked_twice(
    declare: Declare, wang: Teacher, zhou: Teacher, sun: Teacher
) -> None:
    (record,) = actions.decide([declare(wang)], by=zhou, at=NOON)
    (record,) = actions.return_([record], reason="缺证书", by=sun, at=NOON)
    assert (record.state, Award.objects.count()) == ("returned", 0)

    record = actions.hand_in_again(record, word="证书已补", by=wang, at=NOON)
    assert (record.waiting_by, Award.objects.get().amount) == ("central_school", SIXTEEN)
    actions.decide([record], by=sun, at=NOON)

    assert Entry.objects.get().amount == SIXTEEN


def test_what_was_returned_is_not_reckoned_until_it_is_handed_in_again(
    declare: Declare, cast: Cast, wang: Teacher, zhou: Teacher
) -> None:
    (record,) = actions.return_([declare(wang)], reason="缺证书", by=zhou, at=NOON)
    scheme = next(one for one in schemes_on(cast.school, day_of(NOON)) if "steps" in one.id)

    rows = within(cast.school, scheme.id, date(2026, 9, 1))
    found = [one for some in changes(rows, scheme) for one in some.changes]

    assert found == []
    actions.hand_in_again(record, word="证书已补", by=wang, at=NOON)
    assert rows.filter(pk=record.pk).exists()


def test_it_can_be_taken_back_until_somebody_acts(
    declare: Declare, wang: Teacher, zhou: Teacher, zhao: Teacher
) -> None:
    first, second = declare(wang), declare(wang, "paper")
    with pytest.raises(NotAllowed):
        actions.take_back(first, because="", by=zhao, at=NOON)
    actions.take_back(first, because="填错了", by=wang, at=NOON)
    assert (fresh(first).withdrawn_because, Award.objects.filter(record=first).count()) == (
        "填错了", 0,
    )  # fmt: skip

    third = declare(wang)
    actions.decide([third], by=zhou, at=NOON)
    with pytest.raises(TooLateToTakeBack, match="周主任"):
        actions.take_back(third, because="", by=wang, at=NOON)
    assert fresh(second).withdrawn_at is None


def test_a_correction_reverses_and_begins_a_round_that_those_above_confirm(
    declare: Declare, wang: Teacher, zhou: Teacher, shen: Teacher, sun: Teacher
) -> None:
    (record,) = actions.decide([declare(wang)], amount=EIGHT, reason="减半", by=zhou, at=NOON)
    with pytest.raises(NotRecognised):
        actions.reverse_and_redo(record, reason="早了", by=shen, at=NOON)
    (record,) = actions.decide([record], by=sun, at=NOON)

    with pytest.raises(OwnRecord):
        actions.reverse_and_redo(record, reason="自己改", by=wang, at=NOON)
    record = actions.reverse_and_redo(
        record, reason="全程面授，有签到", amount=SIXTEEN, level="school", by=shen, at=NOON
    )
    assert (record.waiting_by, record.round) == ("central_school", 2)
    actions.decide([record], by=sun, at=NOON)

    assert list(Entry.objects.order_by("number").values_list("amount", "round")) == [
        (EIGHT, 1), (-EIGHT, 1), (SIXTEEN, 2),
    ]  # fmt: skip
    assert fresh(record).steps.count() == 6


def test_what_a_superior_decided_the_school_does_not_correct_to_the_end(
    declare: Declare, wang: Teacher, zhou: Teacher, shen: Teacher, sun: Teacher
) -> None:
    (record,) = actions.decide([declare(wang, "lecture")], by=zhou, at=NOON)
    record = actions.reverse_and_redo(
        record, reason="申诉成立", amount=Decimal(1), level="central_school", by=sun, at=NOON
    )
    before = list(Entry.objects.values_list("pk", flat=True))

    with pytest.raises(DecidedAbove, match="中心校"):
        actions.reverse_and_redo(
            record, reason="改回去", amount=Decimal(0), level="school", by=shen, at=NOON
        )

    assert list(Entry.objects.values_list("pk", flat=True)) == before
    assert fresh(record).round == record.round
    actions.reverse_and_redo(
        record, reason="再核", amount=Decimal(0), level="central_school", by=sun, at=NOON
    )


def test_a_deputy_decides_nothing_of_whoever_is_away(
    declare: Declare, wang: Teacher, zhou: Teacher, zhao: Teacher
) -> None:
    at = timezone.now()
    lend(zhou, zhao, "research_office", at)
    of_the_lender, other = declare(zhou, at=at), declare(wang, at=at)
    deputy = Teacher.objects.get(pk=zhao.pk)
    mine = Task.objects.filter(teacher__in=[zhou, zhao], kind="recognise", state="open")

    assert list(allowed(may_take_step, deputy, Record.objects.all())) == [other]
    with pytest.raises(OfLender, match="周主任"):
        actions.decide([of_the_lender], by=deputy, at=at)
    assert mine.filter(teacher=zhao).exists()
    actions.decide([other], by=deputy, at=at)

    # What is left is the lender's own: neither the lender nor the deputy has anything to do.
    assert not mine.exists()


def test_by_the_leader_then_the_school_then_at_the_end_of_the_year(
    declare: Declare, wang: Teacher, li: Teacher, zhou: Teacher, sun: Teacher, zhao: Teacher
) -> None:
    record = declare(wang, "paper")
    with pytest.raises(NotAllowed):
        actions.decide([record], by=zhao, at=NOON)
    (record,) = actions.decide([record], by=li, at=NOON)
    (record,) = actions.decide([record], by=zhou, at=NOON)

    assert (record.waiting_when, record.due_on) == ("year_end", date(2027, 10, 1))
    actions.decide([record], by=sun, at=NOON)

    assert Entry.objects.get(scheme="made-up-steps").amount == 4


def test_nobody_recognises_by_declaring_except_where_the_scheme_says_so(
    declare: Declare, wang: Teacher
) -> None:
    waits = declare(wang, "reading_notes")
    at_once = declare(wang, "reading_notes", step=AUTOMATIC)

    assert (waits.waiting_by, at_once.state) == ("school", "recognised")
    assert Entry.objects.get(scheme="made-up-steps").record == at_once


def test_silence_never_decides_but_those_above_are_told(
    declare: Declare, wang: Teacher, zhou: Teacher, sun: Teacher
) -> None:
    record = declare(wang)
    assert Task.objects.get(teacher=zhou, kind="recognise").due_on == date(2026, 10, 25)

    escalate(NOON + timedelta(days=30))
    escalate(NOON + timedelta(days=31))

    assert fresh(record).state == "waiting"
    assert Task.objects.filter(teacher=sun, kind="recognise_overdue").count() == 1
    actions.decide([record], by=zhou, at=NOON)
    assert not Task.objects.filter(teacher=zhou, state=Task.State.OPEN, kind="recognise").exists()


def test_over_a_late_leader_the_office_of_the_school_is_told(
    declare: Declare, wang: Teacher, zhou: Teacher, sun: Teacher
) -> None:
    declare(wang, "paper")

    escalate(NOON + timedelta(days=60))

    late = Task.objects.filter(kind="recognise_overdue")
    assert late.filter(teacher=zhou).exists()
    assert not late.filter(teacher=sun).exists()


def test_nobody_is_asked_about_the_own_record_alone(
    declare: Declare, wang: Teacher, zhou: Teacher, shen: Teacher
) -> None:
    declare(zhou)
    asked = Task.objects.filter(kind="recognise", state=Task.State.OPEN)
    assert set(asked.values_list("teacher", flat=True)) == {shen.pk}

    declare(wang)
    assert asked.filter(teacher=zhou).exists()


def test_a_task_is_due_when_the_first_that_waits_is(
    declare: Declare, wang: Teacher, zhou: Teacher
) -> None:
    first = declare(wang)
    second = declare(wang, at=NOON + timedelta(days=3))
    task = Task.objects.get(teacher=zhou, kind="recognise")
    assert first.due_on is not None
    assert (task.due_on, second.due_on) == (first.due_on, first.due_on + timedelta(days=3))

    actions.decide([first], by=zhou, at=NOON)

    task.refresh_from_db()
    assert (task.state, task.due_on) == (Task.State.OPEN, second.due_on)


def test_many_cost_no_more_statements_than_few_and_every_deed_is_in_the_trail(
    declare: Declare, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    records = [declare(teacher) for teacher in (wang, li, wang)]

    actions.decide(records, by=zhou, at=NOON)

    verbs = TrailLine.objects.filter(verb="ledger.step-taken").values_list("source_id", flat=True)
    assert set(verbs) == {record.uid for record in records}


def test_who_stands_in_for_an_officer_decides_and_the_own_record_stays_out_of_reach(
    declare: Declare, wang: Teacher, zhao: Teacher, zhou: Teacher
) -> None:
    at = timezone.now()
    lend(zhou, zhao, "research_office", at)
    deputy = Teacher.objects.get(pk=zhao.pk)

    actions.decide([declare(wang)], by=deputy, at=NOON)

    with pytest.raises(OwnRecord):
        actions.decide([declare(zhao)], by=deputy, at=NOON)


def test_what_waits_already_is_asked_of_a_deputy_and_of_nobody_whose_days_are_over(
    declare: Declare, wang: Teacher, zhao: Teacher, zhou: Teacher
) -> None:
    at = timezone.now()
    declare(wang)
    lend(zhou, zhao, "research_office", at)
    mine = Task.objects.filter(teacher=zhao, kind="recognise", state=Task.State.OPEN)

    keep_asking(at)
    assert mine.exists()

    keep_asking(at + timedelta(days=3))
    assert not mine.exists()
    assert Task.objects.filter(teacher=zhou, kind="recognise", state=Task.State.OPEN).exists()


@pytest.mark.parametrize("ask", [keep_asking, escalate])
def test_what_is_decided_while_the_askers_look_leaves_no_open_task(
    declare: Declare, wang: Teacher, zhou: Teacher, sun: Teacher, ask: Callable[[datetime], object]
) -> None:
    late = NOON + timedelta(days=30)
    record = declare(wang, "reading_notes")
    escalate(late)
    still_to_do = [record]

    def meanwhile(execute: Callable[..., object], sql: str, *more: object) -> object:
        found = execute(sql, *more)
        if still_to_do and 'FROM "people_organisation"' in sql:
            actions.decide([still_to_do.pop()], by=zhou, at=late)
        return found

    with connection.execute_wrapper(meanwhile):
        ask(late)

    about = Task.objects.filter(source_kind="recognition.queue", state=Task.State.OPEN)
    assert not still_to_do
    assert not about.filter(source_id=record.organisation.uid).exists()


def test_whose_days_above_are_over_is_asked_about_the_overdue_no_longer(
    declare: Declare, wang: Teacher, zhao: Teacher, sun: Teacher
) -> None:
    at = timezone.now()
    declare(wang)
    lend(sun, zhao, "researcher", at)
    late = Task.objects.filter(kind="recognise_overdue", state=Task.State.OPEN)

    escalate(at)
    assert set(late.values_list("teacher", flat=True)) == {zhao.pk, sun.pk}

    escalate(at + timedelta(days=3))
    assert set(late.values_list("teacher", flat=True)) == {sun.pk}


def test_what_is_late_with_the_leader_and_what_with_the_office_goes_up_separately(
    declare: Declare, wang: Teacher, zhou: Teacher, shen: Teacher, sun: Teacher
) -> None:
    declare(wang, "paper")
    for _number in range(2):
        declare(wang)

    escalate(NOON + timedelta(days=60))

    told = Notice.objects.filter(title__contains="逾期未认定")
    counts = {(one.teacher, one.title.partition("有")[2][:1]) for one in told}
    assert counts == {(sun, "2"), (zhou, "1"), (shen, "1")}
