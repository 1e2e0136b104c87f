"""Off until an administrator says so; nothing goes out unseen; a person takes each sentence."""

import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from django.core import serializers
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from yanxiu.audit.models import TrailLine
from yanxiu.cast import MORNING, Cast
from yanxiu.kernel.refusals import NotAllowed, Refusal
from yanxiu.notices.tests.fakes import Fake, fake
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Role, Teacher
from yanxiu.reports.actions import drafting as actions
from yanxiu.reports.actions.summaries import start_summary
from yanxiu.reports.actions.writing import save_prose
from yanxiu.reports.documents.term_summary.data import Stated
from yanxiu.reports.drafting import keys
from yanxiu.reports.drafting.material import Material, with_references
from yanxiu.reports.drafting.refusals import KeyNeeded, PrivateNeedsTop
from yanxiu.reports.models import DraftingCall, DraftingSetting, Summary
from yanxiu.reports.tests.test_drafting_door import answer_of

PLACE = "section:next"
KEY = "sk-very-secret"
PUBLIC = "https://api.example.cn/v1"
WORDS = "下学期李组长带领各组在清河小学磨课12次，联系电话13812345678。"


@pytest.fixture
def there() -> Iterator[Fake]:
    """The endpoint; a test says what it answers."""
    with fake(answer=answer_of("下学期〔甲教师〕带领各组磨课12次。又磨课9次。")) as made:
        yield made


@pytest.fixture
def top(cast: Cast) -> Teacher:
    """关管理, who administers the central school too."""
    guan, above = cast.people["guan"], Organisation.objects.get(pk=cast.school.lineage[0])
    role = Role.objects.get(code="administrator")
    people.give_post(guan, above, role, starts_on=date(2020, 9, 1), by=None, at=MORNING)
    return Teacher.objects.get(pk=guan.pk)


