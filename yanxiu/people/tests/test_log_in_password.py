"""My password: changing it, and ending the log-ins on other devices, both ask for it first."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from yanxiu.people.models import Teacher

PAGE = "/password/"
OLD, NEW = "qinghe-2026", "liulin-2027"


@pytest.fixture(autouse=True)
def _own_counts(settings: Settings) -> Iterator[None]:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def devices(wang: Teacher) -> tuple[Client, Client]:
    wang.set_password(OLD)
    wang.save()
    here, there = Client(), Client()
    here.force_login(wang)
    there.force_login(wang)
    return here, there


def is_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def test_a_new_password_ends_the_other_log_ins(
    devices: tuple[Client, Client], wang: Teacher
) -> None:
    here, there = devices

    assert here.post(PAGE, {"current": OLD, "password": NEW}).headers["Location"] == PAGE

    wang.refresh_from_db()
    assert wang.check_password(NEW)
    assert (is_in(here), is_in(there)) == (True, False)


def test_a_wrong_password_changes_nothing(devices: tuple[Client, Client], wang: Teacher) -> None:
    here, there = devices

    answer = here.post(PAGE, {"current": "nonsense", "password": NEW})

    wang.refresh_from_db()
    assert answer.status_code == 422
    assert "现在的密码不对" in answer.content.decode()
    assert wang.check_password(OLD)
    assert is_in(there)


def test_the_other_log_ins_can_be_ended_alone(
    devices: tuple[Client, Client], wang: Teacher
) -> None:
    here, there = devices

    here.post(PAGE, {"others-current": OLD, "end_others": "1"})

    wang.refresh_from_db()
    assert wang.check_password(OLD)
    assert (is_in(here), is_in(there)) == (True, False)


def test_guessing_at_a_device_left_open_is_stopped(devices: tuple[Client, Client]) -> None:
    here, _there = devices
    for _turn in range(10):
        here.post(PAGE, {"current": "nonsense", "password": NEW})

    assert here.post(PAGE, {"current": OLD, "password": NEW}).status_code == 429


@pytest.mark.django_db
def test_it_is_for_those_who_are_in(client: Client) -> None:
    assert client.get(PAGE).headers["Location"] == "/log-in/?next=/password/"
