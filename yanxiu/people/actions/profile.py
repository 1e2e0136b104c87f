"""What a school says about itself."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Profile, ReformGrade, Teacher


@transaction.atomic
def write_profile(
    organisation: Organisation,
    *,
    motto: str,
    philosophy: str,
    approach: str,
    by: Teacher | None,
    at: datetime,
) -> Profile:
    """Set 校训, 办学理念 and 办学思路 of `organisation`, as its documents quote them.

    Raises:
        NotAllowed: `by` does not manage its people.
    """
    if by:
        require_right(by, "manage_people", organisation)
    words = {"motto": motto.strip(), "philosophy": philosophy.strip(), "approach": approach.strip()}
    profile, _fresh = Profile.objects.update_or_create(organisation=organisation, defaults=words)
    trail.record(by, "people.profile-written", organisation, at=at, detail=words)
    return profile


@transaction.atomic
def mark_reform_grades(
    organisation: Organisation,
    school_year: int,
    grades: Iterable[str],
    *,
    by: Teacher,
    at: datetime,
) -> list[str]:
    """Set which grades the curriculum reform has reached in `school_year`.

    Args:
        organisation: the school.
        school_year: the year in which it begins.
        grades: as the school calls them; the rest of that year is unmarked.
        by: who marks them.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage its people.
    """
    require_right(by, "manage_people", organisation)
    names = list(dict.fromkeys(name.strip() for name in grades if name.strip()))
    standing = organisation.reform_grades.filter(school_year=school_year)
    standing.exclude(grade__in=names).delete()
    known = set(standing.values_list("grade", flat=True))
    ReformGrade.objects.bulk_create(
        ReformGrade(organisation=organisation, school_year=school_year, grade=name)
        for name in names
        if name not in known
    )
    detail = {"school_year": school_year, "grades": names}
    trail.record(by, "people.reform-grades-marked", organisation, at=at, detail=detail)
    return names
