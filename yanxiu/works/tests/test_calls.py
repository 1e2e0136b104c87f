"""A call for papers runs from its notice to the result of every paper."""

from datetime import date

import pytest

from yanxiu.agenda.models import Task
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.ledger.models import Record
from yanxiu.notices.models import Notice
from yanxiu.people.models import Teacher
from yanxiu.works import actions as works
from yanxiu.works.calls import actions, queries
from yanxiu.works.calls.actions import CallFacts, Decision
from yanxiu.works.calls.refusals import (
    AuthorReviews,
    CallNotOpen,
    KindNotAsked,
    NothingToRead,
    ReviewerManages,
    ReviewerWrote,
    StillUnread,
    TooFewReviewers,
    TooManyEntries,
    WrongScores,
)
from yanxiu.works.models import (
    BlindReview,
    CallEntry,
    CallForPapers,
    Outcome,
    Submission,
    Work,
)
from yanxiu.works.tests.conftest import Write, kind

LAST = date(2026, 12, 31)
FACTS = CallFacts(
    title="校论文评选", closes_on=LAST, destination="县论文评选", reviewers_each=1,
    criteria={"选题": 40, "内容": 60},
)  # fmt: skip


@pytest.fixture
def call(cast: Cast, zhou: Teacher) -> CallForPapers:
    return actions.open_call(cast.school, FACTS, by=zhou, at=MORNING)


@pytest.fixture
def entry(call: CallForPapers, write: Write, wang: Teacher) -> CallEntry:
    return actions.enter(call, write(wang, "paper"), by=wang, at=NOON)


@pytest.fixture
def given(call: CallForPapers, entry: CallEntry, zhao: Teacher, zhou: Teacher) -> BlindReview:
    """One paper of 王老师, with 赵老师 of another group."""
    actions.close_call(call, by=zhou, at=NOON)
    actions.name_panel(call, [zhao], by=zhou, at=NOON)
    return actions.draw(call, due_on=None, by=zhou, at=NOON)[0]


def scores(call: CallForPapers, *points: int) -> dict[int, int]:
    return {one.pk: given for one, given in zip(call.criteria.all(), points, strict=True)}


def test_the_school_hears_of_a_call_and_only_the_office_makes_one(
    cast: Cast, call: CallForPapers, wang: Teacher
) -> None:
    assert Notice.objects.get(teacher=wang).title == "征集：校论文评选，12月31日截止"
    assert not Notice.objects.filter(teacher=cast.people["qian"]).exists()
    with pytest.raises(NotAllowed):
        actions.open_call(cast.school, FACTS, by=wang, at=MORNING)


def test_a_call_from_above_is_told_to_the_offices_of_the_schools(
    cast: Cast, zhou: Teacher, qian: Teacher, guan: Teacher
) -> None:
    from yanxiu.people import actions as people  # noqa: PLC0415 (one test needs a post above)
    from yanxiu.people.models import Role  # noqa: PLC0415

    central = cast.school.parent
    assert central
    people.give_post(
        guan, central, Role.objects.get(code="research_office"),
        starts_on=date(2020, 9, 1), by=None, at=MORNING,
    )  # fmt: skip
    fresh = Teacher.objects.get(pk=guan.pk)

    actions.open_call(central, FACTS, by=fresh, at=MORNING)

    assert set(Notice.objects.values_list("teacher__name", flat=True)) == {"周主任", "钱老师"}


def test_days_and_score_sheet_must_make_sense(cast: Cast, zhou: Teacher) -> None:
    wrongs: tuple[dict[str, object], ...] = (
        {"closes_on": date(2026, 10, 1)},
        {"sends_on": date(2026, 12, 1)},
        {"criteria": {}},
        {"title": " "},
    )
    for wrong in wrongs:
        facts = CallFacts(**{**FACTS.__dict__, **wrong})
        with pytest.raises(BadInput):
            actions.open_call(cast.school, facts, by=zhou, at=MORNING)


def test_entering_hands_a_draft_in_and_may_be_done_again(
    call: CallForPapers, entry: CallEntry, wang: Teacher
) -> None:
    assert entry.work.state == Work.State.HANDED_IN
    work = works.withdraw(entry.work, by=wang, at=NOON)
    works.save(work, edition=work.edition, title="周长", texts={"": "新的一稿"}, by=wang, at=NOON)

    again = actions.enter(call, work, by=wang, at=NOON)

    assert (again.pk, again.blind_text, again.title) == (entry.pk, "新的一稿", "周长")


