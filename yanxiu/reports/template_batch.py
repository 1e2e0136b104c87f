"""One template filled for every school below, as one ZIP, in the background."""

import tempfile
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.documents.word.template_package import MOMENT
from yanxiu.jobs import actions as jobs
from yanxiu.jobs.models import Job
from yanxiu.jobs.running import Running
from yanxiu.jobs.table import Work
from yanxiu.kernel.spans import Span, day_of
from yanxiu.people.access import require
from yanxiu.people.models import Organisation, Teacher
from yanxiu.reports.actions import templates as actions
from yanxiu.reports.models import DocumentTemplate
from yanxiu.reports.permissions import may_see_template
from yanxiu.reports.refusals import TemplateNotInUse
from yanxiu.reports.template_data import Asked, fill
from yanxiu.terms.models import Term

CODE = "reports.templates_zip"


def organisations_for(teacher: Teacher, template: DocumentTemplate) -> list[Organisation]:
    """Return the schools the template may be filled for: those of it and below, in reach."""
    rights = ("see_summaries", "manage_summaries")
    paths = tuple(path for right in rights for path in teacher.reach_paths(right))
    rows = Organisation.objects.filter(path__startswith=template.organisation.path)
    found = rows.select_related("parent").order_by("path")
    return [one for one in found if one.path.startswith(paths)] if paths else []


def schools_below(offered: list[Organisation], organisation: Organisation) -> list[Organisation]:
    """Return those of `offered` that are schools at or below `organisation`."""
    return [one for one in offered if one.is_school and one.path.startswith(organisation.path)]


def start_zip(template: DocumentTemplate, asked: Asked, *, at: datetime) -> Job:
    """Have `template` filled for every school at and below the organisation of `asked`.

    Raises:
        NotAllowed: the person may not see the template.
    """
    require(may_see_template, asked.by, template)
    detail = {
        "template": str(template.uid),
        "organisation": str(asked.organisation.uid),
        "since": asked.span.start.isoformat(),
        "until": asked.span.end.isoformat(),
        "term": str(asked.term.uid) if asked.term else "",
        "words": dict(asked.words or {}),
    }
    title = _("%(name)s（%(where)s各校）") % {
        "name": template.name, "where": asked.organisation.name,
    }  # fmt: skip
    return jobs.start(
        CODE, title=title, detail=detail, by=asked.by, organisation=asked.organisation, at=at
    )


def fill_all(running: Running) -> None:
    """Fill the template school by school; only what the person may see by now."""
    given = running.detail
    found = DocumentTemplate.objects.select_related("organisation").get(uid=UUID(given["template"]))
    require(may_see_template, running.by, found)
    version = found.versions.filter(state="in_use").first()
    if version is None:
        raise TemplateNotInUse(found.name)
    span = Span(date.fromisoformat(given["since"]), date.fromisoformat(given["until"]))
    organisation = Organisation.objects.get(uid=UUID(given["organisation"]))
    offered = organisations_for(running.by, found)
    schools = schools_below(offered, organisation)
    template = actions.read(version)
    asked = Asked(
        organisation, span, found.name, running.by, day_of(timezone.now()), None,
        Term.objects.filter(uid=given["term"]).first() if given["term"] else None,
        given["words"],
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.zip"
        with zipfile.ZipFile(path, "w") as package:
            for number, school in enumerate(schools):
                running.step(number, len(schools), school.name)
                name = f"{number + 1:03d} {_safe(f'{school.name}{found.name}')}.docx"
                package.writestr(
                    zipfile.ZipInfo(name, MOMENT),
                    fill(template, replace(asked, organisation=school)),
                )
        running.keep(path, name=f"{_safe(found.name)}.zip")
    running.step(len(schools), len(schools))


def _safe(name: str) -> str:
    """Return `name` without what a folder cannot bear."""
    return "".join("_" if character in '\\/:*?"<>|' else character for character in name)


WORK = Work(CODE, name="模板成批生成", run=fill_all)
