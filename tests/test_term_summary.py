"""From what happened to the term summary: every number counted, none invented, none left empty."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from yanxiu.activities import actions as activities
from yanxiu.activities.models import ActivityKind, Session
from yanxiu.agenda.models import Task
from yanxiu.attachments.actions import path_of
from yanxiu.attachments.models import Attachment
from yanxiu.audit.models import TrailLine
from yanxiu.conftest import MORNING, Cast
from yanxiu.figures.table import all_figures
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.kernel.spans import moment_at
from yanxiu.people.models import Teacher
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Plan, Quota, Rhythm
from yanxiu.reports import actions
from yanxiu.reports.documents.term_summary import filling, plan_part
from yanxiu.reports.documents.term_summary.data import Stated, Table, TermSummary
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.documents.term_summary.writing import to_text, to_word
from yanxiu.reports.models import Summary
from yanxiu.reports.permissions import may_see_summary
from yanxiu.reports.queries import approvers, standing
from yanxiu.reports.refusals import (
    ProseChanged,
    ReasonMissing,
    SummaryHasGaps,
    SummaryInOtherState,
    SummaryNotOpen,
    SummaryStands,
    WordsChangedMeanwhile,
)
from yanxiu.terms import actions as terms

pytestmark = pytest.mark.django_db

LATER = datetime.fromisoformat("2026-11-20T01:00:00+00:00")
"""20 November 2026, 09:00 in Shanghai."""

HELD_ON = [date(2026, 9, 17), date(2026, 10, 15), date(2026, 11, 12)]


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def hold(cast: Cast, day: date, *came: str, title: str, group: str = "maths") -> Session:
    """Plan, attend and close a session of a group."""
    unit, leader = (cast.maths, "li") if group == "maths" else (cast.chinese, "zhao")
    by = cast.people[leader]
    session = activities.plan_session(
        cast.school,
        title=title,
        by=by,
        at=MORNING,
        kind=ActivityKind.objects.get(code="research_activity"),
        unit=unit,
        starts_at=moment_at(day, time(14)),
        ends_at=moment_at(day, time(15, 30)),
    )
    states = {cast.people[name]: "present" for name in came}
    activities.call_roll(session, states, by=by, at=LATER)
    return activities.close_session(session, by=by, at=LATER)


@pytest.fixture
def sessions(cast: Cast) -> list[Session]:
    """Three held sessions; 王老师 missed the second one."""
    who = [("li", "wang"), ("li",), ("li", "wang")]
    titles = ["估算从哪里开始", "错题怎样再用", "图形的运动"]
    return [
        hold(cast, day, *came, title=title)
        for day, came, title in zip(HELD_ON, who, titles, strict=True)
    ]


@pytest.fixture
def plan(cast: Cast, zhou: Teacher) -> Plan:
    """A confirmed plan: a goal, a quota, a rhythm, and items of September and December."""
    made: dict[str, Any] = {"by": zhou, "at": MORNING}
    plan = planning.start_plan(cast.school, cast.term, "第一学期校本研修计划", **made)
    planning.add_goal(plan, text="让每次研讨都有可用的结论", **made)
    amount = Decimal(15)
    planning.add_quota(plan, name="听课", amount=amount, unit_of_measure="节", **made)
    planning.add_rhythm(plan, unit=cast.maths, weekday=4, half_day=Rhythm.HalfDay.AFTERNOON, **made)
    planning.add_item(plan, text="新教师亮相课", month=9, **made)
    planning.add_item(plan, text="期末小结会", month=12, **made)
    return planning.confirm_plan(plan, **made)


@pytest.fixture
def summary(cast: Cast, zhou: Teacher, plan: Plan, sessions: list[Session]) -> Summary:
    assert plan.pk
    assert sessions
    return actions.start_summary(cast.school, cast.term, by=zhou, at=LATER)


def close_gaps(summary: Summary, by: Teacher) -> Summary:
    """Write something at every gap; what sections need, and an open statement elsewhere."""
    for gap in fill(summary, LATER).gaps:
        section = gap.key.startswith("section:")
        place = gap.key if section else f"gap:{gap.key}"
        text = "讨论的结论还没有及时回到课堂。" if section else "本学期未开展，原因是时间不够。"
        summary = actions.save_prose(summary, place, text, version=0, by=by, at=LATER)
    return summary


@pytest.fixture
def approved(summary: Summary, zhou: Teacher, shen: Teacher) -> Summary:
    submitted = actions.submit_summary(close_gaps(summary, zhou), by=zhou, at=LATER)
    return actions.approve(submitted, by=shen, at=LATER)


def count(statement: str) -> Decimal:
    """Ask the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return Decimal(str(cursor.fetchone()[0] or 0))


