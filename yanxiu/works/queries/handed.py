"""What stands in a returned work for those who read it: as it was handed in, not the draft."""

from collections.abc import Iterable

from yanxiu.people.models import Teacher
from yanxiu.works.models import Work, WorkText, WorkVersion
from yanxiu.works.permissions import may_see_draft


def as_handed_in(works: Iterable[Work], reader: Teacher) -> dict[int, WorkVersion]:
    """Return the version last handed in of those works whose present draft is not for `reader`.

    Two statements if any of `works` was returned, else none.
    """
    returned = {work.pk: work for work in works if work.state == Work.State.RETURNED}
    if not returned:
        return {}
    drafts = Work.objects.filter(may_see_draft(reader), pk__in=returned)
    for pk in drafts.values_list("pk", flat=True):
        del returned[pk]
    found: dict[int, WorkVersion] = {}
    for version in WorkVersion.objects.filter(work__in=returned).order_by("number"):
        handed = returned[version.work_id].handed_in_at
        if version.work_id not in found or (handed and version.made_at <= handed):
            found[version.work_id] = version
    return found


def texts_in(version: WorkVersion) -> list[WorkText]:
    """Return what stood under the headings in `version`; the rows are for reading alone."""
    return [
        WorkText(
            work_id=version.work_id,
            code=row["code"],
            name=row["name"],
            text=row["text"],
            is_private=row["private"],
        )
        for row in version.texts
    ]
