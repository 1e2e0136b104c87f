"""The leading group of a plan: as the plan says, else as the school has set it up."""

from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Membership, UnitKind
from yanxiu.planning.documents.plan.data import Block, Line, Prose
from yanxiu.planning.documents.plan.gaps import GAP, Gap, lines_of
from yanxiu.planning.models import Plan, PlanNote

DUTIES = (
    (Membership.Duty.LEADER, "组长"),
    (Membership.Duty.DEPUTY, "副组长"),
    (Membership.Duty.MEMBER, "成员"),
)


def group_lines(plan: Plan) -> list[Block]:
    """Return the leading group with its duties; who is not named is a gap."""
    notes = list(plan.plannotes.filter(kind="role"))
    if notes:
        return [Prose(tuple(line for note in notes for line in _written(note)))]
    if plan.kind in {Plan.Kind.GUIDELINE, Plan.Kind.SCHEME, Plan.Kind.PROJECT}:
        return []
    return [Prose(_of_units(plan))]


def _written(note: PlanNote) -> list[Line]:
    """Return a text about posts; a name left out in the document it was read from is a gap."""
    lines = lines_of(note.text)
    left_out = GAP.search(note.source_text) and not GAP.search(note.text)
    if left_out and lines:
        post = note.text.partition("：")[0][:10]
        lines[0] = (*lines[0], "，", Gap(f"{post}的姓名"))
    return lines


def _of_units(plan: Plan) -> tuple[Line, ...]:
    """Return the members of the bodies that decide here on the day of the plan, by their duty."""
    day = day_of(plan.confirmed_at or plan.made_at)
    members = (
        Membership.objects.on(day)
        .filter(
            unit__organisation=plan.organisation_id,
            unit__ends_on=None,
            unit__kind__governs=UnitKind.Governs.DECIDES,
        )
        .order_by("id")
        .values_list("duty", "teacher__name")
    )
    names: dict[str, list[str]] = {}
    for duty, name in members:
        names.setdefault(duty, []).append(name)
    lines: list[Line] = []
    for duty, word in DUTIES:
        there = "、".join(names.get(duty, []))
        lines.append((f"{word}：{there}",) if there else (f"{word}：", Gap(f"{word}的姓名")))
    return tuple(lines)