def rows_of(document: TermSummary, key: str) -> list[list[str]]:
    """Return the rows of one table as texts."""
    tables = [b for s in document.sections for b in s.blocks if isinstance(b, Table)]
    return [
        [str(c) for c in row.cells] for table in tables if table.key == key for row in table.rows
    ]


def squeezed(text: str) -> str:
    """Return `text` without spaces and without the dividers of table cells."""
    return re.sub(r"[\s｜]", "", text)


def words_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        xml = package.read("word/document.xml").decode()
    return squeezed("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml)))


# ---- numbers ----
SESSIONS = "SELECT COUNT(*) FROM activities_session"
MARKS = (
    "SELECT COUNT(*) FROM activities_attendance JOIN activities_session"
    " ON activities_session.id = session_id AND closed_at IS NOT NULL"
)
COUNTS = {
    "activities.sessions_planned": SESSIONS,
    "activities.sessions_held": SESSIONS + " WHERE closed_at IS NOT NULL",
    "activities.sessions_cancelled": SESSIONS + " WHERE cancelled_at IS NOT NULL",
    "activities.minutes_missing": "SELECT COUNT(*) FROM activities_session WHERE closed_at"
    " IS NOT NULL AND id NOT IN (SELECT session_id FROM activities_minutes)",
    "activities.expected": MARKS + " WHERE expected",
    "activities.attendances": MARKS + " WHERE state IN ('present', 'late')",
    "activities.absences": MARKS + " WHERE state = 'absent'",
    "people.teachers": "SELECT COUNT(DISTINCT teacher_id) FROM people_post"
    " WHERE organisation_id = (SELECT organisation_id FROM reports_summary)",
    "planning.items": "SELECT COUNT(*) FROM planning_planitem",
    "planning.items_overdue": "SELECT COUNT(*) FROM planning_planitem WHERE month < '2026-11-01'",
}


def test_its_numbers_are_those_of_the_database(summary: Summary) -> None:
    numbers = fill(summary, LATER).numbers

    assert {code: numbers[code, ""].value for code in COUNTS} == {
        code: count(statement) for code, statement in COUNTS.items()
    }


def test_it_tells_every_figure_of_the_house(summary: Summary) -> None:
    stated = {code for code, _unit in fill(summary, LATER).numbers}

    assert stated == set(all_figures()) - filling.NOT_TOLD


def test_the_figures_it_asks_for_by_name_exist(summary: Summary) -> None:
    assert [gap.key for gap in fill(summary, LATER).gaps if gap.key.startswith("figure:")] == []


def test_it_lists_each_held_session_with_who_was_expected_and_came(summary: Summary) -> None:
    assert rows_of(fill(summary, LATER), "sessions") == [
        ["9月17日", "数学教研组", "估算从哪里开始", "2", "2"],
        ["10月15日", "数学教研组", "错题怎样再用", "2", "1"],
        ["11月12日", "数学教研组", "图形的运动", "2", "2"],
    ]


def test_it_tells_what_became_of_each_item_of_the_plan(summary: Summary) -> None:
    assert rows_of(fill(summary, LATER), "items") == [
        ["9月", "新教师亮相课", "已过期"],
        ["12月", "期末小结会", "未到"],
    ]


def test_it_tells_how_often_each_unit_met(cast: Cast, summary: Summary) -> None:
    hold(cast, date(2026, 11, 19), "zhao", title="整本书怎样读", group="chinese")

    assert rows_of(fill(summary, LATER), "rhythms") == [["数学教研组", "每周四下午", "3场", "3场"]]


def test_a_goal_without_an_indicator_is_named_so(summary: Summary) -> None:
    assert "1. 让每次研讨都有可用的结论。（未设指标）" in to_text(fill(summary, LATER))


def test_what_is_asked_of_each_teacher_is_multiplied_openly(summary: Summary) -> None:
    [row] = rows_of(fill(summary, LATER), "quotas")

    assert row == ["听课", "每位教师每学期不少于15节", "6人", "90节", "【待补：“听课”的完成数量】"]


def test_what_is_asked_per_month_is_not_multiplied(cast: Cast, plan: Plan, zhou: Teacher) -> None:
    planning.add_quota(
        plan,
        name="读书交流",
        amount=Decimal(1),
        unit_of_measure="次",
        per=Quota.Per.UNIT,
        period=Quota.Period.MONTH,
        by=zhou,
        at=MORNING,
    )
    summary = actions.start_summary(cast.school, cast.term, by=zhou, at=LATER)

    assert rows_of(fill(summary, LATER), "quotas")[1][2:4] == ["每个教研组", "不折算合计"]


def test_overdue_items_and_missing_minutes_are_told_as_problems(summary: Summary) -> None:
    text = to_text(fill(summary, LATER))

    assert "过期未办的计划事项1项；缺活动记录的场次3场；取消的场次0场。" in text
    assert "过期未办的事项：2026年9月“新教师亮相课”（已过期）。" in text


# ---- gaps ----
def test_a_term_without_a_plan_has_a_gap_and_zeros(cast: Cast, zhou: Teacher) -> None:
    summary = actions.start_summary(cast.school, cast.term, by=zhou, at=LATER)
    document = fill(summary, LATER)

    assert "plan" in {gap.key for gap in document.gaps}
    assert str(document.numbers["activities.sessions_held", ""]) == "0场"


def test_a_session_left_open_is_a_gap(cast: Cast, li: Teacher, summary: Summary) -> None:
    activities.plan_session(
        cast.school,
        title="没有关闭的一场",
        by=li,
        at=MORNING,
        kind=ActivityKind.objects.get(code="research_activity"),
        unit=cast.maths,
        starts_at=LATER - timedelta(days=2),
        ends_at=LATER - timedelta(days=2, hours=-1),
    )

    assert "left_open" in {gap.key for gap in fill(summary, LATER).gaps}


def test_it_cannot_be_handed_in_or_approved_with_a_gap(
    summary: Summary, zhou: Teacher, shen: Teacher
) -> None:
    with pytest.raises(SummaryHasGaps, match="“听课”的完成数量"):
        actions.submit_summary(summary, by=zhou, at=LATER)
    with pytest.raises(SummaryHasGaps, match="存在的问题与原因；下一步打算"):
        actions.approve(summary, by=shen, at=LATER)

    summary.refresh_from_db()
    assert (summary.state, summary.frozen) == ("draft", {})


def test_an_open_statement_closes_a_gap_and_is_kept_as_such(
    summary: Summary, zhou: Teacher
) -> None:
    [key] = [gap.key for gap in fill(summary, LATER).gaps if gap.key.startswith("quota:")]
    text = "本学期未开展，原因是跟岗学习占用了听课时间。"

    summary = actions.save_prose(summary, f"gap:{key}", text, version=0, by=zhou, at=LATER)

    document = fill(summary, LATER)
    assert document.answers[key].text == text.rstrip("。")
    assert key not in {gap.key for gap in document.gaps}


@pytest.mark.parametrize("text", ["开展讲座X场。", "收集反思XX篇。", "共____人参加。"])
def test_a_placeholder_in_the_words_is_a_gap(summary: Summary, zhou: Teacher, text: str) -> None:
    summary = actions.save_prose(summary, "section:data", text, version=0, by=zhou, at=LATER)

    assert "section:data" in {gap.key for gap in fill(summary, LATER).gaps}


def test_words_that_are_taken_away_leave_the_gap_again(summary: Summary, zhou: Teacher) -> None:
    place = "section:next"
    made: dict[str, Any] = {"by": zhou, "at": LATER}
    summary = actions.save_prose(summary, place, "下学期继续。", version=0, **made)
    assert place not in {gap.key for gap in fill(summary, LATER).gaps}

    summary = actions.save_prose(summary, place, "", version=1, **made)

    assert place in {gap.key for gap in fill(summary, LATER).gaps}


# ---- writing ----
def test_a_newer_text_is_not_overwritten(summary: Summary, zhou: Teacher) -> None:
    made: dict[str, Any] = {"by": zhou, "at": LATER}
    actions.save_prose(summary, "section:next", "先写的。", version=0, **made)

    with pytest.raises(ProseChanged, match="周主任"):
        actions.save_prose(summary, "section:next", "后写的。", version=0, **made)

    summary.refresh_from_db()
    assert summary.texts() == {"section:next": "先写的。"}


def test_there_is_no_writing_at_a_place_the_document_does_not_have(
    summary: Summary, zhou: Teacher
) -> None:
    with pytest.raises(BadInput, match="没有这一处"):
        actions.save_prose(summary, "gap:nothing", "字", version=0, by=zhou, at=LATER)


def test_a_term_is_summed_up_once(summary: Summary, zhou: Teacher) -> None:
    with pytest.raises(SummaryStands, match="已经起草过"):
        actions.start_summary(summary.organisation, summary.term, by=zhou, at=LATER)


def test_a_term_of_another_school_is_refused(cast: Cast, zhou: Teacher) -> None:
    foreign = terms.set_term(
        cast.other_school,
        school_year=2026,
        half=1,
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 1, 20),
        by=None,
        at=MORNING,
    )

    with pytest.raises(BadInput, match="不是本单位的学期"):
        actions.start_summary(cast.school, foreign, by=zhou, at=LATER)


