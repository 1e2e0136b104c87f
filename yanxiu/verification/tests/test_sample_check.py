"""A sample is drawn so that anybody can draw it again, and what does not pass comes round again."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.agenda.models import Task
from yanxiu.audit.models import TrailLine
from yanxiu.cast import Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.ledger.rules import auditing
from yanxiu.ledger.tests.chained import researcher
from yanxiu.people.models import Organisation, Teacher
from yanxiu.verification.actions import sampling
from yanxiu.verification.actions.sampling import NewCheck
from yanxiu.verification.documents.letter import letter_of
from yanxiu.verification.models import SampleCheck, Sampled
from yanxiu.verification.queries.sampling import people_of
from yanxiu.verification.refusals import NotTheChecker, NotToBeChecked

AT = datetime(2026, 12, 20, 4, 0, tzinfo=UTC)
ALL = NewCheck(
    "2026年秋季手册抽查", date(2026, 9, 1), date(2026, 12, 20), date(2027, 1, 10), "清河2026秋",
    percent=Decimal(100), strata=("school", "group"),
)  # fmt: skip


def drawn(cast: Cast, by: Teacher, new: NewCheck = ALL) -> SampleCheck:
    return sampling.draw_sample(cast.school, new, by=by, at=AT)


def of(check: SampleCheck, teacher: Teacher) -> Sampled:
    return check.drawn.get(teacher=teacher)


def test_the_kept_seed_draws_the_same_again(cast: Cast, zhou: Teacher) -> None:
    check = drawn(cast, zhou, NewCheck(**{**ALL.__dict__, "percent": Decimal(30)}))

    again = auditing.draw(
        [one.candidate(check.strata) for one in people_of(cast.school, date(2026, 12, 20))],
        seed=check.seed,
        percent=check.percent,
    )

    assert check.seed.startswith("清河2026秋|2026-12-20|")
    assert {str(row.teacher.uid) for row in check.drawn.all()} == {one.uid for one in again}


def test_every_group_is_in_it(cast: Cast, zhou: Teacher) -> None:
    check = drawn(cast, zhou, NewCheck(**{**ALL.__dict__, "percent": Decimal(1)}))

    strata = sorted(check.drawn.values_list("stratum", flat=True))
    assert strata == ["清河小学·数学教研组", "清河小学·未编组", "清河小学·语文教研组"]


def test_nobody_checks_the_own_group(
    cast: Cast, zhou: Teacher, li: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    check = drawn(cast, zhou)

    left = sampling.assign_checkers(check, [li, zhao], by=zhou, at=AT)

    assert of(check, wang).checker == zhao
    assert of(check, zhao).checker == li
    assert of(check, li).checker == zhao
    assert left == []
    with pytest.raises(NotTheChecker):
        sampling.give_to(of(check, wang), li, by=zhou, at=AT)


def test_who_can_be_checked_by_nobody_is_said(cast: Cast, zhou: Teacher, li: Teacher) -> None:
    check = drawn(cast, zhou)

    left = sampling.assign_checkers(check, [li], by=zhou, at=AT)

    assert {row.teacher.name for row in left} == {"李组长", "王老师"}


def test_what_does_not_pass_is_done_again_and_looked_at_again(
    cast: Cast, zhou: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    check = drawn(cast, zhou)
    sampling.assign_checkers(check, [zhao], by=zhou, at=AT)
    row = of(check, wang)
    with pytest.raises(BadInput):
        sampling.mark(row, passed=False, comment="", by=zhao, at=AT)

    row = sampling.mark(row, passed=False, comment="缺两次听课的评课意见", by=zhao, at=AT)
    assert (row.state, row.redo_by) == ("redo", date(2027, 1, 4))
    assert Task.objects.get(teacher=wang, state="open").due_on == row.redo_by
    with pytest.raises(NotToBeChecked):
        sampling.mark(row, passed=True, comment="", by=zhao, at=AT)
    sampling.answer(row, text="两次都补了", by=wang, at=AT)
    assert Task.objects.filter(teacher=zhao, state="open", source_id=row.uid).count() == 1
    row = sampling.mark(row, passed=True, comment="", by=zhao, at=AT)

    assert row.state == "passed"
    assert [one.passed for one in row.marks.all()] == [False, True]
    assert not Task.objects.filter(source_id=row.uid, state="open").exists()


def test_the_letter_asks_only_for_what_the_newest_look_found(
    cast: Cast, zhou: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    check = drawn(cast, zhou)
    sampling.assign_checkers(check, [zhao], by=zhou, at=AT)
    row = sampling.mark(of(check, wang), passed=False, comment="缺评课意见", by=zhao, at=AT)
    sampling.answer(row, text="补了", by=wang, at=AT)
    row = sampling.mark(row, passed=False, comment="评课意见没有日期", by=zhao, at=AT)

    said = "".join(letter_of(row, date(2026, 12, 20)).body)

    assert "评课意见没有日期" in said
    assert "缺评课意见" not in said


def test_the_letter_stays_to_be_read_after_it_was_put_right(
    cast: Cast, zhou: Teacher, wang: Teacher, zhao: Teacher, li: Teacher, client: Client
) -> None:
    check = drawn(cast, zhou)
    sampling.assign_checkers(check, [zhao, li], by=zhou, at=AT)
    row = sampling.mark(of(check, wang), passed=False, comment="缺评课意见", by=zhao, at=AT)
    before = letter_of(row, AT.date())
    sampling.answer(row, text="补了", by=wang, at=AT)
    row = sampling.mark(row, passed=True, comment="都齐了", by=zhao, at=AT + timedelta(days=9))

    assert letter_of(row, date(2027, 3, 1)) == before
    address = reverse("verification:sampled_letter", args=[row.uid])
    for reader in (wang, zhou):
        client.force_login(reader)
        page = client.get(reverse("verification:sampled", args=[row.uid])).content.decode()
        assert address in page
        assert client.get(address).status_code == 200

    plain = sampling.mark(of(check, zhao), passed=True, comment="", by=li, at=AT)
    client.force_login(zhao)
    assert client.get(reverse("verification:sampled_letter", args=[plain.uid])).status_code == 404


def test_the_letter_speaks_for_the_office_that_checks(
    cast: Cast, zhou: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    officer = researcher(cast)
    check = drawn(cast, officer)
    sampling.assign_checkers(check, [officer], by=officer, at=AT)
    row = sampling.mark(of(check, wang), passed=False, comment="缺评课意见", by=officer, at=AT)

    letter = letter_of(row, AT.date())

    above = officer.organisation
    assert above is not None
    assert above != cast.school
    assert (letter.mark, letter.signed_by, letter.copies) == (
        above.name, above.name, cast.school.name,
    )  # fmt: skip
    own = drawn(cast, zhou)
    sampling.assign_checkers(own, [zhao], by=zhou, at=AT)
    row = sampling.mark(of(own, wang), passed=False, comment="缺评课意见", by=zhao, at=AT)
    assert letter_of(row, AT.date()).signed_by == cast.school.name


def test_looks_and_answers_stand_in_their_order_and_no_answer_is_lost(
    cast: Cast, zhou: Teacher, wang: Teacher, zhao: Teacher, client: Client
) -> None:
    check = drawn(cast, zhou)
    sampling.assign_checkers(check, [zhao], by=zhou, at=AT)
    row = sampling.mark(of(check, wang), passed=False, comment="缺评课意见", by=zhao, at=AT)
    first, second, third = (AT + timedelta(days=days) for days in (1, 2, 3))
    row = sampling.answer(row, text="补了一次", by=wang, at=first)
    row = sampling.mark(row, passed=False, comment="没有日期", by=zhao, at=second)
    client.force_login(wang)

    page = client.get(reverse("verification:sampled", args=[row.uid])).content.decode()
    told = [page.rindex(word) for word in ("缺评课意见", "本人：补了一次", "没有日期")]
    sampling.answer(row, text="补了两次", by=wang, at=third)

    assert told == sorted(told)
    kept = TrailLine.objects.filter(verb="verification.sampled-answered").order_by("pk")
    assert [one.detail["text"] for one in kept] == ["补了一次", "补了两次"]


def test_only_the_checker_marks(cast: Cast, zhou: Teacher, wang: Teacher, zhao: Teacher) -> None:
    check = drawn(cast, zhou)
    sampling.assign_checkers(check, [zhao], by=zhou, at=AT)

    for somebody in (zhou, wang):
        with pytest.raises(NotAllowed):
            sampling.mark(of(check, wang), passed=True, comment="", by=somebody, at=AT)


def test_who_was_drawn_before_is_told_and_can_be_spared(cast: Cast, zhou: Teacher) -> None:
    half = NewCheck(**{**ALL.__dict__, "percent": Decimal(50), "strata": ("school",)})
    first = {row.teacher_id for row in drawn(cast, zhou, half).drawn.all()}

    second = drawn(cast, zhou, NewCheck(**{**half.__dict__, "spares": True}))

    assert {row.teacher_id for row in second.drawn.all()}.isdisjoint(first)
    assert {one.before for one in people_of(cast.school, date(2026, 12, 20))} == {1}


def test_a_tail_digit_of_the_number(cast: Cast, zhou: Teacher, wang: Teacher) -> None:
    check = drawn(cast, zhou, NewCheck(**{**ALL.__dict__, "method": "tail_digit", "digit": "4"}))

    assert [row.teacher for row in check.drawn.all()] == [wang]


def test_called_off_it_is_nobodys_work(cast: Cast, zhou: Teacher, zhao: Teacher) -> None:
    check = drawn(cast, zhou)
    sampling.assign_checkers(check, [zhao], by=zhou, at=AT)

    sampling.call_off(check, because="范围选错了", by=zhou, at=AT)

    assert not Task.objects.filter(state="open", teacher=zhao).exists()
    assert {one.before for one in people_of(cast.school, date(2026, 12, 20))} == {0}


def test_a_central_school_draws_from_all_its_schools(cast: Cast, qian: Teacher) -> None:
    central = Organisation.objects.get(parent=None)
    with pytest.raises(NotAllowed):
        sampling.draw_sample(central, ALL, by=qian, at=AT)

    assert {one.school.name for one in people_of(central, date(2026, 12, 20))} == {
        "清河小学", "柳林小学",
    }  # fmt: skip
