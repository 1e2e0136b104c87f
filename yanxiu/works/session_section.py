"""What the page of a session shows of works: those that were brought to it."""

from collections.abc import Mapping
from typing import Any

from yanxiu.activities.models import Session
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
from yanxiu.works.models import Work
from yanxiu.works.permissions import may_see_work

ORDER = 30
TEMPLATE = "works/_session.html"
MOST = 20


def of_session(session: Session, reader: Teacher) -> Mapping[str, Any] | None:
    """Return the works brought to `session` that `reader` may see; one statement."""
    rows = Work.objects.filter(session=session, dropped_at=None).select_related("kind", "teacher")
    works = list(allowed(may_see_work, reader, rows)[: MOST + 1])
    return {"works": works[:MOST], "more": len(works) > MOST} if works else None
