"""What was handed in is read with a word, recorded once, and told to its authors."""

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, NOON
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.ledger.models import Record
from yanxiu.notices.models import Notice
from yanxiu.people.models import Teacher
from yanxiu.works import actions
from yanxiu.works.documents.collection.data import pieces_of
from yanxiu.works.models import Work
from yanxiu.works.tests.conftest import Write


def test_reading_it_writes_the_record_once(
    write: Write, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    work = actions.hand_in(write(wang), by=wang, at=NOON)
    assert not Record.objects.exists()

    actions.read_work(work, comment="围树叶那一段写得好", by=li, at=NOON)
    actions.read_work(work, grade="excellent", by=zhou, at=NOON)

    record = Record.objects.get()
    assert (record.teacher, record.kind, record.role, record.items) == (
        wang, "reflection", "author", 1,
    )  # fmt: skip
    assert Work.objects.get().state == Work.State.RATED
    assert Notice.objects.filter(teacher=wang).count() == 2


def test_all_authors_of_the_house_are_recorded_in_their_order(
    write: Write, wang: Teacher, zhao: Teacher, li: Teacher
) -> None:
    work = actions.name_authors(write(wang, "design"), [zhao, wang], by=wang, at=NOON)
    actions.hand_in(work, by=wang, at=NOON)

    actions.read_work(work, by=li, at=NOON)

    assert dict(Record.objects.values_list("teacher__name", "author_order")) == {
        "赵老师": 1, "王老师": 2,
    }  # fmt: skip


def test_a_paper_counts_when_it_won_or_was_printed_not_when_it_was_read(
    write: Write, wang: Teacher, li: Teacher
) -> None:
    work = actions.hand_in(write(wang, "paper"), by=wang, at=NOON)

    actions.read_work(work, grade="good", by=li, at=NOON)

    assert not Record.objects.exists()


def test_nobody_reads_the_own_nor_that_of_another_group(
    write: Write, li: Teacher, wang: Teacher, zhao: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        actions.read_work(actions.hand_in(write(li), by=li, at=NOON), by=li, at=NOON)
    with pytest.raises(NotAllowed):
        actions.read_work(actions.hand_in(write(wang), by=wang, at=NOON), by=zhao, at=NOON)
    with pytest.raises(NotAllowed):
        actions.read_work(write(wang), by=li, at=NOON)


def test_it_goes_back_with_a_word_and_comes_again(write: Write, wang: Teacher, li: Teacher) -> None:
    work = actions.hand_in(write(wang), by=wang, at=NOON)
    with pytest.raises(BadInput):
        actions.return_work(work, comment=" ", by=li, at=NOON)

    back = actions.return_work(work, comment="写写学生当时怎样说的", by=li, at=NOON)
    actions.save(back, edition=0, texts={"confusion": "边数得对，却多加了一条"}, by=wang, at=NOON)

    assert actions.hand_in(back, by=wang, at=NOON).state == Work.State.HANDED_IN
    assert Notice.objects.get(teacher=wang).text == "写写学生当时怎样说的"


def test_after_a_return_the_reader_sees_what_was_handed_in_until_it_comes_again(
    client: Client, write: Write, wang: Teacher, li: Teacher
) -> None:
    work = actions.hand_in(write(wang, "case"), by=wang, at=MORNING)
    work = actions.return_work(work, comment="再补一个课例", by=li, at=NOON)
    new = {"": "只写给自己看的半句话"}
    work = actions.save(work, edition=work.edition, title="新题目", texts=new, by=wang, at=NOON)
    path = reverse("works:work", args=[work.uid])

    client.force_login(li)
    shown = client.get(path).content.decode()
    piece = pieces_of([work], li)[0]
    assert "比背公式牢" in shown
    assert "半句话" not in shown + repr(piece)
    assert "新题目" not in shown + repr(piece)
    assert "半句话" in repr(pieces_of([work], wang))
    client.force_login(wang)
    assert "半句话" in client.get(path).content.decode()

    actions.hand_in(work, by=wang, at=NOON)
    client.force_login(li)
    assert "半句话" in client.get(path).content.decode()


def test_the_first_page_tells_the_readers_alone_how_many_works_wait(
    client: Client, write: Write, wang: Teacher, zhao: Teacher, li: Teacher, zhou: Teacher
) -> None:
    def told(reader: Teacher) -> str:
        client.force_login(reader)
        return client.get("/").content.decode()

    actions.hand_in(write(wang), by=wang, at=NOON)
    second = actions.hand_in(write(wang, "paper"), by=wang, at=NOON)
    actions.hand_in(write(li), by=li, at=NOON)
    write(wang, "essay")

    # 周主任 reads all of the school; nobody waits for his own word on what he wrote.
    assert "3 篇作品等您审阅" in told(zhou)
    assert "2 篇作品等您审阅" in told(li)
    assert f'href="{reverse("works:school")}?state=handed_in"' in told(li)
    for other in (wang, zhao):
        assert "等您审阅" not in told(other)

    actions.read_work(second, comment="好", by=zhou, at=NOON)
    assert "1 篇作品等您审阅" in told(li)
    actions.read_work(Work.objects.get(teacher=wang, state="handed_in"), by=zhou, at=NOON)
    assert "等您审阅" not in told(li)
