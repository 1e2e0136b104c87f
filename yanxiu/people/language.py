"""Which language a reader gets: the person's own choice, or simplified Chinese."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

COOKIE = "language"
"""Remembers the choice on a device where nobody has logged in yet."""


PAPERS = (".docx", ".xlsx", ".pdf", ".zip", ".ics", ".html")
"""What leaves the house is in its own language, whoever asks for it."""


def languages() -> dict[str, str]:
    """Return the languages of the house, by code, each under its own name."""
    return dict(settings.LANGUAGES)


def language_of(request: HttpRequest) -> str:
    """Return the code of the language for `request`.

    Not what the browser prefers: a school speaks one language, and many phones are sold in another.
    """
    if request.path.endswith(PAPERS):
        return settings.LANGUAGE_CODE
    known = languages()
    teacher = request.teacher  # type: ignore[attr-defined]
    chosen = teacher.language if teacher.is_authenticated else ""
    for code in (chosen, request.COOKIES.get(COOKIE, "")):
        if code in known:
            return code
    return settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Makes each page in the language of its reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on in its language."""
        with translation.override(language_of(request)):
            return self.get_response(request)
