"""My hours say what was done, what is missing in words, and who looked."""

import re
from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.urls import reverse

from yanxiu.agenda.models import Occasion
from yanxiu.cast import EVENING, MORNING, Cast, LogIn, statements
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import Exemption, Record, SchemeAdoption
from yanxiu.people import actions as people
from yanxiu.people.actions import editing
from yanxiu.people.models import Teacher
from yanxiu.places import table as places
from yanxiu.places.table import Foreseen, Foresight, Place
from yanxiu.portfolio.tests.conftest import TakePart

HOURS = reverse("portfolio:hours")


def page(log_in: LogIn, teacher: Teacher) -> str:
    answer = log_in(teacher).get(HOURS)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture(autouse=True)
def _known_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is planned here is a meeting of a group, 90 minutes long, in which one takes part."""
    told = Foreseen("research_activity", "attendee", 90)
    made_up = Place(
        kind="made.up",
        name="活动",
        rows=Occasion.objects.all,
        title=lambda row: row.title,
        url=lambda _row: "/made-up/",
        seen_by=lambda _reader: Q(pk__isnull=False),
        foresight=Foresight(rows=lambda rows, _reader: rows, tell=lambda _row: told),
    )
    monkeypatch.setitem(places._PLACES, "made.up", made_up)


def plan(cast: Cast, days: int, title: str = "磨一节计算课") -> Occasion:
    begins = EVENING + timedelta(days=days)
    uid = new_uid()
    return Occasion.objects.create(
        uid=uid,
        organisation=cast.school,
        unit=cast.maths,
        title=title,
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        source_kind="made.up",
        source_id=uid,
    )


def test_what_was_done_comes_first(log_in: LogIn, wang: Teacher, take_part: TakePart) -> None:
    take_part(wang)
    take_part(wang, role="main_speaker", title="讲讲估算")

    text = page(log_in, wang)

    assert "本学期已经参加了 2 次研修" in text
    assert "主讲 1 次" in text
    assert text.index("本学期已经参加了") < text.index("还差")


def test_the_kinds_of_what_was_done_add_up(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    for kind in ("research_activity", "lecture", "open_lesson", "lesson_observation", "paper"):
        take_part(wang, kind=kind)
    take_part(wang)

    text = page(log_in, wang)

    assert "本学期已经参加了 6 次研修" in text
    line = text[text.index("教研活动 2 次") :].split("本学期")[0]
    assert sum(int(times) for times in re.findall(r"(\d+) 次", line)[:5]) == 6
    assert "听课 1 次" in line


def test_what_is_not_decided_yet_is_told_apart_from_what_was_done(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)
    paper = take_part(wang, kind="paper")
    Record.objects.filter(pk=paper.pk).update(state=Record.State.WAITING)

    assert "2 次研修</strong>，1 次还待认定" in page(log_in, wang)


def test_the_missing_amount_stands_in_words(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)

    text = page(log_in, wang)

    assert "本学年还差 <strong>23 学分</strong>" in text
    assert "已认定 1，待认定 0，还差 23 学分" in text
    assert "中心校研修手册方案" in text
    assert "每学年登记校本研修 24 学分" in text


def test_what_is_planned_can_make_up_for_it(cast: Cast, log_in: LogIn, wang: Teacher) -> None:
    plan(cast, days=3)
    plan(cast, days=-3)

    text = page(log_in, wang)

    assert "下面这些活动可以补上" in text
    assert text.count("磨一节计算课") == 1


def test_the_chinese_group_is_not_offered_what_maths_plans(
    cast: Cast, log_in: LogIn, zhao: Teacher
) -> None:
    plan(cast, days=3)

    assert "磨一节计算课" not in page(log_in, zhao)


def test_each_requirement_opens_to_its_records(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    record = take_part(wang)

    assert reverse("portfolio:record", args=[record.uid]) in page(log_in, wang)


def test_what_a_cap_took_is_said(log_in: LogIn, wang: Teacher, take_part: TakePart) -> None:
    for day in range(1, 15):
        take_part(wang, on=date(2026, 10, day))

    text = page(log_in, wang)

    assert "有 2 条记录因为封顶等规定没有全部计入，共 2 学分" in text


def test_a_new_teacher_is_told_how_records_come(log_in: LogIn, wang: Teacher) -> None:
    assert "不用另外填报" in page(log_in, wang)


def test_what_was_declared_is_one_tap_away(log_in: LogIn, wang: Teacher) -> None:
    page = log_in(wang).get(reverse("portfolio:hours")).content.decode()

    assert f'href="{reverse("recognition:mine")}"' in page[page.index("<main") :]


def test_without_a_scheme_nothing_is_lost(
    cast: Cast, log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    SchemeAdoption.objects.all().delete()
    take_part(wang)

    text = page(log_in, wang)

    assert "还没有采用学时方案" in text
    assert "本学期已经参加了 1 次研修" in text


def test_who_holds_no_post_still_finds_the_records(cast: Cast, log_in: LogIn) -> None:
    gone = people.add_teacher(name="郑老师", phone="13700000009", by=None, at=MORNING)

    text = page(log_in, gone)

    assert "您现在没有学校的岗位" in text
    assert reverse("portfolio:records") in text


def test_two_schemes_stand_side_by_side(
    cast: Cast, log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    ledger.adopt_scheme(
        cast.school, "cn-hours-40-credits-10", starts_on=date(2026, 9, 1), by=None, at=MORNING
    )
    take_part(wang)

    text = page(log_in, wang)

    assert "还差 <strong>23 学分</strong>" in text
    assert "还差 <strong>39 课时</strong>" in text


def test_what_an_activity_fills_stands_apart_from_the_name_of_its_scheme(
    cast: Cast, log_in: LogIn, wang: Teacher
) -> None:
    ledger.adopt_scheme(
        cast.school, "cn-hours-40-credits-10", starts_on=date(2026, 9, 1), by=None, at=MORNING
    )
    plan(cast, days=3)

    assert "（《中心校研修手册方案》）" in page(log_in, wang)


def test_nobody_is_compared(log_in: LogIn, wang: Teacher, li: Teacher, take_part: TakePart) -> None:
    take_part(li, title="别人的活动")
    text = page(log_in, wang)

    assert "李组长" not in text
    assert not any(word in text for word in ("排名", "名次", "超过了", "平均"))


def test_what_is_planned_says_what_it_would_earn(cast: Cast, log_in: LogIn, wang: Teacher) -> None:
    plan(cast, days=3)

    text = page(log_in, wang)

    assert "参加约得 1 学分" in text
    assert "可以补：" in text
    assert "以实际参加和认定为准" in text


def test_what_a_cap_leaves_no_room_for_is_not_promised(
    cast: Cast, log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    for day in range(1, 13):
        take_part(wang, on=date(2026, 10, day))
    plan(cast, days=3)

    text = page(log_in, wang)

    assert "参加约得" not in text
    assert "同类的已到上限，参加不再增加" in text


def test_the_forecast_says_what_it_rests_on(
    cast: Cast, log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang)
    plan(cast, days=3)
    plan(cast, days=30, title="再磨一次")

    text = page(log_in, wang)

    assert "预计 <strong>3 / 24 学分</strong>，还差 21 学分" in text
    assert "这是估算：已认定 1，待认定 0 算作都通过，" in text
    assert "已排定的活动里按这份方案计得上的 2 次算作都参加（约 2）" in text


def test_each_cut_is_named_with_its_rule(log_in: LogIn, wang: Teacher, take_part: TakePart) -> None:
    for day in range(1, 15):
        take_part(wang, on=date(2026, 10, day))

    assert "教研组活动每学年上限 12</span>：2 条，少计 2 学分" in page(log_in, wang)


def test_what_one_is_excused_from_stands_there(
    cast: Cast, log_in: LogIn, wang: Teacher, zhou: Teacher
) -> None:
    Exemption.objects.create(
        teacher=wang,
        organisation=cast.school,
        reason="maternity",
        starts_on=date(2026, 9, 1),
        approved_by_uid=zhou.uid,
        approved_by_name=zhou.name,
        approved_at=EVENING,
    )

    assert "减免：产假" in page(log_in, wang)


def test_eight_statements_whatever_there_is(
    cast: Cast, log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    ledger.adopt_scheme(
        cast.school, "cn-hours-40-credits-10", starts_on=date(2026, 9, 1), by=None, at=MORNING
    )
    client = log_in(wang)
    take_part(wang)
    plan(cast, days=3)
    few = statements(client, HOURS)
    for day in range(1, 12):
        take_part(wang, on=date(2026, 10, day))
        plan(cast, days=day)

    assert statements(client, HOURS) == few <= 8
    assert len(client.get(HOURS).content) < 60 * 1024


def test_the_own_cycle_stands_there_and_until_it_is_known_whom_to_tell(
    log_in: LogIn, cast: Cast, wang: Teacher
) -> None:
    SchemeAdoption.objects.all().delete()
    ledger.adopt_scheme(
        cast.school, "cn-national-360", starts_on=date(2020, 1, 1), by=None, at=MORNING
    )

    before = page(log_in, wang)
    editing.edit_teacher(wang, {"cycle_from": "2023-06-20"}, by=cast.people["guan"], at=MORNING)
    after = page(log_in, wang)

    assert "请把首次注册的年月告诉管名册的老师" in before
    assert "请把首次注册的年月告诉管名册的老师" not in after
    assert "本人的周期：2023年6月20日" in after
    assert "到2028年6月19日" in after


def test_a_scheme_with_the_cycle_of_the_place_says_nothing_of_an_own_one(
    log_in: LogIn, wang: Teacher
) -> None:
    assert "周期：" not in page(log_in, wang)


def test_the_words_of_schemes_are_traditional_where_the_reader_reads_so(
    log_in: LogIn, wang: Teacher, take_part: TakePart
) -> None:
    take_part(wang, role="main_speaker")
    wang.language = "zh-hant"
    wang.save(update_fields=["language"])

    text = page(log_in, wang)

    assert ("本學年" in text, "本学年 ·" in text) == (True, False)
    assert ("主講" in text, "教研活動" in text) == (True, True)