# ---- approval ----
def test_handing_in_gives_the_principal_a_task(
    summary: Summary, zhou: Teacher, shen: Teacher
) -> None:
    actions.submit_summary(close_gaps(summary, zhou), by=zhou, at=LATER)

    tasks = Task.objects.filter(source_id=summary.uid, state="open")
    assert [(task.teacher, task.title) for task in tasks] == [
        (shen, f"审定学期总结：{summary.term}")
    ]
    assert approvers(summary.organisation) == [shen]


def test_returning_gives_the_office_the_reason_and_it_can_hand_in_again(
    summary: Summary, zhou: Teacher, shen: Teacher
) -> None:
    submitted = actions.submit_summary(close_gaps(summary, zhou), by=zhou, at=LATER)
    returned = actions.return_summary(submitted, because="请写实一点", by=shen, at=LATER)

    assert returned.state == "draft"
    open_ones = Task.objects.filter(state="open", source_id=summary.uid)
    assert [(task.teacher, task.title) for task in open_ones] == [
        (zhou, "修改学期总结：请写实一点")
    ]
    actions.submit_summary(returned, by=zhou, at=LATER)
    assert [task.teacher for task in open_ones.all()] == [shen]


def test_nothing_is_written_while_the_principal_reads(summary: Summary, zhou: Teacher) -> None:
    submitted = actions.submit_summary(close_gaps(summary, zhou), by=zhou, at=LATER)

    with pytest.raises(SummaryNotOpen):
        actions.save_prose(submitted, "section:next", "改", version=1, by=zhou, at=LATER)


