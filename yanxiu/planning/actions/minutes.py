"""How long an act takes at an organisation, from a day on."""

from datetime import date, datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.planning.burden import acts
from yanxiu.planning.models import ActMinutes

MOST = 6000


@transaction.atomic
def set_minutes(
    organisation: Organisation,
    act: str,
    *,
    doing: int,
    writing: int,
    starts_on: date,
    source: str,
    by: Teacher,
    at: datetime,
) -> ActMinutes:
    """Say how many minutes an act takes here from a day on; earlier days keep what held then.

    Raises:
        NotAllowed: `by` does not manage the plans of `organisation`.
        BadInput: there is no such act, the minutes cannot be meant, or no reason is given.
    """
    require_right(by, "manage_plans", organisation)
    if act not in acts() or not 0 <= doing <= MOST or not 0 <= writing <= MOST:
        raise BadInput("用时应在0到6000分钟之间，没有保存。请填做一次、填写一次各要几分钟。")
    if not source.strip():
        raise BadInput("没有写依据，没有保存。例如：本校12位教师试做的平均用时。")
    row, _fresh = ActMinutes.objects.update_or_create(
        organisation=organisation,
        act=act,
        starts_on=starts_on,
        defaults={"doing": doing, "writing": writing, "source": source.strip()[:200]},
    )
    trail.record(by, "planning.minutes-set", row, at=at, detail={"act": act})
    return row
