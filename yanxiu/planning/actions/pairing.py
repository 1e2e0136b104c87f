"""Which part of a plan a value of a document is about, and what it says otherwise."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from django.db import models

from yanxiu.planning.actions.kept import Kept, choice_of
from yanxiu.planning.models import (
    Goal,
    ItemEvent,
    PlanItem,
    PlanNote,
    PlanPart,
    Quota,
    Rhythm,
    YearRow,
)
from yanxiu.texts.keys import key, simplified

ALIKE_FROM = 0.6
"""From which share of common characters two texts of one kind are taken for the same, changed."""
SAME_NAME, SAME_LINE, NEARBY = 3.0, 1.5, 0.2
"""What counts besides the words: the same name, the same line read before, the same month."""


@dataclass(frozen=True)
class Pair:
    """A part as the document has it, that of the plan, and what would become different in it."""

    part: PlanPart
    existing: PlanPart | None
    changes: Mapping[str, Any] = field(default_factory=dict)
    is_named: bool = True


# ---- what has happened ----
def happened(part: PlanPart | None) -> bool:
    """Tell whether something was held or done for an item: that is history."""
    if not isinstance(part, PlanItem):
        return False
    return bool(part.done_on) or any(
        event.state == ItemEvent.State.HELD for event in part.events.all()
    )


def stands_in_calendar(part: PlanPart | None) -> bool:
    """Tell whether sessions were made of an item, held or not, or it was done by hand."""
    return isinstance(part, PlanItem) and bool(part.done_on or part.events.all())


def pointing_at(
    parts: Iterable[PlanPart], on_delete: Callable[..., None]
) -> Iterator[tuple[list[PlanPart], models.ManyToOneRel]]:
    """Yield `parts` kind by kind with each relation to them that does so where one is deleted.

    A relation without a name on this side counts too: it holds a row as fast as any other.
    """
    by_model: defaultdict[type[PlanPart], list[PlanPart]] = defaultdict(list)
    for part in parts:
        by_model[type(part)].append(part)
    for model, rows in by_model.items():
        for relation in model._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ManyToOneRel) and relation.on_delete is on_delete:
                yield rows, relation


def held_fast(parts: Iterable[PlanPart]) -> set[PlanPart]:
    """Return on which of `parts` activities or trainings stand; one statement per relation."""
    found: set[PlanPart] = set()
    for rows, relation in pointing_at(parts, models.PROTECT):
        name, column = relation.field.name, relation.field.attname
        others = relation.related_model._default_manager.filter(**{f"{name}__in": rows})
        used = set(others.values_list(column, flat=True))
        found |= {row for row in rows if row.pk in used}
    return found


# ---- what a part says ----
@lru_cache(maxsize=8192)
def plain_text(text: str) -> str:
    """Return a text as it is compared: without regard to script, width, space and its full stop."""
    return "".join(simplified(normalize("NFKC", text)).split()).rstrip("。.;；,，")


_key = lru_cache(maxsize=8192)(key)


def spoken(each: Kept, part: PlanPart) -> dict[str, Any]:
    """Return the columns about which the document says something; all others stay as they are."""
    if isinstance(part, Goal):
        names = ["name", "text", "indicator", "target", "tier"]
        found = _filled(part, names)
        return found | ({"level": part.level} if part.tier else {})
    if isinstance(part, Quota):
        said = [name for name in ("per", "period") if choice_of(each, name)]
        if each.get("qualifier") and choice_of(each, "qualifier"):
            said.append("at_least")
        return _filled(part, ["name", "amount", "unit_of_measure"]) | {
            name: getattr(part, name) for name in said
        }
    if isinstance(part, Rhythm):
        found = _filled(
            part, ["unit", "weekday", "half_day", "starts_at", "times_a_month", "place"]
        )
        weeks = {name: getattr(part, name) for name in ("every_weeks", "from_week")}
        return found | {name: number for name, number in weeks.items() if number > 1}
    if isinstance(part, PlanItem):
        found = {"text": part.text, "month": part.month}
        return found | _filled(part, ["on", "last_on", "part", "owner_name"])
    if isinstance(part, YearRow):
        return _filled(part, ["theme", "credits"])
    return _filled(part, ["text"])


def _filled(part: PlanPart, names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(part, name)) not in {None, ""}}


def changes_to(existing: PlanPart, each: Kept, part: PlanPart) -> dict[str, Any]:
    """Return which columns of `existing` the document says otherwise, with what it says."""
    found = {
        name: value
        for name, value in spoken(each, part).items()
        if not is_same(getattr(existing, name), value)
    }
    if isinstance(existing, PlanItem) and isinstance(part, PlanItem):
        _settle_owner(found, existing, part)
        if found.keys() & {"month", "on", "last_on"}:
            # The days go together: one of the old month says nothing in another one.
            found |= {"on": part.on, "last_on": part.last_on}
    return found


def is_same(now: object, said: object) -> bool:
    if isinstance(now, str) and isinstance(said, str):
        return plain_text(now) == plain_text(said)
    return now == said


def _settle_owner(found: dict[str, Any], existing: PlanItem, part: PlanItem) -> None:
    """Compare who looks after an item by name: a form keeps the person, a document the words."""
    if "owner_name" not in found:
        return
    if existing.owner and _key(existing.owner.name) == _key(part.owner_name):
        del found["owner_name"]
    else:
        found["owner"] = part.owner


# ---- what belongs together ----
def _names_of(part: PlanPart) -> set[object]:
    """Return what a part may be known by; a section of text and an item by its words."""
    if isinstance(part, Goal):
        return {_key(part.name or part.text)}
    if isinstance(part, Quota):
        return {_key(part.name)}
    if isinstance(part, Rhythm):
        return {_key(part.name), *([part.unit_id] if part.unit_id else [])}
    if isinstance(part, YearRow):
        return {part.number}
    return {_words_of(part)}


def _words_of(part: PlanPart) -> str:
    return _key(str(getattr(part, "text", "") or getattr(part, "name", "")))


def is_of_kind(one: PlanPart, other: PlanPart) -> bool:
    """Tell whether both are parts of one kind."""
    return type(one) is type(other)


def _in_one_section(one: PlanPart, other: PlanPart) -> bool:
    """Tell whether sections of text bear the same heading; word for word the same need not."""
    if isinstance(one, PlanNote) and isinstance(other, PlanNote):
        return one.kind == other.kind
    return True


def _may_be(part: PlanPart, existing: PlanPart) -> bool:
    """Tell whether the two can be one and the same, unchanged."""
    if not is_of_kind(part, existing):
        return False
    if _names_of(part) & _names_of(existing):
        return True
    return not isinstance(part, Rhythm | YearRow) and _words_of(part) == _words_of(existing)


def _likeness(part: PlanPart, existing: PlanPart) -> float:
    """Return how likely the two are one and the same; 0 where they are not."""
    near = 0.0
    if isinstance(part, PlanItem) and isinstance(existing, PlanItem):
        near = NEARBY if part.month == existing.month else 0.0
    if isinstance(part, Quota) and isinstance(existing, Quota):
        near = NEARBY * ((part.per == existing.per) + (part.period == existing.period))
    if common := _names_of(part) & _names_of(existing):
        return SAME_NAME * len(common) + near
    if isinstance(part, Rhythm | YearRow) or not _in_one_section(part, existing):
        return 0.0
    matcher = SequenceMatcher(None, _words_of(part), _words_of(existing), autojunk=False)
    if part.source_text and plain_text(part.source_text) == plain_text(existing.source_text):
        return SAME_LINE + near + matcher.ratio()
    if matcher.quick_ratio() < ALIKE_FROM or (share := matcher.ratio()) < ALIKE_FROM:
        return 0.0
    return share + near


def matched(
    made: list[tuple[Kept, PlanPart]], existing: Iterable[PlanPart]
) -> tuple[list[Pair], list[PlanPart]]:
    """Return each part of the document with its like, and the parts of the plan without one.

    What is wholly the same finds itself first, then by name and line, then by likeness.
    """
    free = list(existing)
    partner: dict[int, PlanPart] = {}
    for place, (each, part) in enumerate(made):
        same = (one for one in free if _may_be(part, one) and not changes_to(one, each, part))
        best = max(same, key=lambda one: _likeness(part, one), default=None)
        if best is not None:
            partner[place] = best
            free.remove(best)
    scores = [
        (score, -place, -at)
        for place, (_each, part) in enumerate(made)
        if place not in partner
        for at, one in enumerate(free)
        if is_of_kind(part, one) and (score := _likeness(part, one))
    ]
    taken: set[int] = set()
    for _score, behind, at in sorted(scores, reverse=True):
        if -behind in partner or -at in taken:
            continue
        partner[-behind] = free[-at]
        taken.add(-at)
    pairs = []
    for place, (each, part) in enumerate(made):
        like = partner.get(place)
        changes = changes_to(like, each, part) if like is not None else {}
        is_named = like is not None and bool(_names_of(part) & _names_of(like))
        pairs.append(Pair(part, like, changes, is_named))
    return pairs, [one for at, one in enumerate(free) if at not in taken]
