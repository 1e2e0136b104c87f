"""The one place where a refusal becomes an answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yanxiu.kernel.refusals import Refusal

UNPROCESSABLE = 422


class RefusalMiddleware:
    """Answers any `Refusal` that a page lets through with 422: a page, or a fragment for htmx."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; a question with a NUL is nobody's, and PostgreSQL cannot ask it."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "404.html", status=404)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to a refusal; anything else is a bug and goes on."""
        if not isinstance(exception, Refusal):
            return None
        fragment = request.headers.get("HX-Request") == "true"
        template = "ui/_refusal.html" if fragment else "ui/refusal.html"
        context = {"refusal": exception, "sentence": str(exception)}
        return render(request, template, context, status=UNPROCESSABLE)
