"""The kinds of source that background jobs own."""

from django.urls import reverse

from yanxiu.jobs.models import Job
from yanxiu.jobs.permissions import may_see_job
from yanxiu.places.table import Place

PLACES = [
    Place(
        kind=Job.SOURCE_KIND,
        name="后台任务",
        rows=Job.objects.all,
        title=str,
        url=lambda row: reverse("jobs:job", args=[row.uid]),
        seen_by=may_see_job,
    ),
]
