"""The kinds of source that people and organisation own."""

from django.urls import reverse

from yanxiu.people import permissions
from yanxiu.people.models import (
    Delegation,
    GuidanceAct,
    Organisation,
    RosterImport,
    SupervisionNote,
    Teacher,
    Unit,
)
from yanxiu.places.table import Place
from yanxiu.texts.spoken import initials

PLACES = [
    Place(
        kind=Teacher.SOURCE_KIND,
        name="教师",
        rows=Teacher.objects.all,
        title=lambda row: row.name,
        url=lambda row: reverse("people:teacher", args=[row.uid]),
        seen_by=permissions.may_see_teacher,
        text=lambda row: f"{row.name} {row.pinyin} {initials(row.name)}",
        person=lambda row: row.pk,
    ),
    Place(
        kind=Unit.SOURCE_KIND,
        name="单位",
        rows=Unit.objects.all,
        title=lambda row: row.name,
        url=lambda row: reverse("people:unit", args=[row.uid]),
        seen_by=permissions.may_see_unit,
    ),
    Place(
        kind=Organisation.SOURCE_KIND,
        name="组织",
        rows=Organisation.objects.all,
        title=lambda row: row.name,
        url=lambda row: reverse("people:organisation", args=[row.uid]),
        seen_by=permissions.may_see_organisation,
    ),
    Place(
        kind=Delegation.SOURCE_KIND,
        name="代理",
        rows=lambda: Delegation.objects.select_related("post__teacher", "deputy"),
        title=lambda row: f"{row.post.teacher.name} → {row.deputy.name}",
        url=lambda _row: reverse("people:delegations"),
        seen_by=permissions.may_see_delegation,
    ),
    Place(
        kind=SupervisionNote.SOURCE_KIND,
        name="监督意见",
        rows=SupervisionNote.objects.all,
        title=lambda row: row.source_title,
        url=lambda _row: reverse("people:supervision"),
        seen_by=permissions.may_see_note,
    ),
    Place(
        kind=GuidanceAct.SOURCE_KIND,
        name="督导记录",
        rows=GuidanceAct.objects.all,
        title=lambda row: row.matter,
        url=lambda _row: reverse("people:guidance"),
        seen_by=permissions.may_see_act,
    ),
    Place(
        kind=RosterImport.SOURCE_KIND,
        name="花名册导入",
        rows=RosterImport.objects.all,
        title=lambda row: row.file_name,
        url=lambda row: reverse("people:roster_import", args=[row.uid]),
        seen_by=permissions.may_see_import,
    ),
]
