"""What summaries do in the background."""

import io
import zipfile
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from yanxiu.attachments.actions import path_of
from yanxiu.attachments.models import Attachment
from yanxiu.documents.volume import Volume
from yanxiu.jobs import actions as jobs
from yanxiu.jobs.models import Job
from yanxiu.jobs.running import Running
from yanxiu.jobs.table import Work
from yanxiu.kernel.refusals import Refusal
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import allowed, require
from yanxiu.people.models import Teacher
from yanxiu.reports import template_batch
from yanxiu.reports.actions.summaries import word_name
from yanxiu.reports.demands import lines_of
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.documents.term_summary.writing import to_word, write
from yanxiu.reports.models import Summary, SummaryDemand
from yanxiu.reports.permissions import may_manage_summary_demand, may_see_summary
from yanxiu.reports.queries import standing

BUNDLE = "reports.summaries_zip"
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The moment of every file in the bundle, so that equal content is equal."""


class NothingToBundle(Refusal):
    """A bundle without a single summary."""

    code = "nothing-to-bundle"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("还没有人交总结，没有打包。有人提交以后再试。")


def start_bundle(demand: SummaryDemand, *, bound: bool, by: Teacher, at: datetime) -> Job:
    """Put what was handed in for `demand` together in the background: a ZIP, or one volume.

    Raises:
        NotAllowed: `by` does not manage the demand.
    """
    require(may_manage_summary_demand, by, demand)
    return jobs.start(
        BUNDLE,
        title=f"{demand}{'合订' if bound else '打包'}",
        detail={"demand": str(demand.uid), "bound": bound},
        by=by,
        organisation=demand.organisation,
        at=at,
    )


def bundle(running: Running) -> None:
    """Write every summary that was handed in, and that the asker may see, into one file."""
    demand = SummaryDemand.objects.select_related("organisation", "term").get(
        uid=UUID(running.detail["demand"])
    )
    require(may_manage_summary_demand, running.by, demand)
    now = timezone.now()
    lines = lines_of(demand, day_of(now))
    given = [one.summary.pk for one in lines if one.summary and not one.is_open]
    rows = allowed(may_see_summary, running.by, Summary.objects.filter(pk__in=given))
    found = list(rows.select_related("organisation", "unit", "teacher", "term").order_by("id"))
    if not found:
        raise NothingToBundle
    if running.detail.get("bound"):
        running.keep(
            _volume(running, str(demand), found, now), name=f"{_safe(str(demand))}合订本.docx"
        )
    else:
        running.keep(_zip(running, found, now), name=f"{_safe(str(demand))}.zip")
    running.step(len(found), len(found), "")


def _volume(running: Running, title: str, found: list[Summary], at: datetime) -> bytes:
    """Return one Word file with contents, each summary beginning on its own page."""
    buffer = io.BytesIO()
    with Volume(buffer, f"{title}合订本") as volume:
        volume.contents([str(summary) for summary in found])
        for number, summary in enumerate(found):
            running.step(number, len(found), summary.subject)
            document = standing(summary, at).document
            volume.part(document.title)
            write(volume, document)
    return buffer.getvalue()


def _zip(running: Running, found: list[Summary], at: datetime) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for number, summary in enumerate(found):
            running.step(number, len(found), summary.subject)
            name = f"{number + 1:03d} {_safe(word_name(summary, summary.version))}"
            target.writestr(zipfile.ZipInfo(name, _MOMENT), word_of(summary, at))
    return buffer.getvalue()


def word_of(summary: Summary, at: datetime) -> bytes:
    """Return the Word document: the kept one of the approval, else as it stands now."""
    if summary.is_approved:
        word = str(summary.frozen.get("word", ""))
        kept = Attachment.objects.filter(uid=word).first() if word else None
        if kept is not None:
            return path_of(kept.sha256).read_bytes()
    return to_word(fill(summary, at))


def _safe(name: str) -> str:
    """Return `name` without what a folder cannot bear."""
    return "".join("_" if character in '\\/:*?"<>|' else character for character in name)


WORKS = [template_batch.WORK, Work(BUNDLE, name="总结打包", run=bundle)]