def test_returning_needs_a_reason(summary: Summary, zhou: Teacher, shen: Teacher) -> None:
    submitted = actions.submit_summary(close_gaps(summary, zhou), by=zhou, at=LATER)

    with pytest.raises(ReasonMissing):
        actions.return_summary(submitted, because=" ", by=shen, at=LATER)


def test_approval_freezes_words_and_numbers_and_keeps_the_paper(approved: Summary) -> None:
    kept = Attachment.objects.get(source_id=approved.uid)
    frozen = standing(approved, LATER).document

    assert (approved.version, approved.frozen["word"]) == (1, str(kept.uid))
    assert frozen.day == "2026年11月20日"
    assert words_of(path_of(kept.sha256).read_bytes()) == squeezed(to_text(frozen))
    assert Task.objects.filter(state="open", source_id=approved.uid).count() == 0


def test_it_is_not_approved_twice(approved: Summary, shen: Teacher) -> None:
    with pytest.raises(SummaryInOtherState, match="已审定"):
        actions.approve(approved, by=shen, at=LATER)


def test_words_changed_at_the_same_moment_are_not_approved_unseen(
    summary: Summary, zhou: Teacher, shen: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = close_gaps(summary, zhou)

    def write_while_somebody_saves(document: TermSummary) -> bytes:
        text = "换了一种说法。"
        actions.save_prose(summary, "section:next", text, version=1, by=zhou, at=LATER)
        return to_word(document)

    monkeypatch.setattr(actions, "to_word", write_while_somebody_saves)
    with pytest.raises(WordsChangedMeanwhile):
        actions.approve(summary, by=shen, at=LATER)

    summary.refresh_from_db()
    assert summary.state == "draft"


def test_an_approved_number_stays_and_its_change_is_marked(
    approved: Summary, sessions: list[Session], wang: Teacher, zhou: Teacher
) -> None:
    before = to_text(standing(approved, LATER).document)
    activities.amend_attendance(
        sessions[1], wang, state="present", reason="当天到场，名单漏记", by=zhou, at=LATER
    )

    now = standing(approved, LATER)

    assert to_text(now.document) == before
    assert str(now.document.numbers["activities.attendances", ""]) == "5人次"
    assert str(now.changes.numbers["activities.attendances", ""]) == "6人次"
    assert now.changes.cells["sessions", str(sessions[1].uid), 4] == "2"


def test_a_session_added_after_approval_is_told_apart(approved: Summary, cast: Cast) -> None:
    hold(cast, date(2026, 11, 19), "li", title="审定以后的一场")

    now = standing(approved, LATER)

    assert now.changes.added == {"sessions": 1}
    assert "审定以后的一场" not in to_text(now.document)


def test_withdrawing_reopens_it_and_keeps_the_old_paper(approved: Summary, shen: Teacher) -> None:
    reopened = actions.withdraw_approval(approved, because="漏了一场", by=shen, at=LATER)
    assert (reopened.state, reopened.frozen) == ("draft", {})

    again = actions.approve(reopened, by=shen, at=LATER)

    assert again.version == 2
    assert Attachment.objects.filter(source_id=approved.uid).count() == 2


def test_every_step_leaves_a_line_in_the_trail(approved: Summary, shen: Teacher) -> None:
    actions.withdraw_approval(approved, because="漏了一场", by=shen, at=LATER)

    verbs = list(TrailLine.objects.filter(source_id=approved.uid).values_list("verb", flat=True))
    assert verbs[0] == "reports.summary-started"
    assert verbs[-3:] == [
        "reports.summary-submitted",
        "reports.summary-approved",
        "reports.approval-withdrawn",
    ]


# ---- who may ----
def test_only_the_office_drafts(cast: Cast) -> None:
    for name in set(cast.people) - {"zhou"}:
        with pytest.raises(NotAllowed):
            actions.start_summary(cast.school, cast.term, by=cast.people[name], at=LATER)


def test_only_the_principal_approves(cast: Cast, summary: Summary) -> None:
    for name in set(cast.people) - {"shen"}:
        with pytest.raises(NotAllowed):
            actions.approve(summary, by=cast.people[name], at=LATER)


def test_only_the_office_writes(cast: Cast, summary: Summary) -> None:
    for name in set(cast.people) - {"zhou"}:
        by = cast.people[name]
        with pytest.raises(NotAllowed):
            actions.save_prose(summary, "section:next", "字", version=0, by=by, at=LATER)


def readers(cast: Cast, summary: Summary) -> set[str]:
    rows = Summary.objects.filter(pk=summary.pk)
    return {name for name, one in cast.people.items() if rows.filter(may_see_summary(one)).exists()}


def test_a_draft_is_for_the_office_and_the_principal(cast: Cast, summary: Summary) -> None:
    assert readers(cast, summary) == {"shen", "zhou"}


def test_an_approved_one_is_for_everybody_of_the_school(cast: Cast, approved: Summary) -> None:
    assert readers(cast, approved) == set(cast.people) - {"qian"}


# ---- pages ----
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
    paper = re.sub(r'<(span|p) class="since no-print">.*?</\1>', "", paper, flags=re.DOTALL)
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

    assert "审定后有更正：现在为 6人次" in html
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


def test_the_whole_document_is_reckoned_with_few_statements(
    summary: Summary, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(60):
        fill(summary, LATER)


def test_titles_inside_a_title_take_single_brackets() -> None:
    titles = ["《读《论语》》", "《论语》与《诗经》", "学期计划"]

    assert [plan_part._inside_title(title) for title in titles] == [
        "读〈论语〉",
        "〈论语〉与〈诗经〉",
        "学期计划",
    ]
