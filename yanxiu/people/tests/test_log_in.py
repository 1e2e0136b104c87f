"""Logging in: by phone or job number, with one sentence where it fails."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session as LoginSession
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from yanxiu.cast import Cast
from yanxiu.people.models import Post, Teacher

PAGE = "/log-in/"
PASSWORD = "qinghe-2026"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture(autouse=True)
def _own_counts(settings: Settings) -> Iterator[None]:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


def give_password(teacher: Teacher, password: str = PASSWORD) -> Teacher:
    teacher.set_password(password)
    teacher.save()
    return teacher


def post(client: Client, login: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(PAGE, {"login": login, "password": password, **more})


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_phone_number_lets_in(client: Client, wang: Teacher) -> None:
    give_password(wang)

    answer = post(client, "13900000004")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert who(client) == str(wang.pk)


def test_a_phone_number_may_be_typed_in_groups(client: Client, wang: Teacher) -> None:
    give_password(wang)

    post(client, " +86 139-0000 ０００４ ")

    assert who(client) == str(wang.pk)


def test_a_job_number_that_one_school_knows_lets_in(client: Client, wang: Teacher) -> None:
    give_password(wang)

    post(client, "0004")

    assert who(client) == str(wang.pk)


def test_a_job_number_of_several_schools_asks_which(client: Client, cast: Cast) -> None:
    give_password(cast.people["shen"])

    page = post(client, "0001").content.decode()

    assert "有 2 所学校用这个工号" in page
    assert str(cast.school.uid) in page
    assert str(cast.other_school.uid) in page
    assert 'value="0001"' in page
    assert who(client) is None


def test_the_question_for_the_school_tells_nothing_about_the_password(cast: Cast) -> None:
    give_password(cast.people["shen"])

    right, wrong = (post(Client(), "0001", password) for password in (PASSWORD, "nonsense"))

    assert right.status_code == wrong.status_code == 422
    assert _without_token(right) == _without_token(wrong)


def _without_token(answer: Any) -> str:
    return TOKEN.sub("", answer.content.decode())


def test_the_chosen_school_decides_whose_password_counts(client: Client, cast: Cast) -> None:
    give_password(cast.people["shen"])
    give_password(cast.people["qian"], "liulin-2026")

    post(client, "0001", "liulin-2026", school=str(cast.school.uid))
    assert who(client) is None

    post(client, "0001", "liulin-2026", school=str(cast.other_school.uid))
    assert who(client) == str(cast.people["qian"].pk)


def test_wrong_data_get_one_sentence_and_keep_the_name(client: Client, wang: Teacher) -> None:
    give_password(wang)

    answer = post(client, "13900000004", "not-this-one")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "手机号（工号）或密码不对" in page
    assert 'value="13900000004"' in page
    assert "not-this-one" not in page


def test_an_unknown_name_is_answered_like_a_wrong_password(client: Client, wang: Teacher) -> None:
    give_password(wang)

    known = _without_token(post(client, "13900000004", "nonsense")).replace("13900000004", "")
    unknown = _without_token(post(Client(), "13711111111", "nonsense")).replace("13711111111", "")

    assert known == unknown


@pytest.mark.usefixtures("wang")
def test_an_account_without_password_lets_nobody_in(client: Client) -> None:
    assert post(client, "13900000004", "").status_code == 422
    assert post(client, "13900000004", "!").status_code == 422
    assert who(client) is None


def test_somebody_who_left_is_told_why(client: Client, wang: Teacher) -> None:
    wang.is_active = False
    give_password(wang)

    page = post(client, "13900000004").content.decode()

    assert "这个账号已停用" in page
    assert who(client) is None


def test_somebody_without_a_post_today_still_gets_in(client: Client, wang: Teacher) -> None:
    give_password(wang)
    Post.objects.filter(teacher=wang).update(ends_on="2026-01-01")

    post(client, "0004")

    assert who(client) == str(wang.pk)


def test_a_job_number_given_anew_is_the_new_holders(
    client: Client, wang: Teacher, zhao: Teacher
) -> None:
    give_password(wang)
    give_password(zhao, "yuwen-2026")
    Post.objects.filter(teacher=wang).update(ends_on="2026-01-01")
    Post.objects.filter(teacher=zhao).update(job_number="0004")

    post(client, "0004")
    assert who(client) is None

    post(client, "0004", "yuwen-2026")
    assert who(client) == str(zhao.pk)


def test_the_box_keeps_a_device_in_for_thirty_days(client: Client, wang: Teacher) -> None:
    give_password(wang)

    answer = post(client, "13900000004", remember="on")

    assert answer.cookies["sessionid"]["max-age"] == 30 * 24 * 3600


def test_without_the_box_the_log_in_ends_with_the_browser(client: Client, wang: Teacher) -> None:
    give_password(wang)

    answer = post(client, "13900000004")

    assert answer.cookies["sessionid"]["max-age"] == ""


def test_the_key_of_the_login_session_is_new(client: Client, wang: Teacher) -> None:
    give_password(wang)
    session = client.session
    session["seen"] = "before"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted or ""

    post(client, "13900000004")

    assert client.cookies["sessionid"].value != planted
    assert not LoginSession.objects.filter(session_key=planted).exists()


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "http://localhost/x",
        "javascript:alert(1)",
        "\\\\x",
        "no-such-page",
    ],
)
def test_next_leads_nowhere_else(client: Client, wang: Teacher, address: str) -> None:
    give_password(wang)

    assert address not in client.get(PAGE, {"next": address}).content.decode()
    assert post(client, "13900000004", next=address).headers["Location"] == "/"
    assert client.get(PAGE, {"next": address}).headers["Location"] == "/"


def test_next_leads_to_the_page_that_was_asked_for(client: Client, wang: Teacher) -> None:
    give_password(wang)

    assert 'value="/me/?term=1"' in client.get(PAGE, {"next": "/me/?term=1"}).content.decode()
    assert post(client, "13900000004", next="/me/?term=1").headers["Location"] == "/me/?term=1"


def test_guessing_is_stopped_for_the_account(client: Client, wang: Teacher) -> None:
    give_password(wang)
    for name in ("13900000004", "0004", "13900000004", "0004", "13900000004"):
        assert post(client, name, "nonsense").status_code == 422

    answer = post(client, "0004")

    assert answer.status_code == 429
    assert "连续输错的次数太多" in answer.content.decode()
    assert who(client) is None


def test_guessing_for_one_account_does_not_stop_another(
    client: Client, wang: Teacher, zhao: Teacher
) -> None:
    give_password(wang)
    give_password(zhao)
    for _turn in range(6):
        post(client, "13900000004", "nonsense")

    post(client, "13900000005")

    assert who(client) == str(zhao.pk)


@pytest.mark.django_db
def test_a_flood_gets_the_page_that_asks_to_wait(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _turn in range(2):
        post(client, "", "")

    answer = post(client, "", "")

    assert answer.status_code == 429
    assert "试得太频繁了" in answer.content.decode()


@pytest.mark.usefixtures("cast")
def test_each_visitor_gets_an_own_token() -> None:
    visitor, other = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    tokens = [TOKEN.findall(one.get(PAGE).content.decode())[0] for one in (visitor, other)]

    answers = [post(visitor, "x", csrfmiddlewaretoken=token).status_code for token in tokens]

    assert answers == [422, 403]


@pytest.mark.usefixtures("cast")
def test_the_page_costs_one_statement_and_no_login_session(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(PAGE)

    with django_assert_num_queries(1):
        answer = client.get(PAGE)

    assert "清河中心校" in answer.content.decode()
    assert "sessionid" not in answer.cookies
    assert len(answer.content) < 8000


def test_who_is_in_already_does_not_log_in_again(client: Client, wang: Teacher) -> None:
    client.force_login(wang)

    assert client.get(PAGE, {"next": "/me/"}).headers["Location"] == "/me/"


def test_logging_out_is_a_post_and_ends_the_login_session(client: Client, wang: Teacher) -> None:
    client.force_login(wang)

    assert client.get("/log-out/").status_code == 405
    assert client.post("/log-out/").headers["Location"] == PAGE
    assert who(client) is None


@pytest.mark.django_db
def test_what_is_kept_about_a_person_can_be_read_by_everybody(client: Client) -> None:
    assert "不收集身份证号" in client.get("/privacy/").content.decode()
