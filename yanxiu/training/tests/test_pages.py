"""The pages of training: who may see them, what they say, that they keep what was typed."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from yanxiu.activities.actions.tagging import tag_session
from yanxiu.activities.models import Session, Tag
from yanxiu.activities.queries import expected_teachers
from yanxiu.cast import MORNING, NOON, Cast, LogIn
from yanxiu.ledger.actions import reverse_and_redo
from yanxiu.ledger.models import Record
from yanxiu.people import actions as people
from yanxiu.people.models import Role, Teacher
from yanxiu.training import actions
from yanxiu.training.models import OutsideCourse, OutsideTraining, SelfStudy, SkillCheck
from yanxiu.training.tests.conftest import Hold

State = OutsideTraining.State
CEILING = 10


@pytest.fixture(autouse=True)
def _in_october(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every page believe that it is the noon of the tests."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def page(client: Client, teacher: Teacher, name: str, *args: Any, **query: str) -> str:
    client.force_login(teacher)
    answer = client.get(reverse(f"training:{name}", args=args), query)
    assert answer.status_code == 200, name
    return answer.content.decode()


def status(client: Client, teacher: Teacher, name: str, *args: Any) -> int:
    client.force_login(teacher)
    return client.get(reverse(f"training:{name}", args=args)).status_code


def fill(cast: Cast, count: int) -> None:
    for number in range(count):
        teacher = people.add_teacher(name=f"新{number}", by=None, at=MORNING)
        people.give_post(
            teacher, cast.school, Role.objects.get(code="teacher"),
            starts_on=date(2026, 9, 1), by=None, at=MORNING,
        )  # fmt: skip


PLAIN = [
    "home", "trainings", "apply", "declare", "courses", "content", "matrix", "all_series",
    "studies", "study_new", "skills",
]  # fmt: skip
WIDE = ["coverage", "chances"]
OFFICE = ["course_new", "setting", "series_new", "skill_new"]


@pytest.mark.parametrize("name", PLAIN)
def test_everybody_finds_the_own_side(client: Client, wang: Teacher, name: str) -> None:
    page(client, wang, name)


@pytest.mark.parametrize("name", WIDE)
def test_lists_by_name_are_for_leaders_and_those_who_see_hours(
    client: Client, zhou: Teacher, li: Teacher, wang: Teacher, guan: Teacher, name: str
) -> None:
    page(client, zhou, name)
    page(client, li, name)
    assert status(client, wang, name) == 404
    assert status(client, guan, name) == 404


@pytest.mark.parametrize("name", OFFICE)
def test_what_is_set_for_the_school_is_set_by_the_office(
    client: Client, zhou: Teacher, li: Teacher, name: str
) -> None:
    page(client, zhou, name)
    assert status(client, li, name) == 404


def test_an_application_goes_through_the_pages_to_the_record(
    client: Client, cast: Cast, zhou: Teacher, wang: Teacher, course: OutsideCourse
) -> None:
    client.force_login(wang)
    client.post(
        f"{reverse('training:apply')}?course={course.uid}",
        {"purpose": "想弄清数感怎样教", "cost": "600", "budget_line": ""},
    )
    found = OutsideTraining.objects.get(teacher=wang)
    decide = reverse("training:decide", args=[found.uid])
    client.force_login(zhou)
    client.post(decide, {"do": "approve", "budget_line": "培训费"})
    client.force_login(wang)
    client.post(
        reverse("training:report", args=[found.uid]), {"hours": "12", "report": "数感从数数来。"}
    )
    client.force_login(zhou)
    client.post(decide, {"do": "recognise", "hours": "12"})

    found.refresh_from_db()
    assert (found.state, found.hours_recognised) == (State.RECOGNISED, Decimal(12))
    assert "12 课时" in page(client, wang, "training", found.uid)

    record = Record.objects.get(source_id=found.uid)
    reverse_and_redo(record, reason="只有两天", amount=Decimal(9), level="school", by=zhou, at=NOON)
    listed = page(client, wang, "trainings")
    assert ">9<" in listed
    assert ">12<" not in listed


@pytest.mark.parametrize(
    ("sent", "field", "kept"),
    [
        ({"do": "recognise", "hours": "6", "reason": " "}, "reason", 'value="6"'),
        ({"do": "return_report", "hours": "7.5", "reason": ""}, "reason", 'value="7.5"'),
        ({"do": "recognise", "hours": "八", "reason": "缺一天"}, "hours", 'value="缺一天"'),
        ({"do": "recognise", "hours": "99", "reason": "补写"}, "hours", 'value="补写"'),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    client: Client, reported: OutsideTraining, zhou: Teacher, sent: dict[str, str], field: str,
    kept: str,
) -> None:  # fmt: skip
    client.force_login(zhou)

    answer = client.post(reverse("training:decide", args=[reported.uid]), sent)

    text = answer.content.decode()
    (control,) = re.findall(f'<input[^>]*name="{field}"[^>]*>', text)
    assert (answer.status_code, kept in text) == (422, True)
    assert all(
        word in control for word in ('aria-invalid="true"', f"id_{field}_error", "autofocus")
    )
    assert f'id="id_{field}_error"' in text


def test_the_sessions_to_be_tagged_are_those_one_manages(
    client: Client, session: Session, li: Teacher, zhao: Teacher
) -> None:
    way = reverse("activities:session_tags", args=[session.uid])

    assert way in page(client, li, "home")
    assert way not in page(client, zhao, "home")


def test_another_group_sees_nothing_of_it(
    client: Client, applied: OutsideTraining, zhao: Teacher, li: Teacher
) -> None:
    assert status(client, zhao, "training", applied.uid) == 404
    assert "想弄清新课标里数感怎样教" in page(client, li, "training", applied.uid)


def test_a_returned_report_says_so_with_who_and_why(
    client: Client, reported: OutsideTraining, wang: Teacher, zhou: Teacher
) -> None:
    waits = page(client, zhou, "trainings", state="waiting")
    assert reported.course.title in waits

    actions.return_report(reported, because="缺结业证书", by=zhou, at=NOON)

    shown = page(client, wang, "training", reported.uid)
    assert "汇报请补充后再交" in shown
    assert "周主任 · 退回汇报：缺结业证书" in shown
    assert "周主任 · 同意" in shown
    assert reported.course.title not in page(client, zhou, "trainings", state="waiting")


def test_a_refused_report_keeps_what_was_typed(
    client: Client, approved: OutsideTraining, wang: Teacher
) -> None:
    client.force_login(wang)

    answer = client.post(
        reverse("training:report", args=[approved.uid]),
        {"hours": "600", "report": "写了很久的一段话"},
    )

    assert answer.status_code == 422
    assert "写了很久的一段话" in answer.content.decode()


def test_a_list_of_the_untrained_becomes_a_session_for_them(
    client: Client, cast: Cast, hold: Hold, zhou: Teacher, wang: Teacher
) -> None:
    code = f"activity:{hold(wang).activity.uid}"
    shown = page(client, zhou, "coverage", of=code, only="missing")
    assert "赵老师" in shown
    assert "王老师" not in shown

    client.post(
        f"{reverse('training:make_up')}?of={code}&for=all&in=year",
        {"title": "补训", "day": "2026-10-20", "start": "14:00", "end": "15:00", "place": ""},
    )

    session = Session.objects.get(title="补训")
    due = {teacher.name for teacher in expected_teachers(session)}
    assert due == {"关管理", "沈校长", "赵老师", "李组长", "周主任"}


def test_a_leader_sees_only_the_own_group(
    client: Client, hold: Hold, li: Teacher, wang: Teacher
) -> None:
    shown = page(client, li, "coverage", of=f"activity:{hold(wang).activity.uid}")

    assert "王老师" in shown
    assert "赵老师" not in shown


def test_a_teacher_sees_the_own_hours_by_content_alone(
    client: Client, hold: Hold, zhou: Teacher, wang: Teacher, li: Teacher, ethics: Tag
) -> None:
    tag_session(hold(wang, li), [ethics], by=zhou, at=NOON)

    shown = page(client, wang, "content")

    assert "王老师" in shown
    assert "李组长" not in shown
    assert "1.5" in shown
    assert "数学教研组" in page(client, zhou, "content", by="unit")


def test_the_matrix_shows_states_by_name(
    client: Client, hold: Hold, zhou: Teacher, wang: Teacher
) -> None:
    skill = Tag.objects.get(classification__code="skill", code="reviewing")
    tag_session(hold(wang), [skill], by=zhou, at=NOON)

    shown = page(client, zhou, "matrix", **{"class": "skill"})

    assert "评课" in shown
    assert "已训" in shown


def test_chances_say_who_has_been_nowhere_by_name_and_subject(
    client: Client, reported: OutsideTraining, zhou: Teacher
) -> None:
    shown = page(client, zhou, "chances", only="none")

    assert "赵老师" in shown
    assert ">王老师<" not in shown
    assert "区县级" in shown


def test_a_note_is_written_read_and_accepted(client: Client, wang: Teacher, li: Teacher) -> None:
    client.force_login(wang)
    client.post(
        reverse("training:study_new"),
        {"title": "读书", "note": "要点", "happened_on": "2026-10-14", "minutes": "40"},
    )
    note = SelfStudy.objects.get()
    client.force_login(li)
    client.post(reverse("training:study_read", args=[note.uid]), {"do": "accept", "comment": "好"})

    assert SelfStudy.objects.get().state == SelfStudy.State.ACCEPTED
    assert "好" in page(client, wang, "study", note.uid)


def test_names_of_a_check_are_for_the_office_and_the_own_result_for_oneself(
    client: Client, cast: Cast, zhou: Teacher, wang: Teacher, li: Teacher
) -> None:
    client.force_login(zhou)
    client.post(
        reverse("training:skill_new"),
        {"name": "同屏技术", "audience": "all", "held_on": "2026-10-15",
         "levels": "未掌握、会用、熟练", "passing": "2"},
    )  # fmt: skip
    check = SkillCheck.objects.get()
    client.post(
        reverse("training:skill_results", args=[check.uid]),
        {f"level-{wang.pk}": "2", f"score-{wang.pk}": "", f"level-{li.pk}": "1"},
    )

    assert "50%" in page(client, zhou, "skill", check.uid)
    own = page(client, wang, "skill", check.uid)
    assert "测查结果：会用" in own
    assert "李组长" not in own
    assert status(client, wang, "skill_sheet", check.uid) == 404


def test_the_tags_of_a_note_are_folded_by_class_and_a_ticked_one_is_seen(
    client: Client, wang: Teacher
) -> None:
    client.force_login(wang)
    there = reverse("training:study_new")
    shown = client.get(there).content.decode()
    assert shown.count('<details class="fold">') > 1
    ticked = re.search(r'name="tags" value="(\d+)"', shown)
    assert ticked

    kept = client.post(there, {"title": "", "tags": ticked[1]}).content.decode()
    assert kept.count('<details class="fold" open>') == 1
    assert re.search(rf'name="tags" value="{ticked[1]}"[^>]* checked', kept)


def rates_in(shown: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>([^<]+)</dt><dd class=\"num\">([^<]+)</dd>", shown))


def test_a_series_shows_parts_people_and_groups(
    client: Client, cast: Cast, hold: Hold, zhou: Teacher, wang: Teacher, li: Teacher
) -> None:
    series = actions.start_series(
        cast.school, name="续航工程", audience="all", starts_on=date(2026, 9, 1),
        last_on=date(2027, 1, 20), by=zhou, at=MORNING,
    )  # fmt: skip
    code = f"activity:{hold(wang).activity.uid}"
    client.force_login(zhou)
    client.post(reverse("training:part", args=[series.uid]), {"target": code, "title": ""})

    shown = page(client, zhou, "series", series.uid)
    assert "新常规全体培训" in shown
    assert rates_in(shown) == {"数学教研组": "1 / 2", "语文教研组": "0 / 1"}

    own = page(client, wang, "series", series.uid)
    assert "赵老师" not in own
    assert rates_in(own) == {}
    assert "我的完成情况" in own
    assert "您已完成" in own
    assert "/ 1 人" not in own

    led = page(client, li, "series", series.uid)
    assert rates_in(led) == {"数学教研组": "1 / 2"}
    assert "这里只显示您自己和您负责的组" in led


@pytest.mark.parametrize(
    "name", ["coverage_sheet", "content_sheet", "matrix_sheet", "chances_sheet"]
)
def test_every_list_can_be_taken_along_as_a_workbook(
    client: Client, hold: Hold, zhou: Teacher, wang: Teacher, name: str
) -> None:
    code = f"activity:{hold(wang).activity.uid}"
    client.force_login(zhou)

    answer = client.get(reverse(f"training:{name}"), {"of": code})

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


@pytest.mark.parametrize(
    "name", ["home", "trainings", "courses", "content", "matrix", "chances", "studies", "skills"]
)
def test_a_list_costs_the_same_for_few_and_many(
    client: Client, cast: Cast, reported: OutsideTraining, zhou: Teacher, name: str,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    fill(cast, 40)
    client.force_login(zhou)

    with django_assert_max_num_queries(CEILING):
        answer = client.get(reverse(f"training:{name}"))
    assert len(answer.content) < 60_000


def test_a_coverage_list_costs_the_same_for_few_and_many(
    client: Client, cast: Cast, hold: Hold, zhou: Teacher, django_assert_max_num_queries: Any
) -> None:
    code = f"activity:{hold().activity.uid}"
    fill(cast, 60)
    client.force_login(zhou)

    with django_assert_max_num_queries(CEILING):
        client.get(reverse("training:coverage"), {"of": code})


def test_a_course_that_must_be_done_before_it_is_over_is_said_at_the_field(
    cast: Cast, zhou: Teacher, log_in: LogIn
) -> None:
    sent = {
        "title": "新课标培训", "organiser": "县进修学校", "level": "county", "mode": "online",
        "starts_on": "2026-12-10", "last_on": "2026-12-09", "audience": "all",
        "due_on": "2026-12-01",
    }  # fmt: skip

    answer = log_in(zhou).post("/training/courses/new/", sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ('href="#id_last_on"' in page, 'href="#id_due_on"' in page) == (True, True)
    late = log_in(zhou).post("/training/courses/new/", {**sent, "last_on": "2026-12-12"})
    assert 'href="#id_due_on"' in late.content.decode()
