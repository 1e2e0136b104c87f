"""The pages of calls: who may open them, what they say, and that they stay quick."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from yanxiu.cast import NOON, Cast
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today
from yanxiu.works.calls import actions
from yanxiu.works.calls.actions import CallFacts
from yanxiu.works.models import BlindReview, CallEntry, CallForPapers, Work
from yanxiu.works.tests.conftest import Write, kind
from yanxiu.works.views.work import people_named

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


def word_file(*lines: str) -> SimpleUploadedFile:
    paper = Document()
    for line in lines:
        paper.add_paragraph(line)
    data = BytesIO()
    paper.save(data)
    return SimpleUploadedFile("王老师-周长.docx", data.getvalue())


def test_a_word_file_is_entered_by_one_deed(
    client: Client, call: CallForPapers, wang: Teacher
) -> None:
    client.force_login(wang)
    file = word_file("绳子围出的周长", "作者：王老师", "孩子们围了树叶。")
    given = {"file": file, "kind": str(kind("paper").uid)}

    answer = client.post(reverse("works:calls:enter", args=[call.uid]), given, follow=True)

    entry = call.entries.get()
    assert (entry.blind_title, entry.blind_text) == ("绳子围出的周长", "孩子们围了树叶。")
    assert (entry.work.state, entry.work.has_file) == (Work.State.HANDED_IN, True)
    assert "评委看到的样子" in answer.content.decode()


def test_a_file_that_cannot_be_entered_leaves_no_draft(
    client: Client, call: CallForPapers, wang: Teacher
) -> None:
    client.force_login(wang)
    path, paper = reverse("works:calls:enter", args=[call.uid]), str(kind("paper").uid)

    empty = client.post(path, {"file": word_file("只有题目"), "kind": paper})
    nothing = client.post(path, {"kind": paper})
    of_no_kind = client.post(path, {"file": word_file("周长", "孩子们围了树叶。")})

    answers = (empty, nothing, of_no_kind)
    assert [each.status_code for each in answers] == [422, 422, 422]
    assert "请选一份作品，或交一个文件" in nothing.content.decode()
    assert not Work.objects.filter(teacher=wang).exists()


def test_what_takes_long_to_read_waits_as_a_draft_and_says_so(
    client: Client, call: CallForPapers, wang: Teacher
) -> None:
    client.force_login(wang)
    given = {"file": SimpleUploadedFile("周长.pdf", b"%PDF-1.4 "), "kind": str(kind("paper").uid)}

    answer = client.post(reverse("works:calls:enter", args=[call.uid]), given, follow=True)

    assert "还没有报上" in answer.content.decode()
    assert not call.entries.exists()
    assert Work.objects.get(teacher=wang).state == Work.State.DRAFT


@pytest.fixture
def judged(
    call: CallForPapers, fill: Callable[[int], None], zhao: Teacher, zhou: Teacher
) -> CallEntry:
    """The only paper of the call, scored by its reviewer."""
    fill(1)
    review = given_to(zhao, zhou, call)[0]
    actions.score(review, {one.pk: 30 for one in call.criteria.all()}, by=zhao, at=NOON)
    return call.entries.get()


def test_what_stands_on_the_page_is_announced_though_nobody_saved_it(
    client: Client, call: CallForPapers, judged: CallEntry, zhou: Teacher
) -> None:
    client.force_login(zhou)
    page = client.get(reverse("works:calls:results", args=[call.uid])).content.decode()
    assert "按上面选的公布" in page

    given = {f"prize_{judged.pk}": "first", f"chosen_{judged.pk}": "on"}
    client.post(reverse("works:calls:announce", args=[call.uid]), given)

    judged.refresh_from_db()
    assert (judged.prize, judged.is_chosen) == ("first", True)
    assert CallForPapers.objects.get().state == CallForPapers.State.ANNOUNCED


def test_who_decides_on_an_old_page_changes_nothing_of_what_a_colleague_set(
    client: Client, call: CallForPapers, judged: CallEntry, zhou: Teacher
) -> None:
    client.force_login(zhou)
    path = reverse("works:calls:results", args=[call.uid])
    before = {"seen": client.get(path).context["seen"], f"prize_{judged.pk}": ""}
    assert client.post(path, before | {f"prize_{judged.pk}": "first"}).status_code == 302

    late = client.post(reverse("works:calls:announce", args=[call.uid]), before)

    assert "别人刚改过结果" in late.content.decode()
    judged.refresh_from_db()
    assert (judged.prize, CallForPapers.objects.get().state) == ("first", "reviewing")


def test_what_is_announced_too_early_is_not_saved_either(
    client: Client, call: CallForPapers, fill: Callable[[int], None], zhao: Teacher, zhou: Teacher
) -> None:
    fill(1)
    given_to(zhao, zhou, call)
    entry = call.entries.get()
    client.force_login(zhou)

    path = reverse("works:calls:announce", args=[call.uid])
    answer = client.post(path, {f"prize_{entry.pk}": "first"})

    entry.refresh_from_db()
    assert (answer.status_code, entry.prize) == (422, "")


def test_a_reviewer_goes_from_paper_to_paper(
    client: Client, call: CallForPapers, fill: Callable[[int], None], zhao: Teacher, zhou: Teacher
) -> None:
    fill(2)
    first, second = sorted(given_to(zhao, zhou, call), key=lambda one: one.entry.number or 0)
    client.force_login(zhao)
    scores = {f"score_{one.pk}": 30 for one in call.criteria.all()}
    path = reverse("works:calls:review", args=[first.uid])
    assert "另有 1 份待评" in client.get(path).content.decode()

    on = client.post(path, scores)
    end = client.post(on["Location"], scores)

    assert on["Location"] == reverse("works:calls:review", args=[second.uid])
    assert end["Location"] == reverse("works:calls:reviews")


def test_two_reviewers_of_one_name_are_told_apart_by_their_school(
    client: Client, cast: Cast, zhou: Teacher, qian: Teacher, zhao: Teacher
) -> None:
    Teacher.objects.filter(pk=zhao.pk).update(name=qian.name)
    other = qian.posts_today[0].organisation
    root = f"{cast.school.lineage[0]}."

    both = people_named(qian.name, root, zhou)
    one = people_named(f"{qian.name}（{other.name}）", root, zhou)

    assert both == [qian.name]
    assert one == [qian]
