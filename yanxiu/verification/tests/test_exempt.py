"""A reason on the roster excuses with one tap, and a mistake is taken back with a reason."""

from datetime import date

import pytest

from yanxiu.cast import NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.ledger.actions import exempting
from yanxiu.ledger.actions.exempting import NewExemption
from yanxiu.ledger.models import Exemption
from yanxiu.ledger.queries import exemptions
from yanxiu.ledger.refusals import OwnAffair
from yanxiu.notices.models import Notice
from yanxiu.people.actions import staff
from yanxiu.people.models import Leave, Organisation, Teacher

SPRING = NewExemption("maternity", date(2026, 2, 1), date(2026, 8, 1), "准生证明")


def proposed(cast: Cast) -> list[exemptions.Proposal]:
    schools = Organisation.objects.filter(pk=cast.school.pk)
    day = date(2026, 10, 15)
    return exemptions.proposals(schools, day, exemptions.reasons_for(cast.school, day))


def leave(wang: Teacher, guan: Teacher, kind: str, end: date) -> Leave:
    return staff.add_leave(
        wang, kind=kind, starts_on=date(2026, 2, 1), ends_on=end, by=guan, at=NOON
    )


def test_a_leave_is_proposed_until_it_is_granted(
    cast: Cast, zhou: Teacher, wang: Teacher, guan: Teacher
) -> None:
    noted = leave(wang, guan, "maternity", date(2026, 8, 1))

    [one] = proposed(cast)
    assert (one.teacher, one.reason.code, one.starts_on) == (wang, "maternity", date(2026, 2, 1))
    new = NewExemption(one.reason.code, one.starts_on, one.ends_on, leave=noted)
    exempting.grant_exemption(wang, cast.school, new, by=zhou, at=NOON)

    assert proposed(cast) == []
    [excused] = exemptions.exempt_spans([wang.pk])[wang.pk]
    assert (excused.reason, excused.span.end) == ("maternity", date(2026, 8, 1))


def test_a_short_sick_leave_is_not_proposed(cast: Cast, wang: Teacher, guan: Teacher) -> None:
    leave(wang, guan, "sick", date(2026, 4, 1))

    assert proposed(cast) == []


def test_nobody_excuses_himself_and_no_stranger_does(
    cast: Cast, zhou: Teacher, qian: Teacher
) -> None:
    with pytest.raises(OwnAffair):
        exempting.grant_exemption(zhou, cast.school, SPRING, by=zhou, at=NOON)
    with pytest.raises(NotAllowed):
        exempting.grant_exemption(zhou, cast.school, SPRING, by=qian, at=NOON)


def test_the_same_reason_does_not_overlap(cast: Cast, zhou: Teacher, wang: Teacher) -> None:
    exempting.grant_exemption(wang, cast.school, SPRING, by=zhou, at=NOON)

    with pytest.raises(BadInput, match="重叠"):
        exempting.grant_exemption(wang, cast.school, SPRING, by=zhou, at=NOON)


def test_what_is_taken_back_excuses_no_more_and_stays_with_its_reason(
    cast: Cast, zhou: Teacher, wang: Teacher
) -> None:
    row = exempting.grant_exemption(wang, cast.school, SPRING, by=zhou, at=NOON)

    exempting.take_back_exemption(row, because="登记错了人", by=zhou, at=NOON)

    assert exemptions.exempt_spans([wang.pk]) == {}
    assert Exemption.objects.get().withdrawn_because == "登记错了人"
    with pytest.raises(BadInput):
        exempting.end_exemption(row, ends_on=date(2026, 3, 1), by=zhou, at=NOON)


def test_the_person_is_told_of_each_change(cast: Cast, zhou: Teacher, wang: Teacher) -> None:
    row = exempting.grant_exemption(wang, cast.school, SPRING, by=zhou, at=NOON)
    exempting.end_exemption(row, ends_on=date(2026, 7, 1), by=zhou, at=NOON)
    exempting.take_back_exemption(row, because="登记错了人", by=zhou, at=NOON)

    told = Notice.objects.filter(teacher=wang).order_by("pk").values_list("title", "text")
    assert list(told) == [
        ("周主任登记了您的减免", "从2026年2月1日起到2026年7月31日"),
        ("周主任定下了您的减免哪天结束", "到2026年6月30日"),
        ("周主任撤回了您的减免", "登记错了人"),
    ]
