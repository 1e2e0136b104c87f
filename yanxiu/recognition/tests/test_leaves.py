"""What was declared stands in the growth file under its chapter, as the ledger counts it."""

from datetime import date
from decimal import Decimal

from yanxiu.cast import NOON, Cast
from yanxiu.figures.leaves import Leaf, counts_of, leaf_kinds, leaves_of
from yanxiu.kernel.spans import Span
from yanxiu.people.models import Teacher
from yanxiu.recognition import actions
from yanxiu.recognition.tests.conftest import COURSE

OCTOBER = Span(date(2026, 10, 1), date(2026, 11, 1))


def told(code: str, teacher: Teacher) -> list[Leaf]:
    return leaves_of(leaf_kinds()[code], OCTOBER, [teacher.pk], teacher).get(teacher.pk, [])


def test_a_declared_course_stands_among_outside_training_as_the_ledger_counts_it(
    cast: Cast, wang: Teacher, zhou: Teacher, sun: Teacher
) -> None:
    made = actions.declare(cast.school, "course", COURSE, by=wang, at=NOON)
    (waits,) = told("recognition.declared", wang)
    assert (waits.category, waits.title, waits.amount) == (
        "training", "暑期数学研修班", "16 学时（待认定）",
    )  # fmt: skip
    assert dict(waits.facts)["状态"] == "待认定"

    assert made.record is not None
    actions.recognise(actions.recognise([made.record], by=zhou, at=NOON), by=sun, at=NOON)

    (leaf,) = told("recognition.declared", wang)
    (hours,) = told("ledger.records", wang)
    assert leaf.amount == hours.amount == "16 学时"
    assert leaf.earned == hours.earned
    assert [one.amount for one in leaf.earned] == [Decimal(16)]
    assert dict(leaf.facts)["状态"] == "已认定"
    kind = leaf_kinds()["recognition.declared"]
    assert counts_of([kind], OCTOBER, [wang.pk], wang) == {
        (wang.pk, "recognition.declared", "training"): 1
    }


def test_what_was_withdrawn_stands_in_no_chapter(cast: Cast, wang: Teacher, sun: Teacher) -> None:
    made = actions.declare(cast.school, "course", COURSE, by=wang, at=NOON)
    actions.withdraw_declaration(made, by=wang, at=NOON)

    assert told("recognition.declared", wang) == []