def test_what_the_call_does_not_take_is_declined(
    call: CallForPapers, entry: CallEntry, write: Write, wang: Teacher, zhou: Teacher
) -> None:
    with pytest.raises(TooManyEntries):
        actions.enter(call, write(wang, "paper"), by=wang, at=NOON)
    with pytest.raises(NotAllowed):
        actions.enter(call, entry.work, by=zhou, at=NOON)
    facts = CallFacts(**{**FACTS.__dict__, "most_each": 2, "kinds": [kind("paper")]})
    actions.change_call(call, facts, by=zhou, at=NOON)
    with pytest.raises(KindNotAsked):
        actions.enter(call, write(wang, "case"), by=wang, at=NOON)
    with pytest.raises(NothingToRead):
        actions.enter(call, write(wang, "paper", texts={"": " "}), by=wang, at=NOON)


def test_an_entry_comes_back_until_the_call_is_closed(
    call: CallForPapers, entry: CallEntry, wang: Teacher, zhou: Teacher
) -> None:
    actions.withdraw_entry(entry, by=wang, at=NOON)
    with pytest.raises(BadInput):
        actions.close_call(call, by=zhou, at=NOON)
    again = actions.enter(call, entry.work, by=wang, at=NOON)
    actions.close_call(call, by=zhou, at=NOON)

    with pytest.raises(CallNotOpen):
        actions.withdraw_entry(again, by=wang, at=NOON)
    actions.reopen_call(call, closes_on=LAST, by=zhou, at=NOON)
    assert actions.withdraw_entry(again, by=wang, at=NOON).withdrawn_at == NOON


def test_authors_and_whoever_runs_it_do_not_review(
    call: CallForPapers, entry: CallEntry, wang: Teacher, zhou: Teacher, zhao: Teacher, write: Write
) -> None:
    with pytest.raises(ReviewerManages):
        actions.name_panel(call, [zhou], by=zhou, at=NOON)
    with pytest.raises(ReviewerWrote):
        actions.name_panel(call, [wang], by=zhou, at=NOON)
    actions.name_panel(call, [zhao], by=zhou, at=NOON)
    with pytest.raises(AuthorReviews):
        actions.enter(call, write(zhao, "paper"), by=zhao, at=NOON)


def test_nobody_reviews_the_own_group_nor_what_was_read_before(
    call: CallForPapers, entry: CallEntry, li: Teacher, shen: Teacher, zhao: Teacher, zhou: Teacher
) -> None:
    works.read_work(entry.work, by=zhou, at=NOON)
    actions.close_call(call, by=zhou, at=NOON)
    actions.name_panel(call, [li], by=zhou, at=NOON)
    with pytest.raises(TooFewReviewers):
        actions.draw(call, due_on=None, by=zhou, at=NOON)
    actions.name_panel(call, [li, shen, zhao], by=zhou, at=NOON)

    made = actions.draw(call, due_on=LAST, by=zhou, at=NOON)

    assert len(made) == 1
    assert made[0].reviewer_id in {shen.pk, zhao.pk}
    assert Task.objects.get().due_on == LAST
    assert actions.draw(call, due_on=None, by=zhou, at=NOON) == []


def test_over_several_schools_nobody_reviews_the_own_school(
    cast: Cast, call: CallForPapers, entry: CallEntry, zhao: Teacher, qian: Teacher
) -> None:
    assert cast.school.parent
    call.organisation = cast.school.parent

    barred = queries_of(call, [zhao, qian], [entry])

    assert barred == {(entry.pk, zhao.pk)}


def queries_of(
    call: CallForPapers, panel: list[Teacher], entries: list[CallEntry]
) -> set[tuple[int, int]]:
    from yanxiu.works.calls.actions.drawing import conflicts  # noqa: PLC0415 (inside of a draw)

    return conflicts(call, panel, entries, NOON.date())


