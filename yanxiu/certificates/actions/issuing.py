"""Issuing certificates; each is written once, kept with its hash, and numbered in order."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.audit import trail
from yanxiu.certificates.codes import new_code
from yanxiu.certificates.documents.certificate import content_of, pdf
from yanxiu.certificates.models import Certificate
from yanxiu.certificates.names import file_name
from yanxiu.certificates.permissions import may_issue_for
from yanxiu.certificates.queries.closing import closing_words
from yanxiu.certificates.queries.facts import Asked, Facts, facts_for
from yanxiu.certificates.refusals import (
    NothingToCertify,
    SchemeNotInForce,
    SpanNotBegun,
)
from yanxiu.kernel.sources import source_of
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.queries import looks
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher


@dataclass(frozen=True)
class Issue:
    """What is asked of one issue beside the facts."""

    asked: Asked
    by: Teacher
    at: datetime
    replaces: Certificate | None = None


def require_begun(asked: Asked) -> None:
    """Make sure that the span holds a day that has come.

    Raises:
        SpanNotBegun: the span lies in the future.
    """
    if asked.span.start > asked.on or asked.span.start >= asked.span.end:
        raise SpanNotBegun(asked.span.start)


def require_certifiable(asked: Asked) -> None:
    """Make sure that `asked` can be answered at all.

    Raises:
        SpanNotBegun: the span lies in the future.
        SchemeNotInForce: the school does not reckon by the scheme then.
    """
    require_begun(asked)
    if asked.scheme not in {one.id for one in asked.schemes()}:
        raise SchemeNotInForce(asked.as_of)


def certifiable(teacher: Teacher, asked: Asked) -> Facts:
    """Return what can be certified of `teacher`.

    Raises:
        SpanNotBegun: the span lies in the future.
        SchemeNotInForce: the school does not reckon by the scheme then.
        NothingToCertify: no entry stands in the span.
    """
    require_begun(asked)
    facts = facts_for([teacher], asked).get(teacher.pk)
    if facts is None:
        require_certifiable(asked)
        raise NothingToCertify(teacher.name)
    return facts


def issue(teacher: Teacher, asked: Asked, *, by: Teacher, at: datetime) -> Certificate:
    """Issue a certificate of what `teacher` has in the ledger.

    Asking again while nothing has changed gives the certificate that there is.

    Args:
        teacher: of whom.
        asked: by whose scheme, for which days; `asked.on` is the day of issue.
        by: the teacher herself, or whoever recognises hours at the school that certifies.
        at: when, aware.

    Raises:
        NotAllowed: `by` may not.
        SpanNotBegun: the span lies in the future.
        SchemeNotInForce: the school does not reckon by the scheme then.
        NothingToCertify: no entry stands in the span.
    """
    require(may_issue_for, by, teacher)
    if teacher.pk != by.pk:
        require_right(by, "recognise_hours", asked.organisation)
    return issue_known(certifiable(teacher, asked), Issue(asked, by, at))


def issue_known(
    facts: Facts, wanted: Issue, *, first: Callable[[], object] | None = None
) -> Certificate:
    """Issue a certificate of `facts`, which the caller has just read, with its right checked.

    Args:
        facts: what the ledger tells.
        wanted: what is asked beside.
        first: what must be done in the same transaction, such as revoking what is replaced.
    """
    issuer = issuer_of(wanted.asked.organisation, facts.teacher, wanted.by)
    standing = None if wanted.replaces else _standing(facts, wanted, issuer)
    if standing is not None:
        return standing
    # Written outside of the transaction, which must be short; only a rare neighbour takes the
    # number meanwhile, and then it is written again.
    certificate = _draft(facts, wanted, issuer)
    data = _written(certificate)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=issuer.pk)
        number = next_number(issuer, certificate.year)
        if number != certificate.number:
            certificate.number = number
            certificate.content["number"] = certificate.shown_number
            data = _written(certificate)
        standing = None if wanted.replaces else _standing(facts, wanted, issuer)
        if standing is not None:
            return standing
        if first is not None:
            first()
        certificate.save()
        _keep(certificate, data, wanted)
    return certificate


def issuer_of(school: Organisation, teacher: Teacher, by: Teacher) -> Organisation:
    """Return who issues: the school, or the superior for whom `by` recognises its hours."""
    if teacher.pk == by.pk:
        return school
    above = [path for path in by.reach_paths("recognise_hours") if school.path.startswith(path)]
    nearest = max(above, key=len, default=school.path)
    return school if nearest == school.path else Organisation.objects.get(path=nearest)


def next_number(issuer: Organisation, year: int) -> int:
    """Return the next running number of `issuer` in `year`."""
    rows = Certificate.objects.filter(issuer=issuer, year=year)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def address_of(code: str) -> str:
    """Return the address of the public page, as the QR code holds it."""
    return settings.PUBLIC_URL + reverse("certificates:check", args=[code])


def _standing(facts: Facts, wanted: Issue, issuer: Organisation) -> Certificate | None:
    """Return a valid certificate that says the very same, if there is one."""
    rows = Certificate.objects.filter(
        teacher=facts.teacher,
        organisation=wanted.asked.organisation,
        issuer=issuer,
        scheme=wanted.asked.scheme,
        starts_on=wanted.asked.span.start,
        ends_on=wanted.asked.span.end,
        as_of=wanted.asked.as_of,
        mark=facts.mark,
        is_own=facts.teacher.pk == wanted.by.pk,
        revoked_at=None,
    )
    found: Certificate | None = rows.select_related("teacher", "organisation", "issuer").first()
    if found is None:
        return None
    printed = {
        "name": facts.teacher.name,
        "school": wanted.asked.organisation.name,
        "job_number": facts.job_number,
        "closing": closing_words(wanted.asked),
    }
    return found if all(found.content[key] == text for key, text in printed.items()) else None


def _draft(facts: Facts, wanted: Issue, issuer: Organisation) -> Certificate:
    asked, year = wanted.asked, day_of(wanted.at).year
    certificate = Certificate(
        teacher=facts.teacher,
        organisation=asked.organisation,
        issuer=issuer,
        code=new_code(),
        year=year,
        number=next_number(issuer, year),
        scheme=asked.scheme,
        version=facts.version,
        starts_on=asked.span.start,
        ends_on=asked.span.end,
        as_of=asked.as_of,
        hours=facts.hours,
        credits=facts.credits,
        mark=facts.mark,
        issued_at=wanted.at,
        issued_by_uid=wanted.by.uid,
        issued_by_name=wanted.by.name,
        is_own=facts.teacher.pk == wanted.by.pk,
        replaces=wanted.replaces,
    )
    closing = closing_words(asked)
    certificate.content = content_of(certificate, facts, asked, closing)
    return certificate


def _written(certificate: Certificate) -> bytes:
    """Write the file and note its hash."""
    data = pdf(certificate.content, address_of(certificate.code))
    certificate.sha256 = hashlib.sha256(data).hexdigest()
    return data


def _keep(certificate: Certificate, data: bytes, wanted: Issue) -> Attachment:
    teacher = certificate.teacher
    trail.record(wanted.by, "certificates.certificate-issued", certificate, at=wanted.at)
    if teacher.pk != wanted.by.pk:
        what = {"what": f"学时证明 {certificate.shown_number}"}
        trail.record(wanted.by, looks.TAKEN, teacher, at=wanted.at, detail=what)
    return attachments.keep(
        source_of(certificate),
        data,
        name=file_name(certificate),
        organisation=certificate.organisation,
        by=wanted.by,
        at=wanted.at,
        made_here=True,
    )
