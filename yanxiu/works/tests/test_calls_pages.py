"""The pages of calls: who may open them, what they say, and that they stay quick."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from yanxiu.cast import NOON, Cast
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.works.calls import actions
from yanxiu.works.calls.actions import CallFacts
from yanxiu.works.models import BlindReview, CallForPapers
from yanxiu.works.tests.conftest import Write, kind

MOST_STATEMENTS = 10
MOST_BYTES = 60_000


@pytest.fixture
def call(cast: Cast, zhou: Teacher) -> CallForPapers:
    facts = CallFacts(
        title="秋季论文评选", closes_on=today() + timedelta(days=30), reviewers_each=1,
        criteria={"选题": 40, "内容": 60}, most_each=90,
    )  # fmt: skip
    return actions.open_call(cast.school, facts, by=zhou, at=timezone.now())


@pytest.fixture
def fill(call: CallForPapers, write: Write, wang: Teacher) -> Callable[[int], None]:
    def filled(count: int) -> None:
        for number in range(count):
            work = write(wang, "paper", title=f"第{number}篇")
            actions.enter(call, work, by=wang, at=timezone.now())

    return filled


def given_to(zhao: Teacher, zhou: Teacher, call: CallForPapers) -> list[BlindReview]:
    actions.close_call(call, by=zhou, at=NOON)
    actions.name_panel(call, [zhao], by=zhou, at=NOON)
    return actions.draw(call, due_on=None, by=zhou, at=NOON)


def statements(client: Client, path: str, ceiling: Any) -> int:
    with ceiling(MOST_STATEMENTS) as seen:
        answer = client.get(path)
    assert answer.status_code == 200
    assert len(answer.content) <= MOST_BYTES
    return len(seen)


def test_the_office_opens_a_call_and_what_was_typed_stays(
    client: Client, zhou: Teacher, wang: Teacher, cast: Cast
) -> None:
    client.force_login(zhou)
    form = {
        "title": "说课稿征集", "closes_on": "2099-01-05", "most_each": 1, "way": "review",
        "criteria": "选题", "reviewers_each": 2, "level": "school", "sends_level": "county",
        "kinds": [str(kind("paper").uid)],
    }  # fmt: skip
    answer = client.post(reverse("works:calls:new"), form)
    assert answer.status_code == 422
    assert "说课稿征集" in answer.content.decode()
    assert "“选题”没有写满分" in answer.content.decode()

    answer = client.post(
        reverse("works:calls:new"), {**form, "criteria": "选题与立意 40\n内容：60分"}
    )

    call = CallForPapers.objects.get()
    assert answer["Location"] == reverse("works:calls:call", args=[call.uid])
    assert dict(call.criteria.values_list("name", "most")) == {"选题与立意": 40, "内容": 60}
    assert list(call.kinds.all()) == [kind("paper")]
    client.force_login(wang)
    assert client.get(reverse("works:calls:new")).status_code == 404


def test_a_teacher_enters_a_work_and_sees_it_without_the_name(
    client: Client, call: CallForPapers, write: Write, wang: Teacher
) -> None:
    work = write(wang, "paper", texts={"": "作者：王老师\n孩子们量出了周长。"})
    client.force_login(wang)
    assert "认识周长" in client.get(reverse("works:calls:enter", args=[call.uid])).content.decode()

    answer = client.post(
        reverse("works:calls:enter", args=[call.uid]), {"work": str(work.uid)}, follow=True
    )

    page = answer.content.decode()
    assert "评委看到的样子" in page
    assert "遮去了 1 处" in page
    file = client.get(reverse("works:calls:blind", args=[call.entries.get().uid]))
    assert file.content.startswith(b"%PDF")


def test_a_score_out_of_range_keeps_the_words(
    client: Client, call: CallForPapers, fill: Callable[[int], None], zhao: Teacher, zhou: Teacher
) -> None:
    fill(1)
    review = given_to(zhao, zhou, call)[0]
    client.force_login(zhao)
    path = reverse("works:calls:review", args=[review.uid])
    first, second = [f"score_{one.pk}" for one in call.criteria.all()]

    answer = client.post(path, {first: 41, second: 60, "comment": "围树叶一段好"})
    assert answer.status_code == 422
    assert "围树叶一段好" in answer.content.decode()

    assert client.post(path, {first: 40, second: 50, "comment": "好"}).status_code == 302
    assert BlindReview.objects.get().total == 90


def test_the_whole_way_by_the_pages_of_the_office(
    client: Client, call: CallForPapers, fill: Callable[[int], None], zhao: Teacher, zhou: Teacher
) -> None:
    fill(1)
    client.force_login(zhou)
    at = {name: reverse(f"works:calls:{name}", args=[call.uid]) for name in (
        "do", "panel", "draw", "results", "announce", "sheet", "call"
    )}  # fmt: skip
    client.post(at["do"], {"do": "close"})
    assert client.post(at["panel"], {"names": "赵老师\n没有这个人"}).status_code == 422
    client.post(at["panel"], {"names": "赵老师"})
    client.post(at["draw"], {"due_on": "2099-01-09"})
    review = BlindReview.objects.get()
    points = {one.pk: one.most for one in call.criteria.all()}
    actions.score(review, points, remark="可推荐", by=zhao, at=NOON)
    page = client.get(at["results"]).content.decode()
    assert "可推荐" in page
    assert "王老师" not in page[page.index("<main") :]

    entry = call.entries.get()
    client.post(at["results"], {f"prize_{entry.pk}": "first", f"chosen_{entry.pk}": "on"})
    client.post(at["announce"])

    page = client.get(at["results"]).content.decode()
    assert "王老师" in page
    assert "一等奖" in page
    assert client.get(at["sheet"]).content.startswith(b"PK")


@pytest.mark.parametrize("count", [2, 40])
def test_pages_stay_quick(
    client: Client, call: CallForPapers, fill: Callable[[int], None], zhao: Teacher, zhou: Teacher,
    wang: Teacher, count: int, django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    fill(count)
    reviews = given_to(zhao, zhou, call)
    entry = call.entries.earliest("pk")
    seen = {
        zhou: ["home", "call", "entries", "panel", "results"],
        wang: ["home", "call", "enter"],
        zhao: ["home", "reviews"],
    }
    for reader, names in seen.items():
        client.force_login(reader)
        for name in names:
            # A closed call takes no entries: its page of entering is asked all the same.
            args = [] if name in {"home", "reviews"} else [call.uid]
            path = reverse(f"works:calls:{name}", args=args)
            statements(client, path, django_assert_max_num_queries)
    client.force_login(zhao)
    path = reverse("works:calls:review", args=[reviews[0].uid])
    statements(client, path, django_assert_max_num_queries)
    client.force_login(wang)
    path = reverse("works:calls:entry", args=[entry.uid])
    statements(client, path, django_assert_max_num_queries)
