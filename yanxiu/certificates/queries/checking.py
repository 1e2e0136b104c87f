"""What the public page tells of a certificate: all its facts, the name partly, and what changed."""

from dataclasses import dataclass
from typing import Any

from yanxiu.certificates.models import Certificate
from yanxiu.certificates.names import masked
from yanxiu.certificates.queries.facts import Asked, facts_for
from yanxiu.ledger.models import Entry


@dataclass(frozen=True)
class Now:
    """What the ledger has today for the days of a certificate.

    Attributes:
        changed: whether it tells anything else than on the day of issue.
        ledger: as `Facts.ledger`, None where nothing is left or the scheme is gone.
        corrections: how many entries were added or reversed since.
    """

    changed: bool
    ledger: dict[str, Any] | None
    corrections: int

    @property
    def total(self) -> dict[str, str] | None:
        """The present totals."""
        return self.ledger["total"] if self.ledger else None


def by_code(code: str) -> Certificate | None:
    """Return the certificate with `code`; one statement, found or not."""
    rows = Certificate.objects.select_related(
        "teacher", "organisation", "issuer", "replaces", "replaced_by"
    )
    found: Certificate | None = rows.filter(code=code).first()
    return found


def now(certificate: Certificate) -> Now:
    """Return what the ledger has today for the days that `certificate` covers."""
    # Asked for the day up to which it was made, not for today: what came later is no correction.
    asked = Asked(certificate.organisation, certificate.scheme, certificate.span, certificate.as_of)
    facts = facts_for([certificate.teacher], asked).get(certificate.teacher_id)
    since = Entry.objects.filter(
        teacher=certificate.teacher,
        scheme=certificate.scheme,
        earned_on__gte=certificate.starts_on,
        earned_on__lte=certificate.as_of,
        posted_at__gt=certificate.issued_at,
    )
    if facts is None:
        return Now(changed=True, ledger=None, corrections=since.count())
    changed = facts.mark != certificate.mark
    return Now(changed, facts.ledger, since.count() if changed else 0)


def public_name(certificate: Certificate) -> str:
    """Return the name as strangers may see it."""
    return masked(str(certificate.content["name"]))
