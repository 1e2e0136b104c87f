"""Names the logged-in account what the house calls it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class TeacherMiddleware:
    """Gives each request its `teacher`; as lazy as the account itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on with its teacher."""
        request.teacher = request.user  # type: ignore[attr-defined]
        return self.get_response(request)
