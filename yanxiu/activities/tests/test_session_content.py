"""A session page says what it is about, and the theme goes into the records of those who came."""

from datetime import date

from django.test import Client
from django.urls import reverse

from yanxiu.activities import actions
from yanxiu.activities.actions.tagging import add_tag, tag_session
from yanxiu.activities.models import Classification, Session, Tag
from yanxiu.cast import MORNING, NOON, Cast, Statements
from yanxiu.ledger.models import Record
from yanxiu.people.models import Teacher


def themed(cast: Cast, zhou: Teacher) -> Tag:
    return add_tag(
        cast.school, classification=Classification.objects.get(code="reform"), name="六型课堂",
        record_theme="theme_5", starts_on=date(2026, 9, 1), by=zhou, at=MORNING,
    )  # fmt: skip


def close(session: Session, li: Teacher, *there: Teacher) -> None:
    marks = dict.fromkeys(there, "present")
    actions.call_roll(session, marks, by=li, at=session.starts_at)
    actions.close_session(session, by=li, at=NOON)


def test_records_carry_the_theme_of_the_tags(
    session: Session, cast: Cast, zhou: Teacher, li: Teacher, wang: Teacher
) -> None:
    tag_session(session, [themed(cast, zhou)], by=li, at=MORNING)

    close(session, li, li, wang)

    assert list(Record.objects.values_list("theme", flat=True)) == ["theme_5", "theme_5"]


def test_records_of_an_untagged_session_have_no_theme(
    session: Session, li: Teacher, wang: Teacher
) -> None:
    close(session, li, wang)

    assert set(Record.objects.values_list("theme", flat=True)) == {""}


def test_the_theme_is_asked_once_however_many_came(
    session: Session, li: Teacher, wang: Teacher
) -> None:
    with Statements() as statements:
        close(session, li, li, wang)

    assert sum("activities_tagging" in sql for sql in statements.sql) == 1


def test_the_page_names_tags_to_all_and_offers_them_to_the_host(
    client: Client, session: Session, cast: Cast, zhou: Teacher, li: Teacher, wang: Teacher
) -> None:
    address = reverse("activities:session", args=[session.uid])
    client.force_login(wang)
    assert "内容与专家" not in client.get(address).content.decode()
    tag_session(session, [themed(cast, zhou)], by=li, at=MORNING)

    shown = client.get(address).content.decode()
    client.force_login(li)
    offered = client.get(address).content.decode()

    change = reverse("activities:session_tags", args=[session.uid])
    assert "六型课堂" in shown
    assert change not in shown
    assert change in offered
