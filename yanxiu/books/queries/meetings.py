"""Sessions that are about reading."""

from django.db.models import Q, QuerySet

from yanxiu.activities.models import Session

KINDS = ("reading_exchange", "reading_round")
"""Kinds of activity that are about reading by themselves."""


def reading_sessions() -> "QuerySet[Session]":
    """Return the sessions of those kinds, and those said to be about a book; none called off."""
    of_kind = Q(activity__kind__code__in=KINDS)
    return Session.objects.filter(of_kind | Q(reading__isnull=False), cancelled_at=None)
