"""The set-up link founds the first school once, within a day."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from yanxiu.people.actions import set_up_link
from yanxiu.people.models import LogInCode, Organisation, Teacher
from yanxiu.people.refusals.log_in import SchoolStandsAlready

pytestmark = pytest.mark.django_db

GIVEN = {
    "name": "青石小学",
    "administrator_name": "何静",
    "phone": "13700000001",
    "password": "qingshi-2026",
}


def page(*, age: timedelta = timedelta()) -> str:
    return urlsplit(set_up_link.make(timezone.now() - age)).path


def test_it_founds_the_school_and_lets_the_administrator_in(client: Client) -> None:
    answer = client.post(page(), GIVEN)

    teacher = Teacher.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert Organisation.objects.get().name == "青石小学"
    assert client.session["_auth_user_id"] == str(teacher.pk)
    assert teacher.check_password("qingshi-2026")
    assert teacher.holds("manage_people")


def test_it_works_once(client: Client) -> None:
    address = page()
    client.post(address, GIVEN)

    answer = Client().post(address, {**GIVEN, "phone": "13700000002"})

    assert answer.status_code == 422
    assert Teacher.objects.count() == 1


def test_it_ends_after_a_day(client: Client) -> None:
    answer = client.get(page(age=timedelta(hours=24)))

    assert answer.status_code == 422
    assert "建校链接" in answer.content.decode()


def test_a_newer_link_takes_its_place(client: Client) -> None:
    old, new = page(age=timedelta(hours=1)), page()

    assert [client.get(address).status_code for address in (old, new)] == [422, 200]


def test_a_guessed_link_opens_nothing(client: Client) -> None:
    page()

    assert client.post("/set-up/guess/", GIVEN).status_code == 422
    assert not Organisation.objects.exists()


def test_what_was_typed_stays_when_something_is_wrong(client: Client) -> None:
    address = page()

    answer = client.post(address, {**GIVEN, "phone": "137", "password": "short"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="青石小学"' in text
    assert "11 位数字" in text
    assert LogInCode.objects.get().used_at is None


@pytest.mark.usefixtures("cast")
def test_there_is_no_link_once_a_school_stands() -> None:
    with pytest.raises(SchoolStandsAlready):
        set_up_link.make(timezone.now())
