"""A code lets its teacher in once, in time, and then the teacher has a password."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.signing import TimestampSigner
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from yanxiu.audit.models import TrailLine
from yanxiu.cast import Cast
from yanxiu.kernel.refusals import NotAllowed
from yanxiu.people.actions import codes
from yanxiu.people.models import LogInCode, Organisation, Post, Role, Teacher
from yanxiu.people.refusals import log_in as refusals

PAGE = "/code/"
PASSWORD = "qinghe-2026"
FIRST, RECOVERY = LogInCode.Purpose.FIRST, LogInCode.Purpose.RECOVERY


@pytest.fixture(autouse=True)
def _own_counts(settings: Settings) -> Iterator[None]:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def at() -> datetime:
    return timezone.now()


def code_for(teacher: Teacher, at: datetime) -> str:
    return codes.issue([teacher], by=None, at=at)[0][1]


def enter(client: Client, login: str, code: str) -> Any:
    return client.post(PAGE, {"login": login, "code": code})


def choose(client: Client, note: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(PAGE, {"pass": note, "password": password, **more})


def test_a_code_leads_to_a_password_and_in(client: Client, wang: Teacher, at: datetime) -> None:
    page = enter(client, "13900000004", code_for(wang, at))
    assert "王老师，请设一个密码" in page.content.decode()

    answer = choose(client, page.context["pass"])

    wang.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert wang.check_password(PASSWORD)
    assert client.session["_auth_user_id"] == str(wang.pk)


def test_the_box_keeps_the_device_in_for_thirty_days(wang: Teacher, at: datetime) -> None:
    ages = []
    for more in ({"remember": "on"}, {}):
        note = enter(Client(), "0004", code_for(wang, at)).context["pass"]
        ages.append(choose(Client(), note, **more).cookies["sessionid"]["max-age"])

    assert ages == [30 * 24 * 3600, ""]


def test_a_code_reads_the_same_however_it_is_typed(wang: Teacher, at: datetime) -> None:
    text = code_for(wang, at)

    found = codes.find("0004", f" {text.lower().replace('-', ' ').replace('8', 'b')} ", at=at)

    assert found.teacher == wang
    assert text[4] == "-"
    assert not set(text) & set("01ILOBSZ")


def test_only_a_digest_is_stored(wang: Teacher, at: datetime) -> None:
    text = code_for(wang, at)

    stored = LogInCode.objects.get()

    assert len(stored.digest) == 64
    assert codes.plain_code(text) not in str(vars(stored))
    assert codes.plain_code(text) not in str(list(TrailLine.objects.values()))


def test_the_first_code_lasts_two_weeks_and_another_a_day(wang: Teacher, at: datetime) -> None:
    code_for(wang, at)
    wang.set_password(PASSWORD)
    code_for(wang, at)

    lasts = {code.purpose: code.expires_at - code.made_at for code in LogInCode.objects.all()}

    assert lasts[RECOVERY] == timedelta(hours=24)
    assert LogInCode.objects.get(purpose=FIRST).expires_at == at, "the newer one takes its place"
    assert codes.VALID_FOR[FIRST] == timedelta(days=14)


def test_a_code_is_used_once(client: Client, wang: Teacher, at: datetime) -> None:
    text = code_for(wang, at)
    choose(client, enter(client, "0004", text).context["pass"])

    answer = enter(Client(), "0004", text)

    assert answer.status_code == 422
    assert "已经用过了" in answer.content.decode()


def test_two_devices_cannot_use_one_code(wang: Teacher, at: datetime) -> None:
    text = code_for(wang, at)
    first, second = (enter(Client(), "0004", text).context["pass"] for _turn in range(2))
    choose(Client(), first)

    answer = choose(Client(), second, "another-2026")

    wang.refresh_from_db()
    assert answer.status_code == 422
    assert wang.check_password(PASSWORD)


def test_an_expired_code_says_so(client: Client, wang: Teacher, at: datetime) -> None:
    text = code_for(wang, at - timedelta(days=14))

    page = enter(client, "0004", text).content.decode()

    assert "已经过期" in page
    assert 'value="0004"' in page


def test_a_new_code_takes_the_place_of_the_old(wang: Teacher, at: datetime) -> None:
    old = code_for(wang, at - timedelta(hours=1))
    new = code_for(wang, at)

    assert codes.find("0004", new, at=at).teacher == wang
    with pytest.raises(refusals.CodeExpired):
        codes.find("0004", old, at=at)


def test_the_code_of_another_is_wrong(zhao: Teacher, at: datetime) -> None:
    text = code_for(zhao, at)

    with pytest.raises(refusals.WrongCode):
        codes.find("0004", text, at=at)


def test_a_wrong_code_and_an_unknown_name_are_answered_alike(
    client: Client, wang: Teacher, at: datetime
) -> None:
    code_for(wang, at)

    known, unknown = (enter(client, name, "AAAA-2222") for name in ("0004", "0404"))

    assert known.status_code == unknown.status_code == 422
    assert known.context["form"].errors == unknown.context["form"].errors


def test_the_code_itself_tells_the_school(cast: Cast, at: datetime) -> None:
    text = code_for(cast.people["qian"], at)

    assert codes.find("0001", text, at=at).teacher == cast.people["qian"]


def test_guessing_codes_is_stopped(client: Client, wang: Teacher, at: datetime) -> None:
    text = code_for(wang, at)
    for _turn in range(10):
        enter(client, "0004", "AAAA-2222")

    answer = enter(client, "13900000004", text)

    assert answer.status_code == 429
    assert "连续输错的次数太多" in answer.content.decode()


def test_a_weak_password_is_refused_and_the_code_stays(
    client: Client, wang: Teacher, at: datetime
) -> None:
    note = enter(client, "0004", code_for(wang, at)).context["pass"]

    for weak in ("short", "12345678", "13900000004"):
        assert choose(client, note, weak).status_code == 422

    assert choose(client, note).status_code == 302


def test_a_made_up_note_opens_nothing(client: Client, wang: Teacher, at: datetime) -> None:
    code_for(wang, at)
    uid = str(LogInCode.objects.get().uid)

    for note in (uid, TimestampSigner(salt="another").sign(uid), ""):
        assert choose(client, note).status_code == 422

    wang.refresh_from_db()
    assert not wang.has_usable_password()


def test_a_new_password_ends_the_log_ins_of_before(
    client: Client, wang: Teacher, at: datetime
) -> None:
    elsewhere = Client()
    elsewhere.force_login(wang)

    choose(client, enter(client, "0004", code_for(wang, at)).context["pass"])

    assert elsewhere.get("/password/").status_code == 302
    assert client.get("/password/").status_code == 200


def test_somebody_who_left_gets_no_way_in(wang: Teacher, at: datetime) -> None:
    text = code_for(wang, at)
    Teacher.objects.filter(pk=wang.pk).update(is_active=False)

    with pytest.raises(refusals.NotOnRoster):
        codes.find("0004", text, at=at)


def test_an_administrator_of_the_school_may_issue(
    guan: Teacher, wang: Teacher, zhao: Teacher, at: datetime
) -> None:
    issued = codes.issue([wang, zhao], by=guan, at=at)

    line = TrailLine.objects.latest("at")
    assert [teacher for teacher, _text in issued] == [wang, zhao]
    assert (line.verb, line.actor_uid) == ("people.codes-issued", guan.uid)
    assert line.detail == {"teachers": [str(wang.uid), str(zhao.uid)]}


def test_nobody_issues_for_a_foreign_school(
    guan: Teacher, wang: Teacher, qian: Teacher, at: datetime
) -> None:
    with pytest.raises(NotAllowed):
        codes.issue([wang, qian], by=guan, at=at)

    assert not LogInCode.objects.exists()


def test_who_does_not_manage_people_issues_nothing(
    shen: Teacher, wang: Teacher, at: datetime
) -> None:
    with pytest.raises(NotAllowed):
        codes.issue([wang], by=shen, at=at)


def test_rights_beyond_the_school_cannot_be_taken_by_a_slip(
    guan: Teacher, wang: Teacher, at: datetime
) -> None:
    Post.objects.create(
        teacher=wang,
        organisation=Organisation.objects.get(parent=None),
        role=Role.objects.get(code="researcher"),
        starts_on="2026-09-01",
    )

    with pytest.raises(refusals.NoSlipFor, match=r"^王老师 "):
        codes.issue([wang], by=guan, at=at)
