"""The login sessions of Django, read by a statement that is put together once."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from yanxiu.audit.kept import KeptSelect, Slot

_living = KeptSelect(
    lambda: Session.objects.filter(
        session_key=Slot("key", CharField()), expire_date__gt=Slot("now", DateTimeField())
    ).only("session_data")
)


class SessionStore(DatabaseStore):
    """What is stored, and how, is Django's own; every request of every page reads it."""

    def _get_session_from_db(self) -> Any:
        """Return the living session, or None where there is none."""
        found = _living.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found
