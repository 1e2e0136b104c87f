"""A corrected document comes into the plan that stands: asked only where the two differ."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yanxiu.agenda.models import Task
from yanxiu.audit.models import TrailLine
from yanxiu.cast import MORNING, NOON, Cast
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.people.models import Teacher
from yanxiu.planning import actions
from yanxiu.planning.actions.matching import Comparison, Standing, Why, compare
from yanxiu.planning.actions.merging import Chosen
from yanxiu.planning.actions.reviewing import Decided
from yanxiu.planning.models import (
    Finding,
    Goal,
    ItemEvent,
    Plan,
    PlanDemand,
    PlanItem,
    PlanPart,
    Proposal,
)
from yanxiu.planning.refusals import (
    PartInUse,
    PlanHandedIn,
    PlanMovedOn,
    ReasonMissing,
    ValuesUndecided,
)
from yanxiu.planning.tests.answers import answers_of
from yanxiu.planning.tests.conftest import TEXT

SECOND = (
    TEXT.replace("至少阅读1本教育专著", "至少阅读2本教育专著")
    .replace("2.读书交流会。", "2.读书交流会。\n\n3.青年教师汇报课。")
    .replace("1.课堂调研。\n\n2.", "1.")
)
"""The plan corrected: two books, one item more, and no word of the 课堂调研."""
WORDS = """经典 书法 绘画 合唱 阅读 写作 计算 统计 几何 实验 编程 体操 球类 礼仪 安全
心理 评价 作业 命题 板书 提问 朗读 识字 口语 习惯"""
"""What lectures may be about, one unlike the other."""


def read(cast: Cast, by: Teacher, text: str, name: str = "改稿.docx") -> Proposal:
    data = text.encode()
    return actions.read_proposals(
        cast.school, data, name=name.replace("docx", "txt"), by=by, at=NOON
    )[0]


@pytest.fixture
def second(cast: Cast, plan: Plan, zhou: Teacher) -> Proposal:
    return read(cast, zhou, SECOND)


@pytest.fixture
def draft(cast: Cast, zhou: Teacher) -> Plan:
    """A plan begun by hand, with nothing in it."""
    return actions.start_plan(cast.school, cast.term, "半份", by=zhou, at=MORNING)


@pytest.fixture
def page(second: Proposal, plan: Plan) -> str:
    return reverse("planning:merge", args=[second.uid, plan.uid])


def names(found: Comparison, standing: Standing) -> list[str]:
    return sorted({f"{row.finding.kind} {row.finding.name}" for row in found.of(standing)})


def press(client: Client, page: str, **changes: str) -> None:
    sent = {**answers_of(client.get(page).content.decode()), "do": "merge", **changes}
    answer = client.post(page, sent)
    assert answer.status_code == 302, answer.content.decode()[:3000]


def content(plan: Plan) -> list[str]:
    return sorted(
        [f"{row.name} {row.amount:g}" for row in plan.quotas.all()]
        + [row.text for row in plan.goals.all()]
        + [f"{row.month.month} {row.text}" for row in plan.planitems.filter(dropped_because="")]
    )


# ---- what differs ----
def test_only_what_differs_is_asked(plan: Plan, second: Proposal) -> None:
    found = compare(second, plan)

    assert names(found, Standing.CHANGED) == ["goal 读书", "quota 读书"]
    assert names(found, Standing.NEW) == ["schedule 青年教师汇报课"]
    assert [str(part) for part in found.others] == ["课堂调研"]


def test_one_tap_takes_what_is_new_and_keeps_the_rest(
    office: Client, page: str, plan: Plan, second: Proposal
) -> None:
    press(office, page)

    assert [row.amount for row in plan.quotas.all()] == [2]
    assert {"9 制订研修计划", "10 课堂调研", "10 读书交流会", "10 青年教师汇报课"} <= set(
        content(plan)
    )
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (Proposal.State.CONFIRMED, plan)


def test_the_old_and_the_new_stand_side_by_side(office: Client, page: str) -> None:
    text = office.get(page).content.decode()

    assert "<del>1</del>" in text
    assert "<ins>2</ins>" in text
    assert "1 项文档没有写，都保留" in text


def test_what_is_kept_stays(office: Client, page: str, plan: Plan, second: Proposal) -> None:
    before = content(plan)
    rows = compare(second, plan).different
    press(office, page, **{f"f{row.finding.pk}-do": "drop" for row in rows})

    assert content(plan) == before
    assert plan.versions.count() == 1


def test_a_value_is_changed_on_the_way(
    office: Client, page: str, plan: Plan, second: Proposal
) -> None:
    quota = second.findings.get(kind="quota")
    press(office, page, **{f"f{quota.pk}-value": "3"})

    assert plan.quotas.get().amount == 3


def test_an_unchanged_document_changes_nothing(
    office: Client, cast: Cast, plan: Plan, zhou: Teacher
) -> None:
    again = read(cast, zhou, TEXT.replace("二、教研组活动时间", "二、各组的活动时间"))
    page = reverse("planning:merge", args=[again.uid, plan.uid])
    before = content(plan)

    assert again.pk != plan.proposal_id
    assert not compare(again, plan).different
    press(office, page)
    assert content(plan) == before
    assert plan.versions.count() == 1


# ---- the reason, the versions, the trail ----
def test_a_plan_in_force_gets_a_version_with_its_reason(
    office: Client, page: str, plan: Plan
) -> None:
    press(office, page, because="十月会上改定")

    assert [row.reason for row in plan.versions.all()] == ["", "十月会上改定"]
    verbs = set(TrailLine.objects.values_list("verb", flat=True))
    assert {"planning.proposal-merged", "planning.document-merged"} <= verbs


def test_without_a_reason_nothing_is_written_and_the_choices_stay(
    office: Client, page: str, plan: Plan, second: Proposal
) -> None:
    quota = second.findings.get(kind="quota")
    sent = answers_of(office.get(page).content.decode())
    sent |= {"do": "merge", "because": " ", f"f{quota.pk}-do": "drop"}
    answer = office.post(page, sent)

    assert answer.status_code == 422
    assert "要写一句原因" in answer.content.decode()
    assert answers_of(answer.content.decode())[f"f{quota.pk}-do"] == "drop"
    assert plan.quotas.get().amount == 1


def test_a_draft_needs_no_reason(cast: Cast, zhou: Teacher) -> None:
    draft = actions.start_plan(cast.school, cast.term, "半份计划", by=zhou, at=MORNING)
    actions.add_item(draft, text="读书交流会", month=10, by=zhou, at=MORNING)
    rest = read(cast, zhou, TEXT)
    assert names(compare(rest, draft), Standing.SAME) == ["schedule 读书交流会"]
    actions.choose_for_merge(rest, draft, taking(rest), Chosen(), by=zhou, at=NOON)
    actions.merge_proposal(rest, draft, by=zhou, at=NOON)

    assert draft.planitems.filter(text="读书交流会").count() == 1
    assert draft.planitems.count() == 3
    assert not draft.versions.exists()


def taking(proposal: Proposal) -> dict[int, Decided]:
    """Take all that differs."""
    rows = proposal.findings.exclude(kind="placeholder")
    return {row.pk: Decided(Finding.Decision.ACCEPTED, {}) for row in rows}


def test_a_plan_that_waits_for_approval_is_left_alone(
    office: Client, cast: Cast, zhou: Teacher, li: Teacher
) -> None:
    plan = actions.start_plan(cast.school, cast.term, "组", unit=cast.maths, by=li, at=MORNING)
    actions.submit_plan(plan, by=li, at=MORNING)
    (one,) = actions.read_proposals(
        cast.school, TEXT.encode(), name="组.txt", unit=cast.maths, by=li, at=NOON
    )
    actions.choose_for_merge(one, plan, taking(one), Chosen(), by=li, at=NOON)

    with pytest.raises(PlanHandedIn):
        actions.merge_proposal(one, plan, by=li, at=NOON)
    text = office.get(reverse("planning:merge", args=[one.uid, plan.uid])).content.decode()
    assert "正在等待审批，现在不能并入" in text
    assert 'value="merge"' not in text


# ---- what has happened ----
def held(item: PlanItem) -> None:
    ItemEvent.objects.create(
        item=item, source_kind="activities.session", source_id=item.uid, state="held",
        happens_on=date(2026, 10, 15),
    )  # fmt: skip


def test_what_was_held_is_kept_unless_somebody_says_otherwise(
    office: Client, cast: Cast, plan: Plan, zhou: Teacher
) -> None:
    held(plan.planitems.get(text="读书交流会"))
    one = read(cast, zhou, TEXT.replace("2.读书交流会。", "2.读书交流大会。"))
    page = reverse("planning:merge", args=[one.uid, plan.uid])
    text = office.get(page).content.decode()

    assert "这一项10月15日已经办过，先定为保留" in text
    press(office, page)
    assert plan.planitems.filter(text="读书交流会").exists()
    assert not plan.planitems.filter(text="读书交流大会").exists()


def test_what_was_held_is_never_removed(
    office: Client, page: str, plan: Plan, second: Proposal
) -> None:
    item = plan.planitems.get(text="课堂调研")
    held(item)
    assert "不去掉" in office.get(page).content.decode()
    press(office, page, **{f"p-{item.uid}": "drop"})

    item.refresh_from_db()
    assert item.dropped_because == ""


def test_what_was_changed_here_since_is_kept(
    office: Client, cast: Cast, plan: Plan, second: Proposal, zhou: Teacher
) -> None:
    goal = plan.goals.get(name="课堂")
    actions.edit_part(goal, {"text": "人人上好两节研究课"}, because="改", by=zhou, at=NOON)
    (row,) = [row for row in compare(second, plan).rows if row.finding.name == "课堂"]

    assert (row.standing, row.why) == (Standing.CHANGED, Why.CHANGED_HERE)


def test_what_both_sides_changed_is_shown_and_kept(cast: Cast, plan: Plan, zhou: Teacher) -> None:
    goal = plan.goals.get(name="课堂")
    actions.edit_part(goal, {"text": "人人上好两节研究课"}, because="改", by=zhou, at=NOON)
    one = read(cast, zhou, TEXT.replace("人人上好研究课", "人人上好三节研究课"))
    (row,) = [row for row in compare(one, plan).rows if row.finding.name == "课堂"]

    assert row.why == Why.CHANGED_ON_BOTH_SIDES


def test_what_was_taken_out_here_does_not_come_back(
    cast: Cast, plan: Plan, second: Proposal, zhou: Teacher
) -> None:
    actions.remove_part(plan.goals.get(name="课堂"), because="不办", by=zhou, at=NOON)
    (row,) = [row for row in compare(second, plan).rows if row.finding.name == "课堂"]

    assert (row.standing, row.why) == (Standing.NEW, Why.LEFT_OUT_BEFORE)


def test_what_the_document_leaves_open_stays(
    cast: Cast, plan: Plan, second: Proposal, groups: None, zhou: Teacher
) -> None:
    rhythm = plan.rhythms.get(name="音乐组")
    actions.agree_rhythm(rhythm, weekday=5, half_day="afternoon", by=zhou, at=NOON)

    assert not [row for row in compare(second, plan).different if row.finding.kind == "slot"]


# ---- removing, and the same twice ----
def test_a_part_goes_only_where_somebody_says_so(
    office: Client, page: str, plan: Plan, second: Proposal
) -> None:
    item = plan.planitems.get(text="课堂调研")
    press(office, page, because="改定", **{f"p-{item.uid}": "drop"})

    item.refresh_from_db()
    assert item.dropped_because == "改定"


def test_an_item_that_only_sounds_alike_comes_beside(
    office: Client, cast: Cast, plan: Plan, zhou: Teacher
) -> None:
    one = read(cast, zhou, TEXT.replace("2.读书交流会。", "2.科研交流会。"))
    finding = one.findings.get(name="科研交流会")
    page = reverse("planning:merge", args=[one.uid, plan.uid])
    assert f'name="f{finding.pk}-do" value="both"' in office.get(page).content.decode()
    press(office, page, **{f"f{finding.pk}-do": "both"})

    texts = set(plan.planitems.values_list("text", flat=True))
    assert {"读书交流会", "科研交流会"} <= texts


def test_the_same_document_again_leads_to_the_plan(
    office: Client, cast: Cast, page: str, plan: Plan, zhou: Teacher
) -> None:
    press(office, page)
    before = content(plan)
    again = read(cast, zhou, SECOND)
    answer = office.get(reverse("planning:proposal", args=[again.uid]), follow=True)

    assert "已经并入这份计划；没有再写一次" in answer.content.decode()
    assert content(plan) == before


def test_a_third_version_asks_only_for_what_is_new_in_it(
    office: Client, cast: Cast, page: str, plan: Plan, zhou: Teacher
) -> None:
    press(office, page)
    third = read(cast, zhou, SECOND.replace("青年教师汇报课", "全体教师汇报课"))

    assert names(compare(third, plan), Standing.CHANGED) == ["schedule 全体教师汇报课"]


# ---- the way back ----
def test_it_is_taken_back(
    office: Client, page: str, plan: Plan, second: Proposal, zhou: Teacher
) -> None:
    before = content(plan)
    item = plan.planitems.get(text="课堂调研")
    press(office, page, because="改定", **{f"p-{item.uid}": "drop"})
    assert content(plan) != before
    assert (
        reverse("planning:merge", args=[second.uid, plan.uid])
        in office.get(reverse("planning:plan", args=[plan.uid])).content.decode()
    )
    office.post(page, {"do": "undo_merge"})

    assert content(plan) == before
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (Proposal.State.OPEN, None)
    assert plan.versions.count() == 3


def test_what_was_changed_after_it_stays_and_is_told(
    office: Client, page: str, plan: Plan, zhou: Teacher
) -> None:
    press(office, page)
    quota = plan.quotas.get()
    actions.edit_part(quota, {"amount": Decimal(5)}, because="再改", by=zhou, at=NOON)
    answer = office.post(page, {"do": "undo_merge"}, follow=True)

    assert "有 1 处后来又改过" in answer.content.decode()
    assert plan.quotas.get().amount == 5


def test_a_goal_that_was_removed_comes_back_with_its_items(cast: Cast, zhou: Teacher) -> None:
    draft = actions.start_plan(cast.school, cast.term, "半份", by=zhou, at=MORNING)
    goal = actions.add_goal(draft, text="读书成习惯", by=zhou, at=MORNING)
    actions.add_item(draft, text="书展", month=10, goal=goal, by=zhou, at=MORNING)
    one = read(cast, zhou, TEXT)
    chosen = Chosen(remove=(str(goal.uid),))
    actions.choose_for_merge(one, draft, taking(one), chosen, by=zhou, at=NOON)
    actions.merge_proposal(one, draft, by=zhou, at=NOON)
    assert not Goal.objects.filter(uid=goal.uid).exists()
    actions.undo_merge(one, by=zhou, at=NOON)

    assert draft.planitems.get(text="书展").goal == Goal.objects.get(uid=goal.uid)


def test_an_owner_named_anew_has_the_task(
    plan: Plan, second: Proposal, zhou: Teacher, li: Teacher
) -> None:
    finding = second.findings.get(name="读书交流会")
    finding.value = {**(finding.value or {}), "owner": "李组长"}
    finding.save()
    actions.choose_for_merge(second, plan, taking(second), Chosen(), by=zhou, at=NOON)
    actions.merge_proposal(second, plan, because="改", by=zhou, at=NOON)

    assert plan.planitems.get(text="读书交流会").owner == li
    assert Task.objects.filter(teacher=li, kind="planning.item", state="open").exists()
    actions.undo_merge(second, by=zhou, at=NOON)
    assert not Task.objects.filter(teacher=li, kind="planning.item", state="open").exists()


# ---- who, and meanwhile ----
@pytest.mark.parametrize(
    ("name", "status"),
    [("zhou", 200), ("shen", 404), ("li", 404), ("wang", 404), ("zhao", 404), ("qian", 404)],
)
def test_only_who_manages_both_opens_it(
    client: Client, cast: Cast, page: str, name: str, status: int
) -> None:
    client.force_login(cast.people[name])

    assert client.get(page).status_code == status


def test_a_leader_brings_nothing_into_the_plan_of_the_school(
    cast: Cast, plan: Plan, li: Teacher
) -> None:
    (own,) = actions.read_proposals(
        cast.school, SECOND.encode(), name="组.txt", unit=cast.maths, by=li, at=NOON
    )
    with pytest.raises(NotAllowed):
        actions.merge_proposal(own, plan, because="改", by=li, at=NOON)


def test_a_plan_of_another_unit_is_not_offered(
    office: Client, cast: Cast, second: Proposal, li: Teacher
) -> None:
    group = actions.start_plan(cast.school, cast.term, "组", unit=cast.maths, by=li, at=MORNING)

    assert office.get(reverse("planning:merge", args=[second.uid, group.uid])).status_code == 404
    text = office.get(reverse("planning:proposal", args=[second.uid])).content.decode()
    assert str(group.uid) not in text


def test_it_is_offered_where_a_plan_stands(
    office: Client, page: str, plan: Plan, second: Proposal
) -> None:
    text = office.get(reverse("planning:proposal", args=[second.uid])).content.decode()

    assert f'href="{page}"' in text


def test_a_plan_changed_meanwhile_is_looked_at_again(
    plan: Plan, second: Proposal, zhou: Teacher
) -> None:
    seen = compare(second, plan).token
    actions.choose_for_merge(second, plan, taking(second), Chosen(), by=zhou, at=NOON)
    actions.edit_part(plan.quotas.get(), {"amount": 9}, because="改", by=zhou, at=NOON)

    with pytest.raises(PlanMovedOn):
        actions.merge_proposal(second, plan, because="改", seen=seen, by=zhou, at=NOON)


def test_nothing_undecided_is_written(plan: Plan, second: Proposal, zhou: Teacher) -> None:
    with pytest.raises(ValuesUndecided):
        actions.merge_proposal(second, plan, because="改", by=zhou, at=NOON)


def test_what_was_taken_before_it_was_compared_does_not_count(
    plan: Plan, second: Proposal, zhou: Teacher
) -> None:
    actions.accept_rest(second, by=zhou, at=NOON)

    with pytest.raises(ValuesUndecided):
        actions.merge_proposal(second, plan, because="改", by=zhou, at=NOON)


def test_the_reason_is_needed_by_the_action_too(
    plan: Plan, second: Proposal, zhou: Teacher
) -> None:
    actions.choose_for_merge(second, plan, taking(second), Chosen(), by=zhou, at=NOON)
    with pytest.raises(ReasonMissing):
        actions.merge_proposal(second, plan, by=zhou, at=NOON)


def test_more_items_cost_no_more_statements(
    office: Client,
    page: str,
    plan: Plan,
    zhou: Teacher,
    django_assert_max_num_queries: object,
) -> None:
    for number in range(40):
        actions.add_item(plan, text=f"事{number}", month=10, because="补", by=zhou, at=MORNING)

    with django_assert_max_num_queries(24):  # type: ignore[operator]
        office.get(page)


# ---- what others stand on ----
def an_activity(cast: Cast, **of: object) -> None:
    """An activity as the app above makes it, of which plans know nothing but that it is there."""
    kinds = apps.get_model("activities.ActivityKind")
    apps.get_model("activities.Activity")._default_manager.create(
        organisation=cast.school, term=cast.term, kind=kinds._default_manager.all()[0],
        theme="研修", made_at=MORNING, **of,
    )  # fmt: skip


def in_a_training(cast: Cast, item: PlanItem) -> None:
    """A part of a series of trainings that is done in `item`."""
    series = apps.get_model("training.TrainingSeries")._default_manager.create(
        organisation=cast.school, name="新教师培训", audience="全体", made_at=MORNING,
        starts_on=date(2026, 9, 1), last_on=date(2027, 1, 20),
    )  # fmt: skip
    apps.get_model("training.SeriesPart")._default_manager.create(
        series=series, kind="item", title="第一课", item=item
    )


def removing(one: Proposal, draft: Plan, by: Teacher, *parts: PlanPart) -> None:
    chosen = Chosen(remove=tuple(str(part.uid) for part in parts))
    actions.choose_for_merge(one, draft, taking(one), chosen, by=by, at=NOON)
    actions.merge_proposal(one, draft, because="改", by=by, at=NOON)


def test_a_time_from_which_sessions_were_made_is_not_removed(
    office: Client, cast: Cast, plan: Plan, zhou: Teacher
) -> None:
    rhythm = plan.rhythms.get(name="音乐组")
    an_activity(cast, rhythm=rhythm)
    one = read(cast, zhou, TEXT.replace("音乐组：自行商量决定\n\n", ""))
    page = reverse("planning:merge", args=[one.uid, plan.uid])
    assert "已经照它排出了活动，不去掉" in office.get(page).content.decode()
    press(office, page, **{f"p-{rhythm.uid}": "drop"})

    assert plan.rhythms.filter(pk=rhythm.pk).exists()


def test_an_item_of_a_training_is_not_removed(cast: Cast, draft: Plan, zhou: Teacher) -> None:
    item = actions.add_item(draft, text="书展", month=10, by=zhou, at=MORNING)
    in_a_training(cast, item)
    removing(read(cast, zhou, TEXT), draft, zhou, item)

    assert draft.planitems.filter(pk=item.pk).exists()


def test_what_was_added_and_is_part_of_a_training_stays(
    cast: Cast, draft: Plan, zhou: Teacher
) -> None:
    one = read(cast, zhou, TEXT)
    removing(one, draft, zhou)
    in_a_training(cast, draft.planitems.get(text="读书交流会"))

    assert actions.undo_merge(one, by=zhou, at=NOON).left == 1
    assert [row.text for row in draft.planitems.all()] == ["读书交流会"]


def test_a_part_on_which_others_stand_is_not_removed_by_hand(
    office: Client, cast: Cast, plan: Plan, zhou: Teacher
) -> None:
    rhythm, item = plan.rhythms.get(name="音乐组"), plan.planitems.get(text="课堂调研")
    an_activity(cast, rhythm=rhythm)
    in_a_training(cast, item)
    for part in (rhythm, item):
        with pytest.raises(PartInUse, match="请直接改这一项"):
            actions.remove_part(part, because="不办", by=zhou, at=NOON)

    sent = {"kind": "rhythm", "part": str(rhythm.uid), "because": "不办"}
    assert office.post(reverse("planning:remove", args=[plan.uid]), sent).status_code == 422


@pytest.mark.parametrize("turned", [False, True])
def test_goals_removed_together_come_back_one_below_the_other(
    cast: Cast, draft: Plan, zhou: Teacher, *, turned: bool
) -> None:
    above = actions.add_goal(draft, text="读书成习惯", by=zhou, at=MORNING)
    below = actions.add_goal(draft, text="好书共读", parent=above, by=zhou, at=MORNING)
    if turned:
        Goal.objects.filter(pk=below.pk).update(order=0)
        Goal.objects.filter(pk=above.pk).update(order=1)
    one = read(cast, zhou, TEXT)
    removing(one, draft, zhou, above, below)
    assert not draft.goals.filter(uid__in=[above.uid, below.uid]).exists()
    actions.undo_merge(one, by=zhou, at=NOON)

    assert draft.goals.get(uid=below.uid).parent == draft.goals.get(uid=above.uid)


def test_a_demand_made_of_an_item_finds_it_again(cast: Cast, draft: Plan, zhou: Teacher) -> None:
    item = actions.add_item(draft, text="书展", month=10, by=zhou, at=MORNING)
    demand = PlanDemand.objects.create(
        organisation=cast.school, item=item, title="交计划", kind="unit", period="term",
        term=cast.term, whom="units", due_on=date(2026, 9, 30), made_at=MORNING,
    )  # fmt: skip
    one = read(cast, zhou, TEXT)
    removing(one, draft, zhou, item)
    actions.undo_merge(one, by=zhou, at=NOON)

    demand.refresh_from_db()
    assert demand.item is not None
    assert demand.item.uid == item.uid


def growth(cast: Cast, zhou: Teacher, count: int) -> tuple[int, int]:
    """Return in how many statements a plan takes `count` items more, and gives them back."""
    text = TEXT + "".join(
        f"\n{number + 3}.{word}讲座。\n" for number, word in enumerate(WORDS.split()[:count])
    )
    plan = actions.start_plan(cast.school, cast.term, "半份", by=zhou, at=MORNING)
    one = read(cast, zhou, text, f"{count}.docx")
    actions.choose_for_merge(one, plan, taking(one), Chosen(), by=zhou, at=NOON)
    with CaptureQueriesContext(connection) as merging:
        actions.merge_proposal(one, plan, by=zhou, at=NOON)
    assert plan.planitems.count() == count + 3
    with CaptureQueriesContext(connection) as undoing:
        actions.undo_merge(one, by=zhou, at=NOON)
    assert not plan.planitems.exists()
    return len(merging), len(undoing)


def test_an_item_more_costs_few_statements_to_take_and_to_give_back(
    cast: Cast, zhou: Teacher
) -> None:
    few, many = growth(cast, zhou, 5), growth(cast, zhou, 25)

    assert (many[0] - few[0]) / 20 <= 2
    assert (many[1] - few[1]) / 20 <= 1
