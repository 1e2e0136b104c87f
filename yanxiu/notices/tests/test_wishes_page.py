"""Each person chooses what comes by which channel and when not; an address is confirmed first."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from yanxiu.cast import MORNING
from yanxiu.notices import actions, queries
from yanxiu.notices.models import Message, NoticeWishes
from yanxiu.notices.refusals import TooManyConfirmations, WrongConfirmation
from yanxiu.people.models import Teacher

WISHES = {
    "email": "wang@example.cn", "by_email": ["digest", "change"], "digest_hour": "8",
    "quiet_from": "20:00", "quiet_until": "08:00",
}  # fmt: skip


@pytest.fixture
def visitor(client: Client, wang: Teacher) -> Client:
    client.force_login(wang)
    return client


def test_what_is_chosen_is_kept(visitor: Client, wang: Teacher) -> None:
    visitor.post("/notices/settings/", WISHES)

    wishes = NoticeWishes.objects.get(teacher=wang)
    assert (wishes.wants("digest", "email"), wishes.wants("nudge", "email")) == (True, False)
    assert (wishes.digest_hour, wishes.quiet_from) == (8, time(20))


def test_a_new_address_is_used_after_its_owner_confirmed_it(visitor: Client, wang: Teacher) -> None:
    visitor.post("/notices/settings/", WISHES)
    asked = Message.objects.get(purpose="confirm")
    assert NoticeWishes.objects.get().email_confirmed_at is None

    assert visitor.get(asked.path).status_code == 200
    assert NoticeWishes.objects.get().email_confirmed_at is None
    visitor.post(asked.path)

    assert NoticeWishes.objects.get().email_confirmed_at is not None


def test_nobody_confirms_the_address_of_another(
    visitor: Client, wang: Teacher, zhao: Teacher
) -> None:
    visitor.post("/notices/settings/", WISHES)
    word = actions.confirmation(NoticeWishes.objects.get())

    with pytest.raises(WrongConfirmation):
        actions.confirm_email(word, by=zhao, at=MORNING)


def test_a_word_for_an_earlier_address_is_worth_nothing(visitor: Client, wang: Teacher) -> None:
    visitor.post("/notices/settings/", WISHES)
    word = actions.confirmation(NoticeWishes.objects.get())
    visitor.post("/notices/settings/", {**WISHES, "email": "other@example.cn"})

    assert visitor.post(f"/notices/settings/confirm/{word}/").status_code == 422


def test_nobody_fills_another_mailbox(wang: Teacher) -> None:
    def choose(email: str) -> None:
        actions.choose_channels(
            wang, email=email, by_email=[], in_app=[], quiet_from=time(21), quiet_until=time(7),
            digest_hour=7, at=MORNING,
        )  # fmt: skip

    for number in range(3):
        choose(f"{number}@example.cn")
    with pytest.raises(TooManyConfirmations):
        choose("4@example.cn")


def test_without_a_mail_server_an_address_is_refused_and_what_was_typed_stays(
    visitor: Client, settings: Settings
) -> None:
    settings.EMAIL_HOST = ""

    answer = visitor.post("/notices/settings/", WISHES)

    assert answer.status_code == 422
    assert 'value="wang@example.cn"' in answer.content.decode()


def test_a_rest_that_never_ends_is_refused(visitor: Client) -> None:
    answer = visitor.post("/notices/settings/", {**WISHES, "quiet_until": "20:00"})

    assert answer.status_code == 422


def shanghai(hour: int, minute: int = 0, day: int = 15) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("moment", "goes_at"),
    [
        (shanghai(6, 59), shanghai(7)),
        (shanghai(7), shanghai(7)),
        (shanghai(20, 59), shanghai(20, 59)),
        (shanghai(21), shanghai(7, day=16)),
        (shanghai(23, 30), shanghai(7, day=16)),
    ],
)
def test_the_quiet_hours_pass_midnight(moment: datetime, goes_at: datetime) -> None:
    assert queries.not_before(NoticeWishes(), moment) == goes_at


def test_quiet_hours_may_lie_within_a_day() -> None:
    wishes = NoticeWishes(quiet_from=time(12), quiet_until=time(14))

    assert queries.not_before(wishes, shanghai(13)) == shanghai(14)
    assert queries.not_before(wishes, shanghai(22)) == shanghai(22)


def test_a_digest_in_the_quiet_hours_waits_for_their_end() -> None:
    assert queries.digest_at(NoticeWishes(digest_hour=6), shanghai(9)) == shanghai(7)
