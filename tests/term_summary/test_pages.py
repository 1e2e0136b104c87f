"""The pages say what the Word document says, and every number on them opens."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.term_summary.conftest import LATER, squeezed, words_of
from yanxiu.activities import actions as activities
from yanxiu.activities.models import Session
from yanxiu.conftest import MORNING, Cast
from yanxiu.people.models import Teacher
from yanxiu.planning.models import Plan
from yanxiu.reports.actions import summaries as actions
from yanxiu.reports.documents.term_summary.data import Stated
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.documents.term_summary.writing import to_text, to_word
from yanxiu.reports.models import Summary
from yanxiu.reports.queries import standing
from yanxiu.terms import actions as terms

pytestmark = pytest.mark.django_db


OPENED = ["summary", "word", "return", "withdraw"]
POSTED = ["prose", "submit", "approve", "return", "withdraw"]


def page_of(client: Client, teacher: Teacher, summary: Summary) -> str:
    client.force_login(teacher)
    answer = client.get(reverse("reports:summary", args=[summary.uid]))
    assert answer.status_code == 200
    return answer.content.decode()


def article(html: str) -> str:
    """Return the words of the paper on the page, without what is not printed."""
    paper = html[html.index("<article") : html.index("</article>")]
    paper = re.sub(r"<details.*?</details>", "", paper, flags=re.DOTALL)
    paper = re.sub(r'<form class="more.*?</form>', "", paper, flags=re.DOTALL)
    since = r'<(span|p|a) class="since no-print".*?</\1>'
    paper = re.sub(since, "", paper, flags=re.DOTALL)
    return squeezed(re.sub(r"<[^>]+>", "", paper).replace("&quot;", '"'))


def test_page_and_word_say_the_same(client: Client, zhou: Teacher, summary: Summary) -> None:
    html = page_of(client, zhou, summary)

    assert article(html) == words_of(to_word(fill(summary, LATER)))


def test_every_number_on_the_page_opens(client: Client, zhou: Teacher, summary: Summary) -> None:
    html = page_of(client, zhou, summary)
    links = re.findall(r'class="opens num" href="([^"]+)"[^>]*>([^<]+)<', html)

    assert len(links) == sum(isinstance(piece, Stated) for piece in fill(summary, LATER).pieces())
    for url in {link.replace("&amp;", "&") for link, _text in links}:
        assert client.get(url).status_code == 200


def test_a_number_of_a_unit_opens_with_the_unit(
    client: Client, cast: Cast, zhou: Teacher, summary: Summary
) -> None:
    assert f"unit={cast.maths.uid}" in page_of(client, zhou, summary)


def test_the_page_marks_what_changed_since(
    client: Client,
    approved: Summary,
    sessions: list[Session],
    wang: Teacher,
    zhou: Teacher,
) -> None:
    activities.amend_attendance(
        sessions[1], wang, state="present", reason="名单漏记", by=zhou, at=LATER
    )

    html = page_of(client, wang, approved)

    assert "审定时 5人次，审定后有更正：现在为 6人次" in html
    assert "撤销审定" not in html


def post(client: Client, name: str, summary: Summary, **data: object) -> "tuple[int, str]":
    answer = client.post(reverse(f"reports:{name}", args=[summary.uid]), data)
    return answer.status_code, answer.content.decode()


def test_the_office_goes_from_draft_to_approval_on_the_pages(
    client: Client, cast: Cast, plan: Plan, zhou: Teacher, shen: Teacher
) -> None:
    assert plan.pk
    client.force_login(zhou)
    chosen = f"{cast.school.uid}/{cast.term.uid}"
    client.post(reverse("reports:start"), {"term": chosen})
    summary = Summary.objects.get()
    for gap in fill(summary, LATER).gaps:
        place = gap.key if gap.key.startswith("section:") else f"gap:{gap.key}"
        assert post(client, "prose", summary, place=place, version=0, text="如实写。")[0] == 302
    assert post(client, "submit", summary)[0] == 302
    client.force_login(shen)
    assert post(client, "approve", summary)[0] == 302

    summary.refresh_from_db()
    assert (summary.state, summary.approved_by_name) == ("approved", "沈校长")
    answer: Any = client.get(reverse("reports:word", args=[summary.uid]), follow=True)
    content = b"".join(answer.streaming_content)
    assert words_of(content) == squeezed(to_text(standing(summary, LATER).document))


def test_a_refused_text_stays_in_its_field(client: Client, zhou: Teacher, summary: Summary) -> None:
    actions.save_prose(summary, "section:next", "别人先写的。", version=0, by=zhou, at=LATER)
    client.force_login(zhou)

    status, html = post(client, "prose", summary, place="section:next", version=0, text="我写的。")

    assert status == 422
    assert "我写的。</textarea>" in html
    assert "别人先写的。" in html
    assert 'name="version" value="1"' in html


def test_handing_in_with_gaps_is_refused_by_name(
    client: Client, zhou: Teacher, summary: Summary
) -> None:
    client.force_login(zhou)

    status, html = post(client, "submit", summary)

    assert status == 422
    assert "下一步打算" in html


def test_a_stranger_finds_nothing(client: Client, qian: Teacher, summary: Summary) -> None:
    client.force_login(qian)
    pages = [reverse(f"reports:{name}", args=[summary.uid]) for name in OPENED + POSTED]

    answers = [client.get(page) for page in pages[: len(OPENED)]]
    answers += [client.post(page) for page in pages[len(OPENED) :]]

    assert {answer.status_code for answer in answers} == {404}


def test_the_draft_comes_as_word(client: Client, zhou: Teacher, summary: Summary) -> None:
    client.force_login(zhou)

    answer = client.get(reverse("reports:word", args=[summary.uid]))

    assert words_of(answer.content) == words_of(to_word(fill(summary, LATER)))
    assert ".docx" in answer["Content-Disposition"]


def test_a_teacher_sees_no_draft_in_the_list(
    client: Client, wang: Teacher, summary: Summary
) -> None:
    client.force_login(wang)

    html = client.get(reverse("reports:summaries")).content.decode()

    assert str(summary.uid) not in html
    assert "还没有总结" in html


def test_the_list_costs_the_same_for_many(
    client: Client,
    cast: Cast,
    zhou: Teacher,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for year in range(2000, 2025):
        for half, start in ((1, date(year, 9, 1)), (2, date(year + 1, 3, 1))):
            term = terms.set_term(
                cast.school,
                school_year=year,
                half=half,
                starts_on=start,
                ends_on=start + timedelta(days=140),
                by=None,
                at=MORNING,
            )
            actions.start_summary(cast.school, term, by=zhou, at=LATER)
    client.force_login(zhou)

    with django_assert_max_num_queries(10):
        answer = client.get(reverse("reports:summaries"))

    assert len(answer.content) <= 60_000
    assert answer.content.decode().count("草") >= 50
