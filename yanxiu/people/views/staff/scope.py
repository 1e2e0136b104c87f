"""Which school a page of the staff is about, and what its forms share."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from yanxiu.people.access import TeacherRequest, allowed, get_allowed, holds_at
from yanxiu.people.models import (
    Organisation,
    Teacher,
)
from yanxiu.people.permissions import (
    SHAPING_STAFF,
    may_see_staff,
    may_shape_staff,
)

PAGE = 50


NOTES = 5


def schools_in_reach(reader: Teacher) -> list[Organisation]:
    rows = allowed(may_see_staff, reader, Organisation.objects.all())
    return list(rows.order_by("path")[:120])


def school_asked_for(request: TeacherRequest) -> tuple[Organisation, list[Organisation]]:
    """Return the organisation asked for, or the reader's own, and all to choose from."""
    schools = schools_in_reach(request.teacher)
    if not schools:
        raise Http404
    wanted = request.GET.get("school")
    chosen = next((one for one in schools if str(one.uid) == wanted), None)
    own = next((one for one in schools if one == request.teacher.organisation), schools[0])
    return chosen or own, schools


def school_to_shape(request: TeacherRequest, uid: UUID) -> Organisation:
    return get_allowed(may_shape_staff, request.teacher, Organisation.objects.all(), uid)


def may_shape_staff_of(request: TeacherRequest, organisation: Organisation) -> bool:
    """Tell whether `may_shape_staff` holds, which needs no statement."""
    return any(holds_at(request.teacher, right, organisation) for right in SHAPING_STAFF)


def page_of(organisation: Organisation, name: str = "people:staff") -> str:
    return f"{reverse(name)}?school={organisation.uid}"


def form_words(heading: str, back: str, **more: Any) -> Mapping[str, Any]:
    return {"heading": heading, "back_url": back, **more}
