"""The public page: whoever holds a certificate sees whether it is true. Nobody logs in here."""

import hashlib
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yanxiu.certificates import queries
from yanxiu.certificates.codes import plain_code
from yanxiu.certificates.forms import CodeForm, CompareForm
from yanxiu.certificates.models import Certificate
from yanxiu.certificates.refusals import FileTooLargeToCompare, TooManyChecks
from yanxiu.ui.pages import show
from yanxiu.ui.refusals import UNPROCESSABLE

MEGABYTES: Final = 4
"""So large may a file be that is compared; below the size from which Django uses the disk."""

MISSES: Final = 60
"""So many unknown codes, or files, one address may bring in a minute."""

NOT_FOUND, TOO_MANY = 404, 429


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Ask for the code on the certificate."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("certificates:check", code=form.cleaned_data["code"])
    status = UNPROCESSABLE if form.errors else 200
    return _public(show(request, "certificates/door.html", {"form": form}, status=status))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the house issued under `code`, and compare a file with it."""
    plain = plain_code(code)
    found = queries.by_code(plain) if plain else None
    if found is None:
        return _unknown(request)
    context: dict[str, Any] = {
        "certificate": found,
        "told": found.content,
        "ledger": found.content["ledger"],
        "name": queries.public_name(found),
        "now": queries.now(found),
        "revoked": found.revoked_at is not None,
        "form": CompareForm(),
    }
    status = 200
    if request.method == "POST":
        status = _compare(request, found, context)
    return _public(show(request, "certificates/check.html", context, status=status))


def _compare(request: HttpRequest, found: Certificate, context: dict[str, Any]) -> int:
    """Compare the file that came, in memory; return the status of the answer."""
    if not _within_bounds(request):
        context["problem"] = str(TooManyChecks())
        return TOO_MANY
    form = CompareForm(request.POST, request.FILES)
    context["form"] = form
    if not form.is_valid():
        return UNPROCESSABLE
    file: Any = form.cleaned_data["file"]
    if (file.size or 0) > MEGABYTES * 1024 * 1024:
        form.add_error("file", str(FileTooLargeToCompare(MEGABYTES)))
        return UNPROCESSABLE
    context["compared"] = "same" if _digest(file) == found.sha256 else "other"
    return 200


def _digest(file: Any) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    return found.hexdigest()


def _unknown(request: HttpRequest) -> HttpResponse:
    """Say kindly that there is none; the same for every code, and only so often."""
    if not _within_bounds(request):
        context = {"form": CodeForm(), "problem": str(TooManyChecks())}
        return _public(show(request, "certificates/door.html", context, status=TOO_MANY))
    context = {"form": CodeForm(), "unknown": True}
    return _public(show(request, "certificates/door.html", context, status=NOT_FOUND))


def _within_bounds(request: HttpRequest) -> bool:
    """Count one more try of this address within this minute."""
    minute = int(timezone.now().timestamp() // 60)
    address = get_adapter().get_client_ip(request)
    key = f"certificates.check.{hashlib.sha256(str(address).encode()).hexdigest()[:16]}.{minute}"
    cache.add(key, 0, timeout=120)
    try:
        return int(cache.incr(key)) <= MISSES
    except ValueError:
        # A cache that keeps nothing counts nothing.
        return True


def _public(answer: HttpResponse) -> HttpResponse:
    """Keep the page out of indexes, and its address out of other sites' logs."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "same-origin"
    return answer
