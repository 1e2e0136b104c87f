"""What a browser would send from the confirmation page, field for field."""

import re
from html import unescape

_INPUT = re.compile(r"<input\b[^>]*>")
_SELECT = re.compile(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
_AREA = re.compile(r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', re.DOTALL)
_OPTION = re.compile(r'<option value="([^"]*)"([^>]*)>')


def _attribute(tag: str, name: str) -> str | None:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else None


def answers_of(page: str) -> dict[str, str]:
    """Return the fields of the form `review` as they stand on the page."""
    form = page[page.index('id="review"') : page.index('id="source"')]
    answers: dict[str, str] = {}
    for tag in _INPUT.findall(form):
        name = _attribute(tag, "name")
        is_choice = _attribute(tag, "type") in {"checkbox", "radio"}
        unchecked = is_choice and " checked" not in tag
        if name and name != "csrfmiddlewaretoken" and not unchecked:
            answers[name] = _attribute(tag, "value") or ""
    for name, options in _SELECT.findall(form):
        found = _OPTION.findall(options)
        chosen = [value for value, rest in found if " selected" in rest]
        answers[name] = unescape((chosen or [found[0][0]])[0])
    for name, text in _AREA.findall(form):
        answers[name] = unescape(text)
    return answers
