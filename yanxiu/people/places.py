"""The kinds of source that people and organisation own."""

from django.urls import reverse

from yanxiu.people import permissions
from yanxiu.people.models import Organisation, RosterImport, Teacher, Unit
from yanxiu.places.table import Place

PLACES = [
    Place(
        kind=Teacher.SOURCE_KIND,
        name="教师",
        rows=Teacher.objects.all,
        title=lambda row: row.name,
        url=lambda row: reverse("people:teacher", args=[row.uid]),
        seen_by=permissions.may_see_teacher,
        text=lambda row: f"{row.name} {row.pinyin}",
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
        kind=RosterImport.SOURCE_KIND,
        name="花名册导入",
        rows=RosterImport.objects.all,
        title=lambda row: row.file_name,
        url=lambda row: reverse("people:roster_import", args=[row.uid]),
        seen_by=permissions.may_see_import,
    ),
]
