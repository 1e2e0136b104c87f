"""Public notices: fields and masks of the scheme, working days, and nobody ranked."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yanxiu.agenda.models import Task
from yanxiu.cast import NOON, Cast
from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import Record
from yanxiu.ledger.refusals import WhyMissing
from yanxiu.notices.models import Notice
from yanxiu.people.access import NotAllowed, allowed
from yanxiu.people.models import Teacher
from yanxiu.recognition import actions
from yanxiu.recognition.actions.publishing import tell_begun
from yanxiu.recognition.models import Publication
from yanxiu.recognition.permissions import may_see_publication
from yanxiu.recognition.queries.publishing import end_of, notices_of, people_of
from yanxiu.recognition.refusals import (
    BeginsBeforeToday,
    NothingToPublish,
    ObjectionOpen,
    WindowOver,
)
from yanxiu.recognition.tests.conftest import COURSE
from yanxiu.terms import actions as terms

YEAR = Span(date(2026, 9, 1), date(2027, 9, 1))


def put_up(cast: Cast, by: Teacher, starts_on: date = date(2026, 10, 15)) -> Publication:
    found = {one.scheme.id: one for one in notices_of(cast.school, date(2026, 10, 15))}
    notice = found["made-up-steps"]
    return actions.publish(
        cast.school, notice, YEAR, title="学时公示", starts_on=starts_on, by=by, at=NOON
    )


@pytest.fixture
def notice(cast: Cast, wang: Teacher, zhou: Teacher, sun: Teacher) -> Publication:
    made = actions.declare(cast.school, "course", COURSE, by=wang, at=NOON)
    assert made.record is not None
    rows = actions.recognise([made.record], by=zhou, at=NOON)
    actions.recognise(rows, by=sun, at=NOON)
    return put_up(cast, zhou)


@pytest.fixture
def _today(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("yanxiu.recognition.permissions.today", lambda: date(2026, 10, 16))


def test_working_days_leave_out_weekends_and_days_off(cast: Cast, guan: Teacher) -> None:
    assert end_of(cast.school, date(2026, 10, 15), 5) == date(2026, 10, 22)

    terms.set_day_off(
        cast.school, name="运动会", starts_on=date(2026, 10, 19), ends_on=date(2026, 10, 20),
        by=guan, at=NOON,
    )  # fmt: skip
    assert end_of(cast.school, date(2026, 10, 15), 5) == date(2026, 10, 23)


@pytest.mark.usefixtures("_today")
def test_the_people_of_the_school_read_it_with_masked_names_until_it_ends(
    notice: Publication, li: Teacher, zhou: Teacher, qian: Teacher, client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    rows = Publication.objects.all()
    assert [allowed(may_see_publication, who, rows).exists() for who in (li, zhou, qian)] == [
        True, True, False,
    ]  # fmt: skip
    client.force_login(li)
    page = client.get(reverse("recognition:publication", args=[notice.uid])).content.decode()
    assert ("王＊＊" in page, "王老师" in page, "16 学时" in page) == (True, False, True)

    monkeypatch.setattr("yanxiu.recognition.permissions.today", lambda: notice.ends_on)
    assert [allowed(may_see_publication, who, rows).exists() for who in (li, zhou)] == [False, True]


def test_an_objection_is_raised_from_it_while_it_is_up(
    notice: Publication, li: Teacher, wang: Teacher, shen: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yanxiu.recognition.permissions.today", lambda: date(2026, 10, 16))
    made = actions.object_to_line(notice, wang, text="那天我们都只到半天", by=li, at=NOON)
    assert (made.teacher, made.place) == (wang, notice.organisation)
    with pytest.raises(ObjectionOpen):
        actions.object_to_line(notice, wang, text="再说一次", by=li, at=NOON)
    asked = Task.objects.filter(kind="answer_objection", source_id=made.uid)
    assert asked.filter(teacher=shen, state="open", due_on=made.due_on).exists()
    assert not asked.filter(teacher__in=(li, wang)).exists()

    done = actions.answer(made, is_upheld=False, text="已核对签到表", by=shen, at=NOON)
    assert done.state == "rejected"
    assert not asked.filter(state="open").exists()
    late = NOON + timedelta(days=30)
    with pytest.raises(WindowOver):
        actions.object_to_line(notice, wang, text="晚了", by=li, at=late)


def test_the_own_name_stands_first_and_whole_and_hours_without_kinds_are_one_sum(
    notice: Publication, wang: Teacher, li: Teacher
) -> None:
    line = notice.lines[0]
    other = {**line, "teacher": str(li.uid), "name": "李组长"}
    notice.lines = [other, line, {**line, "kind": "论文", "hours": "4", "records": 2}]
    notice.fields = ["name", "hours"]

    people = people_of(notice, wang)

    assert [(one.name, one.is_own) for one in people] == [("王老师", True), ("李＊＊", False)]
    assert [(one["hours"], one["records"]) for one in people[0].lines] == [("20", 3)]


def test_the_school_is_told_once_on_the_day_on_which_it_begins(
    cast: Cast, zhou: Teacher, wang: Teacher, notice: Publication
) -> None:
    told = Notice.objects.filter(source_kind=Publication.SOURCE_KIND)
    assert told.filter(teacher=wang, source_id=notice.uid).count() == 1
    assert not told.filter(teacher=zhou, source_id=notice.uid).exists()

    later = put_up(cast, zhou, date(2026, 10, 19))
    assert not told.filter(source_id=later.uid).exists()
    for _again in range(2):
        tell_begun(NOON + timedelta(days=4))
    assert told.filter(teacher=wang, source_id=later.uid).count() == 1


def test_a_house_that_was_off_on_the_first_day_tells_of_it_within_the_week(
    cast: Cast, zhou: Teacher, wang: Teacher, notice: Publication
) -> None:
    later = put_up(cast, zhou, date(2026, 10, 19))
    down = put_up(cast, zhou, date(2026, 10, 19))
    actions.take_down(down, because="数有误", by=zhou, at=NOON)
    told = Notice.objects.filter(source_kind=Publication.SOURCE_KIND, teacher=wang)

    for days in (6, 7, 8):
        tell_begun(NOON + timedelta(days=days))

    assert told.filter(source_id=later.uid).count() == 1
    assert told.filter(source_id=notice.uid).count() == 1
    assert not told.filter(source_id=down.uid).exists()


def test_of_a_notice_that_is_over_nobody_is_told(
    cast: Cast, zhou: Teacher, notice: Publication
) -> None:
    later = put_up(cast, zhou, date(2026, 10, 19))

    tell_begun(NOON + timedelta(days=30))

    assert not Notice.objects.filter(source_id=later.uid).exists()


def test_who_answers_about_a_line_sees_whose_it_is_and_where_to_correct(
    notice: Publication, li: Teacher, wang: Teacher, shen: Teacher, client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("yanxiu.recognition.permissions.today", lambda: date(2026, 10, 16))
    made = actions.object_to_line(notice, wang, text="只到半天", by=li, at=NOON)
    address = reverse("recognition:objection", args=[made.uid])

    client.force_login(li)
    page = client.get(address).content.decode()
    assert ("王＊＊" in page, "王老师" in page) == (True, False)

    client.force_login(shen)
    page = client.get(address).content.decode()
    record = Record.objects.get(teacher=wang, state="recognised")
    assert "王老师" in page
    assert reverse("recognition:correct", args=[record.uid]) in page
    assert 'name="amount"' not in page
    client.post(address, {"verdict": "rejected", "text": "签到齐全"})
    made.refresh_from_db()
    assert made.state == "rejected"


def test_officers_alone_put_it_up_and_take_it_down(
    notice: Publication, cast: Cast, wang: Teacher, zhou: Teacher
) -> None:
    with pytest.raises(NotAllowed):
        put_up(cast, wang)
    with pytest.raises(NotAllowed):
        actions.take_down(notice, because="不要了", by=wang, at=NOON)
    with pytest.raises(WhyMissing):
        actions.take_down(notice, because=" ", by=zhou, at=NOON)

    down = actions.take_down(notice, because="数有误", by=zhou, at=NOON)

    assert not down.is_up(date(2026, 10, 16))


def test_an_empty_notice_is_not_put_up(cast: Cast, sun: Teacher) -> None:
    with pytest.raises(NothingToPublish):
        put_up(cast, sun)
    assert Decimal(Publication.objects.count()) == 0


@pytest.mark.usefixtures("clock")
def test_a_notice_is_looked_at_before_it_is_put_up(
    notice: Publication, zhou: Teacher, client: Client
) -> None:
    client.force_login(zhou)
    address = reverse("recognition:publish")
    asked = {
        "title": "再公示一次", "scheme": notice.scheme, "span_from": "2026-09-01",
        "span_last": "2026-10-20", "starts_on": "2026-10-15",
    }  # fmt: skip

    seen = client.post(address, asked)

    assert seen.status_code == 200
    assert "现在还没有发布" in seen.content.decode()
    assert "这里是逐条认定、入账的数" in seen.content.decode()
    assert Publication.objects.count() == 1
    put = client.post(address, {**asked, "do": "publish"}, follow=True).content.decode()
    assert Publication.objects.filter(title="再公示一次").count() == 1
    assert "今天开始，已经通知本校的人" in put
    later = {**asked, "starts_on": "2026-10-19", "do": "publish"}
    put = client.post(address, later, follow=True).content.decode()
    assert "10月19日（周一）开始，那天会通知" in put


@pytest.mark.usefixtures("clock")
def test_days_that_are_over_are_no_days_of_a_notice(
    notice: Publication, cast: Cast, zhou: Teacher, client: Client
) -> None:
    for begins in (date(2026, 10, 5), date(2026, 10, 14)):
        with pytest.raises(BeginsBeforeToday, match="请从今天（2026-10-15）"):
            put_up(cast, zhou, begins)

    client.force_login(zhou)
    asked = {
        "title": "补一次公示", "scheme": notice.scheme, "span_from": "2026-09-01",
        "span_last": "2026-10-14", "starts_on": "2026-10-14",
    }  # fmt: skip
    for more in ({}, {"do": "publish"}):
        answer = client.post(reverse("recognition:publish"), {**asked, **more})
        assert answer.status_code == 422
        assert "没有人看到过，不能算公示过" in answer.content.decode()
    assert Publication.objects.count() == 1


@pytest.mark.usefixtures("_today", "clock")
def test_no_address_of_a_notice_tells_whose_masked_name_it_is(
    notice: Publication, li: Teacher, wang: Teacher, client: Client
) -> None:
    client.force_login(li)
    page = client.get(reverse("recognition:publication", args=[notice.uid])).content.decode()
    line = reverse("recognition:object_to_line", args=[notice.uid, 1])

    assert line in page
    assert str(wang.uid) not in page
    assert "王＊＊" in client.get(line).content.decode()
    client.post(line, {"text": "那天只到半天"})
    assert notice.objections.get().teacher == wang
    for number in (0, 2):
        nobody = reverse("recognition:object_to_line", args=[notice.uid, number])
        assert client.get(nobody).status_code == 404
