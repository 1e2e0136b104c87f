"""The plans of a school in one ZIP, each as a Word file, or bound in one volume."""

import io
import zipfile
from collections.abc import Callable, Sequence

from yanxiu.documents.volume import Volume
from yanxiu.people.access import allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.planning.documents.plan import broken, document, file_name, paper_of, write
from yanxiu.planning.models import Plan
from yanxiu.planning.permissions import may_see_plan
from yanxiu.planning.queries import touches
from yanxiu.terms.models import Term

Tell = Callable[[int, int, str], None]
"""Hears how many are done, of how many, and what comes now."""
MOMENT = (2000, 1, 1, 0, 0, 0)
"""The moment on every entry, so that the same plans give the same bytes."""
JOINED = ("organisation", "unit", "term", "teacher", "parent")


def plans_of(organisation: Organisation, term: Term, reader: Teacher) -> list[Plan]:
    """Return the confirmed plans of a school that touch `term` and that `reader` may see.

    The school's own stand first, then those of its units; personal plans stay with their teachers.
    """
    rows = Plan.objects.filter(
        touches(term.span), organisation=organisation, state=Plan.State.CONFIRMED, teacher=None
    )
    seen = allowed(may_see_plan, reader, rows).select_related(*JOINED)
    plans: list[Plan] = list(seen.order_by("unit__kind__order", "unit__id", "id"))
    return sorted(plans, key=lambda plan: plan.unit_id is not None)


def packed(plans: Sequence[Plan], *, tell: Tell = lambda *_: None) -> bytes:
    """Return a ZIP of `plans`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, plan in enumerate(plans, start=1):
            tell(number - 1, len(plans), plan.title)
            entry = zipfile.ZipInfo(f"{number:02}_{file_name(plan.title)}", MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, document(paper_of(plan)))
        tell(len(plans), len(plans), "")
    return buffer.getvalue()


def bound(plans: Sequence[Plan], title: str, *, tell: Tell = lambda *_: None) -> bytes:
    """Return one Word file of `plans` with contents, each plan beginning on its own page."""
    buffer = io.BytesIO()
    with Volume(buffer, title) as volume:
        volume.contents([plan.title for plan in plans])
        for number, plan in enumerate(plans):
            tell(number, len(plans), plan.title)
            paper = paper_of(plan)
            volume.part(broken(paper.title), subtitle=paper.status)
            write(volume, paper)
        tell(len(plans), len(plans), "")
    return buffer.getvalue()
