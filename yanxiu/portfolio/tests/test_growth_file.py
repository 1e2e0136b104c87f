"""The growth file fills itself, by term and category, and says kindly what is missing."""

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client
from docx import Document

from yanxiu.cast import EVENING, Cast
from yanxiu.figures import leaves as table
from yanxiu.figures.leaves import Earned, Leaf, LeafKind
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher
from yanxiu.portfolio.documents import growth_file, handbook
from yanxiu.portfolio.documents.growth_file import GrowthFile
from yanxiu.portfolio.documents.on_paper import sum_of
from yanxiu.portfolio.queries.categories import sections_of
from yanxiu.portfolio.queries.files import standing_of
from yanxiu.portfolio.tests.conftest import TakePart
from yanxiu.ui.wording import amount_text

TODAY = day_of(EVENING)


def file_of(cast: Cast, teacher: Teacher, reader: Teacher | None = None) -> GrowthFile:
    return growth_file.file_of(
        teacher,
        span=cast.term.span,
        period=str(cast.term),
        sections=sections_of(cast.school),
        terms=[cast.term],
        reader=reader or teacher,
        organisation=cast.school.name,
        on=TODAY,
    )


def books(cast: Cast, reader: Teacher, *teachers: Teacher) -> list[handbook.Handbook]:
    asked = handbook.Asked(
        cast.school, cast.term.span, str(cast.term), sections_of(cast.school), reader, TODAY
    )
    return list(handbook.handbooks(teachers, asked))


def titles(file: GrowthFile) -> list[str]:
    return [leaf.title for leaf in file.leaves]


@pytest.fixture
def _fake_app() -> Iterator[None]:
    """An app of the future: it tells of essays, one for each record of the kind reading."""

    def tell(rows: Sequence[Any]) -> list[Leaf]:
        return [Leaf(on=row.happened_on, title=f"随笔：{row.title}") for row in rows]

    table.register(
        LeafKind(
            code="essays.essays",
            name="随笔",
            meaning="",
            category="moments",
            supplier="本人",
            rows=lambda span: Record.objects.filter(
                kind="reading_exchange", happened_on__gte=span.start, happened_on__lt=span.end
            ),
            tell=tell,
            seen_by=lambda teacher: Q(teacher=teacher),
            teacher="teacher",
        )
    )
    yield
    table._KINDS.pop("essays.essays")


def test_a_record_stands_in_it_by_itself(cast: Cast, wang: Teacher, take_part: TakePart) -> None:
    take_part(wang, title="怎样听课")

    ((term, parts),) = file_of(cast, wang).terms

    assert term == str(cast.term)
    named = {section.name: [leaf.title for leaf in leaves] for section, leaves in parts}
    assert named == {"研修记录与学时": ["怎样听课"]}


def test_a_withdrawn_record_does_not(cast: Cast, wang: Teacher, take_part: TakePart) -> None:
    record = take_part(wang)
    Record.objects.filter(pk=record.pk).update(withdrawn_at=EVENING)

    assert titles(file_of(cast, wang)) == []


@pytest.mark.usefixtures("_fake_app")
def test_a_new_app_appears_in_file_and_handbook_without_an_edit(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang, title="读《论语》", kind="reading_exchange")

    (book,) = books(cast, wang, wang)

    assert "随笔：读《论语》" in titles(file_of(cast, wang))
    assert "教学点滴" in [section.name for section, _leaves in book.sections]


@pytest.mark.usefixtures("_fake_app")
def test_what_a_leaf_keeps_private_stays_with_the_person(
    cast: Cast, wang: Teacher, zhou: Teacher, take_part: TakePart
) -> None:
    take_part(wang, title="读《论语》", kind="reading_exchange")

    assert "随笔：读《论语》" not in titles(file_of(cast, wang, reader=zhou))
    assert titles(file_of(cast, wang, reader=zhou)) == ["读《论语》"]


def test_what_is_missing_says_who_supplies_it(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)
    standing = standing_of(wang, sections_of(cast.school), cast.term.span, wang)

    missing = {one.section.name: one.suppliers for one in standing.missing}

    assert "研修记录与学时" not in missing
    assert missing["个人计划"][0] == "本人，在计划页写个人计划"


def test_the_handbook_counts_hours_as_the_ledger_does(
    cast: Cast, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)

    (book,) = books(cast, wang, wang)

    assert book.hours
    assert any(row[2] != "0" for row in book.hours)
    assert [section.code for section, _leaves in book.sections] == ["plans", "activities", "hours"]


def test_twenty_and_one_handbooks_need_as_many_statements_as_two_batches(
    cast: Cast, zhou: Teacher, django_assert_max_num_queries: Any
) -> None:
    people = [cast.people[name] for name in ("shen", "zhou", "li", "wang", "zhao")]
    with django_assert_max_num_queries(31):
        few = books(cast, zhou, *people[:1])
    with django_assert_max_num_queries(31):
        more = books(cast, zhou, *people)

    assert (len(few), len(more)) == (1, 5)


def test_the_chapter_of_hours_ends_with_its_sum_on_page_and_on_paper(
    cast: Cast, wang: Teacher, take_part: TakePart, client: Client
) -> None:
    take_part(wang)
    file = file_of(cast, wang)
    hours = [leaf for leaf in file.leaves if leaf.kind == "ledger.records"]
    total = sum(one.amount for leaf in hours for one in leaf.earned if not one.waits)
    unit = hours[0].earned[0].unit

    said = sum_of(hours)

    assert said.startswith(f"计得合计：{amount_text(total)} {unit}。")
    paper = Document(io.BytesIO(growth_file.document(file)))
    assert said in [one.text for one in paper.paragraphs]
    client.force_login(wang)
    page = client.get("/me/file/", {"category": "hours"}).content.decode()
    assert said in page


def test_a_sum_keeps_schemes_apart_and_says_what_waits_and_what_is_not_in_it() -> None:
    def leaf(*earned: Earned) -> Leaf:
        return Leaf(on=TODAY, title="研修", earned=earned)

    said = sum_of([
        leaf(Earned("甲办法", "学时", Decimal(2)), Earned("乙办法", "学时", Decimal(3))),
        leaf(Earned("甲办法", "学时", Decimal(4), waits=True)),
        leaf(),
    ])  # fmt: skip

    assert "《甲办法》2 学时，另有 4 学时待认定；《乙办法》3 学时。" in said
    assert "没有写“计得”的 1 条不在内" in said
    assert sum_of([leaf()]) == ""
