"""The kinds of source that recognition owns."""

from django.urls import reverse

from yanxiu.ledger.actions.asking import QUEUE
from yanxiu.people.models import Organisation
from yanxiu.places.table import Place, Told
from yanxiu.recognition import permissions
from yanxiu.recognition.models import Declaration, Objection, Publication
from yanxiu.recognition.models.declarations import TIMED

PLACES = [
    Place(
        kind=QUEUE,
        name="待认定",
        rows=Organisation.objects.all,
        title=lambda row: row.name,
        url=lambda row: f"{reverse('recognition:queue')}?school={row.uid}",
        seen_by=permissions.may_see_queue,
    ),
    Place(
        kind=Declaration.SOURCE_KIND,
        name="申报",
        rows=Declaration.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("recognition:declaration", args=[row.uid]),
        seen_by=permissions.may_see_declaration,
        text=lambda row: row.title,
        person=lambda row: row.teacher_id,
        day=lambda row: row.happened_on,
        told=Told(
            rows=lambda teacher: Declaration.objects.filter(
                teacher=teacher, measure__in=TIMED, record__withdrawn_at=None
            ),
            days=lambda row: (row.happened_on, row.happened_on),
        ),
    ),
    Place(
        kind=Objection.SOURCE_KIND,
        name="异议",
        rows=lambda: Objection.objects.select_related("publication", "record"),
        title=lambda row: row.record.title if row.record else row.publication.title,
        url=lambda row: reverse("recognition:objection", args=[row.uid]),
        seen_by=permissions.may_see_objection,
    ),
    Place(
        kind=Publication.SOURCE_KIND,
        name="公示",
        rows=Publication.objects.all,
        title=lambda row: row.title,
        url=lambda row: reverse("recognition:publication", args=[row.uid]),
        seen_by=permissions.may_see_publication,
    ),
]
