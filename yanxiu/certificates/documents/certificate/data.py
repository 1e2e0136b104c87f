"""All that stands on one certificate, as JSON values: kept, so that it can be written again."""

from datetime import date
from typing import Any

from yanxiu.certificates.models import Certificate
from yanxiu.certificates.queries.facts import Asked, Facts
from yanxiu.kernel.spans import day_of


def content_of(
    certificate: Certificate, facts: Facts, asked: Asked, closing: str
) -> dict[str, Any]:
    """Return what is printed on `certificate`, whose number, code and moment are given.

    Args:
        certificate: not saved yet; issuer and organisation are loaded.
        facts: what the ledger tells.
        asked: the question that they answer.
        closing: what is said of the yearly closing.
    """
    replaced = certificate.replaces
    return {
        "name": facts.teacher.name,
        "school": certificate.organisation.name,
        "job_number": facts.job_number,
        "issuer": certificate.issuer.name,
        "number": certificate.shown_number,
        "code": certificate.shown_code,
        "issued_on": day_of(certificate.issued_at).isoformat(),
        "is_own": certificate.is_own,
        "span": [asked.span.start.isoformat(), asked.span.last.isoformat()],
        "as_of": asked.as_of.isoformat(),
        "is_over": asked.is_over,
        "closing": closing,
        "replaces": replaced.shown_number if replaced else "",
        "ledger": facts.ledger,
    }


def chinese_day(text: str) -> str:
    """Return an ISO day as papers write it: 2026年9月1日."""
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"
