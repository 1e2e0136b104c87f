"""The one place where a refusal becomes an answer."""

import logging
from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yanxiu.kernel.refusals import BeyondReach, Refusal
from yanxiu.ui import full_disk
from yanxiu.ui.languages import in_script_of_reader

NOT_ALLOWED = 405
UNPROCESSABLE = 422
OUT_OF_RANGE = (OverflowError, DataError)
"""What calendars, SQLite and PostgreSQL raise where a value is further off than they reach."""

_KEEP_NOT = ("password", "code", "login")
"""What the name of a field may hold whose content is shown on no page."""

_log = logging.getLogger(__name__)


class RefusalMiddleware:
    """Answers any `Refusal` that a page lets through with 422: a page, or a fragment for htmx."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; an address that is only posted to says so to whoever opens it."""
        answer = self.get_response(request)
        by_hand = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if answer.status_code != NOT_ALLOWED or not by_hand:
            return answer
        page = render(request, "405.html", status=NOT_ALLOWED)
        page["Allow"] = answer["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to a refusal or a full disk; anything else is a bug and goes on."""
        if full_disk.is_full_disk(exception):
            return full_disk.answer(request)
        if isinstance(exception, OUT_OF_RANGE):
            _log.warning("%s %s", request.method, request.path, exc_info=exception)
            exception = BeyondReach()
        if not isinstance(exception, Refusal):
            return None
        fragment = request.headers.get("HX-Request") == "true"
        template = "ui/_refusal.html" if fragment else "ui/refusal.html"
        context = {
            "refusal": exception,
            "sentence": in_script_of_reader(str(exception)),
            "typed": _words(request),
        }
        return render(request, template, context, status=UNPROCESSABLE)


def _words(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the words that were sent with a form, without names: a late answer is not lost."""
    return [
        ("", value)
        for name, values in request.POST.lists()
        for value in values
        if not value.isascii() and not any(part in name for part in _KEEP_NOT)
    ]
