"""The longest list of a county's office: its teachers, fifty a page, first page and last."""

from django.urls import reverse
from django.utils import timezone

from bench.cast import add_teachers, log_in, make_school
from bench.requests import Case, Prepared, get, repeated

TEACHERS = 5000
PER_PAGE = 50
PAGE = "people:teachers"


def prepare(case: Case) -> Prepared:
    """Fill the school and ask for both ends of its list."""
    now = timezone.now()
    school, office = make_school(now)
    # With the office itself the last page is as full as the first.
    add_teachers(school, TEACHERS - 1, now)
    keys = log_in([office] * case.clients)
    address = reverse(PAGE)
    last = -(-TEACHERS // PER_PAGE)
    first_pages = [get(address, session=key) for key in keys]
    last_pages = [get(f"{address}?page={last}", session=key) for key in keys]
    return Prepared(
        {
            "first": repeated(case, first_pages, status=200),
            "last": repeated(case, last_pages, status=200),
        },
        {"teachers": TEACHERS},
    )