def test_the_lot_is_even(
    call: CallForPapers, write: Write, cast: Cast, zhou: Teacher, shen: Teacher, guan: Teacher
) -> None:
    for number in range(4):
        work = write(cast.people["wang"], "paper", title=f"第{number}篇")
        call.most_each = 9
        call.save()
        actions.enter(call, work, by=cast.people["wang"], at=NOON)
    actions.close_call(call, by=zhou, at=NOON)
    actions.name_panel(call, [shen, guan], by=zhou, at=NOON)

    actions.draw(call, due_on=None, by=zhou, at=NOON)

    given = [load.given for load in queries.loads(call, [shen, guan])]
    assert given == [2, 2]
    assert set(call.entries.values_list("number", flat=True)) == {1, 2, 3, 4}


def test_scores_stay_in_their_range_and_end_the_task(
    call: CallForPapers, given: BlindReview, zhao: Teacher, wang: Teacher
) -> None:
    with pytest.raises(WrongScores):
        actions.score(given, scores(call, 41, 60), by=zhao, at=NOON)
    with pytest.raises(NotAllowed):
        actions.score(given, scores(call, 40, 60), by=wang, at=NOON)
    assert Task.objects.get(teacher=zhao).state == Task.State.OPEN

    actions.score(given, scores(call, 35, 50), comment="围树叶一段好", by=zhao, at=NOON)

    assert BlindReview.objects.get().total == 85
    assert Task.objects.get(teacher=zhao).state == Task.State.DONE


def test_what_is_given_back_goes_to_somebody_else(
    call: CallForPapers, given: BlindReview, zhao: Teacher, zhou: Teacher, shen: Teacher
) -> None:
    actions.decline(given, by=zhao, at=NOON)

    assert Notice.objects.filter(teacher=zhou, kind="request").exists()
    with pytest.raises(TooFewReviewers):
        actions.draw(call, due_on=None, by=zhou, at=NOON)
    actions.name_panel(call, [zhao, shen], by=zhou, at=NOON)
    assert [one.reviewer for one in actions.draw(call, due_on=None, by=zhou, at=NOON)] == [shen]


def test_results_are_told_to_each_author_recorded_and_sent_on(
    call: CallForPapers, entry: CallEntry, given: BlindReview, zhao: Teacher, zhou: Teacher
) -> None:
    with pytest.raises(StillUnread):
        actions.announce(call, by=zhou, at=NOON)
    actions.score(given, scores(call, 35, 50), by=zhao, at=NOON)
    decision = Decision(prize="first", is_chosen=True, remark="再补一个学生作品更好")
    actions.decide(call, {entry.pk: decision}, by=zhou, at=NOON)
    assert not Notice.objects.filter(title__contains="的结果").exists()

    actions.announce(call, by=zhou, at=NOON)

    told = Notice.objects.get(title__contains="的结果")
    assert (told.teacher, told.text) == (entry.teacher, "再补一个学生作品更好")
    assert told.title.endswith("一等奖，选送县论文评选")
    record = Record.objects.get(kind="paper_prize")
    assert (record.prize, record.organiser_level, record.teacher) == (
        "first",
        "school",
        entry.teacher,
    )
    assert Outcome.objects.get().state == Outcome.State.CONFIRMED
    assert Submission.objects.get().destination == "县论文评选"
    with pytest.raises(CallNotOpen):
        actions.decide(call, {}, by=zhou, at=NOON)


def test_two_papers_of_one_title_both_get_their_prize(
    call: CallForPapers, write: Write, wang: Teacher, zhao: Teacher, zhou: Teacher
) -> None:
    facts = CallFacts(**{**FACTS.__dict__, "way": "choice"})
    actions.change_call(call, facts, by=zhou, at=NOON)
    both = [actions.enter(call, write(one, "paper"), by=one, at=NOON) for one in (wang, zhao)]
    actions.close_call(call, by=zhou, at=NOON)
    prizes = {one.pk: Decision(prize="second") for one in both}
    actions.decide(call, prizes, by=zhou, at=NOON)

    actions.announce(call, by=zhou, at=NOON)

    assert Record.objects.filter(kind="paper_prize").count() == 2


def test_a_call_that_is_called_off_is_told_to_those_concerned(
    call: CallForPapers, given: BlindReview, zhou: Teacher, zhao: Teacher
) -> None:
    actions.cancel_call(call, by=zhou, at=NOON)

    told = Notice.objects.filter(kind="change").values_list("teacher__name", flat=True)
    assert set(told) == {"王老师", "赵老师"}
    assert Task.objects.get(teacher=zhao).state != Task.State.OPEN
    with pytest.raises(CallNotOpen):
        actions.score(given, scores(call, 1, 1), by=zhao, at=NOON)
