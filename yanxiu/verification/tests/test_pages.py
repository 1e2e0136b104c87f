"""The pages: whom they open for, what they say, and what they cost."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from yanxiu.audit.models import TrailLine
from yanxiu.cast import Cast
from yanxiu.kernel.uids import new_uid
from yanxiu.ledger.actions import closing as deeds
from yanxiu.ledger.actions import transferring
from yanxiu.ledger.models import Exemption, Record, SchemeAdoption, Transfer, YearClosing
from yanxiu.ledger.queries import closings, schemes_on
from yanxiu.people.actions import staff
from yanxiu.people.models import Post, Teacher
from yanxiu.verification.models import SampleCheck, Sampled
from yanxiu.verification.tests.test_transfer import LINE

pytestmark = pytest.mark.usefixtures("_in_december")
DECEMBER = datetime(2026, 12, 20, 4, 0, tzinfo=UTC)
Take = Callable[..., Record]
MOST_STATEMENTS = 10


@pytest.fixture
def _in_december(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be December, when a year is looked at."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: DECEMBER)


def page(client: Client, name: str, *args: Any, by: Teacher, query: str = "") -> Any:
    client.force_login(by)
    return client.get(reverse(f"verification:{name}", args=args) + query)


def send(client: Client, name: str, *args: Any, by: Teacher, **form: Any) -> Any:
    client.force_login(by)
    return client.post(reverse(f"verification:{name}", args=args), form)


def year_code(cast: Cast, start: int = 2026) -> str:
    found = closings.years_of(cast.school, date(2026, 12, 20))
    year = next(one for one in found if one.span.start.year == start)
    return f"{year.scheme.id}@{year.span.start.isoformat()}"


def test_the_year_is_closed_by_one_press_and_each_sees_the_own_snapshot(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher, take_part: Take
) -> None:
    take_part(wang)
    code = year_code(cast)
    shown = page(client, "year", cast.school.uid, by=zhou, query=f"?year={code}").content.decode()
    assert "登记 6 位教师" in shown
    assert "王老师" in shown

    answer = send(client, "year", cast.school.uid, by=zhou, year=code)

    assert answer.status_code == 302
    snapshot = YearClosing.objects.get().snapshots.get(teacher=wang)
    own = page(client, "snapshot", snapshot.uid, by=wang).content.decode()
    assert "已认定" in own
    assert "年度快照" in page(client, "mine", by=wang).content.decode()


def test_what_waits_is_listed_with_a_link_and_closing_asks_to_leave_it(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher, take_part: Take
) -> None:
    record = take_part(wang)
    Record.objects.filter(pk=record.pk).update(state=Record.State.RETURNED)
    code = year_code(cast)

    shown = page(client, "year", cast.school.uid, by=zhou, query=f"?year={code}").content.decode()
    refused = send(client, "year", cast.school.uid, by=zhou, year=code)

    assert str(record.uid) in shown
    assert "留着没办的" in shown
    assert refused.status_code == 422
    assert YearClosing.objects.count() == 0
    assert (
        send(client, "year", cast.school.uid, by=zhou, year=code, leave_open=1).status_code == 302
    )


def test_a_snapshot_is_for_the_person_and_those_who_see_hours(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher, zhao: Teacher, qian: Teacher
) -> None:
    send(client, "year", cast.school.uid, by=zhou, year=year_code(cast))
    snapshot = YearClosing.objects.get().snapshots.get(teacher=wang)

    for stranger in (zhao, qian):
        assert page(client, "snapshot", snapshot.uid, by=stranger).status_code == 404
    assert page(client, "snapshot", snapshot.uid, by=zhou).status_code == 200
    assert TrailLine.objects.filter(source_id=wang.uid, actor_uid=zhou.uid).count() == 1


@pytest.mark.parametrize("name", ["year", "cycle"])
def test_who_reads_a_list_with_somebodys_hours_is_told_to_that_person_once_a_day(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher, name: str
) -> None:
    send(client, "year", cast.school.uid, by=zhou, year=year_code(cast))
    for _twice in range(2):
        answer = page(client, name, cast.school.uid, by=zhou, query="?show=all")
        assert "王老师" in answer.content.decode()

    client.force_login(wang)
    told = client.get(reverse("portfolio:looks")).content.decode()
    assert told.count("查看了有您在内的学时名单") == 1
    assert "清河小学" in told


def test_reopening_asks_for_a_reason(cast: Cast, client: Client, zhou: Teacher) -> None:
    send(client, "year", cast.school.uid, by=zhou, year=year_code(cast))
    closed = YearClosing.objects.get()

    assert send(client, "reopen", closed.uid, by=zhou, because="").status_code == 422
    assert send(client, "reopen", closed.uid, by=zhou, because="补了外训").status_code == 302

    closed.refresh_from_db()
    assert closed.state == "reopened"


def test_the_list_for_the_county_holds_names_years_and_conclusions(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher
) -> None:
    send(client, "year", cast.school.uid, by=zhou, year=year_code(cast))

    assert "王老师" in page(client, "cycle", cast.school.uid, by=zhou).content.decode()
    answer = page(client, "cycle_sheet", cast.school.uid, by=zhou)

    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    [wangs] = [row for row in rows if "王老师" in row]
    assert "清河小学" in wangs
    assert "未登记齐" in wangs
    taken = TrailLine.objects.filter(
        source_id=wang.uid, actor_uid=zhou.uid, verb="ledger.list-taken"
    )
    assert taken.count() == 1


def test_a_leave_is_excused_without_asking_again(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher, guan: Teacher
) -> None:
    leave = staff.add_leave(
        wang, kind="maternity", starts_on=date(2026, 2, 1), ends_on=date(2026, 8, 1), by=guan,
        at=DECEMBER,
    )  # fmt: skip
    query = f"?leave={leave.uid}&reason=maternity"
    shown = page(client, "exemptions", by=zhou).content.decode()
    assert str(leave.uid) in shown

    asked = page(client, "exempt", by=zhou, query=query).content.decode()
    assert 'value="2026-02-01"' in asked
    assert 'value="2026-07-31"' in asked
    client.post(
        reverse("verification:exempt") + query,
        {"teacher": wang.uid, "reason": "maternity", "starts_on": "2026-02-01",
         "last_on": "2026-07-31", "document": "离岗记录"},
    )  # fmt: skip

    row = Exemption.objects.get()
    assert (row.teacher, row.leave, row.ends_on) == (wang, leave, date(2026, 8, 1))
    assert "离岗，还没有登记" not in page(client, "exemptions", by=zhou).content.decode()
    assert "产假" in page(client, "mine", by=wang).content.decode()


def brought(client: Client, by: Teacher, **more: str) -> Any:
    form = {
        "teacher": str(by.uid), "issuer": "松岭县", "document": "学分证明2026-18号",
        "line-TOTAL_FORMS": "4", "line-INITIAL_FORMS": "0", "line-0-title": "县级集中培训",
        "line-0-delivery_mode": "centralised", "line-0-organiser_level": "county",
        "line-0-starts_on": "2026-09-03", "line-0-last_on": "2026-09-05", "line-0-amount": "6",
        "line-0-unit": "credit", **{f"line-{n}-delivery_mode": "centralised" for n in (1, 2, 3)},
        **{f"line-{n}-organiser_level": "county" for n in (1, 2, 3)},
        **{f"line-{n}-unit": "hour" for n in (1, 2, 3)}, **more,
    }  # fmt: skip
    return send(client, "bring", by=by, **form)


def test_a_teacher_brings_a_paper_and_the_office_takes_it_over(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher
) -> None:
    refused = brought(client, wang, **{"line-0-last_on": "2026-09-01"})
    assert refused.status_code == 422
    assert "松岭县" in refused.content.decode()
    assert brought(client, wang).status_code == 302
    row = Transfer.objects.get()

    assert send(client, "transfer_decide", row.uid, by=wang, do="accept").status_code == 404
    assert "按原数" in page(client, "transfer", row.uid, by=zhou).content.decode()
    send(client, "transfer_decide", row.uid, by=zhou, do="accept")

    row.refresh_from_db()
    assert row.state == "accepted"
    assert Record.objects.get(teacher=wang).kind == "transferred_in"


def drawn(cast: Cast, client: Client, by: Teacher) -> SampleCheck:
    send(
        client, "check_new", by=by, organisation=cast.school.uid, title="手册抽查",
        starts_on="2026-09-01", last_on="2026-12-20", due_on="2027-01-10", method="random",
        percent="100", strata="group", words="清河",
    )  # fmt: skip
    return SampleCheck.objects.get()


def test_a_sample_is_drawn_shared_out_and_marked(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher, zhao: Teacher, take_part: Take
) -> None:
    take_part(wang, title="分数的意义")
    check = drawn(cast, client, zhou)
    shown = page(client, "check", check.uid, by=zhou).content.decode()
    assert check.seed in shown
    assert "sha256sum" in shown
    send(client, "check_assign", check.uid, by=zhou, checker=[str(zhao.uid)])
    row = Sampled.objects.get(teacher=wang)

    read = page(client, "sampled", row.uid, by=zhao).content.decode()
    assert "分数的意义" in read
    empty = send(client, "sampled", row.uid, by=zhao, passed="no", comment="")
    assert empty.status_code == 422
    send(client, "sampled", row.uid, by=zhao, passed="no", comment="缺评课意见")

    own = page(client, "sampled", row.uid, by=wang).content.decode()
    assert "缺评课意见" in own
    letter = page(client, "sampled_letter", row.uid, by=wang)
    assert letter.content.startswith(b"PK")
    send(client, "sampled_answer", row.uid, by=wang, text="已补")
    row.refresh_from_db()
    assert row.state == "answered"
    looked = TrailLine.objects.filter(source_id=wang.uid, verb="ledger.records-checked")
    assert looked.get().actor_uid == zhao.uid


def test_whoever_is_not_the_checker_cannot_read_or_mark(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher, zhao: Teacher, li: Teacher,
    qian: Teacher,
) -> None:  # fmt: skip
    check = drawn(cast, client, zhou)
    send(client, "check_assign", check.uid, by=zhou, checker=[str(zhao.uid)])
    row = Sampled.objects.get(teacher=wang)

    for stranger in (li, qian):
        assert page(client, "sampled", row.uid, by=stranger).status_code == 404
    for somebody in (zhou, wang):
        assert send(client, "sampled", row.uid, by=somebody, passed="yes").status_code == 404
    sheet = page(client, "check_sheet", check.uid, by=zhou)
    assert sheet.content.startswith(b"PK")


OFFICE = ("home", "years", "exemptions", "transfers", "checks", "mine")


@pytest.mark.parametrize("name", OFFICE)
def test_a_list_costs_few_statements(
    cast: Cast, client: Client, zhou: Teacher, name: str, django_assert_max_num_queries: Any
) -> None:
    drawn(cast, client, zhou)
    send(client, "year", cast.school.uid, by=zhou, year=year_code(cast))
    client.force_login(zhou)
    client.get("/")

    # Session, account, holdings and the bell are asked for by every page.
    with django_assert_max_num_queries(MOST_STATEMENTS + 4):
        answer = client.get(reverse(f"verification:{name}"))
    assert answer.status_code == 200


def test_the_year_costs_as_much_for_many_as_for_few(
    cast: Cast, client: Client, zhou: Teacher, take_part: Take, django_assert_max_num_queries: Any
) -> None:
    for one in cast.people.values():
        if one.name != "钱老师":
            take_part(one)
    waits = Record.objects.filter(teacher__in=[zhou, cast.people["wang"]])
    waits.update(state=Record.State.WAITING)
    url = reverse("verification:year", args=[cast.school.uid]) + f"?year={year_code(cast)}"
    client.force_login(zhou)
    client.get(url)

    # One asks whether the look of the day is written down.
    with django_assert_max_num_queries(MOST_STATEMENTS + 1):
        assert "单元整体设计" in client.get(url).content.decode()
    send(client, "year", cast.school.uid, by=zhou, year=year_code(cast), leave_open=1)
    with django_assert_max_num_queries(MOST_STATEMENTS + 1):
        assert "已封存" in client.get(url).content.decode()


def test_a_sampled_person_costs_few_statements(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher, zhao: Teacher, take_part: Take,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for title in ("分数的意义", "怎样听课", "作业设计"):
        take_part(wang, title=title)
    check = drawn(cast, client, zhou)
    send(client, "check_assign", check.uid, by=zhou, checker=[str(zhao.uid)])
    row = Sampled.objects.get(teacher=wang)
    url = reverse("verification:sampled", args=[row.uid])

    for reader in (zhou, zhao, wang):
        client.force_login(reader)
        client.get(url)
        with django_assert_max_num_queries(MOST_STATEMENTS):
            assert "作业设计" in client.get(url).content.decode()


def test_a_sampled_record_says_which_scheme_gave_what(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher, take_part: Take
) -> None:
    take_part(wang, title="分数的意义")
    check = drawn(cast, client, zhou)
    row = Sampled.objects.get(check_of=check, teacher=wang)

    shown = page(client, "sampled", row.uid, by=zhou).content.decode()

    for scheme in schemes_on(cast.school, DECEMBER.date()):
        assert f'data-label="{scheme.title}"' in shown


def test_the_last_day_of_a_check_is_read_and_the_day_after_is_not(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher, take_part: Take
) -> None:
    take_part(wang, date(2026, 12, 20), title="最后一天的活动")
    take_part(wang, date(2026, 12, 21), title="次日的活动")
    check = drawn(cast, client, zhou)
    row = Sampled.objects.get(check_of=check, teacher=wang)

    shown = page(client, "sampled", row.uid, by=zhou).content.decode()

    assert "最后一天的活动" in shown
    assert "次日的活动" not in shown


def test_another_checker_is_offered_only_from_other_groups(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher, li: Teacher
) -> None:
    drawn(cast, client, zhou)
    row = Sampled.objects.get(teacher=wang)

    offered = page(client, "sampled_give", row.uid, by=zhou).content.decode()
    assert "周主任" in offered
    assert str(li.uid) not in offered
    refused = send(client, "sampled_give", row.uid, by=zhou, checker=str(li.uid))
    assert refused.status_code == 422
    send(client, "sampled_give", row.uid, by=zhou, checker=str(zhou.uid))

    row.refresh_from_db()
    assert row.checker == zhou


def test_drawing_asks_only_for_what_its_way_needs(
    cast: Cast, client: Client, zhou: Teacher
) -> None:
    form = {
        "organisation": cast.school.uid, "title": "抽查", "starts_on": "2026-09-01",
        "last_on": "2026-12-20", "due_on": "2027-01-10",
    }  # fmt: skip
    shown = page(client, "check_new", by=zhou).content.decode()
    assert 'data-only-if="method=random"' in shown
    assert 'data-only-if="method=tail_digit"' in shown
    assert shown.count("（可不填）") == 1  # by what to stratify; the rest is needed in its way

    refused = send(client, "check_new", by=zhou, method="random", percent="10", **form)
    assert "要有公布的种子" in refused.content.decode()
    refused = send(client, "check_new", by=zhou, method="tail_digit", **form)
    assert "要填一个数字" in refused.content.decode()
    assert "要有公布的种子" not in refused.content.decode()


def test_nobody_else_finds_the_pages(cast: Cast, client: Client, wang: Teacher) -> None:
    for name in ("home", "years", "exemptions", "exempt", "checks", "check_new"):
        assert page(client, name, by=wang).status_code == 404
    for name in ("year", "cycle", "cycle_sheet"):
        assert page(client, name, cast.school.uid, by=wang).status_code == 404
    assert page(client, "check", new_uid(), by=wang).status_code == 404


def test_central_school_closes_all_schools_and_can_be_resumed(cast: Cast, client: Client) -> None:
    from yanxiu.verification import jobs  # noqa: PLC0415 (only here)

    steps = []

    class Running:
        by = cast.people["sun"] if "sun" in cast.people else cast.people["shen"]
        detail = {"organisation": str(cast.school.uid), "year": "", "leave_open": False}

        def step(self, done: int, of: int, what: str = "") -> None:
            steps.append((done, of, what))

    jobs.close_years(Running())
    jobs.close_years(Running())

    closed = YearClosing.objects.get()
    assert (closed.state, closed.starts_on, closed.count) == ("closed", date(2025, 9, 1), 6)
    assert steps[-1][:2] == (1, 1)
    assert closed.state == deeds.State.CLOSED
    assert Decimal(closed.snapshots.count()) == closed.count


def test_a_year_opened_again_is_not_told_as_registered_to_who_takes_hours_over(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher
) -> None:
    send(client, "year", cast.school.uid, by=zhou, year=year_code(cast))
    brought = transferring.bring(
        wang, cast.school, issuer="松岭县", document="证明", lines=[LINE], by=wang, at=DECEMBER
    )
    before = page(client, "transfer", brought.uid, by=zhou).content.decode()

    deeds.reopen_year(YearClosing.objects.get(), because="补了外训", by=zhou, at=DECEMBER)

    after = page(client, "transfer", brought.uid, by=zhou).content.decode()
    assert ("这一年度已经登记过" in before, "2027年8月31日" in before) == (True, True)
    assert "这一年度已经登记过" not in after


def test_that_days_are_in_the_wrong_order_is_said_beside_all_else(
    client: Client, zhou: Teacher
) -> None:
    answer = send(client, "exempt", by=zhou, starts_on="2026-12-03", last_on="2026-12-01")

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "“教师”还没有选" in shown
    assert "结束的一天不能早于开始的一天" in shown


def test_a_paper_and_its_lines_are_checked_together(
    client: Client, zhou: Teacher, wang: Teacher
) -> None:
    line = {"title": "集中培训", "delivery_mode": "centralised", "organiser_level": "county",
            "starts_on": "2026-12-03", "last_on": "2027-01-09", "amount": "6",
            "unit": "credit"}  # fmt: skip
    form = {f"line-0-{name}": value for name, value in line.items()}
    form |= {"line-TOTAL_FORMS": "1", "line-INITIAL_FORMS": "0", "teacher": str(wang.uid)}

    answer = send(client, "bring", by=zhou, **form)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "“出具单位”还没有填" in shown
    assert "还没有到这一天" in shown


def test_a_sample_says_all_that_is_wrong_with_its_days(client: Client, zhou: Teacher) -> None:
    answer = send(
        client, "check_new", by=zhou, title="", starts_on="2026-12-03", last_on="2026-12-01",
        due_on="2026-12-01", method="random", percent="10", words="",
    )  # fmt: skip

    shown = answer.content.decode()
    for sentence in ("结束的一天不能早于开始的一天", "完成期限不能早于今天", "“名称”还没有填"):
        assert sentence in shown
    assert SampleCheck.objects.count() == 0


def test_registering_does_not_seem_to_recognise_what_waits(
    cast: Cast, client: Client, zhou: Teacher
) -> None:
    shown = page(client, "year", cast.school.uid, by=zhou).content.decode()

    assert "登记不替谁认定，它们以后照常办" in shown


def test_a_year_closed_for_two_schemes_says_which_is_which(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher
) -> None:
    send(client, "year", cast.school.uid, by=zhou, year=year_code(cast))
    title = schemes_on(cast.school, date(2026, 12, 20))[0].title

    assert title in page(client, "home", by=zhou).content.decode()
    assert title in page(client, "years", by=zhou).content.decode()
    assert title in page(client, "mine", by=wang).content.decode()


def test_a_sample_names_the_scheme_only_where_it_is_drawn_as_that_says(
    cast: Cast, client: Client, zhou: Teacher
) -> None:
    form = {
        "organisation": cast.school.uid, "title": "抽查", "starts_on": "2026-09-01",
        "last_on": "2026-12-20", "due_on": "2027-01-10", "words": "清河",
    }  # fmt: skip
    send(client, "check_new", by=zhou, method="random", percent="7", strata="school", **form)
    assert SampleCheck.objects.get().source == ""
    Sampled.objects.all().delete()
    SampleCheck.objects.all().delete()

    digit = Post.objects.on(date(2026, 12, 20)).get(teacher=cast.people["wang"]).job_number[-1]
    send(client, "check_new", by=zhou, method="tail_digit", digit=digit, **form)
    assert SampleCheck.objects.get().source.startswith("《中心校研修手册方案》，出处：")


def test_a_sample_called_off_says_so_to_who_was_drawn(
    cast: Cast, client: Client, zhou: Teacher, wang: Teacher
) -> None:
    check = drawn(cast, client, zhou)
    send(client, "check_off", check.uid, by=zhou, because="改到下学期")

    row = Sampled.objects.get(teacher=wang)
    assert "已取消：改到下学期" in page(client, "sampled", row.uid, by=wang).content.decode()


@pytest.mark.parametrize("code", ["nonsense", "no-such-scheme@2026-09-01"])
def test_a_year_that_is_not_known_is_refused_and_no_other_is_closed(
    cast: Cast, client: Client, zhou: Teacher, code: str
) -> None:
    assert page(client, "year", cast.school.uid, by=zhou, query=f"?year={code}").status_code == 404

    for form in ({"year": code}, {}):
        refused = send(client, "year", cast.school.uid, by=zhou, **form)
        assert refused.status_code == 422
        assert "没有登记" in refused.content.decode()
    assert YearClosing.objects.count() == 0


def test_a_closed_year_stays_readable_when_the_school_has_given_up_its_scheme(
    cast: Cast, client: Client, zhou: Teacher
) -> None:
    code = year_code(cast)
    send(client, "year", cast.school.uid, by=zhou, year=code)
    SchemeAdoption.objects.update(ends_on=date(2026, 12, 1))

    shown = page(client, "year", cast.school.uid, by=zhou, query=f"?year={code}&show=all")

    assert shown.status_code == 200
    assert "已封存" in shown.content.decode()
