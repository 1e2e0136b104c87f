"""Answers to items of another form: set aside in words, so that none is taken for another's."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from yanxiu.observation.models import (
    MarkConflict,
    Observation,
    ObservationText,
    Rating,
    RubricVersion,
)
from yanxiu.observation.rules.rubrics import Item

OVERALL = ObservationText.Name.OVERALL
Reason = MarkConflict.Reason


OTHER_FORM = "other-rubric:"
Answer = tuple[int | None, str]
"""The place of the level, None where none was chosen, and the note."""


def other_form(version: RubricVersion) -> str:
    """Return what marks, in place of a device, the answers to `version` that were set aside."""
    return f"{OTHER_FORM}{version.pk}"


def in_words(item: Item, level: int | None, note: str) -> str:
    """Return an answer as a person reads it, "" where nothing was answered."""
    said = [part for part in (item.level_name(level), note.strip()) if part]
    return "：".join([item.text, *said]) if said else ""


def set_aside(
    observation: Observation, version: RubricVersion, answers: Mapping[str, Answer], *, at: datetime
) -> None:
    """Keep answers to items of `version`, which is not the form of the record, to be chosen.

    The same answer is kept once, however often it is sent; one that was settled does not return.

    Args:
        observation: held by the caller.
        version: the form that was filled.
        answers: by the code of the item; those that say nothing are passed over.
        at: when, aware.
    """
    items = version.sheet.items
    said = {
        code: line
        for code, (level, note) in answers.items()
        if code in items and (line := in_words(items[code], level, note))
    }
    kept = list(observation.conflicts.filter(name=OVERALL, device=other_form(version)))
    settled = {line for row in kept if row.settled_at for line in row.came["text"].split("\n")}
    said = {code: line for code, line in said.items() if line not in settled}
    if not said:
        return
    standing = next((row for row in kept if row.settled_at is None), None)
    lines = (standing.came.get("answers", {}) if standing else {}) | said
    came = {"text": "\n".join(lines.values()), "answers": lines}
    if standing:
        standing.came = came
        standing.save(update_fields=["came"])
        return
    overall = observation.texts.filter(name=OVERALL).first()
    MarkConflict.objects.create(
        observation=observation, name=OVERALL, device=other_form(version),
        there={"text": overall.text if overall else ""}, came=came,
        reason=Reason.CLASH if observation.is_open else Reason.LATE, came_at=at,
    )  # fmt: skip


def change_form(observation: Observation, version: RubricVersion, *, at: datetime) -> None:
    """Let a record that is held go on with `version`; what it asks no more is set aside in words.

    An answer stays where the item is the same in words, levels and sign, whatever its code. A row
    that loses its answer stays empty, so that the edition of the page never goes back.
    """
    before, observation.rubric = observation.rubric, version
    if before is None:
        return
    gone: dict[str, Answer] = {}
    for row in observation.ratings.all():
        if not version.sheet.asks_the_same(before.sheet, row.item):
            gone[row.item] = (row.level, row.note)
            _empty(row, at)
    set_aside(observation, before, gone, at=at)
    for clash in observation.conflicts.filter(settled_at=None, name__startswith="rating:"):
        code = clash.name.removeprefix("rating:")
        if version.sheet.asks_the_same(before.sheet, code):
            continue
        item = before.sheet.items.get(code)
        there, came = (
            in_words(item, each.get("level"), each.get("note") or "") if item else ""
            for each in (clash.there, clash.came)
        )
        clash.name, clash.there, clash.came = OVERALL, {"text": there}, {"text": came}
        clash.save(update_fields=["name", "there", "came"])


def _empty(row: Rating, at: datetime) -> None:
    row.level, row.note, row.points = None, "", Decimal(0)
    row.edition, row.changed_at, row.device, row.device_order = row.edition + 1, at, "", 0
    row.save()
