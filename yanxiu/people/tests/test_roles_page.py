"""Who may do what, and why: said to the reader in plain words."""

import pytest
from django.test import Client

from yanxiu.cast import Cast


@pytest.mark.parametrize(("who", "status"), [("shen", 200), ("zhou", 200), ("guan", 200),
                                             ("li", 404), ("wang", 404)])  # fmt: skip
def test_it_is_for_those_who_may_see_people(
    client: Client, cast: Cast, who: str, status: int
) -> None:
    client.force_login(cast.people[who])

    assert client.get("/people/roles/").status_code == status


def test_it_says_which_post_gives_which_right(client: Client, cast: Cast) -> None:
    client.force_login(cast.people["shen"])

    said = client.get("/people/roles/").content.decode()

    assert "审定总结" in said
    assert "清河小学 · 校长" in said
    assert "清河小学 · 管理员" not in said
