"""The page that everybody sees first, as a stranger opens it."""

from django.urls import reverse
from django.utils import timezone

from bench.cast import make_school
from bench.requests import Case, Prepared, get, repeated


def prepare(case: Case) -> Prepared:
    """Ask for the page of a house that has a school."""
    make_school(timezone.now())
    return Prepared({"page": repeated(case, [get(reverse("account_login"))], status=200)})
