"""Certificates of a whole school or unit, in the background."""

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.http import Http404
from django.utils import timezone

from yanxiu.attachments.actions import path_of
from yanxiu.certificates.actions import Issue, issue_known
from yanxiu.certificates.actions.issuing import require_certifiable
from yanxiu.certificates.documents.issued_list import workbook
from yanxiu.certificates.models import Certificate
from yanxiu.certificates.names import apart, file_name
from yanxiu.certificates.permissions import may_certify_school
from yanxiu.certificates.queries.facts import Asked, facts_for
from yanxiu.certificates.queries.people import teachers_in
from yanxiu.certificates.refusals import NobodyToCertify
from yanxiu.documents.volume.package import entry
from yanxiu.jobs.table import Work
from yanxiu.kernel.spans import Span, day_of
from yanxiu.people.access import get_allowed
from yanxiu.people.models import Organisation, Teacher

TOGETHER: Final = 20
LIST: Final = "00 学时证明清单.xlsx"


@dataclass(frozen=True)
class Batch:
    """What one job certifies."""

    asked: Asked
    teachers: list[Teacher]


def batch_of(running: Any) -> Batch:
    """Read what the job was started with; the rights are those of the moment.

    Raises:
        NobodyToCertify: the school is not this officer's (any more), or nobody works there.
        Refusal: see `require_certifiable`.
    """
    detail = running.detail
    try:
        school = get_allowed(
            may_certify_school, running.by, Organisation.objects.all(), detail["school"]
        )
    except Http404 as error:
        raise NobodyToCertify from error
    span = Span(date.fromisoformat(detail["start"]), date.fromisoformat(detail["end"]))
    # The day on which it was ordered: who runs it again after midnight makes the same papers.
    asked = Asked(school, detail["scheme"], span, date.fromisoformat(detail["on"]))
    require_certifiable(asked)
    teachers = list(teachers_in(school, running.by, unit=detail.get("unit", "")))
    if not teachers:
        raise NobodyToCertify
    return Batch(asked, teachers)


def pack(running: Any) -> None:
    """Issue a certificate to each teacher who has entries, and pack them with a list.

    A certificate is issued for itself as soon as it is written. What an attempt issued that was
    broken off is found again, because the same question gives the same certificate.
    """
    batch = batch_of(running)
    issued: list[Certificate] = []
    without: list[Teacher] = []
    for done, (teacher, certificate) in enumerate(_each(running, batch)):
        running.step(done, len(batch.teachers), teacher.name)
        if certificate is None:
            without.append(teacher)
        else:
            issued.append(certificate)
    running.step(len(batch.teachers), len(batch.teachers), "保存")
    with tempfile.TemporaryDirectory(prefix="yanxiu-") as folder:
        path = Path(folder) / "made.zip"
        write_package(path, issued, without, batch.asked)
        running.keep(path, name=f"{running.title}.zip")


def _each(running: Any, batch: Batch) -> Iterator[tuple[Teacher, Certificate | None]]:
    wanted = Issue(batch.asked, running.by, timezone.now())
    for start in range(0, len(batch.teachers), TOGETHER):
        some = batch.teachers[start : start + TOGETHER]
        known = facts_for(some, batch.asked)
        for teacher in some:
            facts = known.get(teacher.pk)
            yield teacher, issue_known(facts, wanted) if facts else None


def write_package(
    path: Path, issued: Sequence[Certificate], without: Sequence[Teacher], asked: Asked
) -> None:
    """Write the ZIP: the list, then each file under the name of its teacher."""
    names = list(apart(file_name(one) for one in issued))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        listed = list(zip(issued, names, strict=True))
        package.writestr(entry(LIST), workbook(listed, [one.name for one in without], asked))
        for certificate, name in listed:
            with package.open(entry(name), "w") as file:
                file.write(path_of(certificate.sha256).read_bytes())


def today_text() -> str:
    """Return the school's day, as a job's detail keeps it."""
    return day_of(timezone.now()).isoformat()


WORKS = [Work("certificates.batch", name="学时证明，每人一份", run=pack)]
