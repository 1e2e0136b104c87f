"""A person reads the pages in the language of her choice, on every device."""

import pytest
from django.test import Client

from yanxiu.kernel.refusals import BadInput
from yanxiu.people import actions
from yanxiu.people.models import Teacher


def chosen(client: Client, language: str, back: str = "/me/") -> str:
    answer = client.post("/language/", {"language": language, "next": back})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_pages_come_in_it(client: Client, wang: Teacher) -> None:
    client.force_login(wang)

    assert chosen(client, "zh-hant") == "/me/"

    page = client.get("/").content.decode()
    assert '<html lang="zh-Hant">' in page
    assert "研修活動" in page


def test_it_is_hers_on_another_device(client: Client, wang: Teacher) -> None:
    client.force_login(wang)
    chosen(client, "en")
    other = Client()
    other.force_login(Teacher.objects.get(pk=wang.pk))

    assert '<html lang="en">' in other.get("/").content.decode()


def test_it_is_not_everybody_elses(client: Client, wang: Teacher, li: Teacher) -> None:
    client.force_login(wang)
    chosen(client, "en")
    other = Client()
    other.force_login(li)

    assert '<html lang="zh-Hans">' in other.get("/").content.decode()


def test_before_the_log_in_the_device_keeps_it(client: Client, db: None) -> None:
    chosen(client, "zh-hant", "/login/")

    assert '<html lang="zh-Hant">' in client.get("/code/").content.decode()


def test_a_browser_sold_elsewhere_changes_nothing(client: Client, wang: Teacher) -> None:
    client.force_login(wang)

    page = client.get("/", headers={"accept-language": "en"}).content.decode()

    assert '<html lang="zh-Hans">' in page


def test_a_refusal_is_in_the_script_of_the_reader(client: Client, wang: Teacher) -> None:
    client.force_login(wang)
    chosen(client, "zh-hant")

    page = client.post("/language/", {"language": "la"})

    assert page.status_code == 422
    assert "沒有這種語言，沒有更改" in page.content.decode()


def test_papers_stay_in_the_language_of_the_school(client: Client, wang: Teacher) -> None:
    client.force_login(wang)
    chosen(client, "en")

    answer = client.get("/me/records.xlsx")

    assert answer.status_code == 200
    assert b"\xe5\xa7\x93" in _texts(answer.content)


def _texts(data: bytes) -> bytes:
    import io  # noqa: PLC0415 (only for this)
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return b"".join(book.read(name) for name in book.namelist() if name.endswith(".xml"))


def test_it_does_not_lead_elsewhere(client: Client, wang: Teacher) -> None:
    client.force_login(wang)

    assert chosen(client, "en", "https://example.org/") == "/"


def test_an_unknown_language_is_refused_and_the_old_one_stays(wang: Teacher) -> None:
    actions.choose_language(wang, "en")

    with pytest.raises(BadInput, match="繁體中文"):
        actions.choose_language(wang, "fr")

    wang.refresh_from_db()
    assert wang.language == "en"
