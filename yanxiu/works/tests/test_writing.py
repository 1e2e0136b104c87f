"""A draft is its author's alone, and nobody's words are overwritten."""

from datetime import date

import pytest

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.uids import new_uid
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.works import actions
from yanxiu.works.models import SectionSetting, Work, WorkKind, WorkText
from yanxiu.works.permissions import may_see_private_text, may_see_whole_work, may_see_work
from yanxiu.works.refusals import (
    NothingWritten,
    NoTitle,
    WorkWrittenMeanwhile,
    WrongWorkState,
)
from yanxiu.works.tests.conftest import Write, kind


def readers(cast: Cast, work: Work) -> set[str]:
    rows = Work.objects.filter(pk=work.pk)
    return {
        name
        for name, teacher in cast.people.items()
        if allowed(may_see_work, Teacher.objects.get(pk=teacher.pk), rows).exists()
    }


def test_a_draft_is_seen_by_its_author_alone(cast: Cast, write: Write, wang: Teacher) -> None:
    work = write(wang)
    assert readers(cast, work) == {"wang"}

    actions.hand_in(work, by=wang, at=NOON)

    assert readers(cast, work) == {"wang", "li", "zhou", "shen"}


def test_sharing_opens_it_to_the_group_or_to_the_school(
    cast: Cast, write: Write, wang: Teacher
) -> None:
    work = actions.share(write(wang), shared_with="group", by=wang, at=NOON)
    assert readers(cast, work) == {"wang", "li"}

    actions.share(work, shared_with="school", by=wang, at=NOON)

    assert readers(cast, work) == {"wang", "li", "zhou", "shen", "zhao", "guan"}


def test_what_was_written_for_oneself_stays_between_author_and_reader(
    write: Write, wang: Teacher, li: Teacher, zhao: Teacher
) -> None:
    work = actions.share(write(wang), shared_with="school", by=wang, at=NOON)
    slips = WorkText.objects.filter(work=work, code="slips")
    assert not allowed(may_see_private_text, li, slips).exists()

    actions.hand_in(work, by=wang, at=NOON)

    assert allowed(may_see_private_text, li, slips).exists()
    assert not allowed(may_see_private_text, zhao, slips).exists()
    assert not allowed(may_see_whole_work, zhao, Work.objects.all()).exists()


def test_an_older_edition_overwrites_nothing(write: Write, wang: Teacher) -> None:
    work = write(wang)
    actions.save(work, edition=0, texts={"success": "在电脑上写的"}, by=wang, at=NOON)

    with pytest.raises(WorkWrittenMeanwhile) as told:
        actions.save(work, edition=0, texts={"success": "在手机上写的"}, by=wang, at=NOON)

    assert told.value.work.texts.get(code="success").text == "在电脑上写的"
    # The same once more is no conflict: a device sends until it is heard.
    again = actions.save(work, edition=0, texts={"success": "在电脑上写的"}, by=wang, at=NOON)
    assert again.edition == 1


def test_nobody_else_writes_in_it_but_a_named_author(
    write: Write, wang: Teacher, li: Teacher
) -> None:
    work = write(wang, "paper")
    with pytest.raises(NotAllowed):
        actions.save(work, edition=0, title="别人改的", by=li, at=NOON)

    actions.name_authors(work, [li, wang, "外校的朋友"], by=wang, at=NOON)

    assert actions.save(work, edition=0, title="两人合写", by=li, at=NOON).title == "两人合写"
    assert [row.name for row in work.authors.all()] == ["李组长", "王老师", "外校的朋友"]


def test_a_device_begins_a_work_once(cast: Cast, write: Write, wang: Teacher) -> None:
    uid = new_uid()

    assert write(wang, uid=uid).pk == write(wang, uid=uid).pk
    with pytest.raises(NotAllowed):
        write(cast.people["zhao"], uid=uid)


def test_it_needs_a_title_and_a_word_but_no_length(write: Write, wang: Teacher) -> None:
    with pytest.raises(NoTitle):
        actions.hand_in(write(wang, title=" "), by=wang, at=NOON)
    with pytest.raises(NothingWritten):
        actions.hand_in(write(wang, texts={"success": "  "}), by=wang, at=NOON)
    assert actions.hand_in(write(wang, texts={"insight": "好"}), by=wang, at=NOON).characters == 1


