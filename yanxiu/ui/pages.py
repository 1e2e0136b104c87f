"""Showing a page or, to htmx, the fragment of it that changed."""

import sys
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yanxiu.ui import full_disk


def show(
    request: HttpRequest,
    page: str,
    context: Mapping[str, Any],
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return `page`, or `fragment` where htmx asked for it."""
    if fragment and request.headers.get("HX-Request") == "true":
        return render(request, fragment, dict(context), status=status)
    return render(request, page, dict(context), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain that the form came from an old page; what was typed is kept by the browser."""
    return render(request, "ui/csrf_failure.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page for this reader; missing and forbidden look the same."""
    return render(request, "404.html", {"reason": str(exception)[:0]}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that we made a mistake, or that the disk is full; without touching the database."""
    # What fails outside of a page, such as keeping a large upload, is known here alone.
    if full_disk.is_full_disk(sys.exc_info()[1]):
        return full_disk.answer(request)
    return render(request, "500.html", status=500)
