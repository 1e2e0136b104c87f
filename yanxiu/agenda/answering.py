"""What the first responsible person of a school is told on Mondays: how much there is overdue."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Min
from django.utils.translation import gettext as _

from yanxiu.agenda.models import Task
from yanxiu.people.gaps import responsible
from yanxiu.people.models import Organisation, Responsibility
from yanxiu.ui.wording import day_text

MONDAY = 1


def overdue_lines(organisations: Iterable[Organisation], day: date) -> dict[int, str]:
    """Return by person what is overdue in the school that he or she answers for.

    It is a count and the oldest day, and names nobody: who owes what stands on the pages of the
    plans. On other days than Monday there is nothing; then three statements at most.
    """
    schools = {row.pk: row for row in organisations}
    if day.isoweekday() != MONDAY or not schools:
        return {}
    counted = (
        Task.objects.filter(organisation__in=schools, state=Task.State.OPEN, due_on__lt=day)
        .values("organisation")
        .annotate(number=Count("source_id", distinct=True), oldest=Min("due_on"))
        .order_by("organisation")
    )
    lines = {
        row["organisation"]: _("%(school)s有 %(number)s 件事过期未办，最早的%(day)s到期")
        % {
            "school": schools[row["organisation"]].name,
            "number": row["number"],
            "day": day_text(row["oldest"]),
        }
        for row in counted
    }
    late = [schools[pk] for pk in lines]
    if not late:
        return {}
    return {
        one.teacher: lines[pk]
        for pk, heads in responsible(late, Responsibility.Code.FIRST).items()
        for one in heads
    }
