"""Activity kinds are data: a school adds, renames and retires its own; themes and problems too."""

import pytest
from django.urls import reverse

from yanxiu.activities import actions
from yanxiu.activities.models import Activity, ActivityKind, Problem, Session, Theme
from yanxiu.activities.refusals import KindInUse
from yanxiu.activities.views.planning import kinds_for
from yanxiu.cast import MORNING, Cast, LogIn
from yanxiu.kernel.refusals import BadInput, NotAllowed
from yanxiu.people.models import Teacher


@pytest.fixture
def salon(cast: Cast, zhou: Teacher) -> ActivityKind:
    return actions.add_kind(
        cast.school, name="午间沙龙", record_kind="research_activity", activity_class="exchange",
        by=zhou, at=MORNING,
    )  # fmt: skip


def test_every_shipped_kind_has_its_class(cast: Cast) -> None:
    kinds = {kind.name: kind for kind in ActivityKind.objects.filter(organisation=None)}

    for name in (
        "主题研讨",
        "集体备课",
        "课例研讨",
        "示范教研",
        "特色活动",
        "经验交流",
        "校本课程开发",
    ):
        assert name in kinds
    assert {kind.activity_class for kind in kinds.values()} == set(ActivityKind.Class.values)
    series = {name for name, kind in kinds.items() if kind.is_series}
    assert {"主题研讨开放周", "系列讲座", "共读", "工作坊"} <= series
    assert kinds["专题讲座"].is_one_way


def test_a_school_adds_its_own_by_the_page(cast: Cast, zhou: Teacher, log_in: LogIn) -> None:
    data = {
        "name": "教学闲谈", "activity_class": "exchange", "asks_feedback": "on",
        "counted_as": ActivityKind.objects.get(code="research_activity").pk,
    }  # fmt: skip

    log_in(zhou).post(reverse("activities:kind_new"), data)

    kind = ActivityKind.objects.get(name="教学闲谈")
    assert (kind.organisation, kind.record_kind) == (cast.school, "research_activity")
    assert kind in kinds_for([cast.school.pk])
    assert kind not in kinds_for([cast.other_school.pk])


def test_a_taken_name_keeps_what_was_typed(
    salon: ActivityKind, zhou: Teacher, log_in: LogIn
) -> None:
    data = {
        "name": "午间沙龙", "activity_class": "theory",
        "counted_as": ActivityKind.objects.get(code="lecture").pk,
    }  # fmt: skip

    answer = log_in(zhou).post(reverse("activities:kind_new"), data)

    assert answer.status_code == 422
    assert "已经有名为“午间沙龙”的活动类别" in answer.content.decode()
    assert 'value="午间沙龙"' in answer.content.decode()


def test_it_is_renamed_and_retired_and_what_was_held_keeps_it(
    salon: ActivityKind, session: Session, zhou: Teacher, log_in: LogIn
) -> None:
    session.activity.kind = salon
    session.activity.save()
    client = log_in(zhou)

    client.post(
        reverse("activities:kind", args=[salon.pk]),
        {"name": "晨间沙龙", "activity_class": "theory"},
    )
    client.post(reverse("activities:kind_retire", args=[salon.pk]))

    salon.refresh_from_db()
    assert (salon.name, salon.activity_class) == ("晨间沙龙", "theory")
    assert salon.retired_on is not None
    assert salon not in kinds_for([salon.organisation_id])
    assert Activity.objects.get(pk=session.activity.pk).kind == salon


