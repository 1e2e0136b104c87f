"""Finding the account behind a phone number or a job number."""

import unicodedata
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.db.models import BigAutoField, Q, QuerySet
from django.http import HttpRequest

from yanxiu.audit.kept import KeptSelect, Slot
from yanxiu.people.models import Organisation, Post, Teacher
from yanxiu.people.models.teacher import today

PHONE_DIGITS = 11

BESIDE_ACCOUNT: dict[str, Callable[[], Any]] = {}
"""What is read together with the own account, because every page shows it: what the account calls
it, and the expression for it. Apps above enter theirs when they are ready."""


def _accounts() -> "QuerySet[Teacher]":
    beside = {name: expression() for name, expression in BESIDE_ACCOUNT.items()}
    return Teacher.objects.order_by().filter(pk=Slot("pk", BigAutoField())).annotate(**beside)


_account: KeptSelect[Teacher] = KeptSelect(_accounts)
"""Every request of everybody asks for the own account."""


def typed_name(text: str) -> str:
    """Return what somebody typed to say who they are, without spaces and full-width digits.

    A phone number may be typed in groups, with hyphens or with the country code.
    """
    text = "".join(unicodedata.normalize("NFKC", text).split())
    digits = text.replace("-", "").removeprefix("+86")
    return digits if len(digits) == PHONE_DIGITS and digits.isdecimal() else text


def accounts_behind(name: str) -> list[tuple[Teacher, Organisation | None]]:
    """Return the accounts that `name` may mean, each once, with the school it is a job number of.

    A phone number means one account and no school. A job number means the holder in each school;
    only where nobody holds it today it means the last holder, who still sees the own records.
    """
    name = typed_name(name)
    # A NUL is in nobody's number, and PostgreSQL cannot even be asked for it.
    if not name or "\x00" in name:
        return []
    if teacher := Teacher.objects.filter(phone=name).first():
        return [(teacher, None)]
    posts = (
        Post.objects.filter(job_number__in={name, name.upper(), name.lower()})
        .select_related("teacher", "organisation__parent")
        .order_by("-ends_on", "pk")
    )
    living = posts.filter(Q(ends_on=None) | Q(ends_on__gt=today()))
    found: dict[int, tuple[Teacher, Organisation | None]] = {}
    schools: set[int] = set()
    for post in list(living) or posts:
        if post.teacher_id not in found and post.organisation_id not in schools:
            found[post.teacher_id] = (post.teacher, post.organisation)
        schools.add(post.organisation_id)
    return sorted(found.values(), key=lambda one: one[1].path if one[1] else "")


def account_behind(name: str, school: UUID | None = None) -> Teacher | None:
    """Return the one account that `name` means, in `school` if several schools know it."""
    accounts = accounts_behind(name)
    if len(accounts) > 1:
        accounts = [one for one in accounts if one[1] and one[1].uid == school]
    return accounts[0][0] if len(accounts) == 1 else None


class PhoneOrJobNumber(BaseBackend):
    """Logs in with the phone number or a job number."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Teacher | None:  # noqa: ARG002
        """Return the account of `name`, in `school` if given, when the `password` is right.

        An unknown name costs the same time as a wrong password.
        """
        name, password = credentials.get("name"), credentials.get("password")
        if name is None or password is None:
            return None
        teacher = account_behind(name, credentials.get("school"))
        if teacher is None:
            Teacher().set_password(password)
            return None
        return teacher if teacher.check_password(password) else None

    def get_user(self, user_id: int) -> Teacher | None:
        """Return the account of a login session."""
        teacher = _account.first(pk=user_id)
        return teacher if teacher and teacher.is_active else None
