"""What a text has in common with others is told passage by passage, and as what it is."""

from datetime import date
from typing import Any

import pytest

from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.sources import Source
from yanxiu.kernel.uids import new_uid
from yanxiu.originality import actions, queries
from yanxiu.originality.models import Document, Mark
from yanxiu.originality.tests.made_up import swapped
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Role, Teacher

MINE = (
    "今天的数学课上，我发现学生对分数的意义理解得并不牢固，很多孩子只会背定义。"
    "下次我准备用折纸的办法，让每个人亲手折出四分之一，再说说自己是怎么想的。"
)
ELSE = "运动会那天下着小雨，接力赛改到了体育馆里，孩子们一边等一边唱起了歌，谁也没有抱怨天气。"


def put(cast: Cast, text: str, author: Teacher | None = None, **more: Any) -> Source:
    """Enter a text of its own source."""
    source = Source("made.up", new_uid())
    organisation = more.pop("organisation", cast.school)
    actions.enter(
        source,
        title="某篇",
        text=text,
        organisation=organisation,
        author=author,
        at=MORNING,
        **more,
    )
    return source


def test_a_copied_passage_is_shown_where_it_stands_in_both(cast: Cast, wang: Teacher) -> None:
    put(cast, ELSE + swapped(MINE) + ELSE, wang)

    (match,) = queries.alike("开头。" + MINE, organisation=cast.school)

    (one,) = match.passages
    assert (one.start, one.end) == (3, 3 + len(MINE) - 1)
    assert match.text[one.their_start : one.their_end] == swapped(MINE)[:-1]
    assert match.sort == "work"


def test_the_text_itself_and_a_new_one_match_nothing(cast: Cast, wang: Teacher) -> None:
    own = put(cast, MINE, wang)

    assert queries.alike(MINE, organisation=cast.school, besides=own) == []
    assert queries.alike(ELSE, organisation=cast.school) == []
    assert queries.alike("", organisation=cast.school) == []


def test_what_stands_in_the_agreed_plan_is_told_of_the_plan_alone(
    cast: Cast, wang: Teacher, li: Teacher
) -> None:
    plan = put(cast, MINE, common=True)
    put(cast, "我自己的开头，和别人不同。" + MINE, li)

    (match,) = queries.alike(MINE, organisation=cast.school, author=wang)

    assert (match.source, match.sort, match.is_expected) == (plan, "common", True)


def test_earlier_work_of_the_author_is_ones_own(cast: Cast, wang: Teacher) -> None:
    put(cast, MINE, wang)

    (match,) = queries.alike(MINE + ELSE, organisation=cast.school, author=wang)

    assert match.sort == "own"


def test_a_set_phrase_of_many_texts_is_nobodys(cast: Cast, li: Teacher) -> None:
    phrase = "本节课充分调动了学生的积极性，以学生为主体教师为主导。"
    for number in range(13):
        put(cast, f"{chr(0x4E10 + 31 * number) * 3}{phrase}第{number}篇到此为止", li)

    assert queries.alike(f"{ELSE}{phrase}", organisation=cast.school) == []


def test_an_edit_changes_few_marks_and_a_removed_text_leaves_none(
    cast: Cast, wang: Teacher
) -> None:
    long = "".join(chr(0x4E00 + number * 37 % 5000) for number in range(800))
    source = put(cast, long, wang)
    before = set(Mark.objects.values_list("pk", flat=True))

    document = Document.objects.get()
    actions.enter(
        source,
        title="某篇",
        text=long.replace(long[400], "改"),
        organisation=cast.school,
        author=wang,
        at=MORNING,
    )

    kept = before & set(Mark.objects.values_list("pk", flat=True))
    assert document.pk == Document.objects.get().pk
    assert len(kept) > len(before) * 0.9
    actions.remove(source)
    assert (Document.objects.count(), Mark.objects.count()) == (0, 0)


def test_a_text_that_cannot_be_read_blocks_nothing(
    cast: Cast, wang: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_text: str) -> str:
        raise ValueError

    with monkeypatch.context() as broken:
        broken.setattr("yanxiu.originality.actions.entering.key", fails)
        put(cast, MINE, wang)
    put(cast, MINE, wang)

    assert Document.objects.exclude(trouble="").count() == 1
    assert len(queries.alike(MINE, organisation=cast.school)) == 1


def test_other_schools_are_compared_only_where_the_area_allows_it(
    cast: Cast, wang: Teacher
) -> None:
    put(cast, MINE, organisation=cast.other_school)

    assert queries.alike(MINE, organisation=cast.school, reach="area") == []
    above = Organisation.objects.get(name="清河中心校")
    actions.allow_area(above, by=_office_of(above), at=MORNING)

    (match,) = queries.alike(MINE, organisation=cast.school, reach="area")
    assert match.organisation == cast.other_school.pk
    assert queries.alike(MINE, organisation=cast.school) == []


def _office_of(above: Organisation) -> Teacher:
    """Return somebody of the research office of the central school."""
    office = people.add_teacher(name="孙主任", phone="13700000001", by=None, at=MORNING)
    people.give_post(
        office,
        above,
        Role.objects.get(code="research_office"),
        starts_on=date(2020, 9, 1),
        by=None,
        at=MORNING,
    )
    return office


def test_words_of_a_source_that_is_not_open_are_not_shown(
    cast: Cast, wang: Teacher, zhou: Teacher
) -> None:
    put(cast, MINE.replace("孩子", "同学"), wang)
    actions.add_known_text(
        cast.school, sort="template", title="网上的范文", text=MINE, by=zhou, at=MORNING
    )
    matches = queries.alike(MINE, organisation=cast.school)

    shown = {one.sort: one for one in queries.side_by_side(MINE, matches, wang)}

    assert (shown["work"].title, shown["work"].url) == ("", "")
    assert all(each.theirs is None for each in shown["work"].passages)
    assert shown["template"].title == "网上的范文"
    assert shown["template"].passages[0].theirs is not None


def test_a_query_takes_four_statements_however_much_there_is(
    cast: Cast, wang: Teacher, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        put(cast, f"{number}{MINE}", wang)

    with django_assert_max_num_queries(4):
        assert len(queries.alike(MINE, organisation=cast.school, reach="area")) == 30
