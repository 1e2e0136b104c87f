"""A summary of any subject for any days: its numbers, its readers, one content on every paper."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.term_summary.conftest import LATER, close_gaps, squeezed, words_of
from tests.term_summary.test_pages import article
from yanxiu.activities.models import Session
from yanxiu.conftest import MORNING, Cast
from yanxiu.figures.table import all_figures
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.spans import Span
from yanxiu.people import actions as people
from yanxiu.people.models import Organisation, Role, Teacher
from yanxiu.planning.models import Plan
from yanxiu.reports.actions import summaries as actions
from yanxiu.reports.actions import writing
from yanxiu.reports.actions.beginning import begin_summary
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.documents.term_summary.writing import to_text, to_word
from yanxiu.reports.models import Summary
from yanxiu.reports.permissions import may_approve_summary, may_see_summary
from yanxiu.reports.refusals import SummaryStands
from yanxiu.terms import actions as terms

pytestmark = pytest.mark.django_db

AUTUMN = Span(date(2026, 9, 1), date(2026, 11, 1))


def central_of(cast: Cast) -> Organisation:
    assert cast.school.parent is not None
    return cast.school.parent


def central_office(cast: Cast) -> Teacher:
    """Make somebody who drafts summaries at the central school."""
    central, role = central_of(cast), Role.objects.get(code="research_office")
    one = people.add_teacher(name="孙教研", phone="13700000001", by=None, at=MORNING)
    since = date(2020, 9, 1)
    people.give_post(one, central, role, starts_on=since, by=None, at=MORNING)
    return one


def begun(cast: Cast, kind: str) -> tuple[Summary, Teacher]:
    """Begin a summary of each kind, with who writes it."""
    zhou, li, wang = (cast.people[name] for name in ("zhou", "li", "wang"))
    given: dict[str, dict[str, Any]] = {
        "term": {"term": cast.term, "by": zhou},
        "year": {"period": "year", "span": Span(date(2026, 1, 1), date(2027, 1, 1)), "by": zhou},
        "span": {"period": "other", "span": AUTUMN, "by": zhou},
        "unit": {"term": cast.term, "unit": cast.maths, "by": li},
        "own": {"term": cast.term, "teacher": wang, "by": wang},
    }
    if kind == "central":
        sun = central_office(cast)
        return begin_summary(central_of(cast), term=cast.term, by=sun, at=LATER), sun
    if kind == "department":
        below = people.add_organisation(
            cast.school, "初中部", by=None, at=MORNING, level_name="学部", is_school=True
        )
        return begin_summary(below, term=cast.term, by=zhou, at=LATER), zhou
    return begin_summary(cast.school, at=LATER, **given[kind]), given[kind]["by"]


KINDS = ["term", "year", "span", "unit", "own", "central", "department"]


@pytest.mark.parametrize("kind", KINDS)
def test_page_word_text_and_web_page_say_the_same(
    client: Client, cast: Cast, plan: Plan, sessions: list[Session], kind: str
) -> None:
    assert plan.pk
    assert sessions
    summary, by = begun(cast, kind)
    actions.save_prose(
        summary,
        "section:next",
        "到场{参加人次}，下次早一周通知。\n再约一次。",
        version=0,
        by=by,
        at=LATER,
    )
    summary.refresh_from_db()
    client.force_login(by)

    page = client.get(reverse("reports:summary", args=[summary.uid])).content.decode()
    web = client.get(reverse("reports:web_page", args=[summary.uid])).content.decode()

    word = words_of(to_word(fill(summary, LATER)))
    assert "到场" in word
    assert squeezed(to_text(fill(summary, LATER))) == word
    assert article(page) == word
    title = squeezed(summary.title)
    inside = web[web.index("<article") : web.index("</article>")]
    assert title + squeezed(re.sub(r"<[^>]+>", "", inside).replace("&quot;", '"')) == word


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_opens_to_the_same_number(
    client: Client, cast: Cast, sessions: list[Session], kind: str
) -> None:
    assert sessions
    summary, by = begun(cast, kind)
    client.force_login(by)
    page = client.get(reverse("reports:summary", args=[summary.uid])).content.decode()
    links = re.findall(r'class="opens num" href="([^"]+)"[^>]*>([\d,.]+)[^<]*<', page)

    assert links
    for url, number in sorted(set(links)):
        opened = client.get(url.replace("&amp;", "&")).content.decode()
        same = f'<div class="stat-value">{number} <small>' in opened
        # A leader may not read what each colleague earned; the page says that it shows a part.
        assert same or (kind == "unit" and "这里只算您能看到的部分" in opened)


def test_a_group_counts_only_its_own(cast: Cast, sessions: list[Session]) -> None:
    maths, _li = begun(cast, "unit")
    chinese = begin_summary(
        cast.school, term=cast.term, unit=cast.chinese, by=cast.people["zhao"], at=LATER
    )

    assert sessions
    told = [to_text(fill(one, LATER)) for one in (maths, chinese)]
    assert ["已举行3场" in text for text in told] == [True, False]


def test_a_span_counts_only_its_days(cast: Cast, sessions: list[Session]) -> None:
    assert sessions
    summary, _by = begun(cast, "span")

    text = to_text(fill(summary, LATER))

    assert "已举行2场" in text
    assert text.startswith("清河小学\n2026年9月1日至10月31日\n校本研修阶段小结")


def test_what_one_person_did_is_counted_for_that_person(
    cast: Cast, sessions: list[Session]
) -> None:
    assert sessions
    summary, _wang = begun(cast, "own")

    assert "本学期本人应到3人次，到场2人次" in to_text(fill(summary, LATER))


# ---- one summary of the same days ----
@pytest.mark.parametrize("kind", ["term", "year", "span", "unit", "own"])
def test_the_same_days_are_summed_up_once(cast: Cast, kind: str) -> None:
    begun(cast, kind)

    with pytest.raises(SummaryStands):
        begun(cast, kind)


def test_days_that_cannot_be_meant_are_refused(cast: Cast, zhou: Teacher) -> None:
    with pytest.raises(BadInput):
        begin_summary(cast.school, term=None, by=zhou, at=LATER)
    with pytest.raises(BadInput):
        begin_summary(
            cast.school, period="other", span=Span(date(2020, 1, 1), date(2026, 1, 1)),
            by=zhou, at=LATER,
        )  # fmt: skip


# ---- who ----
def readers(cast: Cast, summary: Summary) -> set[str]:
    rows = Summary.objects.filter(pk=summary.pk)
    return {name for name, one in cast.people.items() if rows.filter(may_see_summary(one)).exists()}


def test_an_own_summary_is_private_until_it_is_handed_in(cast: Cast, wang: Teacher) -> None:
    summary, _by = begun(cast, "own")
    before = readers(cast, summary)

    actions.submit_summary(close_gaps(summary, wang), by=wang, at=LATER)

    assert (before, readers(cast, summary)) == ({"wang"}, {"wang", "zhou", "shen"})


def test_nobody_begins_the_own_summary_of_another(cast: Cast, zhou: Teacher, wang: Teacher) -> None:
    with pytest.raises(NotAllowed):
        begin_summary(cast.school, term=cast.term, teacher=wang, by=zhou, at=LATER)


def test_only_its_leader_or_the_office_begins_the_summary_of_a_group(cast: Cast) -> None:
    for name in set(cast.people) - {"li", "zhou"}:
        with pytest.raises(NotAllowed):
            begin_summary(
                cast.school, term=cast.term, unit=cast.maths, by=cast.people[name], at=LATER
            )


def test_the_office_approves_what_a_group_hands_in(cast: Cast, zhou: Teacher, li: Teacher) -> None:
    summary, _by = begun(cast, "unit")
    rows = Summary.objects.filter(pk=summary.pk)
    assert not rows.filter(may_approve_summary(zhou)).exists()
    summary = actions.submit_summary(close_gaps(summary, li), by=li, at=LATER)

    approved = actions.approve(summary, by=zhou, at=LATER)

    assert approved.is_approved
    assert not rows.filter(may_approve_summary(li)).exists()


def test_a_department_follows_the_terms_of_its_school(cast: Cast) -> None:
    summary, _by = begun(cast, "department")

    assert summary.title.startswith("初中部\n2026—2027学年第一学期")


# ---- the same bytes ----
def test_the_same_words_give_the_same_file(cast: Cast) -> None:
    summary, _by = begun(cast, "year")
    first, second = (to_word(fill(summary, LATER)) for _time in range(2))

    assert first == second
    assert zipfile.is_zipfile(io.BytesIO(first))


def test_last_terms_summary_gives_the_shape(cast: Cast, zhou: Teacher) -> None:
    last = terms.set_term(
        cast.school, school_year=2025, half=1, starts_on=date(2025, 9, 1),
        ends_on=date(2026, 1, 20), by=None, at=MORNING,
    )  # fmt: skip
    old = begin_summary(cast.school, term=last, by=zhou, at=LATER)
    writing.add_section(old, "课题研究", version=0, by=zhou, at=LATER)

    new = begin_summary(cast.school, term=cast.term, by=zhou, at=LATER)

    titles = [section.bare_title for section in fill(new, LATER).sections]
    assert titles == ["基本情况", "主要做法", "成效", "课题研究", "问题与原因", "下一步打算"]


def test_the_page_of_a_writer_is_made_with_bounded_statements(
    client: Client, cast: Cast, sessions: list[Session], django_assert_max_num_queries: Any
) -> None:
    assert sessions
    summary, zhou = begun(cast, "term")
    lines = "\n".join(f"第{number}件事已经办好。" for number in range(20))
    actions.save_prose(summary, "section:next", lines, version=0, by=zhou, at=LATER)
    client.force_login(zhou)

    # Each figure once; the rest does not grow with paragraphs, sessions or claims.
    with django_assert_max_num_queries(len(all_figures()) + 48):
        client.get(reverse("reports:summary", args=[summary.uid]))


def test_a_summary_is_begun_on_the_page_with_a_file(
    client: Client, cast: Cast, wang: Teacher
) -> None:
    client.force_login(wang)
    file = SimpleUploadedFile(
        "去年.txt", "个人总结\n一、读书\n读了一本。\n二、不足\n没写。".encode()
    )

    client.post(
        reverse("reports:begin"),
        {"of": "me", "period": "year", "term": cast.term.uid, "shape": "last", "file": file},
    )

    summary = Summary.objects.get(teacher=wang)
    assert summary.span == Span(date(2026, 1, 1), date(2027, 1, 1))
    assert [one["title"] for one in summary.outline["sections"]][:2] == ["读书", "不足"]
    assert summary.before["sections"][0] == ["读书", "读了一本。"]


def test_bad_days_keep_what_was_typed(client: Client, wang: Teacher) -> None:
    client.force_login(wang)
    given = {"of": "me", "period": "other", "starts_on": "2026-10-01", "last_on": "2026-09-01"}

    answer = client.post(reverse("reports:begin"), {**given, "shape": "last"})

    assert answer.status_code == 422
    assert 'value="2026-10-01"' in answer.content.decode()
