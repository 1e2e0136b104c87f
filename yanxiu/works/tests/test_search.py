"""A search finds what its reader may read, and nothing of what was written for oneself."""

from datetime import timedelta

from yanxiu.cast import NOON
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Membership, Teacher
from yanxiu.search import actions as search
from yanxiu.search import queries
from yanxiu.search.models import Changed, Entry
from yanxiu.search.noticing import note_turns_of_groups
from yanxiu.search.queries import Wanted
from yanxiu.texts.spoken import initials
from yanxiu.works import actions
from yanxiu.works.tests.conftest import Write


def titles(reader: Teacher, text: str) -> list[str]:
    search.read_changed(1000)
    found = queries.find(Teacher.objects.get(pk=reader.pk), Wanted(text))
    return ["".join(part.text for part in hit.title) for hit in found.hits]


def test_a_draft_is_found_by_its_author_alone(
    write: Write, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    work = write(wang)
    assert titles(wang, "围树叶") == [work.title]
    assert titles(li, "围树叶") == titles(zhou, "围树叶") == []

    actions.hand_in(work, by=wang, at=NOON)

    assert titles(li, "围树叶") == titles(zhou, "圍樹葉") == [work.title]


def test_a_shared_one_is_found_without_its_private_part(
    write: Write, wang: Teacher, zhao: Teacher
) -> None:
    work = actions.share(write(wang), shared_with="school", by=wang, at=NOON)

    assert titles(zhao, "围树叶") == [work.title]
    assert titles(zhao, "漏了单位") == []
    assert titles(wang, "漏了单位") == [f"{work.title} · 疏漏与失误"]

    actions.save(work, edition=0, texts={"slips": "板书写反了"}, by=wang, at=NOON)
    assert titles(wang, "写反了") == [f"{work.title} · 疏漏与失误"]
    actions.share(work, shared_with="nobody", by=wang, at=NOON)
    assert titles(zhao, "围树叶") == []


def test_who_changes_group_on_a_day_entered_before_is_found_by_the_new_leader_from_that_day(
    write: Write, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    work = actions.hand_in(write(wang), by=wang, at=NOON)
    search.read_changed(1000)
    # Written by the batch, as an import or a job of the night does: nothing is noted.
    day = day_of(NOON)
    Membership.objects.filter(teacher=wang, ends_on=None).update(ends_on=day)
    Entry.objects.filter(source_id=work.uid).update(text="读得到的是旧的")

    note_turns_of_groups(NOON - timedelta(days=1))
    assert not Changed.objects.exists()
    note_turns_of_groups(NOON)

    assert titles(li, "围树叶") == []
    assert titles(zhou, "围树叶") == [work.title]
    assert Entry.objects.get(source_id=work.uid).text != "读得到的是旧的"


def test_an_author_is_found_by_the_first_letters_of_the_name(
    write: Write, wang: Teacher, li: Teacher
) -> None:
    work = actions.hand_in(write(wang), by=wang, at=NOON)

    assert work.title in titles(li, initials(wang.name))
