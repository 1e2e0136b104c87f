"""Plans as confirmed by a person, and the proposals read from documents."""

from yanxiu.planning.models.parts import (
    Goal,
    ItemEvent,
    ItemStep,
    PlanItem,
    PlanNote,
    PlanPart,
    Quota,
    Rhythm,
    YearRow,
    month_after,
)
from yanxiu.planning.models.plan import (
    ActMinutes,
    CarryOver,
    Plan,
    PlanDemand,
    PlanEvent,
    PlanVersion,
)
from yanxiu.planning.models.proposal import Finding, Proposal

__all__ = [
    "ActMinutes",
    "CarryOver",
    "Finding",
    "Goal",
    "ItemEvent",
    "ItemStep",
    "Plan",
    "PlanDemand",
    "PlanEvent",
    "PlanItem",
    "PlanNote",
    "PlanPart",
    "PlanVersion",
    "Proposal",
    "Quota",
    "Rhythm",
    "YearRow",
    "month_after",
]
