"""Two versions of a plan side by side: what came, what went, what was changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Content = Mapping[str, Any]
Change = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class FieldChange:
    """One value before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """One part of the plan that is not what it was; `kind` is "plan" for the plan's own head."""

    kind: str
    name: str
    change: Change
    fields: Sequence[FieldChange] = field(default_factory=tuple)


def differences(before: Content, after: Content) -> list[Difference]:
    """Return how `after` differs from `before`, head first, then part by part.

    A part is the same one if it has the uid of then or, in a plan made from an earlier plan, says
    by `origin` that it was carried over.
    """
    found = []
    head = _changes(before["head"], after["head"])
    if head:
        found.append(Difference("plan", str(after["title"]), "changed", head))
    old = {part["uid"]: part for part in before["parts"]}
    for part in after["parts"]:
        known = old.pop(part["uid"], None) or old.pop(part.get("origin"), None)
        if known is None:
            values = _changes({}, part["values"])
            found.append(Difference(part["kind"], part["name"], "added", values))
            continue
        changes = _changes(known["values"], part["values"])
        if changes:
            found.append(Difference(part["kind"], part["name"], "changed", changes))
    found += [
        Difference(part["kind"], part["name"], "removed", _changes(part["values"], {}))
        for part in old.values()
    ]
    return found


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    labels = [*after, *(label for label in before if label not in after)]
    return tuple(
        FieldChange(label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    )
