"""Choosing the scheme by which an organisation reckons."""

from datetime import date, datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.ledger.models import SchemeAdoption
from yanxiu.ledger.refusals import SchemeInForce
from yanxiu.ledger.rules.loading import newest
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher


@transaction.atomic
def adopt_scheme(
    organisation: Organisation, scheme: str, *, starts_on: date, by: Teacher | None, at: datetime
) -> SchemeAdoption:
    """Let `organisation`, and all below it, reckon by a shipped scheme from a day on.

    Records before that day keep the schemes of their time.

    Raises:
        NotAllowed: `by` does not manage the terms and schemes of `organisation`.
        SchemeUnknown: no shipped scheme has this id.
        SchemeInForce: it is in force already.
    """
    if by:
        require_right(by, "manage_terms", organisation)
    wanted = newest(scheme)
    standing = SchemeAdoption.objects.filter(organisation=organisation, scheme=scheme, ends_on=None)
    if standing.exists():
        raise SchemeInForce(wanted.title)
    adoption = SchemeAdoption.objects.create(
        organisation=organisation, scheme=scheme, version=wanted.version, starts_on=starts_on
    )
    trail.record(
        by,
        "ledger.scheme-adopted",
        adoption,
        at=at,
        detail={"scheme": scheme, "version": wanted.version, "from": starts_on.isoformat()},
    )
    return adoption
