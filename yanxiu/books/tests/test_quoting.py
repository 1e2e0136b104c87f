"""Words of a book that somebody shared are a quotation wherever they stand, and of the book."""

from django.test import Client
from django.urls import reverse

from yanxiu.books import actions
from yanxiu.books.models import Excerpt
from yanxiu.books.tests.conftest import Read
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.originality.models import Document
from yanxiu.originality.queries import Match, alike
from yanxiu.people.models import Teacher
from yanxiu.works import actions as works
from yanxiu.works.models import WorkKind

WORDS = (
    "河边的旧磨坊停了多年，水轮上长满青苔，看磨的老人却每天清早扫一遍石阶；"
    "他说磨不转了，人来歇脚的地方还要留着，孩子们放学总要在这里数一数鱼。"
)
MINE = f"读到这里我停了很久。{WORDS}我想起班上那个不爱说话的孩子。"


def copied(read: Read, by: Teacher, *, told_to: str = "school", is_shared: bool = True) -> Excerpt:
    record = actions.tell_record(read(by, "磨坊来信"), told_to, by=by, at=MORNING)
    return actions.add_excerpt(
        record, text=WORDS, page="第12页", is_shared=is_shared, by=by, at=MORNING
    )


def sorts(cast: Cast, author: Teacher) -> list[tuple[str, str]]:
    found: list[Match] = alike(MINE, organisation=cast.school, author=author)
    return [(one.sort, one.title) for one in found]


def test_a_text_with_a_shared_excerpt_quotes_the_book(
    cast: Cast, read: Read, wang: Teacher, li: Teacher
) -> None:
    copied(read, wang)

    assert sorts(cast, li) == [("quotation", "《磨坊来信》 第12页")]


def test_two_works_with_the_same_quotation_copied_nothing_from_each_other(
    cast: Cast, read: Read, wang: Teacher, li: Teacher
) -> None:
    kind = WorkKind.objects.get(organisation=None, code="reading_essay")
    given = {"organisation": cast.school, "title": "读磨坊", "texts": {"": MINE}}
    work = works.start(kind, by=li, at=MORNING, **given)  # type: ignore[arg-type]
    works.share(work, shared_with="school", by=li, at=MORNING)
    before = sorts(cast, wang)

    copied(read, wang)

    assert [sort for sort, _title in before] == ["work"]
    assert sorts(cast, wang) == [("quotation", "《磨坊来信》 第12页")]


def test_what_one_keeps_for_oneself_is_compared_with_nothing(
    cast: Cast, read: Read, wang: Teacher, li: Teacher
) -> None:
    alone = copied(read, wang, is_shared=False)
    assert sorts(cast, li) == []

    actions.share_excerpt(alone, is_shared=True, by=wang, at=NOON)
    assert len(sorts(cast, li)) == 1

    actions.tell_record(alone.record, "nobody", by=wang, at=NOON)
    assert sorts(cast, li) == []


def test_a_removed_excerpt_is_quoted_no_more(
    cast: Cast, read: Read, wang: Teacher, li: Teacher
) -> None:
    actions.remove_excerpt(copied(read, wang), by=wang)

    assert sorts(cast, li) == []
    assert not Document.objects.exists()


def test_the_page_names_the_book_and_not_who_copied_it_out(
    client: Client, read: Read, wang: Teacher, zhao: Teacher
) -> None:
    copied(read, wang, told_to="group")
    client.force_login(zhao)

    said = client.post(reverse("originality:check"), {"text": MINE}).content.decode()

    assert "引文，请注明出处" in said
    assert "《磨坊来信》 第12页" in said
    assert "王老师" not in said