@pytest.fixture
def switched_on(
    cast: Cast,
    top: Teacher,
    there: Fake,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> DraftingSetting:
    with django_capture_on_commit_callbacks(execute=True):
        return actions.set_drafting(
            cast.school, url=f"http://127.0.0.1:{there.port}/v1", model="local", key=KEY,
            private=True, is_on=True, by=top, at=MORNING,
        )  # fmt: skip


@pytest.fixture
def summary(cast: Cast, zhou: Teacher) -> Summary:
    made = start_summary(cast.school, cast.term, by=zhou, at=MORNING)
    return save_prose(made, PLACE, WORDS, version=0, by=zhou, at=MORNING)


@pytest.fixture
def writer(client: Client, zhou: Teacher) -> Client:
    client.force_login(zhou)
    return client


def body(answer: object) -> str:
    return unescape(answer.content.decode())  # type: ignore[attr-defined]


def preview(writer: Client, summary: Summary) -> str:
    return body(writer.get(f"/documents/drafting/summaries/{summary.uid}/", {"place": PLACE}))


def carried(page: str) -> str:
    found = re.search(r'name="carried" value="([^"]+)"', page)
    assert found
    return found[1]


def send(writer: Client, summary: Summary) -> str:
    word = carried(preview(writer, summary))
    return body(
        writer.post(f"/documents/drafting/summaries/{summary.uid}/send/", {"carried": word})
    )


def take(writer: Client, summary: Summary, page: str, **form: object) -> int:
    there = f"/documents/drafting/summaries/{summary.uid}/take/"
    return writer.post(there, {"carried": carried(page), **form}).status_code


# ---- before anything is sent ----
def test_it_is_off_and_the_pages_say_so(writer: Client, summary: Summary) -> None:
    answer = writer.get(f"/documents/drafting/summaries/{summary.uid}/", {"place": PLACE})

    assert answer.status_code == 422
    assert "没有启用" in body(answer)


def test_the_editor_offers_it_where_it_is_on(
    writer: Client, summary: Summary, request: pytest.FixtureRequest
) -> None:
    there, button = f"/summaries/{summary.uid}/", f"/documents/drafting/summaries/{summary.uid}/"
    assert button not in body(writer.get(there))

    request.getfixturevalue("switched_on")
    assert f'formaction="{button}"' in body(writer.get(there))


def test_the_preview_shows_every_letter_and_sends_nothing(
    writer: Client, summary: Summary, switched_on: DraftingSetting, there: Fake
) -> None:
    page = preview(writer, summary)

    assert "下学期〔甲教师〕带领各组在〔甲校〕磨课12次，联系电话〔甲电话〕。" in page
    assert there.bodies == []


def test_what_is_sent_is_what_was_shown(
    writer: Client, summary: Summary, switched_on: DraftingSetting, there: Fake
) -> None:
    page = preview(writer, summary)
    send(writer, summary)

    [sent] = there.bodies
    assert set(sent) == {"model", "messages", "temperature", "stream"}
    for message in sent["messages"]:
        assert message["content"] in page
    for name in ("李组长", "清河小学", "13812345678", "周主任"):
        assert name not in json.dumps(sent, ensure_ascii=False)


def test_the_sender_hides_more(
    writer: Client, summary: Summary, switched_on: DraftingSetting
) -> None:
    form = {"place": PLACE, "wish": "short", "words": "磨课、各组"}
    page = body(writer.post(f"/documents/drafting/summaries/{summary.uid}/", form))

    assert "〔甲教师〕带领〔甲词〕在〔甲校〕〔乙词〕12次" in page


def test_what_was_typed_in_the_editor_is_saved_first(
    writer: Client, summary: Summary, switched_on: DraftingSetting
) -> None:
    form = {"place": PLACE, "version": "1", "text": "新写的一句。"}
    answer = writer.post(f"/documents/drafting/summaries/{summary.uid}/", form)

    summary.refresh_from_db()
    assert answer.status_code == 302
    assert summary.written(PLACE)["text"] == "新写的一句。"


def test_a_preview_is_sent_once_and_as_it_was_shown(
    writer: Client, summary: Summary, switched_on: DraftingSetting
) -> None:
    word = {"carried": carried(preview(writer, summary))}
    there = f"/documents/drafting/summaries/{summary.uid}/send/"

    assert writer.post(there, word).status_code == 200
    assert writer.post(there, word).status_code == 422
    assert writer.post(there, {"carried": word["carried"][:-2]}).status_code == 422
    assert DraftingCall.objects.count() == 1


def test_a_colleague_cannot_send_the_preview_of_another(
    client: Client, writer: Client, summary: Summary, switched_on: DraftingSetting, li: Teacher
) -> None:
    word = {"carried": carried(preview(writer, summary))}
    office = Role.objects.get(code="research_office")
    since = date(2020, 9, 1)
    people.give_post(li, summary.organisation, office, starts_on=since, by=None, at=MORNING)
    client.force_login(li)

    there = f"/documents/drafting/summaries/{summary.uid}/send/"
    assert client.post(there, word).status_code == 422
    assert not DraftingCall.objects.exists()


# ---- what came back ----
def test_a_lie_is_struck_out_with_the_reason(
    writer: Client, summary: Summary, switched_on: DraftingSetting
) -> None:
    page = send(writer, summary)

    assert "下学期李组长带领各组磨课12次。</span>" in page
    assert "<del>又磨课9次。</del>" in page
    assert "不是给出的数" in page


def test_a_person_takes_a_sentence_and_the_text_bears_no_mark(
    writer: Client, summary: Summary, switched_on: DraftingSetting
) -> None:
    page = send(writer, summary)

    assert take(writer, summary, page, sentence="1", how="instead") == 302
    summary.refresh_from_db()
    assert summary.written(PLACE)["text"] == "下学期李组长带领各组磨课12次。"
    line = TrailLine.objects.get(verb="reports.drafting-taken")
    assert (line.actor_name, len(line.detail["sentences"])) == ("周主任", 1)


@pytest.mark.parametrize("chosen", [[], ["2"], ["9"], ["x"]])
def test_what_was_refused_or_not_chosen_is_not_taken(
    writer: Client, summary: Summary, switched_on: DraftingSetting, chosen: list[str]
) -> None:
    assert take(writer, summary, send(writer, summary), sentence=chosen) == 422
    summary.refresh_from_db()
    assert summary.written(PLACE)["text"] == WORDS


def test_newer_words_are_not_overwritten_and_the_choice_stays(
    writer: Client, summary: Summary, switched_on: DraftingSetting, zhou: Teacher
) -> None:
    page = send(writer, summary)
    save_prose(summary, PLACE, "别人刚写的。", version=1, by=zhou, at=MORNING)

    there = f"/documents/drafting/summaries/{summary.uid}/take/"
    answer = writer.post(there, {"carried": carried(page), "sentence": "1"})
    assert answer.status_code == 422
    assert 'value="1" checked' in body(answer)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (answer_of("<script>alert(1)</script>。"), "&lt;script"),
        (answer_of("滚开，蠢材！自己写。"), "滚开，蠢材！"),
        (answer_of("。。。"), "没有一句完整"),
        (b"<html>", "看不懂"),
    ],
)
def test_whatever_it_says_is_shown_as_words_and_changes_nothing(
    writer: Client,
    summary: Summary,
    switched_on: DraftingSetting,
    there: Fake,
    answer: bytes,
    said: str,
) -> None:
    there.answer = answer
    word = carried(preview(writer, summary))
    page = writer.post(f"/documents/drafting/summaries/{summary.uid}/send/", {"carried": word})

    assert said in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    summary.refresh_from_db()
    assert summary.written(PLACE)["text"] == WORDS


def test_that_it_was_sent_is_kept_and_not_what(
    client: Client, writer: Client, summary: Summary, switched_on: DraftingSetting, top: Teacher
) -> None:
    send(writer, summary)

    kept = serializers.serialize("json", DraftingCall.objects.all(), ensure_ascii=False)
    assert "磨课" not in kept
    [call] = DraftingCall.objects.all()
    assert (call.by_name, call.state, call.sentences, call.refused) == ("周主任", "answered", 2, 1)
    assert call.characters > len(WORDS)
    assert "2 句，不能用 1 句" in body(writer.get("/documents/drafting/sent/"))
    client.force_login(top)
    page = body(client.get(f"/documents/drafting/schools/{summary.organisation.uid}/"))
    assert "周主任" in page
    assert "磨课" not in page


