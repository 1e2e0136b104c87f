"""Sentences know their numbers; what claims without one is marked and needs a decision."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.term_summary.conftest import LATER, close_gaps
from yanxiu.activities import actions as activities
from yanxiu.activities.models import Session
from yanxiu.conftest import Cast
from yanxiu.people.models import Teacher
from yanxiu.reports.actions import summaries as actions
from yanxiu.reports.actions.phrases import add_phrase
from yanxiu.reports.claims import claims_in
from yanxiu.reports.claims.words import shipped
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.documents.term_summary.writing import to_text
from yanxiu.reports.models import EmptyPhrase, Summary
from yanxiu.reports.queries import standing
from yanxiu.reports.writings import known_figures, typed_numbers

pytestmark = pytest.mark.django_db

PLACE = "section:practice"


def wrote(summary: Summary, text: str, by: Teacher, place: str = PLACE) -> Summary:
    version = Summary.objects.get(pk=summary.pk).written(place)["version"]
    return actions.save_prose(summary, place, text, version=version, by=by, at=LATER)


# ---- numbers that are known ----
def test_a_reference_stands_for_its_number(summary: Summary, zhou: Teacher) -> None:
    summary = wrote(summary, "全学期研讨{举行的场次}，共{参加人次}到场。", zhou)

    document = fill(summary, LATER)

    assert "全学期研讨3场，共5人次到场。" in to_text(document)


def test_a_reference_may_name_a_group(summary: Summary, zhou: Teacher) -> None:
    summary = wrote(summary, "数学组{举行的场次@数学教研组}，语文组{举行的场次@语文教研组}。", zhou)

    assert "数学组3场，语文组0场。" in to_text(fill(summary, LATER))


def test_a_reference_to_nothing_is_a_gap(summary: Summary, zhou: Teacher) -> None:
    summary = wrote(summary, "发表论文{发表的论文}。", zhou)

    assert "“{发表的论文}”对应的数据项" in [gap.what for gap in fill(summary, LATER).gaps]


def test_an_approved_sentence_turns_when_its_record_changes(
    client: Client, summary: Summary, sessions: list[Session], zhou: Teacher, shen: Teacher,
    wang: Teacher,
) -> None:  # fmt: skip
    summary = wrote(summary, "老师们来得齐。全学期共{参加人次}到场。", zhou)
    approved = actions.approve(close_gaps(summary, zhou), by=shen, at=LATER)
    activities.amend_attendance(
        sessions[1], wang, state="present", reason="名单漏记", by=zhou, at=LATER
    )
    client.force_login(wang)

    html = client.get(reverse("reports:summary", args=[approved.uid])).content.decode()

    turned = re.findall(r'<span class="turned">(.*?)现在为 6人次', html, re.DOTALL)
    assert any("全学期共" in one and "审定时 5人次" in one for one in turned)
    assert not any("老师们来得齐" in one for one in turned)
    assert "全学期共5人次到场" in to_text(standing(approved, LATER).document)


# ---- numbers typed by hand ----
def offered(summary: Summary) -> list[tuple[str, str, bool]]:
    now = standing(summary, LATER)
    found = typed_numbers(now, known_figures(now.reckoner))
    return [(one.typed, one.stated.name, one.is_equal) for one in found]


def test_a_typed_number_that_is_the_same_is_offered(summary: Summary, zhou: Teacher) -> None:
    summary = wrote(summary, "全校共举行研修活动3场次。参加的有5人次。", zhou)

    assert ("5人次", "参加人次", True) in offered(summary)


def test_a_typed_number_that_contradicts_is_offered(summary: Summary, zhou: Teacher) -> None:
    summary = wrote(summary, "参加人次达到120人次。", zhou)

    assert ("120人次", "参加人次", False) in offered(summary)
    said = f"{summary.period_text}参加人次达到120人次。"
    assert ("120人次", "参加人次", False) in offered(wrote(summary, said, zhou))


def test_a_number_that_no_figure_knows_is_left_alone(summary: Summary, zhou: Teacher) -> None:
    summary = wrote(summary, "购置图书300册，读了2本。", zhou)

    assert offered(summary) == []


@pytest.mark.parametrize(
    "said",
    [
        "上学期参加人次达到120人次。",
        "2025—2026学年第二学期参加人次达到120人次。",
        "语文组参加人次达到120人次。",
        "要求参加人次达到120人次。",
        "去年办了几场，参加人次达到120人次。",
    ],
)
def test_a_number_of_another_time_or_unit_or_one_asked_for_is_left_alone(
    summary: Summary, zhou: Teacher, said: str
) -> None:
    assert offered(wrote(summary, said, zhou)) == []


def test_a_number_that_is_meant_for_the_next_term_is_left_alone(
    summary: Summary, zhou: Teacher
) -> None:
    assert offered(wrote(summary, "参加人次达到120人次。", zhou, "section:next")) == []


def test_whoever_approves_sees_the_numbers_that_are_typed_otherwise(
    client: Client, summary: Summary, zhou: Teacher, shen: Teacher
) -> None:
    summary = wrote(summary, "参加人次达到120人次。", zhou)
    actions.submit_summary(close_gaps(summary, zhou), by=zhou, at=LATER)
    client.force_login(shen)

    html = client.get(reverse("reports:summary", args=[summary.uid])).content.decode()

    assert "“120人次”，系统的“参加人次”是 5人次" in html


@pytest.mark.parametrize(("today", "warns"), [("2026-12-01", True), ("2027-02-01", False)])
def test_whoever_approves_is_told_that_the_term_goes_on(
    client: Client,
    summary: Summary,
    zhou: Teacher,
    shen: Teacher,
    monkeypatch: pytest.MonkeyPatch,
    today: str,
    warns: bool,
) -> None:
    actions.submit_summary(close_gaps(summary, zhou), by=zhou, at=LATER)
    monkeypatch.setattr("yanxiu.reports.views.summaries.today", lambda: date.fromisoformat(today))
    client.force_login(shen)

    html = client.get(reverse("reports:summary", args=[summary.uid])).content.decode()

    assert ("以后的活动不再算进去" in html) == warns


def test_a_typed_number_is_linked_on_the_page(
    client: Client, summary: Summary, zhou: Teacher
) -> None:
    summary = wrote(summary, "本学期参加的有5人次。", zhou)
    client.force_login(zhou)
    given: dict[str, Any] = {"place": PLACE, "version": 1, "start": 7, "typed": "5人次"}

    client.post(
        reverse("reports:claim", args=[summary.uid]),
        {**given, "figure": "activities.attendances"},
    )

    summary.refresh_from_db()
    assert summary.written(PLACE)["text"] == "本学期参加的有{参加人次}。"
    assert client.post(
        reverse("reports:claim", args=[summary.uid]),
        {**given, "version": 2, "figure": "activities.attendances"},
    ).status_code == 422  # fmt: skip


# ---- claims ----
@pytest.mark.parametrize(
    "text",
    [
        "教师的业务水平显著提高。",
        "各项工作成绩斐然。",
        "活动得到了家长的广泛好评。",
        "教研氛围日益浓厚，硕果累累！",
        "培养了教师之间的合作精神。",
        "教学质量继续保持良好的发展势头。",
    ],
)
def test_a_claim_without_a_figure_is_marked(summary: Summary, zhou: Teacher, text: str) -> None:
    summary = wrote(summary, f"先说做法。{text}", zhou)

    claims = claims_in(fill(summary, LATER), summary)

    assert [(claim.kind, claim.sentence) for claim in claims] == [("empty", text)]
    assert claims[0].figures


@pytest.mark.parametrize(
    "text",
    ["到场率显著提高，共{参加人次}。", "积极参加的教师有12人。", "每组先说问题，再听课。"],
)
def test_a_sentence_with_a_number_or_without_a_claim_is_left(
    summary: Summary, zhou: Teacher, text: str
) -> None:
    summary = wrote(summary, text, zhou)

    assert claims_in(fill(summary, LATER), summary) == []


@pytest.mark.parametrize(
    "text", ["工作中还存在许多的缺点，很多地方需要改进。", "今后还有很多地方需要改善、充实。"]
)
def test_vague_problems_are_marked(summary: Summary, zhou: Teacher, text: str) -> None:
    summary = wrote(summary, text, zhou, "section:problems")

    kinds = {claim.kind for claim in claims_in(fill(summary, LATER), summary)}

    assert kinds == {"vague"}


def test_a_problems_section_of_two_words_is_marked(summary: Summary, zhou: Teacher) -> None:
    summary = wrote(summary, "时间紧。", zhou, "section:problems")

    assert [one.kind for one in claims_in(fill(summary, LATER), summary)] == ["thin"]


def test_a_school_adds_its_own_phrase(cast: Cast, summary: Summary, zhou: Teacher) -> None:
    add_phrase(cast.school, "再上新台阶", by=zhou, at=LATER)
    summary = wrote(summary, "我校研修再上新台阶。", zhou)

    assert [one.phrase for one in claims_in(fill(summary, LATER), summary)] == ["再上新台阶"]


def test_a_claim_is_settled_by_a_figure_or_a_reason(
    client: Client, summary: Summary, zhou: Teacher
) -> None:
    summary = wrote(summary, "教研氛围浓厚。\n家长普遍好评。", zhou)
    first, second = claims_in(fill(summary, LATER), summary)
    client.force_login(zhou)
    address = reverse("reports:claim", args=[summary.uid])

    client.post(address, {
        "place": first.at, "version": 1, "sentence": first.sentence,
        "figure": "activities.attendances",
    })  # fmt: skip
    client.post(address, {
        "do": "keep", "place": second.place, "version": 0, "because": "附有家长问卷。",
    })  # fmt: skip

    summary.refresh_from_db()
    assert "教研氛围浓厚（参加人次5人次）。" in to_text(fill(summary, LATER))
    assert [one.because for one in claims_in(fill(summary, LATER), summary)] == ["附有家长问卷。"]


def test_a_claim_does_not_stand_in_the_way_of_approval(
    summary: Summary, zhou: Teacher, shen: Teacher
) -> None:
    summary = wrote(summary, "各项工作成绩斐然。", zhou)

    assert actions.approve(close_gaps(summary, zhou), by=shen, at=LATER).is_approved


def test_the_figures_of_the_word_list_exist(summary: Summary) -> None:
    known = {one.code for one in known_figures(standing(summary, LATER).reckoner)}

    assert {code for one in shipped() for code in one.figures} <= known


# ---- the desk ----
def test_the_page_offers_figures_claims_and_ideas(
    client: Client, summary: Summary, zhou: Teacher
) -> None:
    wrote(summary, "各项工作成绩斐然，参加的有5人次。\n教研氛围浓厚。", zhou)
    client.force_login(zhou)

    html = client.get(reverse("reports:summary", args=[summary.uid])).content.decode()

    assert '<option value="举行的场次">3场</option>' in html
    assert "手打的“5人次”和数据“参加人次”一样" in html
    assert '<mark class="claim">教研氛围浓厚。</mark>' in html
    assert "新教师亮相课" in html[html.index('id="ideas"') :]


def test_a_chosen_figure_is_put_at_the_end_without_script(
    client: Client, summary: Summary, zhou: Teacher
) -> None:
    client.force_login(zhou)
    given = {"place": PLACE, "version": 0, "text": "全学期研讨。", "figure": "举行的场次"}

    client.post(reverse("reports:prose", args=[summary.uid]), given)

    summary.refresh_from_db()
    assert summary.written(PLACE)["text"] == "全学期研讨{举行的场次}。"


def test_the_office_keeps_the_list_on_its_page(
    client: Client, cast: Cast, zhou: Teacher, wang: Teacher
) -> None:
    client.force_login(zhou)
    address = reverse("reports:phrases")
    client.post(address, {"text": "再上新台阶"})
    html = client.get(address).content.decode()
    assert "再上新台阶" in html

    row = re.findall(r'name="remove" value="([^"]+)"', html)[0]
    client.post(address, {"remove": row})

    assert not EmptyPhrase.objects.filter(organisation=cast.school).exists()
    client.force_login(wang)
    assert client.get(address).status_code == 404
