"""One digest a day, a nudge on the day, changes of today at once: to those who asked."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from yanxiu.agenda import actions
from yanxiu.agenda.digest import compose
from yanxiu.agenda.models import Occasion
from yanxiu.agenda.tests.conftest import Plan
from yanxiu.cast import Cast
from yanxiu.kernel.sources import Source, source_of
from yanxiu.notices.actions import notify
from yanxiu.notices.models import Message, NoticeWishes, Robot
from yanxiu.people.models import Post, Teacher


def at(hour: int, minute: int = 0, day: int = 15) -> datetime:
    """Return a moment of October 2026 in Shanghai; the 15th is a Thursday."""
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture(autouse=True)
def _mail(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example.cn"


def by_mail(teacher: Teacher, **rest: Any) -> NoticeWishes:
    return NoticeWishes.objects.create(
        teacher=teacher, email="x@example.cn", email_confirmed_at=at(0, day=1), **rest
    )


@pytest.fixture
def robot(cast: Cast) -> Robot:
    return Robot.objects.create(
        organisation=cast.school, unit=cast.maths, channel="wecom", name="数学组群", made_at=at(0)
    )


def owe(cast: Cast, teacher: Teacher, due_on: date | None, title: str = "写活动记录") -> None:
    actions.assign_task(
        source_of(cast.maths), [teacher], kind=title, title=title, due_on=due_on,
        organisation=cast.school, at=at(0),
    )  # fmt: skip


def sent() -> list[str]:
    return [f"{row.title}\n{row.text}" for row in Message.objects.order_by("pk")]


def test_a_digest_says_today_tomorrow_owed_and_changed(
    cast: Cast, plan: Plan, wang: Teacher
) -> None:
    by_mail(wang)
    plan(at(10), cast.maths, title="分数的意义", place="录播教室")
    plan(at(14, day=16), title="全校总结")
    owe(cast, wang, date(2026, 10, 20))
    notify([wang], kind="decision", title="外出培训已批准", source=source_of(cast.maths),
           organisation=cast.school, at=at(20, day=14))  # fmt: skip

    compose(at(7, 1))

    (text,) = sent()
    assert text == (
        "10月15日（周四） 研修：今天 1 场，待办 1 件\n"
        "今天\n· 10:00—11:30 分数的意义 · 数学教研组 · 录播教室\n\n"
        "明天\n· 14:00—15:30 全校总结\n\n"
        "请您办的\n· 写活动记录（10月20日（周二）前）\n\n"
        "有变更或答复\n· 外出培训已批准"
    )


def test_it_is_one_a_day_however_often_it_is_composed(
    cast: Cast, plan: Plan, wang: Teacher
) -> None:
    by_mail(wang)
    plan(at(10), cast.maths)

    made = [compose(at(7, minute)) for minute in (0, 1, 30)]
    NoticeWishes.objects.update(digest_made_on=None)

    assert [*made, compose(at(8))] == [1, 0, 0, 0]


def test_a_digest_holds_nothing_of_others(
    cast: Cast, plan: Plan, wang: Teacher, zhao: Teacher, qian: Teacher
) -> None:
    for teacher in (wang, zhao, qian):
        by_mail(teacher)
    plan(at(10), cast.maths, title="数学")
    plan(at(10), cast.chinese, title="语文")
    owe(cast, wang, date(2026, 10, 15), title="王老师的事")

    compose(at(7, 1))

    mine = {row.teacher.name: row.text for row in Message.objects.all()}
    assert "数学" in mine["王老师"]
    assert "王老师的事" in mine["王老师"]
    assert "数学" not in mine["赵老师"].replace("数学教研组", "")
    assert "王老师的事" not in mine["赵老师"]
    assert "钱老师" not in mine


def test_the_invited_read_of_it(cast: Cast, plan: Plan, qian: Teacher) -> None:
    by_mail(qian)
    row = plan(at(10), cast.maths, title="联合研讨")
    actions.invite(Source(row.source_kind, row.source_id), [qian])

    compose(at(7, 1))

    assert "联合研讨" in sent()[0]


@pytest.mark.parametrize(
    ("wishes", "hour", "number"),
    [
        ({}, at(6, 59), 0),
        ({}, at(7), 1),
        ({"digest_hour": 9}, at(8, 59), 0),
        ({"digest_hour": 9}, at(9), 1),
        ({"digest_hour": 6}, at(6, 30), 0),
        ({"digest_hour": 6}, at(7), 1),
        ({"channels": {"email": ["change"]}}, at(7), 0),
        ({"email_confirmed_at": None}, at(7), 0),
        ({}, at(21, 30), 0),
    ],
)
def test_it_goes_at_the_persons_hour_and_not_in_the_quiet_ones(
    cast: Cast, plan: Plan, wang: Teacher, wishes: dict[str, Any], hour: datetime, number: int
) -> None:
    by_mail(wang)
    NoticeWishes.objects.update(**wishes)
    plan(at(10), cast.maths)

    assert compose(hour) == number


def test_nothing_new_is_no_mail(cast: Cast, wang: Teacher) -> None:
    by_mail(wang)
    owe(cast, wang, date(2026, 11, 20))
    owe(cast, wang, None, title="有空时")

    assert compose(at(7, 1)) == 0


@pytest.mark.parametrize(("day", "number"), [(14, 1), (15, 1), (16, 1), (17, 0), (10, 0)])
def test_what_is_owed_is_said_near_its_day(
    cast: Cast, wang: Teacher, day: int, number: int
) -> None:
    by_mail(wang)
    owe(cast, wang, date(2026, 10, day))

    assert compose(at(7, 1)) == number


def test_on_mondays_what_is_owed_is_said_again(cast: Cast, wang: Teacher) -> None:
    by_mail(wang)
    owe(cast, wang, date(2026, 11, 20))

    assert compose(at(7, 1, day=19)) == 1


@pytest.mark.parametrize(("day", "told"), [(19, True), (20, False)])
def test_who_answers_for_the_school_hears_on_mondays_how_much_is_overdue(
    cast: Cast, wang: Teacher, day: int, *, told: bool
) -> None:
    by_mail(cast.people["zhou"])
    by_mail(cast.people["shen"])
    owe(cast, wang, date(2026, 10, 12), title="写活动记录")
    owe(cast, wang, date(2026, 11, 12), title="交计划")

    compose(at(7, 1, day=day))

    line = f"您负责的学校\n· {cast.school.name}有 1 件事过期未办，最早的10月12日（周一）到期"
    assert [one.partition("\n")[2] for one in sent()] == ([line] if told else [])


def test_who_has_left_gets_nothing(cast: Cast, plan: Plan, wang: Teacher) -> None:
    by_mail(wang)
    plan(at(10), cast.maths)
    Post.objects.filter(teacher=wang).update(ends_on=date(2026, 10, 15))

    assert compose(at(7, 1)) == 0


def test_a_nudge_comes_an_hour_before_and_once(cast: Cast, plan: Plan, wang: Teacher) -> None:
    by_mail(wang)
    plan(at(14), cast.maths, title="分数的意义")
    compose(at(7, 1))

    made = [compose(at(12, 59)), compose(at(13)), compose(at(13, 30))]

    assert made == [0, 1, 0]
    assert sent()[1].startswith("提醒：14:00—15:30 分数的意义")


def test_what_the_digest_just_said_is_not_said_again(cast: Cast, plan: Plan, wang: Teacher) -> None:
    by_mail(wang)
    plan(at(8), cast.maths)
    compose(at(7))

    assert compose(at(7, 30)) == 0


def test_what_is_due_today_is_nudged_in_the_afternoon(cast: Cast, wang: Teacher) -> None:
    by_mail(wang, channels={"email": ["nudge"]})
    owe(cast, wang, date(2026, 10, 15))

    assert (compose(at(14, 59)), compose(at(15))) == (0, 1)
    assert "今天到期：写活动记录" in sent()[0]


def test_a_nudge_can_stay_in_the_house(cast: Cast, plan: Plan, wang: Teacher) -> None:
    NoticeWishes.objects.create(teacher=wang, channels={"in_app": ["nudge"]})
    plan(at(14), cast.maths)

    compose(at(13))

    assert [row.channel for row in Message.objects.all()] == ["in_app"]


def told_of(row: Occasion, cast: Cast, *teachers: Teacher, when: datetime) -> None:
    notify(teachers, kind="change", title="改到录播教室", organisation=cast.school, at=when,
           source=Source(row.source_kind, row.source_id))  # fmt: skip


@pytest.mark.parametrize(("day", "number"), [(15, 1), (16, 0)])
def test_only_a_change_of_today_is_told_at_once(
    cast: Cast, plan: Plan, wang: Teacher, day: int, number: int
) -> None:
    by_mail(wang, channels={"email": ["change"]})
    told_of(plan(at(16, day=day), cast.maths), cast, wang, when=at(11))

    assert [compose(at(11, 1)), compose(at(11, 2))] == [number, 0]


def test_what_moves_away_from_today_is_told_at_once(
    cast: Cast, plan: Plan, wang: Teacher, robot: Robot
) -> None:
    by_mail(wang, channels={"email": ["change"]})
    row = plan(at(16), cast.maths)
    source, moved = Source(row.source_kind, row.source_id), at(16, day=22)
    actions.move_occasion(
        source, title=row.title, starts_at=moved, ends_at=moved, place="", at=at(11)
    )
    told_of(row, cast, wang, when=at(11))

    compose(at(11, 1))

    assert {row.channel for row in Message.objects.all()} == {"email", "wecom"}
    assert {row.useless_from for row in Message.objects.all()} == {at(16)}


def test_a_change_in_the_quiet_hours_waits_for_the_morning(
    cast: Cast, plan: Plan, wang: Teacher
) -> None:
    by_mail(wang, channels={"email": ["change"]})
    told_of(plan(at(8), cast.maths), cast, wang, when=at(5))

    compose(at(5, 1))

    assert Message.objects.get().due_at == at(7)


def test_a_change_that_was_read_is_not_mailed(cast: Cast, plan: Plan, wang: Teacher) -> None:
    by_mail(wang, channels={"email": ["change"]})
    told_of(plan(at(16), cast.maths), cast, wang, when=at(11))
    wang.notices.update(read_at=at(11))

    assert compose(at(11, 1)) == 0


def test_a_group_hears_of_its_own_occasions_alone(
    cast: Cast, plan: Plan, robot: Robot, wang: Teacher
) -> None:
    plan(at(10), cast.maths, title="数学")
    plan(at(10), cast.chinese, title="语文")
    plan(at(10), title="全校")
    owe(cast, wang, date(2026, 10, 15), title="王老师的事")
    notify([wang], kind="decision", title="王老师的申请", source=source_of(cast.maths),
           organisation=cast.school, at=at(6))  # fmt: skip

    compose(at(7))

    (text,) = sent()
    assert text == "10月15日（周四） 数学教研组的安排\n今天\n· 10:00—11:30 数学 · 数学教研组"


def test_a_school_hears_of_what_is_for_all(cast: Cast, plan: Plan) -> None:
    Robot.objects.create(organisation=cast.school, channel="feishu", name="全校群", made_at=at(0))
    plan(at(10), cast.maths, title="数学")
    plan(at(14), title="全校")

    compose(at(7))

    assert "全校" in sent()[0]
    assert "数学" not in sent()[0]


def test_a_group_with_nothing_on_hears_nothing(cast: Cast, robot: Robot) -> None:
    assert compose(at(7)) == 0


def test_a_group_hears_of_a_cancellation_today_once(cast: Cast, plan: Plan, robot: Robot) -> None:
    row = plan(at(16), cast.maths, title="分数的意义")
    actions.end_occasion(Source(row.source_kind, row.source_id), "cancelled", at=at(11))
    Robot.objects.update(digest_made_on=date(2026, 10, 15))

    assert [compose(at(11, 1)), compose(at(11, 2))] == [1, 0]
    assert sent()[0].startswith("取消：10月15日（周四）16:00 分数的意义")


def test_a_new_occasion_is_no_change(cast: Cast, plan: Plan, robot: Robot) -> None:
    Robot.objects.update(digest_made_on=date(2026, 10, 15))
    plan(at(16), cast.maths)

    assert compose(at(11)) == 0


def test_the_statements_do_not_grow_with_the_persons(
    cast: Cast, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("shen", "zhou", "li", "wang", "zhao", "guan"):
        by_mail(cast.people[name])
    for _number in range(20):
        plan(at(10), cast.maths)
        plan(at(14))

    with django_assert_max_num_queries(24):
        assert compose(at(7)) == 6


def test_with_nothing_to_do_it_only_looks(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(6):
        compose(at(11))