def test_a_failure_is_kept_too(
    writer: Client, summary: Summary, switched_on: DraftingSetting, there: Fake
) -> None:
    there.status = "500 Oops"

    assert "服务器出错" in send(writer, summary)
    assert DraftingCall.objects.get().state == "failed"


def test_a_number_that_one_figure_can_be_becomes_a_reference() -> None:
    stated = (
        Stated("a", "已举行的活动", 12, "场"),  # type: ignore[arg-type]
        Stated("b", "公开课", 3, "节"),  # type: ignore[arg-type]
        Stated("c", "汇报课", 3, "节"),  # type: ignore[arg-type]
    )
    given = Material(PLACE, "", "", 0, stated)

    assert with_references("举行12场，上课3节。", given) == "举行{已举行的活动}，上课3节。"
    assert with_references("超过12场，12人。", given) == "超过12场，12人。"


# ---- setting it ----
def set_it(cast: Cast, by: Teacher, **rest: object) -> DraftingSetting:
    given: dict[str, object] = {
        "url": PUBLIC, "model": "m", "key": KEY, "private": False, "is_on": True, **rest,
    }  # fmt: skip
    return actions.set_drafting(cast.school, by=by, at=MORNING, **given)  # type: ignore[arg-type]


def test_the_key_is_in_no_page_row_or_trail(
    client: Client,
    cast: Cast,
    guan: Teacher,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client.force_login(guan)
    form = {"url": PUBLIC, "model": "m", "key": KEY, "is_on": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        there = f"/documents/drafting/schools/{cast.school.uid}/"
        page = body(client.post(there, form, follow=True))

    found = DraftingSetting.objects.get()
    trail = json.dumps(list(TrailLine.objects.values_list("detail", flat=True)))
    assert KEY not in page + trail + serializers.serialize("json", [found])
    assert keys.read(found.uid, url=PUBLIC) == KEY
    assert keys._path(found.uid).stat().st_mode & 0o077 == 0
    assert "关管理：保存设置" in page


@pytest.mark.django_db(transaction=True)
def test_a_key_goes_to_no_other_address(cast: Cast, guan: Teacher) -> None:
    found = set_it(cast, guan)

    with pytest.raises(KeyNeeded):
        set_it(cast, guan, url="https://other.example.cn/v1", key="")
    assert set_it(cast, guan, model="n", key="").model == "n"
    assert actions.line_of(found).key == KEY
    found.url = "https://other.example.cn/v1"
    assert actions.line_of(found).key == ""


@pytest.mark.django_db(transaction=True)
def test_switching_off_takes_the_key_away(cast: Cast, guan: Teacher) -> None:
    found = actions.switch_off(set_it(cast, guan), by=guan, at=MORNING)

    assert not found.is_on
    assert not keys.is_there(found.uid)


def test_a_machine_of_the_school_is_set_by_the_topmost_administrator(
    cast: Cast, guan: Teacher
) -> None:
    with pytest.raises(PrivateNeedsTop):
        set_it(cast, guan, url="http://192.168.1.5:11434/v1", private=True)


@pytest.mark.parametrize("who", ["shen", "zhou", "li", "wang", "zhao", "qian"])
def test_others_set_nothing(client: Client, cast: Cast, who: str) -> None:
    client.force_login(cast.people[who])

    there = f"/documents/drafting/schools/{cast.school.uid}/"
    assert client.post(there, {"url": PUBLIC, "model": "m"}).status_code == 404
    with pytest.raises(NotAllowed):
        set_it(cast, cast.people[who])


@pytest.mark.parametrize("key", ["密钥", "a\nb", "x" * 401])
def test_what_is_no_key_is_refused(cast: Cast, guan: Teacher, key: str) -> None:
    with pytest.raises(Refusal):
        set_it(cast, guan, key=key)


def test_a_trial_says_what_came_of_it(
    client: Client, cast: Cast, switched_on: DraftingSetting, top: Teacher, there: Fake
) -> None:
    client.force_login(top)
    page = body(client.post(f"/documents/drafting/schools/{cast.school.uid}/try/", follow=True))

    assert "通了" in page
    assert there.bodies[0]["messages"] == actions.TRIAL


def test_a_school_asks_so_often_a_day(
    writer: Client,
    summary: Summary,
    switched_on: DraftingSetting,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actions, "MOST_A_DAY", 0)

    assert "今天已经用了" in send(writer, summary)


def test_pages_cost_few_statements(
    client: Client,
    writer: Client,
    summary: Summary,
    switched_on: DraftingSetting,
    top: Teacher,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    send(writer, summary)
    with django_assert_max_num_queries(10):
        writer.get("/documents/drafting/sent/")
    client.force_login(top)
    for page in ("", f"schools/{summary.organisation.uid}/"):
        with django_assert_max_num_queries(10):
            client.get(f"/documents/drafting/{page}")
