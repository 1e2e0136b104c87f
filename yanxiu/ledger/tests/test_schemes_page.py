"""A school chooses by which scheme it reckons."""

from datetime import date, timedelta

import pytest
from django.test import Client

from yanxiu.cast import Cast
from yanxiu.ledger.models import SchemeAdoption
from yanxiu.ledger.rules.loading import shipped
from yanxiu.people.models import Teacher
from yanxiu.people.models.teacher import today

ADDRESS = "/schemes/"
HANDBOOK = "cn-central-school-handbook"


@pytest.mark.parametrize(("who", "status"), [("guan", 200), ("shen", 404), ("wang", 404)])
def test_choosing_is_the_administrators(client: Client, cast: Cast, who: str, status: int) -> None:
    client.force_login(cast.people[who])

    assert client.get(ADDRESS).status_code == status


def test_every_shipped_scheme_is_offered_with_its_source(client: Client, guan: Teacher) -> None:
    client.force_login(guan)

    said = client.get(ADDRESS).content.decode()

    for scheme in shipped().values():
        assert scheme.title in said


def test_a_scheme_is_adopted_from_a_day(client: Client, guan: Teacher, cast: Cast) -> None:
    other = next(name for name in shipped() if name != HANDBOOK)
    client.force_login(guan)

    asked = {"organisation": str(cast.school.uid), "scheme": other, "starts_on": "2026-09-01"}
    client.post(ADDRESS, asked)

    made = SchemeAdoption.objects.get(scheme=other)
    assert (made.organisation, made.starts_on) == (cast.school, date(2026, 9, 1))


def test_a_scheme_in_force_is_refused_and_what_was_typed_stays(
    client: Client, guan: Teacher, cast: Cast
) -> None:
    client.force_login(guan)

    asked = {"organisation": str(cast.school.uid), "scheme": HANDBOOK, "starts_on": "2026-09-03"}
    answer = client.post(ADDRESS, asked)

    assert answer.status_code == 422
    assert "先在这份方案旁点“撤销”" in answer.content.decode()
    assert 'value="2026-09-03"' in answer.content.decode()


def test_a_day_to_come_is_told_as_such(client: Client, guan: Teacher, cast: Cast) -> None:
    other = next(name for name in shipped() if name != HANDBOOK)
    client.force_login(guan)
    day = today() + timedelta(days=90)
    asked = {"organisation": str(cast.school.uid), "scheme": other, "starts_on": day.isoformat()}

    said = client.post(ADDRESS, asked, follow=True).content.decode()

    assert "起的记录按这份方案认定，那天以前的照现在的不变" in said
    assert "还没到" in said


def test_another_school_cannot_be_chosen_for(client: Client, guan: Teacher, cast: Cast) -> None:
    client.force_login(guan)
    asked = {"organisation": str(cast.other_school.uid), "scheme": HANDBOOK,
             "starts_on": "2026-09-01"}  # fmt: skip

    assert client.post(ADDRESS, asked).status_code == 422
