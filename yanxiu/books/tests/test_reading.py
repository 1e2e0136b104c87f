"""A reading record is one's own, loses no word, and says of others only what they let it say."""

import json
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from yanxiu.books import actions
from yanxiu.books.models import Book, Excerpt, ReadingRecord
from yanxiu.books.permissions import may_see_excerpt, may_see_record
from yanxiu.books.refusals import BookInHand, NoBookTitle, RecordWrittenMeanwhile
from yanxiu.books.tests.conftest import Read
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.ledger.models import Record
from yanxiu.people.access import NotAllowed, allowed
from yanxiu.people.models import Teacher
from yanxiu.search import actions as search
from yanxiu.search import queries
from yanxiu.search.queries import Wanted
from yanxiu.works import actions as works
from yanxiu.works.models import Work

TITLE = "《解读<中小学教师职业道德规范>》"


def seen_by(teacher: Teacher) -> list[str]:
    rows = allowed(may_see_record, teacher, ReadingRecord.objects.select_related("book"))
    return [row.book.title for row in rows]


def found_by(reader: Teacher, text: str) -> list[str]:
    search.read_changed(1000)
    found = queries.find(Teacher.objects.get(pk=reader.pk), Wanted(text))
    return ["".join(part.text for part in hit.title) for hit in found.hits]


# ---- titles and beginning ----
def test_a_title_with_angle_brackets_is_kept_and_shown_unharmed(
    client: Client, wang: Teacher
) -> None:
    client.force_login(wang)

    answer = client.post(reverse("books:start"), {"title": TITLE}, follow=True)

    assert Book.objects.get().title == TITLE
    assert "《解读&lt;中小学教师职业道德规范&gt;》" in answer.content.decode()


def test_the_same_title_typed_otherwise_is_the_same_book(
    read: Read, wang: Teacher, li: Teacher
) -> None:
    first = read(wang, "用心做教研")

    second = read(li, "《用心做教研》")

    assert first.book == second.book
    assert read(wang, "用心 做教研") == first


def test_an_empty_title_is_refused_and_a_form_says_so(
    client: Client, read: Read, wang: Teacher
) -> None:
    with pytest.raises(NoBookTitle):
        read(wang, "《》")
    client.force_login(wang)

    answer = client.post(reverse("books:start"), {"title": " "})

    assert answer.status_code == 422