def test_what_is_shipped_stays(cast: Cast, zhou: Teacher, log_in: LogIn) -> None:
    shipped = ActivityKind.objects.get(code="lecture")

    assert log_in(zhou).get(reverse("activities:kind", args=[shipped.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        actions.retire_kind(shipped, on=MORNING.date(), by=zhou, at=MORNING)


def test_a_retired_name_is_free_and_coming_back_asks_first(
    salon: ActivityKind, cast: Cast, zhou: Teacher
) -> None:
    actions.retire_kind(salon, on=MORNING.date(), by=zhou, at=MORNING)
    actions.add_kind(
        cast.school, name="午间沙龙", record_kind="lecture", activity_class="theory", by=zhou,
        at=MORNING,
    )  # fmt: skip

    with pytest.raises(KindInUse):
        actions.retire_kind(salon, on=None, by=zhou, at=MORNING)


def test_the_office_alone_edits_them(cast: Cast, li: Teacher, log_in: LogIn) -> None:
    assert log_in(li).get(reverse("activities:kinds")).status_code == 404


# ---- themes ----
@pytest.fixture
def of_school(cast: Cast, zhou: Teacher) -> Theme:
    return actions.set_theme(cast.school, cast.term, text="让错误成为资源", by=zhou, at=MORNING)


def test_a_group_derives_its_theme_and_a_session_stands_under_it(
    of_school: Theme, cast: Cast, session: Session, li: Teacher, log_in: LogIn
) -> None:
    own = actions.set_theme(
        cast.school, cast.term, text="计算错误怎么讲", unit=cast.maths, parent=of_school, by=li,
        at=MORNING,
    )  # fmt: skip
    session.activity.research_theme = own
    session.activity.save()
    client = log_in(li)

    page = client.get(reverse("activities:session", args=[session.uid])).content.decode()
    themes = client.get(reverse("activities:themes")).content.decode()

    assert "让错误成为资源 → </span>计算错误怎么讲" in page
    assert "已排 1 场，举行 0 场" in themes


def test_a_member_sets_no_theme(cast: Cast, wang: Teacher, log_in: LogIn) -> None:
    with pytest.raises(NotAllowed):
        actions.set_theme(cast.school, cast.term, text="x", unit=cast.maths, by=wang, at=MORNING)
    answer = log_in(wang).get(reverse("activities:themes"))
    assert "定一个主题" not in answer.content.decode()


def test_a_groups_theme_stands_under_the_schools_only(
    of_school: Theme, cast: Cast, li: Teacher
) -> None:
    own = actions.set_theme(
        cast.school, cast.term, text="甲", unit=cast.maths, parent=of_school, by=li, at=MORNING
    )

    with pytest.raises(BadInput, match="全校的主题"):
        actions.set_theme(
            cast.school, cast.term, text="乙", unit=cast.maths, parent=own, by=li, at=MORNING
        )


# ---- problems ----
def test_a_problem_becomes_a_point_and_keeps_its_conclusion(
    cast: Cast, session: Session, li: Teacher, wang: Teacher, log_in: LogIn
) -> None:
    problem = actions.raise_problem(
        cast.school, kind="difficult", text="应用题读不懂", unit=cast.maths, by=wang, at=MORNING
    )
    address = reverse("activities:problem", args=[problem.uid])

    log_in(li).post(address, {"session": session.pk})
    log_in(li).post(address, {"conclusion": "先圈关键词再画图"})

    problem.refresh_from_db()
    assert problem.session == session
    assert session.agenda_points.get().text == "应用题读不懂"
    page = log_in(wang).get(reverse("activities:session", args=[session.uid])).content.decode()
    assert "难点问题" in page
    assert "先圈关键词再画图" in page


def test_a_problem_of_the_group_is_not_of_another_school(
    cast: Cast, wang: Teacher, qian: Teacher, log_in: LogIn
) -> None:
    with pytest.raises(BadInput, match="自己所在"):
        actions.raise_problem(cast.school, kind="hot", text="作业", by=qian, at=MORNING)
    actions.raise_problem(cast.school, kind="hot", text="作业设计分层", by=wang, at=MORNING)

    page = log_in(qian).get(reverse("activities:problems")).content.decode()

    assert "作业设计分层" not in page
    assert Problem.objects.count() == 1
