"""The ledger is reckoned again: the difference first, then the posting, never half a teacher."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import NOON, Cast
from yanxiu.jobs import actions as jobs
from yanxiu.jobs.models import Job
from yanxiu.jobs.running import run_waiting
from yanxiu.ledger import actions, chain
from yanxiu.ledger.actions import keeping
from yanxiu.ledger.actions import reckoning as work
from yanxiu.ledger.models import Award, Entry, Reckoning, Record, SchemeAdoption
from yanxiu.ledger.queries import changes as read
from yanxiu.ledger.queries import living_entries
from yanxiu.ledger.queries.schemes import scheme_of
from yanxiu.ledger.refusals import NotShown, ReckoningOpen
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.ledger.tests.written import GENEROUS, SCHEME
from yanxiu.notices.models import Notice
from yanxiu.people import actions as people
from yanxiu.people.models import Teacher, Tier

DAY = date(2026, 9, 1)
WHO = ("wang", "li", "zhao")


def publish(cast: Cast, text: str) -> None:
    file = actions.start_draft(cast.school, text, by=None, at=NOON)
    actions.publish_scheme(file, edition=1, by=None, at=NOON)


@pytest.fixture
def adopted(cast: Cast, take_part: TakePart) -> SchemeAdoption:
    """Three teachers earned two hours each; then a version with double hours took its place."""
    publish(cast, SCHEME)
    actions.adopt_scheme(cast.school, "made-up-county", starts_on=DAY, by=None, at=NOON)
    for name in WHO:
        take_part(cast.people[name])
        take_part(cast.people[name], on=date(2026, 10, 13))
    publish(cast, GENEROUS)
    return actions.adopt_scheme(
        cast.school, "made-up-county", starts_on=DAY, version="2027", by=None, at=NOON
    )


def shown(adopted: SchemeAdoption, guan: Teacher) -> Reckoning:
    found = work.start_reckoning(adopted, by=guan, at=NOON)
    run_waiting()
    found.refresh_from_db()
    return found


def amounts() -> list[Decimal]:
    own = living_entries().filter(scheme="made-up-county")
    return sorted(own.values_list("amount", flat=True))


def test_the_difference_is_shown_and_nothing_is_posted(
    adopted: SchemeAdoption, guan: Teacher
) -> None:
    found = shown(adopted, guan)

    assert (found.state, found.changed, found.teachers) == ("shown", 6, 3)
    assert found.result["schools"][0]["gain"] == 6
    assert amounts() == [2] * 6
    line = found.lines.all()[0]
    assert (line.before, line.after) == (2, 4)


def test_posting_reverses_and_posts_in_a_new_round(adopted: SchemeAdoption, guan: Teacher) -> None:
    found = shown(adopted, guan)

    work.post_reckoning(found, by=guan, at=NOON)
    run_waiting()

    found.refresh_from_db()
    assert found.state == "posted"
    assert amounts() == [4] * 6
    own = Entry.objects.filter(scheme="made-up-county", teacher__name="王老师").order_by("number")
    assert [(one.round, one.amount, bool(one.reverses_id)) for one in own] == [
        (1, 2, False), (1, 2, False), (1, -2, True), (1, -2, True), (2, 4, False), (2, 4, False),
    ]  # fmt: skip
    assert "重新核算" in own[2].reason
    assert own[4].award.version == "2027"
    assert own[4].record.round == own[4].round
    assert chain.faults() == []


def test_broken_off_in_the_middle_no_teacher_is_half_posted_and_the_rest_follows(
    adopted: SchemeAdoption, guan: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = shown(adopted, guan)
    found = work.post_reckoning(found, by=guan, at=NOON)
    monkeypatch.setattr(work, "TOGETHER", 2)
    real, calls = keeping.stale, []

    def breaks(*args: Any, **more: Any) -> Any:
        calls.append(1)
        done = real(*args, **more)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(work, "stale", breaks)
    with pytest.raises(KeyboardInterrupt):
        work.post_lines(found, by=guan, at=NOON, told=lambda *_: None)

    assert amounts() == [2] * 4 + [4] * 2
    halves = {
        tuple(living_entries().filter(scheme="made-up-county", teacher=pk)
              .values_list("amount", flat=True))
        for pk in living_entries().values_list("teacher", flat=True)
    }  # fmt: skip
    assert halves == {(2, 2), (4, 4)}
    work.post_lines(found, by=guan, at=NOON, told=lambda *_: None)
    assert amounts() == [4] * 6
    assert chain.faults() == []


def test_each_person_is_told_once_what_changed_and_nothing_before_it_is_posted(
    adopted: SchemeAdoption, guan: Teacher, wang: Teacher
) -> None:
    found = shown(adopted, guan)
    assert not Notice.objects.filter(title__contains="重新核算过").exists()

    work.post_reckoning(found, by=guan, at=NOON)
    run_waiting()

    told = Notice.objects.filter(title__contains="学时重新核算过，您有2条记录")
    assert sorted(told.values_list("teacher__name", flat=True)) == ["李组长", "王老师", "赵老师"]
    assert Record.objects.get(uid=told.get(teacher=wang).source_id).teacher == wang


def test_posting_twice_posts_once(adopted: SchemeAdoption, guan: Teacher) -> None:
    found = work.post_reckoning(shown(adopted, guan), by=guan, at=NOON)
    run_waiting()
    count = Entry.objects.count()

    found.state = Reckoning.State.POSTING
    work.post_lines(found, by=guan, at=NOON, told=lambda *_: None)

    assert Entry.objects.count() == count
    with pytest.raises(NotShown):
        work.post_reckoning(found, by=guan, at=NOON)


def test_a_scheme_published_meanwhile_does_not_disturb_it(
    cast: Cast, adopted: SchemeAdoption, guan: Teacher
) -> None:
    found = work.post_reckoning(shown(adopted, guan), by=guan, at=NOON)

    publish(cast, GENEROUS.replace('"2027"', '"2028"').replace("rates: 2\n", "rates: 3\n"))
    actions.adopt_scheme(
        cast.school, "made-up-county", starts_on=DAY, version="2028", by=None, at=NOON
    )
    run_waiting()

    assert amounts() == [4] * 6
    assert set(
        Award.objects.filter(record__in=found.lines.values("record"), round=2)
        .values_list("version", flat=True)
    ) == {"2027"}  # fmt: skip


def test_what_was_withdrawn_or_reversed_meanwhile_is_left_alone(
    cast: Cast, adopted: SchemeAdoption, guan: Teacher
) -> None:
    found = work.post_reckoning(shown(adopted, guan), by=guan, at=NOON)
    line = found.lines.all()[0]
    actions.withdraw(line.record, because="记错了人", by=None, at=NOON)

    run_waiting()

    assert amounts() == [4] * 5
    assert not living_entries().filter(record=line.record).exists()


def test_what_moves_between_reckoning_and_writing_waits_for_the_next_round(
    adopted: SchemeAdoption, guan: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.post_reckoning(shown(adopted, guan), by=guan, at=NOON)
    real, once = read.changes_of, [False]

    def withdrawn_just_then(rows: Any, *args: Any) -> Any:
        prepared = real(rows, *args)
        if not once[0]:
            once[0] = True
            actions.withdraw(prepared[0].record, because="记错了人", by=None, at=NOON)
        return prepared

    monkeypatch.setattr(work, "changes_of", withdrawn_just_then)
    run_waiting()

    assert amounts() == [4] * 5
    assert chain.faults() == []


def test_a_second_reckoning_waits_for_the_decision_on_the_first(
    adopted: SchemeAdoption, guan: Teacher
) -> None:
    found = shown(adopted, guan)

    with pytest.raises(ReckoningOpen, match=guan.name):
        work.start_reckoning(adopted, by=guan, at=NOON)
    work.drop_reckoning(found, by=guan, at=NOON)
    work.start_reckoning(adopted, by=guan, at=NOON)

    assert amounts() == [2] * 6


def test_a_scheme_adopted_for_past_days_earns_by_a_reckoning(
    cast: Cast, guan: Teacher, take_part: TakePart, wang: Teacher
) -> None:
    take_part(wang)
    publish(cast, SCHEME)
    late = actions.adopt_scheme(cast.school, "made-up-county", starts_on=DAY, by=None, at=NOON)
    found = shown(late, guan)
    assert found.lines.get().before is None

    work.post_reckoning(found, by=guan, at=NOON)
    run_waiting()

    assert amounts() == [2]


def test_the_list_names_it_by_the_title_and_both_pages_count_the_same_records(
    cast: Cast, guan: Teacher, take_part: TakePart, wang: Teacher, client: Client
) -> None:
    for day in (date(2026, 10, 12), date(2026, 10, 13)):
        take_part(wang, on=day)
    waits = Record.objects.first()
    assert waits is not None
    Record.objects.filter(pk=waits.pk).update(kind="transferred_in")
    publish(cast, SCHEME)
    client.force_login(guan)
    asked = {
        "organisation": str(cast.school.uid), "scheme": "made-up-county@2026",
        "starts_on": DAY,
    }  # fmt: skip

    told = client.post("/schemes/", asked, follow=True).content.decode()

    adoption = SchemeAdoption.objects.get(scheme="made-up-county")
    found = shown(adoption, guan)
    assert f"已有 {found.records} 条记录" in told
    page = client.get("/schemes/").content.decode()
    link = page.partition(reverse("ledger:reckoning", args=[found.uid]))[2].partition("</a>")[0]
    assert scheme_of("made-up-county", "2026").title in link
    assert "made-up-county" not in link


BACKBONE = GENEROUS.replace(
    "labels:\n", "labels:\n  tier: {backbone: 骨干教师}\n"
).replace(
    "award_rules:\n", "eligibility: {not_who: [backbone], source: 第九条}\naward_rules:\n"
)  # fmt: skip


def test_a_past_record_is_judged_by_what_its_teacher_was_then(
    cast: Cast, guan: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    publish(cast, SCHEME)
    actions.adopt_scheme(cast.school, "made-up-county", starts_on=DAY, by=None, at=NOON)
    before, after = take_part(wang), take_part(wang, on=date(2026, 10, 14))
    tier = Tier.objects.filter(name="骨干教师").first() or Tier.objects.create(name="骨干教师")
    people.hold_tier(wang, tier, starts_on=date(2026, 10, 13), by=None, at=NOON)
    publish(cast, BACKBONE)
    adopted = actions.adopt_scheme(
        cast.school, "made-up-county", starts_on=DAY, version="2027", by=None, at=NOON
    )

    found = shown(adopted, guan)

    lines = {line.record_id: (line.before, line.after) for line in found.lines.all()}
    assert lines == {before.pk: (2, 4), after.pk: (2, None)}
    work.post_reckoning(found, by=guan, at=NOON)
    run_waiting()
    assert amounts() == [4]


def test_the_days_of_a_version_that_followed_are_left_alone(
    cast: Cast, guan: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    publish(cast, SCHEME)
    first = actions.adopt_scheme(cast.school, "made-up-county", starts_on=DAY, by=None, at=NOON)
    publish(cast, GENEROUS)
    actions.adopt_scheme(
        cast.school, "made-up-county", starts_on=date(2026, 10, 13), version="2027", by=None,
        at=NOON,
    )  # fmt: skip
    take_part(wang)
    take_part(wang, on=date(2026, 10, 13))
    first.refresh_from_db()

    found = shown(first, guan)

    assert (found.records, found.changed) == (1, 0)
    assert amounts() == [2, 4]


def test_a_school_goes_with_those_above_on_the_days_it_had_no_version_of_its_own(
    cast: Cast, guan: Teacher, wang: Teacher, take_part: TakePart
) -> None:
    above = cast.school.parent
    assert above
    publish_at = actions.start_draft(above, SCHEME, by=None, at=NOON)
    actions.publish_scheme(publish_at, edition=1, by=None, at=NOON)
    whole = actions.adopt_scheme(above, "made-up-county", starts_on=DAY, by=None, at=NOON)
    SchemeAdoption.objects.create(
        organisation=cast.school, scheme="made-up-county", version="2026",
        starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 13),
    )  # fmt: skip
    on = [take_part(wang, on=date(2026, month, day)).pk for month, day in
          ((9, 28), (10, 12), (10, 13))]  # fmt: skip

    rows = read.within(above, "made-up-county", whole.starts_on)

    assert set(rows.values_list("pk", flat=True)) == {on[0], on[2]}


def test_a_posting_whose_job_was_cancelled_is_taken_up_again_and_nothing_is_posted_twice(
    adopted: SchemeAdoption, guan: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = work.post_reckoning(shown(adopted, guan), by=guan, at=NOON)
    with pytest.raises(NotShown):
        work.post_reckoning(found, by=guan, at=NOON)
    monkeypatch.setattr(work, "TOGETHER", 2)
    scheme = scheme_of(found.scheme, found.version)
    work.post_some(found, work._next(found), scheme, by=guan, at=NOON)
    jobs.cancel(Job.objects.get(uid=str(found.job_uid)), by=guan, at=NOON)

    work.post_reckoning(found, by=guan, at=NOON)
    run_waiting()

    found.refresh_from_db()
    assert found.state == "posted"
    assert amounts() == [4] * 6
    assert chain.faults() == []
