"""Revoking and replacing certificates; the row and the file stay, with the reason."""

from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.certificates.actions.issuing import Issue, certifiable, issue_known
from yanxiu.certificates.models import Certificate
from yanxiu.certificates.permissions import may_issue_for, may_revoke_certificate
from yanxiu.certificates.queries.facts import Asked
from yanxiu.certificates.refusals import AlreadyRevoked, ReasonMissing
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.notices.actions import notify
from yanxiu.people.access import require
from yanxiu.people.models import Teacher


@transaction.atomic
def revoke(certificate: Certificate, *, reason: str, by: Teacher, at: datetime) -> Certificate:
    """Revoke `certificate`; the public page shows when and why, and its owner is told.

    Raises:
        NotAllowed: `by` does not recognise hours at the school.
        ReasonMissing: `reason` is empty.
        AlreadyRevoked: it was revoked or replaced before.
    """
    return _end(certificate, "已撤销", reason=reason, by=by, at=at)


def _end(
    certificate: Certificate, word: str, *, reason: str, by: Teacher, at: datetime
) -> Certificate:
    require(may_revoke_certificate, by, certificate)
    rows = Certificate.objects.select_for_update(of=("self",))
    found: Certificate = rows.select_related("teacher", "organisation", "issuer").get(
        pk=certificate.pk
    )
    _require_open(found, reason)
    found.revoked_at, found.revoked_because = at, reason.strip()[:200]
    found.revoked_by_uid, found.revoked_by_name = by.uid, by.name
    found.save(update_fields=["revoked_at", "revoked_because", "revoked_by_uid", "revoked_by_name"])
    detail = {"reason": found.revoked_because}
    trail.record(by, "certificates.certificate-revoked", found, at=at, detail=detail)
    if found.teacher_id != by.pk:
        notify(
            [found.teacher],
            kind="decision",
            title=f"学时证明{word}：{found.shown_number}",
            source=source_of(found),
            organisation=found.organisation,
            at=at,
            text=f"原因：{found.revoked_because}",
        )
    return found


def replace(certificate: Certificate, *, reason: str, by: Teacher, at: datetime) -> Certificate:
    """Revoke `certificate` and issue another for the same days, which points to it.

    Its owner is told.

    Raises:
        NotAllowed: `by` does not recognise hours at the school, or not for the teacher today.
        ReasonMissing: `reason` is empty.
        AlreadyRevoked: it was revoked or replaced before.
        NothingToCertify: nothing is left to certify; then the old one stays valid.
    """
    require(may_revoke_certificate, by, certificate)
    require(may_issue_for, by, certificate.teacher)
    _require_open(certificate, reason)
    old = certificate
    asked = Asked(old.organisation, old.scheme, old.span, day_of(at))
    return issue_known(
        certifiable(old.teacher, asked),
        Issue(asked, by, at, replaces=old),
        first=lambda: _end(old, "已换发", reason=reason, by=by, at=at),
    )


def _require_open(certificate: Certificate, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing
    if certificate.revoked_at:
        day = day_of(certificate.revoked_at)
        raise AlreadyRevoked(certificate.shown_number, day, certificate.revoked_because)