def test_a_heading_is_compulsory_only_where_the_school_says_so(
    cast: Cast, write: Write, wang: Teacher
) -> None:
    SectionSetting.objects.create(
        organisation=cast.school, kind=kind("reflection"), code="redesign", is_required=True
    )

    with pytest.raises(NothingWritten, match="教学再设计"):
        actions.hand_in(write(wang), by=wang, at=NOON)


def test_it_can_be_taken_back_until_somebody_has_read_it(
    write: Write, wang: Teacher, li: Teacher
) -> None:
    work = actions.hand_in(write(wang), by=wang, at=NOON)
    assert actions.withdraw(work, by=wang, at=NOON).state == Work.State.DRAFT

    actions.hand_in(work, by=wang, at=NOON)
    actions.read_work(work, comment="写得实在", by=li, at=NOON)

    with pytest.raises(WrongWorkState):
        actions.withdraw(work, by=wang, at=NOON)


def test_an_earlier_version_comes_back_and_the_later_one_is_kept(
    write: Write, wang: Teacher
) -> None:
    work = actions.hand_in(write(wang), by=wang, at=NOON)
    actions.withdraw(work, by=wang, at=NOON)
    actions.save(work, edition=0, texts={"success": "改坏了"}, by=wang, at=NOON)

    actions.restore_version(work, work.versions.get(number=1), by=wang, at=NOON)

    assert work.texts.get(code="success").text.startswith("用绳子")
    assert work.versions.get(number=2).texts[0]["text"] == "改坏了"


def test_a_draft_put_away_comes_out_again(cast: Cast, write: Write, wang: Teacher) -> None:
    work = actions.share(write(wang), shared_with="school", by=wang, at=NOON)
    actions.drop(work, by=wang, at=NOON)
    assert readers(cast, work) == {"wang"}
    with pytest.raises(WrongWorkState):
        actions.hand_in(work, by=wang, at=NOON)

    actions.take_out(work, by=wang, at=NOON)

    assert actions.hand_in(work, by=wang, at=NOON).happened_on == date(2026, 10, 15)


def test_a_work_belongs_to_a_school_of_its_author(cast: Cast, wang: Teacher) -> None:
    with pytest.raises(NotAllowed):
        actions.start(kind("essay"), organisation=cast.other_school, by=wang, at=MORNING)


# ---- the kind was chosen wrongly ----
def test_the_kind_changes_while_it_is_written_and_no_word_is_lost(
    write: Write, wang: Teacher
) -> None:
    work = write(wang)

    changed = actions.change_kind(work, kind("paper"), by=wang, at=NOON)

    texts = {row.code: row.text for row in changed.texts.all() if row.text}
    assert changed.kind.code == "paper"
    assert texts == {"success": "用绳子围树叶这一步，孩子们都动了手。", "slips": "漏了单位。"}
    assert changed.texts.get(code="slips").is_private
    assert actions.hand_in(changed, by=wang, at=NOON).characters == work.characters


def test_what_an_earlier_kind_asked_for_stands_behind_what_the_new_one_does(
    write: Write, wang: Teacher
) -> None:
    work = actions.change_kind(write(wang, "paper"), kind("reflection"), by=wang, at=NOON)

    actions.save(work, edition=work.edition, texts={"redesign": "先估再量"}, by=wang, at=NOON)

    written = [row.code for row in work.texts.exclude(text="")]
    assert written == ["redesign", ""]


def test_the_kind_stays_once_it_is_handed_in_and_is_the_first_authors_to_choose(
    cast: Cast, write: Write, wang: Teacher, li: Teacher
) -> None:
    work = actions.name_authors(write(wang), [wang, li], by=wang, at=NOON)
    with pytest.raises(NotAllowed):
        actions.change_kind(work, kind("paper"), by=li, at=NOON)
    foreign = WorkKind.objects.create(organisation=cast.other_school, code="own", name="别校的")
    with pytest.raises(BadInput):
        actions.change_kind(work, foreign, by=wang, at=NOON)

    actions.hand_in(work, by=wang, at=NOON)

    with pytest.raises(WrongWorkState):
        actions.change_kind(work, kind("paper"), by=wang, at=NOON)
    assert Work.objects.get().kind == kind("reflection")
