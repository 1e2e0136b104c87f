"""The page of the search: what it shows, what it costs, and whom it lets through to what."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.cast import MORNING, Cast
from yanxiu.jobs.models import Job
from yanxiu.originality import actions as originality
from yanxiu.people.models import Teacher
from yanxiu.works import actions as works
from yanxiu.works.models import WorkKind

PAGE = reverse("search:search")


@pytest.fixture
def known(cast: Cast, zhou: Teacher) -> Any:
    for number in range(45):
        made = originality.add_known_text(
            cast.school,
            sort="template",
            title=f"第{number}篇 <b>范文</b>",
            text=f"折纸的办法让分数看得见 {number}。<script>",
            by=zhou,
            at=MORNING,
        )
    return made


def test_hits_are_marked_and_escaped_and_go_on(client: Client, known: Any, wang: Teacher) -> None:
    client.force_login(wang)

    page = client.get(PAGE, {"q": "分數"}).content.decode()

    assert page.count('class="hit-title"') == 20
    assert "<mark>分数</mark>" in page
    assert "<b>范文" not in page
    assert "q=%E5%88%86%E6%95%B8&amp;page=2" in page
    last = client.get(PAGE, {"q": "分数", "page": "3"}).content.decode()
    assert last.count('class="hit-title"') == 5
    assert "接着找" not in last


@pytest.fixture
def reflections(cast: Cast, wang: Teacher) -> None:
    kind = WorkKind.objects.get(organisation=None, code="reflection")
    for number in range(21):
        works.start(
            kind, organisation=cast.school, title=f"围树叶 {number}", texts={}, by=wang, at=MORNING
        )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{name} 作品", "类别：作品"),
        ("树叶 {name} 作品", "的、写着“树叶”的"),
    ],
)
def test_a_name_beside_words_is_taken_for_a_person_where_nothing_has_them_all(
    client: Client, reflections: None, wang: Teacher, words: str, said: str
) -> None:
    client.force_login(wang)

    page = client.get(PAGE, {"q": words.format(name=wang.name)}).content.decode()

    assert page.count('class="hit-title"') == 20
    assert said in page
    assert f"person={quote(wang.name)}" in page, "the next page goes on with what was meant"


def test_a_name_shows_nothing_that_the_reader_may_not_see(
    client: Client, reflections: None, cast: Cast, wang: Teacher
) -> None:
    client.force_login(cast.people["zhao"])

    page = client.get(PAGE, {"q": f"{wang.name} 树叶 作品"}).content.decode()

    assert "没有找到" in page
    assert 'class="hit-title"' not in page


def test_nothing_is_told_of_what_is_not_open(client: Client, known: Any, cast: Cast) -> None:
    client.force_login(cast.people["qian"])

    page = client.get(PAGE, {"q": "分数"}).content.decode()

    assert "没有找到" in page
    opened = client.get(reverse("search:open", args=[known.SOURCE_KIND, known.uid]))
    assert opened.status_code == 404


def test_a_hit_leads_to_its_page(client: Client, known: Any, wang: Teacher) -> None:
    client.force_login(wang)

    opened = client.get(reverse("search:open", args=[known.SOURCE_KIND, known.uid]))

    assert opened["Location"] == reverse("originality:known_text", args=[known.uid])


@pytest.mark.parametrize(
    "asked",
    [{}, {"q": "分数"}, {"q": "分数", "kind": "originality.known_text"}, {"person": "wang"}],
)
def test_it_takes_at_most_ten_statements(
    client: Client,
    known: Any,
    wang: Teacher,
    asked: dict[str, str],
    django_assert_max_num_queries: Any,
) -> None:
    client.force_login(wang)
    client.get(PAGE, {"q": "折纸"})

    with django_assert_max_num_queries(10):
        page = client.get(PAGE, asked)

    assert len(page.content) < 60 * 1024


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "\"'*&|!<->():-\x00"},
        {"q": "字" * 5_000},
        {"kind": "no.such"},
        {"term": "1"},
        {"q": "分数", "page": "-1", "before": "99999999999999999999"},
        {"person": "%_"},
    ],
)
def test_nonsense_is_answered_kindly(
    client: Client, known: Any, wang: Teacher, asked: dict[str, str]
) -> None:
    client.force_login(wang)

    assert client.get(PAGE, asked).status_code in {200, 404}


def test_only_an_administrator_has_it_built_anew(client: Client, cast: Cast, wang: Teacher) -> None:
    client.force_login(wang)
    assert client.post(reverse("search:rebuild")).status_code in {403, 422}
    client.force_login(cast.people["guan"])

    client.post(reverse("search:rebuild"))

    assert Job.objects.get().kind == "search.rebuild"
