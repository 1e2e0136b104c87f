"""Choosing the scheme by which an organisation reckons, ending it, and taking a mistake back."""

from datetime import date, datetime, timedelta

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.actions.keeping import stale_below
from yanxiu.ledger.models import Award, SchemeAdoption
from yanxiu.ledger.queries.schemes import digest_of_stored, offered_to
from yanxiu.ledger.refusals import DayOutOfReach, SchemeEnded, SchemeInForce, SchemeUsed
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher

EARLIEST = date(2000, 1, 1)
FARTHEST = timedelta(days=731)
"""Between which days a scheme can begin; anything else is a slip of the hand."""


@transaction.atomic
def adopt_scheme(
    organisation: Organisation,
    scheme: str,
    *,
    starts_on: date,
    by: Teacher | None,
    at: datetime,
    version: str = "",
) -> SchemeAdoption:
    """Let `organisation`, and all below it, reckon by a shipped or published scheme from a day on.

    Records before that day keep the schemes of their time. Another version of a scheme in force
    follows it on that day; what was reckoned by the older one stays until it is reckoned again.

    Raises:
        NotAllowed: `by` does not manage the terms and schemes of `organisation`.
        SchemeUnknown: no scheme of this id and version is shipped, or published here or above.
        SchemeInForce: it is in force already.
        DayOutOfReach: the day is before 2000, more than two years away, or before the version that
            it follows.
    """
    if by:
        require_right(by, "manage_terms", organisation)
    wanted = offered_to(organisation, scheme, version)
    if not EARLIEST <= starts_on <= day_of(at) + FARTHEST:
        raise DayOutOfReach(EARLIEST, day_of(at) + FARTHEST)
    adoption = SchemeAdoption(organisation=organisation, scheme=scheme, starts_on=starts_on)
    followed = _followed(adoption, wanted, at)
    if followed and followed.starts_on == starts_on:
        adoption = followed
    elif followed:
        followed.ends_on = starts_on
        followed.save(update_fields=["ends_on"])
    adoption.version = wanted.version
    adoption.digest = digest_of_stored(wanted)
    adoption.save()
    stale_below(organisation, at)
    trail.record(
        by,
        "ledger.scheme-adopted",
        adoption,
        at=at,
        detail={"scheme": scheme, "version": wanted.version, "from": starts_on.isoformat()},
    )
    return adoption


def _followed(adoption: SchemeAdoption, wanted: Scheme, at: datetime) -> SchemeAdoption | None:
    """Return the adoption in force that the new version follows, if any."""
    standing = (
        SchemeAdoption.objects.select_for_update()
        .filter(organisation=adoption.organisation, scheme=adoption.scheme, ends_on=None)
        .first()
    )
    if standing is None:
        return None
    if standing.version == wanted.version:
        raise SchemeInForce(wanted.title, standing.starts_on)
    if adoption.starts_on < standing.starts_on:
        raise DayOutOfReach(standing.starts_on, day_of(at) + FARTHEST)
    return standing


@transaction.atomic
def end_adoption(
    adoption: SchemeAdoption, *, ends_on: date, by: Teacher | None, at: datetime
) -> SchemeAdoption:
    """Reckon by the scheme no longer, from `ends_on` (the first day without it) on.

    What it gave for days before stays as it is.

    Raises:
        NotAllowed: `by` does not manage the terms and schemes of the organisation.
        SchemeEnded: it has an end already.
        DayOutOfReach: the day is not after its beginning, or more than two years away.
        SchemeUsed: records of that day or later were reckoned by it.
    """
    adoption = _locked(adoption, by)
    if adoption.ends_on:
        raise SchemeEnded(adoption.ends_on)
    if not adoption.starts_on < ends_on <= day_of(at) + FARTHEST:
        raise DayOutOfReach(adoption.starts_on + timedelta(days=1), day_of(at) + FARTHEST)
    reckoned = _reckoned(adoption, ends_on)
    if reckoned:
        raise SchemeUsed(reckoned, ends_on)
    adoption.ends_on = ends_on
    adoption.save(update_fields=["ends_on"])
    stale_below(adoption.organisation, at)
    detail = {"scheme": adoption.scheme, "to": ends_on.isoformat()}
    trail.record(by, "ledger.scheme-ended", adoption, at=at, detail=detail)
    return adoption


@transaction.atomic
def take_back_adoption(adoption: SchemeAdoption, *, by: Teacher | None, at: datetime) -> None:
    """Undo an adoption that has reckoned nothing yet.

    Raises:
        NotAllowed: `by` does not manage the terms and schemes of the organisation.
        SchemeUsed: records were reckoned by it; it can only be ended.
    """
    adoption = _locked(adoption, by)
    reckoned = _reckoned(adoption, adoption.starts_on)
    if reckoned:
        raise SchemeUsed(reckoned, adoption.starts_on)
    detail = {"scheme": adoption.scheme, "from": adoption.starts_on.isoformat()}
    trail.record(by, "ledger.scheme-taken-back", adoption, at=at, detail=detail)
    stale_below(adoption.organisation, at)
    adoption.delete()


def _locked(adoption: SchemeAdoption, by: Teacher | None) -> SchemeAdoption:
    if by:
        require_right(by, "manage_terms", adoption.organisation)
    return (
        SchemeAdoption.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=adoption.pk)
    )


def _reckoned(adoption: SchemeAdoption, day: date) -> int:
    """Return how many records of `day` or later the scheme has reckoned there."""
    rows = Award.objects.filter(
        scheme=adoption.scheme,
        record__withdrawn_at=None,
        record__happened_on__gte=day,
        record__organisation__path__startswith=adoption.organisation.path,
    )
    return rows.values("record").distinct().count()
