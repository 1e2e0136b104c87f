"""Setting the categories of a school's growth files."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.people.access import require
from yanxiu.people.models import Organisation, Teacher
from yanxiu.portfolio.models import Category
from yanxiu.portfolio.permissions import may_shape_files
from yanxiu.portfolio.queries.categories import OTHERS, Section
from yanxiu.portfolio.refusals import CategoriesIncomplete


@transaction.atomic
def set_sections(
    organisation: Organisation, sections: Sequence[Section], *, by: Teacher, at: datetime
) -> list[Category]:
    """Set the categories of `organisation`, in this order; they replace those it had.

    What stands in files is not touched: a leaf whose category is gone stands among the others.

    Raises:
        NotAllowed: `by` does not set them up for this school.
        CategoriesIncomplete: none is left, or one has no name or that of another.
    """
    require(may_shape_files, by, organisation)
    names = [one.name.strip() for one in sections]
    codes = [one.code for one in sections]
    if not names or "" in names or len(set(names)) < len(names) or OTHERS in codes:
        raise CategoriesIncomplete
    Category.objects.filter(organisation=organisation).exclude(code__in=codes).delete()
    rows = []
    for order, one in enumerate(sections):
        row, _fresh = Category.objects.update_or_create(
            organisation=organisation,
            code=one.code,
            defaults={
                "name": one.name.strip(),
                "order": order,
                "is_asked": one.is_asked,
                "kinds": list(one.kinds),
            },
        )
        rows.append(row)
    trail.record(by, "portfolio.categories-set", organisation, at=at, detail={"names": names})
    return rows
