"""Credit rules become a draft scheme that loads, with every contradiction as a warning."""

from decimal import Decimal

import pytest

from yanxiu.documents.reading import read
from yanxiu.ledger.rules.loading import loads
from yanxiu.planning.reading import ReadDocument, read_documents
from yanxiu.planning.reading.drafting import draft_scheme
from yanxiu.planning.reading.tests.documents.kept import FICTIONAL


def the_document(text: str) -> ReadDocument:
    (document,) = read_documents(read(text.encode(), name="办法.txt"))
    return document


@pytest.fixture(scope="module")
def long_plan() -> ReadDocument:
    data, name = FICTIONAL["long_plan_traditional"]
    (document,) = read_documents(read(data, name=name))
    return document


def test_the_draft_is_a_scheme_with_the_stated_numbers(long_plan: ReadDocument) -> None:
    drafted = draft_scheme(long_plan)
    assert drafted is not None

    scheme = loads(drafted[0])

    floors = {each.id: each.minimum.values[0][1].cells[0][1] for each in scheme.requirements}
    stated = {"hours_yearly": 48, "yearly": 2, "total": 12}
    assert {name: int(floors[name]) for name in stated} == stated
    assert scheme.conversions[0].hours_per_credit.values[0][1] == 24
    assert scheme.minutes_per_hour.values[0][1] == 50


def test_every_contradiction_is_a_warning_at_its_line(long_plan: ReadDocument) -> None:
    drafted = draft_scheme(long_plan)
    assert drafted is not None

    codes = [warning.code for warning in drafted[1]]
    assert {"credits-total", "credits-below-least", "credits-above-hours"} <= set(codes)
    assert "awards-unsaid" in codes


def test_what_is_not_said_is_marked_and_warned_of() -> None:
    drafted = draft_scheme(the_document("山前小学研修办法方案\n每学年不少于36学时。\n"))
    assert drafted is not None
    text, warnings = drafted

    assert "min: 36" in text
    assert "conversions: []" in text
    assert text.count("待确认") >= 3
    assert {"minutes-unsaid", "conversion-unsaid", "start-unsaid"} <= {w.code for w in warnings}


def test_a_plan_without_credits_gives_no_draft() -> None:
    assert draft_scheme(the_document("山前小学教研计划\n每周教研一次。\n")) is None


def test_hours_too_few_for_the_credits_are_told() -> None:
    text = "教研方案\n每学年不少于20学时，每20学时折合1学分，每学年不少于2学分。\n"

    drafted = draft_scheme(the_document(text))

    assert drafted is not None
    assert "credits-unreachable" in [warning.code for warning in drafted[1]]
    floors = [each.minimum.values[0][1].cells[0][1] for each in loads(drafted[0]).requirements]
    assert floors == [Decimal(20), Decimal(2)]


def test_what_is_given_for_single_things_is_listed_for_the_person_who_writes_the_rules() -> None:
    said = (
        "山前小学研修办法方案\n每学年不少于6学分。\n承担校级公开课每节0.5学分，最高不超过2学分。\n"
    )
    drafted = draft_scheme(the_document(said))
    assert drafted is not None
    text, warnings = drafted

    listed = text.partition("# 原文写明的计分")[2]
    assert "0.5 学分（原文第 3 行）" in listed
    assert "至多 2 学分" in listed
    assert "：6 " not in listed
    assert any("2 个计分数" in w.sentence for w in warnings if w.code == "awards-unsaid")
    loads(text)
