"""Taking back what a document changed in a plan it came into, place by place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import prefetch_related_objects

from yanxiu.agenda import actions as agenda
from yanxiu.audit import trail
from yanxiu.kernel.sources import source_of
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.planning.actions.items import CARE, give_task
from yanxiu.planning.actions.pairing import held_fast, stands_in_calendar
from yanxiu.planning.actions.versions import revising
from yanxiu.planning.actions.ways_back import (
    REASON,
    Merged,
    links_to,
    locked,
    value_of,
    written,
)
from yanxiu.planning.freezing import PARTS, rows_of
from yanxiu.planning.models import Plan, PlanItem, PlanPart, Proposal
from yanxiu.planning.permissions import may_manage_plan, may_see_proposal
from yanxiu.planning.refusals import NotMerged


@transaction.atomic
def undo_merge(proposal: Proposal, *, by: Teacher, at: datetime) -> Merged:
    """Take back what a document brought into a plan, and open the document again.

    What was changed once more since then, or stands in the calendar by now, stays as it is and is
    counted as left.

    Raises:
        NotAllowed: `by` does not manage the plan, or may not see the document.
        NotMerged: it was not brought into a plan.
        PlanHandedIn: the plan waits for its approval.
    """
    require(may_see_proposal, by, proposal)
    rows = Proposal.objects.select_for_update(of=("self",)).defer("prints")
    proposal = rows.get(pk=proposal.pk)
    if proposal.merged_into is None:
        raise NotMerged
    plan = locked(proposal.merged_into)
    require(may_manage_plan, by, plan)
    done, counts = proposal.merge.get("done", {}), dict.fromkeys(("added", "changed", "removed"), 0)
    wanted = sum(len(done.get(name, ())) for name in counts)
    wanted += len(done.get("head", {}).get("after", {}))
    if wanted:
        with revising(plan, f"撤回并入：{proposal.file_name}"[:REASON], by=by, at=at):
            counts["removed"] = _restored(done["removed"], plan, at)
            counts["added"] = _taken_away(done["added"], plan, at)
            counts["changed"] = _changed_back(done["changed"], plan, at)
            counts["changed"] += _head_back(done["head"], plan)
    proposal.state, proposal.merged_into = Proposal.State.OPEN, None
    proposal.merge = {name: each for name, each in proposal.merge.items() if name != "done"}
    proposal.save(update_fields=["state", "merged_into", "merge"])
    left = wanted - sum(counts.values())
    detail = {"plan": str(plan.uid), "file": proposal.file_name, "left": left, **counts}
    trail.record(by, "planning.merge-undone", proposal, at=at, detail=detail)
    trail.record(by, "planning.merge-undone", plan, at=at, detail=detail)
    return Merged(plan, left=left, **counts)


def _there(told: Iterable[Mapping[str, Any]], plan: Plan) -> dict[str, PlanPart]:
    """Return those of the parts told of that still stand in `plan`, by uid; few statements."""
    uids: defaultdict[str, list[str]] = defaultdict(list)
    for each in told:
        uids[each["kind"]].append(each["uid"])
    found = [row for kind in uids for row in rows_of(PARTS[kind], plan).filter(uid__in=uids[kind])]
    items = [row for row in found if isinstance(row, PlanItem)]
    prefetch_related_objects(items, "events", "steps")
    for row in found:
        row.plan = plan
    return {str(row.uid): row for row in found}


def _stands_as(row: models.Model, content: Mapping[str, Any]) -> bool:
    return all(written(row, name) == value for name, value in content.items())


def _changed_back(told: Sequence[Mapping[str, Any]], plan: Plan, at: datetime) -> int:
    there, count = _there(told, plan), 0
    for each in told:
        part = there.get(each["uid"])
        if part is None or not _stands_as(part, each["after"]):
            continue
        for name, value in each["before"].items():
            setattr(part, name, value_of(type(part), name, value))
        part.save(update_fields=list(each["before"]))
        if isinstance(part, PlanItem) and "owner" in each["before"] and not plan.is_in_hand:
            agenda.finish_tasks(source_of(part), kind=CARE, at=at, state="dropped")
            give_task(part, at)
        count += 1
    return count


def _taken_away(told: Sequence[Mapping[str, Any]], plan: Plan, at: datetime) -> int:
    there = _there(told, plan)
    free = [
        there[each["uid"]]
        for each in told
        if each["uid"] in there and _stands_as(there[each["uid"]], each["after"])
    ]
    free = [part for part in free if not stands_in_calendar(part) and not _is_worked_on(part)]
    held, linked = held_fast(free), links_to(free)
    gone: defaultdict[type[PlanPart], list[int]] = defaultdict(list)
    for part in free:
        if part in held or part.uid in linked:
            continue
        if isinstance(part, PlanItem) and part.owner_id:
            agenda.finish_tasks(source_of(part), kind=CARE, at=at, state="dropped")
        gone[type(part)].append(part.pk)
    for model, keys in gone.items():
        model._default_manager.filter(pk__in=keys).delete()
    return sum(len(keys) for keys in gone.values())


def _is_worked_on(part: PlanPart) -> bool:
    return isinstance(part, PlanItem) and bool(part.steps.all() or part.dropped_because)


def _restored(told: Sequence[Mapping[str, Any]], plan: Plan, at: datetime) -> int:
    """Bring back what was removed, the last first: what went before may stand below it."""
    there = _there(told, plan)
    return sum(_is_back(each, there.get(each["uid"]), plan, at) for each in reversed(told))


def _is_back(each: Mapping[str, Any], part: PlanPart | None, plan: Plan, at: datetime) -> bool:
    if "dropped" in each:
        if not isinstance(part, PlanItem) or part.dropped_because != each["dropped"]:
            return False
        part.dropped_because = ""
        part.save(update_fields=["dropped_because"])
        if not plan.is_in_hand:
            give_task(part, at)
            agenda.reopen_tasks(source_of(part), kind=CARE)
        return True
    if "row" not in each or part is not None:
        return False
    model = PARTS[each["kind"]]
    values = {name: value_of(model, name, value) for name, value in each["row"].items()}
    part = model(plan=plan, uid=each["uid"], **values)
    part.save()
    for label, name, uids in each["links"]:
        other = apps.get_model(label)
        other._default_manager.filter(uid__in=uids, **{name: None}).update(**{name: part})
    return True


def _head_back(head: Mapping[str, Any], plan: Plan) -> int:
    names = [name for name, value in head["after"].items() if written(plan, name) == value]
    for name in names:
        setattr(plan, name, value_of(Plan, name, head["before"][name]))
    if names:
        plan.save(update_fields=names)
    return len(names)
