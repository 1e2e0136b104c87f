"""The pages of works: what they say, to whom, and that nothing typed is lost."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.people.models import Teacher
from yanxiu.works import actions
from yanxiu.works.models import Outcome, SectionSetting, Submission, Work, WorkKind
from yanxiu.works.tests.conftest import Write, kind

pytestmark = pytest.mark.usefixtures("cast")
Queries = Callable[..., Any]


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"works:{name}", args=args) + query)
    assert answer.status_code == 200, answer.status_code
    text: str = answer.content.decode()
    return text


def form_of(work: Work, **more: object) -> dict[str, object]:
    texts = {f"text_{row.code}": row.text for row in work.texts.all()}
    return {
        "edition": work.edition, "title": work.title, "about": work.about,
        "happened_on": work.happened_on.isoformat(), **texts, **more,
    }  # fmt: skip


def test_writing_begins_with_a_kind_and_is_handed_in_from_one_page(
    client: Client, wang: Teacher
) -> None:
    client.force_login(wang)
    assert "教学反思" in page(client, "new")

    begun = client.post(reverse("works:start"), {"kind": kind("reflection").uid})
    work = Work.objects.get()
    assert begun["Location"] == reverse("works:edit", args=[work.uid])
    assert "成败之处" in page(client, "edit", work.uid)
    sent = form_of(work, title="课后", text_success="围树叶这一步成了", do="hand_in")
    client.post(reverse("works:edit", args=[work.uid]), sent)

    work.refresh_from_db()
    assert (work.state, work.texts.get(code="success").text) == ("handed_in", "围树叶这一步成了")
    assert "撤回" in page(client, "work", work.uid)


def test_a_refused_form_shows_what_was_typed(client: Client, write: Write, wang: Teacher) -> None:
    work = write(wang, title="")
    client.force_login(wang)

    sent = form_of(work, text_insight="很长的一段心血", do="hand_in")
    answer = client.post(reverse("works:edit", args=[work.uid]), sent)

    assert answer.status_code == 422
    assert "很长的一段心血" in answer.content.decode()
    assert "还没有题目" in answer.content.decode()
    assert work.texts.get(code="insight").text == "很长的一段心血"


def test_an_older_form_shows_both_and_loses_neither(
    client: Client, write: Write, wang: Teacher
) -> None:
    work = write(wang)
    old = form_of(work, text_success="手机上写的", do="save")
    actions.save(work, edition=0, texts={"success": "电脑上写的"}, by=wang, at=NOON)
    client.force_login(wang)

    answer = client.post(reverse("works:edit", args=[work.uid]), old)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "手机上写的" in text
    assert "电脑上写的" in text
    # The page that came goes on from what is there, so the next saving is a choice.
    client.post(reverse("works:edit", args=[work.uid]), {**old, "edition": 1})
    assert work.texts.get(code="success").text == "手机上写的"


def test_what_a_device_kept_is_saved_and_a_conflict_is_told(
    client: Client, write: Write, wang: Teacher, li: Teacher
) -> None:
    work = write(wang)
    url = reverse("works:save", args=[work.uid])

    def put(edition: int, **texts: str) -> Any:
        body = json.dumps({"edition": edition, "texts": texts})
        return client.post(url, body, content_type="application/json")

    assert put(0, title="一").status_code == 401
    client.force_login(wang)
    assert put(0, title="一", text_success="甲").json() == {"edition": 1}
    told = put(0, title="二")
    assert (told.status_code, told.json()) == (409, {"edition": 1, "texts": {"title": "一"}})
    actions.hand_in(Work.objects.get(), by=wang, at=NOON)
    assert put(1, title="三").status_code == 422
    client.force_login(li)
    assert put(1, title="三").status_code == 404


def test_nobody_else_finds_a_draft_on_any_page(
    client: Client, write: Write, wang: Teacher, li: Teacher, zhou: Teacher
) -> None:
    work = write(wang, title="写给自己的话")
    for reader in (li, zhou):
        client.force_login(reader)
        for name in ("home", "school", "shared", "coverage", "outcomes", "collection"):
            assert "写给自己的话" not in page(client, name, query="?whose=school&when=all")
        assert client.get(reverse("works:work", args=[work.uid])).status_code == 404
        assert client.get(reverse("works:paper", args=[work.uid])).status_code == 404


def test_a_shared_one_keeps_what_was_written_for_oneself(
    client: Client, write: Write, wang: Teacher, zhao: Teacher
) -> None:
    work = actions.share(write(wang), shared_with="school", by=wang, at=NOON)
    client.force_login(zhao)

    shown = page(client, "work", work.uid)
    assert "用绳子围树叶" in shown
    assert "漏了单位" not in shown
    paper = client.get(reverse("works:paper", args=[work.uid])).content
    words = "".join(line.text for line in Document(BytesIO(paper)).paragraphs)
    assert "用绳子围树叶" in words
    assert "漏了单位" not in words
    assert "漏了单位" not in page(client, "shared", query="?section=slips")
    assert "没有找到" in page(client, "shared", query="?q=漏了单位")

    client.force_login(wang)
    assert "漏了单位" in page(client, "work", work.uid)


def test_the_author_may_open_such_a_heading(
    client: Client, write: Write, wang: Teacher, zhao: Teacher
) -> None:
    work = actions.share(write(wang), shared_with="school", by=wang, at=NOON)
    client.force_login(wang)
    sent = form_of(work, open_slips="on", do="save")
    client.post(reverse("works:edit", args=[work.uid]), sent)

    client.force_login(zhao)
    assert "漏了单位" in page(client, "work", work.uid)


def test_a_version_shows_what_was_changed_since(
    client: Client, write: Write, wang: Teacher
) -> None:
    work = actions.withdraw(actions.hand_in(write(wang), by=wang, at=NOON), by=wang, at=NOON)
    actions.save(work, edition=0, texts={"slips": "漏了单位，<b>后来</b>补了。"}, by=wang, at=NOON)
    client.force_login(wang)

    shown = page(client, "version", work.uid, 1)

    assert "<ins>" in shown
    assert "&lt;b&gt;后来&lt;/b&gt;" in shown
    assert "后来没有改" in shown
    client.post(reverse("works:restore", args=[work.uid, 1]))
    assert work.texts.get(code="slips").text == "漏了单位。"


def test_the_leader_reads_with_a_word_from_the_page(
    client: Client, write: Write, wang: Teacher, li: Teacher
) -> None:
    work = actions.hand_in(write(wang), by=wang, at=NOON)
    client.force_login(li)
    assert "1 份交来的还没有看" in page(client, "home")
    assert work.title in page(client, "school", query="?q=wang")

    client.post(
        reverse("works:read", args=[work.uid]), {"comment": "围树叶写得具体", "grade": "good"}
    )

    client.force_login(wang)
    shown = page(client, "work", work.uid)
    assert "围树叶写得具体" in shown
    assert "良好" in shown


def test_the_leader_goes_on_to_the_next_that_waits(
    client: Client, write: Write, wang: Teacher, li: Teacher
) -> None:
    first, second = (
        actions.hand_in(write(wang, title=title), by=wang, at=NOON)
        for title in ("第一篇", "第二篇")
    )
    client.force_login(li)

    assert reverse("works:work", args=[second.uid]) in page(client, "work", first.uid)
    actions.read_work(second, by=li, at=NOON)

    assert "下一份待阅" not in page(client, "work", first.uid)


def test_a_paper_is_sent_and_its_prize_registered(
    client: Client, write: Write, wang: Teacher, zhou: Teacher
) -> None:
    work = actions.hand_in(write(wang, "paper"), by=wang, at=NOON)
    client.force_login(zhou)
    sent = {"where": "contest", "destination": "县论文评选", "level": "county"}
    client.post(reverse("works:recommend", args=[work.uid]), sent)
    found = Submission.objects.get()
    client.post(reverse("works:follow", args=[found.uid]), {"do": "send"})
    client.post(reverse("works:follow", args=[found.uid]), {"do": "result", "result": "awarded"})
    assert "已获奖" in page(client, "submission", found.uid)

    client.force_login(wang)
    told = {
        "kind": "prize", "title": work.title, "event": "县论文评选", "level": "county",
        "prize": "second", "happened_on": "2026-10-12", "reference": "第31号",
    }  # fmt: skip
    client.post(reverse("works:outcome_new") + f"?work={work.uid}", told)
    outcome = Outcome.objects.get()
    assert outcome.work == work

    client.force_login(zhou)
    client.post(reverse("works:outcome_decide", args=[outcome.uid]), {"do": "confirm"})
    assert "已登记" in page(client, "outcome", outcome.uid)
    assert client.get(reverse("works:outcomes_sheet")).content[:2] == b"PK"


def test_a_collection_is_bound_with_its_contents(
    client: Client, write: Write, wang: Teacher
) -> None:
    for number in (1, 2):
        write(wang, "paper", title=f"第{number}篇论文")
    client.force_login(wang)
    assert "第2篇论文" in page(client, "collection", query="?when=all")

    answer = client.get(reverse("works:collection") + "?when=all&bind=1&title=三年集")

    text = "\n".join(line.text for line in Document(BytesIO(answer.content)).paragraphs)
    assert "三年集" in text
    assert text.index("第1篇论文") < text.index("第2篇论文")


def test_the_office_adds_a_kind_and_sets_the_headings(
    client: Client, cast: Cast, wang: Teacher, zhou: Teacher
) -> None:
    client.force_login(wang)
    assert client.get(reverse("works:kinds")).status_code == 404
    client.force_login(zhou)
    sent = {"name": "评课稿", "like": kind("jotting").uid, "headings": "亮点\n建议"}
    client.post(reverse("works:kind_add"), sent)
    made = WorkKind.objects.get(organisation=cast.school)
    assert [row.name for row in made.sections.all()] == ["亮点", "建议"]
    assert client.post(reverse("works:kind_add"), sent).status_code == 422

    client.post(reverse("works:sections"), {})

    assert not SectionSetting.objects.filter(is_used=True).exists()
    client.post(reverse("works:kind_retire", args=[made.uid]))
    assert "评课稿" not in page(client, "new")


@pytest.mark.parametrize("count", [1, 60])
@pytest.mark.parametrize(
    "name", ["home", "school", "shared", "coverage", "collection", "kinds", "outcomes", "new"]
)
def test_pages_ask_little_however_much_there_is(
    client: Client,
    write: Write,
    wang: Teacher,
    zhou: Teacher,
    django_assert_max_num_queries: Queries,
    name: str,
    count: int,
) -> None:
    for number in range(count):
        work = write(wang, title=f"第{number}篇反思")
        actions.share(work, shared_with="school", by=wang, at=MORNING)
        actions.hand_in(work, by=wang, at=NOON)
    client.force_login(zhou)
    url = reverse(f"works:{name}")

    with django_assert_max_num_queries(10):
        answer = client.get(url)

    assert answer.status_code == 200
    assert len(answer.content) < 60 * 1024
