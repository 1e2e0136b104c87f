"""What is stored is compared with what a scheme gives, reading only what the scheme asks for."""

from datetime import date
from decimal import Decimal

from pytest_django import DjangoAssertNumQueries

from yanxiu.cast import NOON, Cast
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.facts import facts_of
from yanxiu.ledger.models import Award, Record
from yanxiu.ledger.reckoning_rows import differences
from yanxiu.ledger.rules.loading import SHIPPED, loads, newest
from yanxiu.ledger.rules.persons import Person
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.tests.conftest import TakePart
from yanxiu.people.models import Teacher

HANDBOOK = "cn-central-school-handbook"
ALL = Record.objects.all()


def changed(text: str, into: str) -> Scheme:
    """Return the handbook scheme with another wording."""
    told = (SHIPPED / HANDBOOK / "2025.yaml").read_text(encoding="utf-8")
    assert text in told
    return loads(told.replace(text, into))


def test_what_was_reckoned_by_the_same_scheme_differs_nowhere(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    for kind, role in (("open_lesson", "presenter"), ("lesson_observation", "observer")):
        take_part(wang, kind=kind, role=role)
    take_part(wang, attendance="absent")
    take_part(wang, kind="sports_day")

    assert list(differences(newest(HANDBOOK), ALL)) == []


def test_only_what_another_scheme_pays_otherwise_is_told(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)
    lesson = take_part(wang, kind="open_lesson", role="presenter")
    dearer = changed("        school: 2\n", "        school: 3\n")

    [found] = differences(dearer, ALL)

    assert (found.record_id, found.teacher_id, found.change) == (lesson.pk, wang.pk, Decimal(1))
    award = found.award()
    assert award
    assert award.steps[-1].text == "校级：计 3 学分"
    assert found.after
    assert found.after.amount == award.amount


def test_what_is_void_now_and_what_was_void_are_told(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang, attendance="late")
    take_part(wang, attendance="absent")
    strict = changed("nothing_for: [absent, leave]", "nothing_for: [late, leave]")

    found = {each.facts.attendance: each for each in differences(strict, ALL)}

    assert found["late"].before
    assert found["late"].after
    assert (found["late"].before.valid, found["late"].after.valid) == (True, False)
    assert found["absent"].change == 1


def test_the_last_round_is_the_one_that_counts(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    record = take_part(wang)
    for number, amount in ((2, 5), (3, 1)):
        first = Award.objects.get(record=record, round=1)
        first.pk, first.round, first.amount = None, number, Decimal(amount)
        first.save(force_insert=True)
    scheme = newest(HANDBOOK)

    assert list(differences(scheme, ALL)) == []

    Award.objects.filter(round=3).update(amount=4)
    [found] = differences(scheme, ALL)
    assert found.before
    assert [found.before.amount, found.change] == [4, -3]


def test_what_a_step_recognised_is_read_instead_of_what_was_told(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    record = take_part(wang, kind="paper", items=Decimal(2), minutes=None)
    Record.objects.filter(pk=record.pk).update(recognised=Decimal(1))

    [found] = differences(newest(HANDBOOK), ALL)

    assert found.change == -1


def test_teachers_are_asked_for_only_where_tiers_matter(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)
    never: dict[tuple[int, date], Person] = {}
    asked = differences(newest(HANDBOOK), ALL, person_of=lambda *who: never[who])
    assert list(asked) == []

    tiers = "eligibility: {not_who: [new_teacher], source: 待确认}\naward_rules:\n"
    closed = changed("award_rules:\n", tiers)
    new = Person(tiers=frozenset({"new_teacher"}))
    [found] = differences(closed, ALL, person_of=lambda _pk, _day: new)
    assert [found.teacher_id, found.change] == [wang.pk, -1]


def test_all_records_are_read_by_one_statement(
    cast: Cast,
    wang: Teacher,
    take_part: TakePart,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for day in range(1, 6):
        take_part(wang, on=date(2026, 10, day))
    with django_assert_num_queries(1):
        assert list(differences(newest(HANDBOOK), ALL)) == []


def test_facts_hold_what_a_record_tells(cast: Cast, wang: Teacher, take_part: TakePart) -> None:
    record = take_part(wang)
    Record.objects.filter(pk=record.pk).update(
        stated="16", days="2.5", absent_minutes=30, grade="pass", evidence=["comment"],
    )  # fmt: skip
    record = Record.objects.select_related("teacher").get()

    facts = facts_of(record)

    assert [facts.stated, facts.days, facts.absent_minutes] == [16, Decimal("2.5"), 30]
    assert [facts.grade, facts.evidence] == ["pass", {"comment"}]
    assert facts.claimed_on == day_of(NOON)

    record.recognised = Decimal(8)
    read = facts_of(record)
    assert [read.stated, read.minutes, read.days] == [8, None, Decimal("1.25")]