def test_a_book_on_a_superiors_list_is_begun_with_one_tap(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    central = cast.school.parent
    assert central
    book = Book.objects.create(organisation=central, title="有效备课", key="有效备课")
    from yanxiu.books.models import BookList, BookListItem  # noqa: PLC0415 - laid by hand

    given = BookList.objects.create(
        organisation=central, name="荐读", starts_on=cast.term.starts_on,
        ends_on=cast.term.ends_on, made_at=MORNING, made_by_name="中心校",
    )  # fmt: skip
    BookListItem.objects.create(book_list=given, book=book, order=1)
    client.force_login(wang)
    assert "有效备课" in client.get(reverse("books:home")).content.decode()

    client.post(reverse("books:start"), {"book": book.uid})

    assert ReadingRecord.objects.get().book == book


# ---- who sees it ----
def test_while_it_is_read_nobody_else_knows_of_it(
    read: Read, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    record = read(wang)
    assert seen_by(wang) == ["用心做教研"]
    assert seen_by(li) == seen_by(zhou) == []

    actions.change_state(record, "read", by=wang, at=NOON)

    assert seen_by(li) == seen_by(zhou) == ["用心做教研"]


def test_what_is_told_to_nobody_stays_so_when_it_is_read(
    read: Read, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    record = read(wang, done=True)

    actions.tell_record(record, "nobody", by=wang, at=NOON)

    assert seen_by(wang) == ["用心做教研"]
    assert seen_by(li) == seen_by(zhou) == []


def test_a_record_opened_to_the_school_is_read_without_its_notes(
    client: Client, read: Read, zhou: Teacher, zhao: Teacher, qian: Teacher
) -> None:
    record = read(zhou)
    facts = {"notes": "只给自己看的札记"}
    record = actions.save_record(record, edition=record.edition, facts=facts, by=zhou, at=NOON)
    actions.add_excerpt(record, text="教研要从真问题开始", is_shared=True, by=zhou, at=NOON)
    actions.add_excerpt(record, text="没有给人看的一句", by=zhou, at=NOON)
    actions.tell_record(record, "school", by=zhou, at=NOON)
    client.force_login(zhao)

    listed = client.get(reverse("books:open") + "?who=cadres").content.decode()
    page = client.get(reverse("books:record", args=[record.uid])).content.decode()

    assert "用心做教研" in listed
    assert "教研要从真问题开始" in page
    assert "只给自己看的札记" not in page
    assert "没有给人看的一句" not in page
    assert seen_by(qian) == []


def test_an_excerpt_is_found_by_its_owner_and_by_others_only_if_shared(
    read: Read, wang: Teacher, li: Teacher
) -> None:
    record = read(wang, done=True)
    excerpt = actions.add_excerpt(record, text="错误是学习的资源", page="第12页", by=wang, at=NOON)

    assert found_by(wang, "學習的資源") == ["《用心做教研》 第12页"]
    assert found_by(li, "学习的资源") == []
    assert not allowed(may_see_excerpt, li, Excerpt.objects.all()).exists()

    actions.share_excerpt(excerpt, is_shared=True, by=wang, at=NOON)
    assert found_by(li, "学习的资源") == ["《用心做教研》 第12页"]
    actions.tell_record(record, "nobody", by=wang, at=NOON)
    assert found_by(li, "学习的资源") == []


def test_a_shared_excerpt_is_found_by_the_leader_once_the_book_is_read(
    read: Read, wang: Teacher, li: Teacher
) -> None:
    record = read(wang)
    actions.add_excerpt(record, text="先等三秒", is_shared=True, by=wang, at=NOON)
    assert found_by(li, "先等三秒") == []

    actions.change_state(record, "read", by=wang, at=NOON)

    assert found_by(li, "先等三秒") == ["《用心做教研》"]


def test_notes_are_found_by_no_search(read: Read, wang: Teacher, li: Teacher) -> None:
    record = read(wang, done=True)

    actions.save_record(record, edition=record.edition, facts={"notes": "心里话"}, by=wang, at=NOON)

    assert found_by(li, "心里话") == found_by(wang, "心里话") == []


def test_nobody_writes_in_the_record_of_another(read: Read, wang: Teacher, li: Teacher) -> None:
    record = read(wang, done=True)

    with pytest.raises(NotAllowed):
        actions.save_record(record, edition=0, facts={"pages": "1"}, by=li, at=NOON)
    with pytest.raises(NotAllowed):
        actions.add_excerpt(record, text="别人的", by=li, at=NOON)


# ---- writing ----
def test_what_a_device_kept_is_saved_and_an_older_one_overwrites_nothing(
    client: Client, read: Read, wang: Teacher
) -> None:
    record = read(wang)
    client.force_login(wang)
    address = reverse("books:save", args=[record.uid])

    def send(edition: int, notes: str) -> object:
        told = json.dumps({"edition": edition, "texts": {"notes": notes}})
        return client.post(address, told, content_type="application/json")

    first = send(0, "手机上写的")
    again = send(0, "手机上写的")
    older = send(0, "电脑上写的")

    assert first.json() == again.json() == {"edition": 1}  # type: ignore[attr-defined]
    assert older.status_code == 409  # type: ignore[attr-defined]
    assert older.json()["texts"] == {"notes": "手机上写的"}  # type: ignore[attr-defined]
    record.refresh_from_db()
    assert record.notes == "手机上写的"


def test_an_older_form_shows_both(client: Client, read: Read, wang: Teacher) -> None:
    record = read(wang)
    actions.save_record(record, edition=0, facts={"notes": "另一处写的"}, by=wang, at=NOON)
    client.force_login(wang)
    given = {"edition": 0, "title": "用心做教研", "mode": "whole", "notes": "这一处写的"}

    answer = client.post(reverse("books:edit", args=[record.uid]), given)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "另一处写的" in text
    assert "这一处写的" in text
    with pytest.raises(RecordWrittenMeanwhile):
        actions.save_record(record, edition=0, facts={"notes": "x"}, by=wang, at=NOON)


def test_a_title_put_right_is_never_that_of_another_record(read: Read, wang: Teacher) -> None:
    record = read(wang, "高效课唐22条")
    other = read(wang, "有效备课")

    record = actions.save_record(
        record, edition=0, facts={}, title="《高效课堂22条》", by=wang, at=NOON
    )

    assert record.book.title == "《高效课堂22条》"
    with pytest.raises(BookInHand):
        actions.save_record(record, edition=1, facts={}, title=other.book.title, by=wang, at=NOON)


def test_a_title_saved_while_it_is_typed_leaves_no_half_books(read: Read, wang: Teacher) -> None:
    record = read(wang, "高")

    for edition, title in enumerate(("高效", "高效课堂", "高效课堂22条")):
        record = actions.save_record(
            record, edition=edition, facts={}, title=title, by=wang, at=NOON
        )

    assert [book.title for book in Book.objects.all()] == ["高效课堂22条"]


def test_a_known_book_is_not_called_otherwise_by_one_reader(
    read: Read, wang: Teacher, li: Teacher
) -> None:
    read(li, "用心做教研")
    record = read(wang, "用心做教妍")

    for _time in range(2):
        record = actions.save_record(
            record, edition=0, facts={}, title="《用心 做教研》", by=wang, at=NOON
        )

    assert [book.title for book in Book.objects.all()] == ["用心做教研"]
    assert record.edition == 1


def test_words_are_found_in_what_one_copied_out(client: Client, read: Read, wang: Teacher) -> None:
    record = read(wang)
    actions.add_excerpt(record, text="错误是学习的资源", page="12", by=wang, at=NOON)
    client.force_login(wang)

    found = client.get(reverse("books:mine") + "?q=资源").content.decode()
    missed = client.get(reverse("books:mine") + "?q=没有").content.decode()

    assert "错误是学习的资源" in found
    assert "用心做教研" not in missed


def test_an_excerpt_sent_twice_stands_once(read: Read, wang: Teacher) -> None:
    record = read(wang)
    uid = record.uid

    for _time in range(2):
        actions.add_excerpt(record, text="一句", by=wang, at=NOON, uid=uid)

    assert record.excerpts.count() == 1


def test_a_record_put_away_comes_back(read: Read, wang: Teacher) -> None:
    record = actions.drop_record(read(wang), by=wang, at=NOON)
    assert read(wang) != record

    with pytest.raises(BookInHand):
        actions.take_out_record(record, by=wang, at=NOON)


def test_a_sheet_carries_records_and_excerpts(client: Client, read: Read, wang: Teacher) -> None:
    record = read(wang, TITLE, done=True)
    actions.add_excerpt(record, text="抄下的一句", page="3", by=wang, at=NOON)
    client.force_login(wang)

    answer = client.get(reverse("books:mine_sheet"))

    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    cells = [str(cell) for sheet in sheets for row in sheet.to_python() for cell in row]
    assert TITLE in cells
    assert "抄下的一句" in cells


# ---- the note ----
def test_one_tap_makes_a_note_with_the_book_filled_in(
    client: Client, read: Read, wang: Teacher
) -> None:
    record = read(wang, TITLE, done=True)
    client.force_login(wang)

    for _time in range(2):
        answer = client.post(reverse("books:note", args=[record.uid]), {"kind": "reading_essay"})

    work = Work.objects.get()
    assert (work.title, work.about) == (f"{TITLE}读书心得", TITLE)
    assert answer["Location"] == reverse("works:edit", args=[work.uid])
    page = client.get(reverse("books:record", args=[record.uid])).content.decode()
    assert reverse("works:work", args=[work.uid]) in page
    back = client.get(reverse("works:work", args=[work.uid])).content.decode()
    assert reverse("books:record", args=[record.uid]) in back


def test_a_note_begins_with_what_was_copied_out(read: Read, wang: Teacher) -> None:
    record = read(wang)
    actions.add_excerpt(record, text="错误是资源", page="12", thought="明天试试", by=wang, at=NOON)

    note = actions.write_note(record, "reading_notes", by=wang, at=NOON)

    assert note.texts.get().text == "错误是资源（12）\n明天试试"


@pytest.mark.parametrize(
    ("code", "kind"), [("reading_notes", "reading_notes"), ("reading_essay", "learning_essay")]
)
def test_a_note_that_was_read_is_in_the_ledger_once(
    read: Read, wang: Teacher, li: Teacher, code: str, kind: str
) -> None:
    record = read(wang, done=True)
    note = actions.write_note(record, code, by=wang, at=NOON)
    works.save(note, edition=0, texts={"": "读后想试试。"}, by=wang, at=NOON)
    works.hand_in(note, by=wang, at=NOON)

    works.read_work(note, by=li, at=NOON)

    assert Record.objects.filter(kind=kind, teacher=wang, role="author").count() == 1
    assert Record.objects.count() == 1
