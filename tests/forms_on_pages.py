"""The forms that stand on pages, as a browser finds them there."""

from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Attributes = list[tuple[str, str | None]]

TYPED = {"text", "search", "textarea", "email", "tel", "url"}
"""Kinds of field into which people type words."""


@dataclass
class FormField:
    """One name in a form: what kind of field it is, and the values the page itself offers."""

    name: str
    kind: str
    offered: list[str] = field(default_factory=list)


@dataclass
class PageForm:
    """One form that is posted: where to, what it holds, and whether the browser keeps a draft."""

    action: str
    keeps: bool
    fields: dict[str, FormField] = field(default_factory=dict)

    def add(self, name: str, kind: str, value: str | None) -> None:
        """Note a field, or one more value of it."""
        found = self.fields.setdefault(name, FormField(name, kind))
        if value:
            found.offered.append(value)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[PageForm] = []
        self.by_id: dict[str, PageForm] = {}
        self.form: PageForm | None = None
        self.select: tuple[PageForm, str] | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open(given)
        elif tag == "option" and self.select:
            form, name = self.select
            form.add(name, "select", given.get("value"))
        elif tag in {"input", "textarea", "select", "button"}:
            self._note(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None

    def _open(self, given: dict[str, str]) -> None:
        action = urlsplit(urljoin(self.path, given.get("action", ""))).path
        self.form = PageForm(action, "data-keep" in given)
        if given.get("method", "").lower() == "post":
            self.forms.append(self.form)
        self.by_id[given.get("id", "")] = self.form

    def _note(self, tag: str, given: dict[str, str]) -> None:
        form = self.by_id.get(given["form"]) if "form" in given else self.form
        name = given.get("name")
        # What is disabled is shown, and never sent.
        if form is None or not name or name == "csrfmiddlewaretoken" or "disabled" in given:
            return
        kind = given.get("type", "text") if tag == "input" else tag
        form.add(name, kind, given.get("value"))
        if tag == "select":
            self.select = (form, name)


def forms_of(page: str, path: str) -> list[PageForm]:
    """Return the forms of `page` that are posted.

    Args:
        page: the HTML.
        path: the address it was found at; a form without an action goes back there.
    """
    reader = _Reader(path)
    reader.feed(page)
    return reader.forms


def merged(forms: list[PageForm]) -> dict[str, PageForm]:
    """Return for each address all that any form sends there."""
    found: dict[str, PageForm] = {}
    fields: dict[str, dict[str, FormField]] = defaultdict(dict)
    for form in forms:
        kept = found.setdefault(form.action, PageForm(form.action, keeps=False))
        kept.keeps = kept.keeps or form.keeps
        for name, one in form.fields.items():
            fields[form.action].setdefault(name, one)
    for action, form in found.items():
        form.fields = fields[action]
    return found
