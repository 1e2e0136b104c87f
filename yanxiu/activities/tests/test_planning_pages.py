"""Planning, moving and parts: only for those who may, and nothing typed is lost."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from yanxiu.activities.models import ActivityKind, Part, Session
from yanxiu.cast import Cast, LogIn
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Teacher


def typed(cast: Cast, **changes: object) -> dict[str, object]:
    kind = ActivityKind.objects.get(code="research_activity")
    return {
        "audience": f"unit-{cast.maths.pk}",
        "title": "作业设计怎样分层",
        "kind": kind.pk,
        "mode": "on_site",
        "day": "2026-10-22",
        "start": "14:30",
        "end": "15:50",
        "place": "三楼会议室",
        **changes,
    }


@pytest.mark.parametrize(
    ("name", "status"), [("li", 200), ("zhou", 200), ("zhao", 200), ("wang", 404), ("shen", 404)]
)
def test_whoever_leads_or_manages_may_plan(
    cast: Cast, log_in: LogIn, name: str, status: int
) -> None:
    answer = log_in(cast.people[name]).get(reverse("activities:new"))

    assert answer.status_code == status


def test_a_leader_plans_for_the_own_unit_alone(cast: Cast, li: Teacher, log_in: LogIn) -> None:
    client = log_in(li)

    made = client.post(reverse("activities:new"), typed(cast))
    foreign = client.post(
        reverse("activities:new"), typed(cast, audience=f"unit-{cast.chinese.pk}")
    )

    session = Session.objects.get()
    assert made["Location"] == reverse("activities:session", args=[session.uid])
    assert (session.unit, day_of(session.starts_at)) == (cast.maths, date(2026, 10, 22))
    assert foreign.status_code == 422


def test_the_office_plans_for_the_whole_school(cast: Cast, zhou: Teacher, log_in: LogIn) -> None:
    log_in(zhou).post(reverse("activities:new"), typed(cast, audience=f"school-{cast.school.pk}"))

    assert Session.objects.get().unit is None


def test_impossible_times_keep_what_was_typed(cast: Cast, li: Teacher, log_in: LogIn) -> None:
    answer = log_in(li).post(reverse("activities:new"), typed(cast, end="14:00"))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "结束时间应晚于开始时间" in text
    assert "作业设计怎样分层" in text
    assert not Session.objects.exists()


def test_a_place_taken_twice_is_pointed_out(
    cast: Cast, session: Session, li: Teacher, log_in: LogIn
) -> None:
    data = typed(cast, day="2026-10-15", start="10:30", end="11:00", place=session.place)

    answer = log_in(li).post(reverse("activities:new"), data, follow=True)

    text = answer.content.decode()
    assert f"10:00—11:30 “{session.title}”占着同一地点" in text
    assert "李组长、王老师也要参加" in text


def test_moving_keeps_the_title(session: Session, li: Teacher, log_in: LogIn) -> None:
    address = reverse("activities:move", args=[session.uid])
    before = session.starts_at

    log_in(li).post(
        address,
        {
            "title": session.title,
            "day": "2026-10-16",
            "start": "10:00",
            "end": "11:30",
            "place": "",
        },
    )

    session.refresh_from_db()
    assert session.starts_at == before + timedelta(days=1)
    assert session.place == ""


def test_somebody_of_the_school_is_found_by_name_or_pinyin_and_given_a_part(
    session: Session, li: Teacher, zhao: Teacher, log_in: LogIn
) -> None:
    client = log_in(li)
    address = reverse("activities:parts", args=[session.uid])

    found = client.get(address, {"role": "main_speaker", "q": "赵"}).content.decode()
    by_pinyin = client.get(address, {"role": "main_speaker", "q": zhao.pinyin[:4]})
    foreign = client.get(address, {"role": "main_speaker", "q": "钱老师"}).content.decode()
    client.post(address, {"teacher": str(zhao.uid), "role": "main_speaker"})

    assert str(zhao.uid) in found
    assert str(zhao.uid) in by_pinyin.content.decode()
    assert "没有找到" in foreign
    assert Part.objects.filter(session=session, teacher=zhao, role="main_speaker").exists()


def test_a_part_is_taken_back(session: Session, li: Teacher, log_in: LogIn) -> None:
    address = reverse("activities:parts", args=[session.uid])

    log_in(li).post(address, {"teacher": str(li.uid), "role": "host", "away": "1"})

    assert not session.parts.exists()


def test_nobody_of_another_school_gets_a_part(
    session: Session, li: Teacher, qian: Teacher, log_in: LogIn
) -> None:
    address = reverse("activities:parts", args=[session.uid])

    assert log_in(li).post(address, {"teacher": qian.uid, "role": "host"}).status_code == 404
    assert log_in(li).post(address, {"teacher": "x", "role": "host"}).status_code == 404
