"""Keeping a school's own templates."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.audit import trail
from yanxiu.documents.word.template import Template, prepare
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.reports.models import DocumentTemplate, TemplateVersion
from yanxiu.reports.permissions import may_manage_template
from yanxiu.reports.refusals import (
    TemplateNameTaken,
    TemplateNotReady,
    TemplateWithdrawn,
)
from yanxiu.reports.template_fields import vocabulary

RIGHT = "manage_summaries"
SHOWN = 200
"""So many remarks of a check are kept."""


@transaction.atomic
def upload(
    organisation: Organisation,
    *,
    name: str,
    kind: str,
    data: bytes,
    file_name: str,
    by: Teacher,
    at: datetime,
    note: str = "",
) -> DocumentTemplate:
    """Keep a new template with its first version, and what the check found.

    Raises:
        NotAllowed: `by` writes no summaries there.
        TemplateNameTaken: there is one of this name.
        UnsafeTemplate, UnreadableFormat, DamagedFile, TooLarge: the file cannot be a template.
    """
    require_right(by, RIGHT, organisation)
    checked = prepare(data, vocabulary())
    if DocumentTemplate.objects.filter(
        organisation=organisation, name=name, withdrawn_at=None
    ).exists():
        raise TemplateNameTaken(name)
    template = DocumentTemplate.objects.create(
        organisation=organisation, name=name, kind=kind, made_at=at
    )
    _add_version(template, checked, data, file_name=file_name, note=note, by=by, at=at)
    trail.record(by, "reports.template-uploaded", template, at=at)
    return template


@transaction.atomic
def upload_version(
    template: DocumentTemplate,
    *,
    data: bytes,
    file_name: str,
    by: Teacher,
    at: datetime,
    note: str = "",
) -> TemplateVersion:
    """Keep another version; the one in use stays in use until this one is put in its place.

    Raises:
        NotAllowed: `by` writes no summaries there.
        TemplateWithdrawn: the template is withdrawn.
    """
    require(may_manage_template, by, template)
    checked = prepare(data, vocabulary())
    template = DocumentTemplate.objects.select_for_update().get(pk=template.pk)
    if template.withdrawn_at:
        raise TemplateWithdrawn(template.name)
    return _add_version(template, checked, data, file_name=file_name, note=note, by=by, at=at)


def _add_version(
    template: DocumentTemplate,
    checked: Template,
    data: bytes,
    *,
    file_name: str,
    note: str,
    by: Teacher,
    at: datetime,
) -> TemplateVersion:
    last = template.versions.aggregate(last=Max("number"))["last"] or 0
    version = TemplateVersion.objects.create(
        template=template,
        number=last + 1,
        note=note,
        fields=[*checked.fields, *checked.tables],
        faults=[asdict(one) for one in checked.faults[:SHOWN]],
        notes=[asdict(one) for one in checked.notes[:SHOWN]],
        made_at=at,
        by=by,
    )
    name = f"{file_name.rsplit('.', 1)[0][:150]}.docx"
    attachments.keep(
        source_of(version), data, name=name, organisation=template.organisation, by=by, at=at
    )
    return version


def read(version: TemplateVersion) -> Template:
    """Return the template of `version`, checked against what may be named today."""
    file = Attachment.objects.get(source_kind=TemplateVersion.SOURCE_KIND, source_id=version.uid)
    return prepare(attachments.path_of(file.sha256).read_bytes(), vocabulary())


@transaction.atomic
def put_into_use(version: TemplateVersion, *, by: Teacher, at: datetime) -> TemplateVersion:
    """Let documents be made from `version` from now on; the one before is retired.

    Raises:
        NotAllowed: `by` writes no summaries there.
        TemplateNotReady: the check found faults.
        TemplateWithdrawn: the template is withdrawn.
    """
    require(may_manage_template, by, version.template)
    template = DocumentTemplate.objects.select_for_update().get(pk=version.template_id)
    if template.withdrawn_at:
        raise TemplateWithdrawn(template.name)
    if version.faults:
        raise TemplateNotReady(len(version.faults))
    states = TemplateVersion.State
    template.versions.filter(state=states.IN_USE).update(state=states.RETIRED)
    version.state = states.IN_USE
    version.save(update_fields=["state"])
    trail.record(by, "reports.template-in-use", template, at=at, detail={"number": version.number})
    return version


@transaction.atomic
def withdraw(template: DocumentTemplate, *, by: Teacher, at: datetime) -> DocumentTemplate:
    """Take `template` out of use; its versions stay to be looked at.

    Raises:
        NotAllowed: `by` writes no summaries there.
        TemplateWithdrawn: it is withdrawn already.
    """
    require(may_manage_template, by, template)
    template = DocumentTemplate.objects.select_for_update().get(pk=template.pk)
    if template.withdrawn_at:
        raise TemplateWithdrawn(template.name)
    states = TemplateVersion.State
    template.versions.filter(state=states.IN_USE).update(state=states.RETIRED)
    template.withdrawn_at = at
    template.save(update_fields=["withdrawn_at"])
    trail.record(by, "reports.template-withdrawn", template, at=at)
    return template
