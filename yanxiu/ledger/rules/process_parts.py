"""The sections recognition, publication, appeal and declaring, read from their places."""

from yanxiu.ledger.rules import parts
from yanxiu.ledger.rules.process import (
    AT_ONCE,
    GROUP_LEADER,
    HOST,
    LEVELS,
    MASKABLE,
    MOST_STEPS,
    NOT_ASKED,
    OFFICES,
    OPTIONAL,
    REQUIRED,
    SELF,
    SHOWABLE,
    YEAR_END,
    Appeal,
    Chain,
    ChainStep,
    Declaring,
    Publication,
)
from yanxiu.ledger.rules.reading import Item

_YES = ("true", "false")


def chain_of(item: Item, setting: parts.Setting) -> Chain:
    """Return one chain of `recognition`."""
    found = item.keys(["chain", "title", "steps", "source"], ["for", "except"])
    steps = found["steps"].items()
    if not 1 <= len(steps) <= MOST_STEPS:
        found["steps"].refuse(f"读到{len(steps)}步", f"一条流程写一到{MOST_STEPS}步")
    read = tuple(_step(step, setting) for step in steps)
    for place, step in enumerate(read):
        if step.final != (place == len(read) - 1):
            right = "最后一步写 final: true，其余各步不写；没有一步是最后的，就永远不会入账"
            steps[place].refuse("最终认定写错了位置", right)
        if step.step in [other.step for other in read[:place]]:
            steps[place].refuse(f"步骤“{step.step}”写了两次", "同一条流程里每步取不同的名字")
        if place and LEVELS.index(step.by) < LEVELS.index(read[place - 1].by):
            right = "从本人往上写：self、host、group_leader、school、central_school、county"
            steps[place].refuse("后一步由下级办理", right)
    if read[-1].by == SELF:
        steps[-1].refuse("最后一步由本人办理", "自己的学时不能由自己最终认定，请再写一步")
    return Chain(
        chain=setting.new_id(found["chain"]),
        title=found["title"].text(),
        applies_to=parts.filter_of(found.get("for"), setting, excluding=found.get("except")),
        steps=read,
        source=found["source"].text(),
    )


def _step(item: Item, setting: parts.Setting) -> ChainStep:
    found = item.keys(["step", "by"], ["title", "due_days", "final", "when"])
    by = found["by"].choice(LEVELS)
    when = found["when"].choice((AT_ONCE, YEAR_END)) if "when" in found else AT_ONCE
    if when == YEAR_END and by in {SELF, HOST, GROUP_LEADER}:
        found["when"].refuse(
            "年度办理的一步不在学校或上级", "year_end 只用于 school 及以上，其余写 at_once"
        )
    days = parts.dated_number(found["due_days"], setting) if "due_days" in found else None
    step = found["step"].text()
    return ChainStep(
        step=step,
        title=found["title"].text() if "title" in found else step,
        by=by,
        due_days=days,
        final=_yes(found["final"]) if "final" in found else False,
        when=when,
    )


def publication_of(item: Item, setting: parts.Setting) -> Publication:
    """Return the section `publication`."""
    found = item.keys(["working_days", "fields", "source"], ["mask"])
    fields = tuple(each.choice(SHOWABLE) for each in found["fields"].items())
    return Publication(
        working_days=parts.dated_number(found["working_days"], setting, positive=True),
        fields=fields,
        mask=tuple(each.choice(MASKABLE) for each in found["mask"].items())
        if "mask" in found
        else (),
        source=found["source"].text(),
    )


def appeal_of(item: Item, setting: parts.Setting) -> Appeal:
    """Return the section `appeal`."""
    found = item.keys(["window_days", "levels", "decide_days", "source"])
    levels = tuple(each.choice(OFFICES) for each in found["levels"].items())
    if not levels or list(levels) != sorted(set(levels), key=OFFICES.index):
        found["levels"].refuse(
            "复核的层级写错了次序", "从下往上写，每级一次，如 [school, central_school]"
        )
    return Appeal(
        window_days=parts.dated_number(found["window_days"], setting, positive=True),
        levels=levels,
        decide_days=parts.dated_number(found["decide_days"], setting, positive=True),
        source=found["source"].text(),
    )


def declaring_of(item: Item, setting: parts.Setting) -> Declaring:
    """Return one kind of `declaring`."""
    found = item.keys(
        ["kind", "source"], ["self_report", "reference", "proof", "automatic", "within_days"]
    )
    asked = (REQUIRED, OPTIONAL, NOT_ASKED)
    return Declaring(
        kind=setting.known(found["kind"], "kind"),
        self_report=_yes(found["self_report"]) if "self_report" in found else True,
        reference=found["reference"].choice(asked) if "reference" in found else OPTIONAL,
        proof=found["proof"].choice(asked) if "proof" in found else OPTIONAL,
        automatic=_yes(found["automatic"]) if "automatic" in found else False,
        within_days=parts.dated_number(found["within_days"], setting, positive=True)
        if "within_days" in found
        else None,
        source=found["source"].text(),
    )


def _yes(item: Item) -> bool:
    return item.choice(_YES) == "true"


def chains_of(item: Item, setting: parts.Setting) -> tuple[Chain, ...]:
    """Return the section `recognition`."""
    return tuple(chain_of(each, setting) for each in item.items())


def all_declaring_of(item: Item, setting: parts.Setting) -> tuple[Declaring, ...]:
    """Return the section `declaring`; a kind is named once."""
    found: list[Declaring] = []
    for each in item.items():
        one = declaring_of(each, setting)
        if one.kind in [other.kind for other in found]:
            each.refuse(f"类别“{one.kind}”写了两次", "一个类别的申报要求写在一处")
        found.append(one)
    return tuple(found)
