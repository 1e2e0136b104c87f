"""Lists and recommendations put books before colleagues, and count books, never persons."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from yanxiu.attachments.models import Attachment
from yanxiu.books import actions
from yanxiu.books.models import BookList, Recommendation
from yanxiu.books.permissions import may_see_list, may_see_recommendation
from yanxiu.books.refusals import NotToBeMeant, OnListAlready
from yanxiu.books.tests.conftest import Read
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.spans import day_of
from yanxiu.people import actions as people
from yanxiu.people.access import NotAllowed, allowed
from yanxiu.people.models import Role, Teacher
from yanxiu.search import actions as search
from yanxiu.search import queries
from yanxiu.search.queries import Wanted

TODAY = day_of(NOON)
SPAN: dict[str, Any] = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=90)}


def test_a_leaders_list_is_for_her_group_alone(
    cast: Cast, li: Teacher, wang: Teacher, zhao: Teacher, qian: Teacher
) -> None:
    actions.make_list(cast.school, name="组里的书", unit=cast.maths, by=li, at=NOON, **SPAN)

    seen = {
        name: allowed(may_see_list, one, BookList.objects.all()).exists()
        for name, one in (("wang", wang), ("zhao", zhao), ("qian", qian))
    }

    assert seen == {"wang": True, "zhao": False, "qian": False}


def test_a_superiors_list_is_for_all_its_schools(cast: Cast, wang: Teacher, qian: Teacher) -> None:
    central = cast.school.parent
    assert central
    role = Role.objects.get(code="research_office")
    boss = people.add_teacher(name="孙主任", by=None, at=MORNING)
    people.give_post(boss, central, role, starts_on=TODAY, by=None, at=MORNING)

    given = actions.make_list(central, name="各校共读", by=boss, at=NOON, **SPAN)
    actions.add_to_list(given, title="有效备课", way="common", by=boss, at=NOON)

    for teacher in (wang, qian):
        assert allowed(may_see_list, teacher, BookList.objects.all()).exists()


def test_a_teacher_makes_no_list_and_a_leader_none_for_the_school(
    cast: Cast, li: Teacher, wang: Teacher
) -> None:
    for by, unit in ((wang, cast.maths), (li, None), (li, cast.chinese)):
        with pytest.raises(NotAllowed):
            actions.make_list(cast.school, name="x", unit=unit, by=by, at=NOON, **SPAN)


def test_a_list_names_a_book_once(cast: Cast, li: Teacher) -> None:
    given = actions.make_list(cast.school, name="书", unit=cast.maths, by=li, at=NOON, **SPAN)
    actions.add_to_list(given, title="有效备课", by=li, at=NOON)

    with pytest.raises(OnListAlready):
        actions.add_to_list(given, title="《有效备课》", by=li, at=NOON)
    with pytest.raises(NotToBeMeant):
        actions.make_list(
            cast.school, name="书", unit=cast.maths, by=li, at=NOON,
            starts_on=TODAY, ends_on=TODAY,
        )  # fmt: skip


def test_a_list_tells_the_own_state_and_how_many_have_read(
    client: Client, cast: Cast, read: Read, zhou: Teacher, wang: Teacher, li: Teacher, zhao: Teacher
) -> None:
    given = actions.make_list(cast.school, name="本学期荐读", by=zhou, at=NOON, **SPAN)
    for title in ("用心做教研", "高效课堂22条"):
        actions.add_to_list(given, title=title, by=zhou, at=NOON)
    read(li, done=True)
    read(zhao, done=True)
    hidden = read(zhou, done=True)
    actions.tell_record(hidden, "nobody", by=zhou, at=NOON)
    read(wang)
    client.force_login(wang)

    text = client.get(reverse("books:list", args=[given.uid])).content.decode()

    assert "2 人读完" in text
    assert "在读" in text
    assert "李组长" not in text.split("<main")[-1]
    assert "1 人读完" not in text


def test_a_list_is_found_by_what_stands_on_it(cast: Cast, li: Teacher, wang: Teacher) -> None:
    given = actions.make_list(cast.school, name="组里的", unit=cast.maths, by=li, at=NOON, **SPAN)
    search.read_changed(1000)

    item = actions.add_to_list(given, title="高效课堂22条", by=li, at=NOON)
    search.read_changed(1000)
    assert [hit.kind for hit in queries.find(wang, Wanted("高效课堂")).hits] == ["书单"]
    actions.take_off_list(item, by=li, at=NOON)
    search.read_changed(1000)

    assert queries.find(wang, Wanted("高效课堂")).hits == []


def test_a_book_typed_by_few_is_in_no_list_of_the_most_read(
    client: Client, cast: Cast, read: Read, zhou: Teacher, wang: Teacher, li: Teacher, zhao: Teacher
) -> None:
    for teacher in (wang, li):
        read(teacher, "只有两个人读的书", done=True)
    for teacher in (wang, li, zhao):
        read(teacher, "三个人读的书", done=True)
    client.force_login(zhou)

    most = client.get(reverse("books:school")).context["most"]

    assert [(one["book__title"], one["readers"]) for one in most] == [("三个人读的书", 3)]


def test_a_recommendation_carries_reason_link_and_file(
    client: Client, cast: Cast, wang: Teacher, li: Teacher, zhao: Teacher
) -> None:
    client.force_login(wang)
    file = SimpleUploadedFile("文章.pdf", b"%PDF-1.4 article")
    given = {
        "title": "怎样追问", "kind": "article", "reason": "三种追问，明天就能用",
        "whom": cast.maths.uid, "link": "https://example.org/a", "file": file,
    }  # fmt: skip

    client.post(reverse("books:recommend"), given)

    tip = Recommendation.objects.get()
    assert Attachment.objects.get().source_id == tip.uid
    client.force_login(li)
    text = client.get(reverse("books:recommendations")).content.decode()
    assert "三种追问，明天就能用" in text
    assert "https://example.org/a" in text
    assert (
        client.get(reverse("attachments:file", args=[Attachment.objects.get().uid])).status_code
        == 200
    )
    assert not allowed(may_see_recommendation, zhao, Recommendation.objects.all()).exists()


def test_a_link_that_runs_something_is_refused(client: Client, cast: Cast, wang: Teacher) -> None:
    client.force_login(wang)
    given = {
        "title": "怎样追问", "kind": "article", "reason": "好", "whom": cast.school.uid,
        "link": "javascript:alert(1)",
    }  # fmt: skip

    answer = client.post(reverse("books:recommend"), given)

    assert answer.status_code == 422
    assert "怎样追问" in answer.content.decode()
    assert not Recommendation.objects.exists()


def test_what_was_withdrawn_is_seen_by_nobody_else(cast: Cast, wang: Teacher, li: Teacher) -> None:
    tip = actions.recommend(cast.school, title="书", reason="好", by=wang, at=NOON)
    with pytest.raises(NotAllowed):
        actions.withdraw_recommendation(tip, by=li, at=NOON)

    actions.withdraw_recommendation(tip, by=wang, at=NOON)

    assert not allowed(may_see_recommendation, li, Recommendation.objects.all()).exists()
