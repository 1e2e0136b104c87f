"""What comes in from outside is text that can be kept, before any page sees it."""

import re
from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.shortcuts import render

_LINE_ENDS = re.compile(r"[\x0b\x0c]")
_NOT_STORABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
"""PostgreSQL takes no NUL, no database half a surrogate pair, and Word files none of the others."""


def storable(text: str) -> str:
    """Return `text` without characters that nobody can see and no document can hold."""
    return _NOT_STORABLE.sub("", _LINE_ENDS.sub("\n", text))


class IncomingTextMiddleware:
    """Leaves what cannot be kept out of every form; an address with a NUL leads nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; a question with a NUL is nobody's, and PostgreSQL cannot ask it."""
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "404.html", status=404)
        if request.method == "POST":
            # Whose line broke gets no answer anyway.
            with suppress(UnreadablePostError):
                request.POST = cleaned(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def cleaned(form: QueryDict) -> QueryDict:
    """Return `form` itself, or where something in it cannot be kept, a copy without that."""
    fields = [(name, [str(one) for one in values]) for name, values in form.lists()]
    if not any(_NOT_STORABLE.search(text) for name, texts in fields for text in (name, *texts)):
        return form
    copy = QueryDict(mutable=True)
    for name, texts in fields:
        copy.setlist(storable(name), [storable(text) for text in texts])
    copy._mutable = False  # noqa: SLF001 (a form that came in is not changed)
    return copy
