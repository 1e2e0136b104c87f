"""Whoever may use a page finds a link to it: nothing is built and then hidden."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.exceptions import Resolver404

from yanxiu.cast import MORNING, Cast
from yanxiu.people import actions as people
from yanxiu.people.models import Role, Teacher
from yanxiu.people.rights import RIGHTS

IN_CHARGE = {
    "activities:term_sheet", "people:delegations", "people:guidance", "people:organisations",
    "people:supervision", "people:units", "reports:summaries", "training:matrix",
    "training:matrix_sheet",
}  # fmt: skip
"""They open for everybody, and show a teacher who is in charge of nothing only what is empty."""

NOBODY_BELOW = {"regulations:requirement_new"}
"""Of use only where schools stand below."""

STEPS = 3
"""So many links from the first page at most."""

APPS = {
    "activities", "agenda", "dashboard", "drafting", "jobs", "ledger", "notices", "people",
    "planning", "portfolio", "regulations", "reports", "templates", "terms", "training",
    "verification", "lessons", "preparation", "observation", "works", "question_setting",
    "search", "originality", "books",
}  # fmt: skip

WAYS_IN = {
    "people:code", "people:privacy", "people:set_up",
    "agenda:feed", "notices:confirm",
}  # fmt: skip
"""Reached from the log-in page, from a letter or from a calendar, and not from inside."""

NOT_PAGES = {
    "people:language", "notices:read_all", "agenda:new_link", "search:rebuild", "books:start",
}  # fmt: skip
"""Only posted to."""


def plain_pages(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Yield the names of the addresses that need nothing to be filled in."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from plain_pages(one.url_patterns, one.namespace or space)
        elif one.name and space in APPS and not one.pattern.converters:
            yield f"{space}:{one.name}"


def links_on(client: Client, address: str) -> set[str]:
    answer = client.get(address)
    if answer.status_code != 200 or "html" not in answer["Content-Type"]:
        return set()
    found = re.findall(r'(?:href|action)="(/[^"#?]*)', answer.content.decode())
    return {unescape(one) for one in found}


def name_of(address: str) -> str:
    try:
        return resolve(address).view_name
    except Resolver404:
        return ""


def reached_by(client: Client) -> set[str]:
    """Follow links from the first page, one address for each kind of page."""
    names, fresh = {"dashboard:home"}, {"/"}
    for _step in range(STEPS):
        found = {link for address in fresh for link in links_on(client, address)}
        by_name = {name_of(link): link for link in sorted(found)}
        fresh = {link for name, link in by_name.items() if name not in names}
        names |= set(by_name)
    return names


@pytest.fixture
def master(cast: Cast, session: object) -> Teacher:
    """Somebody who holds every right from the central school down."""
    role = Role.objects.create(code="of-all-rights", name="全部权限", rights=list(RIGHTS))
    teacher = people.add_teacher(name="全老师", by=None, at=MORNING)
    central = cast.school.parent
    assert central
    for place in (cast.school, central):
        people.give_post(
            teacher, place, role, starts_on=MORNING.date().replace(year=2020), by=None, at=MORNING
        )
    return teacher


@pytest.mark.parametrize("name", ["master", "shen", "zhou", "li", "wang"])
def test_a_link_leads_to_each_page_that_opens(
    name: str, client: Client, cast: Cast, master: Teacher
) -> None:
    client.force_login({**cast.people, "master": master}[name])
    pages = set(plain_pages(get_resolver().url_patterns)) - WAYS_IN - NOT_PAGES

    unreached = sorted(pages - reached_by(client))

    spared = {"master": set(), "shen": NOBODY_BELOW, "zhou": NOBODY_BELOW}
    left = [page for page in unreached if page not in spared.get(name, IN_CHARGE)]
    opening = [page for page in left if client.get(reverse(page)).status_code == 200]
    assert " ".join(opening) == ""
