"""The kinds of source that summaries own."""

from django.urls import reverse

from yanxiu.kernel.spans import day_of
from yanxiu.places.table import Place
from yanxiu.reports.models import DocumentTemplate, Letter, Summary, SummaryDemand, TemplateVersion
from yanxiu.reports.permissions import (
    may_see_letter,
    may_see_summary,
    may_see_summary_demand,
    may_see_template,
    may_see_template_version,
)

PLACES = [
    Place(
        kind=Summary.SOURCE_KIND,
        name="总结",
        rows=lambda: Summary.objects.select_related("organisation", "unit", "teacher", "term"),
        title=str,
        url=lambda row: reverse("reports:summary", args=[row.uid]),
        seen_by=may_see_summary,
        text=lambda row: "\n".join([str(row), *row.texts().values()]),
        person=lambda row: row.teacher_id,
        day=lambda row: row.starts_on or row.term.starts_on,
    ),
    Place(
        kind=SummaryDemand.SOURCE_KIND,
        name="总结布置",
        rows=lambda: SummaryDemand.objects.select_related("organisation", "term"),
        title=str,
        url=lambda row: reverse("reports:demand", args=[row.uid]),
        seen_by=may_see_summary_demand,
        text=str,
        day=lambda row: row.due_on,
    ),
    Place(
        kind=DocumentTemplate.SOURCE_KIND,
        name="文件模板",
        rows=DocumentTemplate.objects.all,
        title=str,
        url=lambda row: reverse("templates:template", args=[row.uid]),
        seen_by=may_see_template,
        text=str,
    ),
    Place(
        kind=TemplateVersion.SOURCE_KIND,
        name="文件模板的一版",
        rows=lambda: TemplateVersion.objects.select_related("template"),
        title=lambda row: f"{row.template.name}（第{row.number}版）",
        url=lambda row: reverse("templates:template", args=[row.template.uid]),
        seen_by=may_see_template_version,
    ),
    Place(
        kind=Letter.SOURCE_KIND,
        name="通知",
        rows=Letter.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("reports:letter", args=[row.uid]),
        seen_by=may_see_letter,
        text=lambda row: f"{row.title}\n{row.body}",
        day=lambda row: row.day or day_of(row.made_at),
    ),
]
