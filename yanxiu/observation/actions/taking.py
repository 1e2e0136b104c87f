"""Taking in what one device sends of one observation, beside what stands there already."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from yanxiu.observation.models import (
    Mark,
    MarkConflict,
    Observation,
    ObservationText,
    Rating,
)
from yanxiu.observation.rules.merging import Kept, Sent, Verdict, weigh
from yanxiu.texts.radicals import repair

Reason = MarkConflict.Reason


@dataclass(frozen=True)
class NewMark:
    """One moment as a device sends it; `edition` is what it last heard, 0 for a new one."""

    uid: UUID
    at_second: int
    side: str
    text: str
    stage: str = ""
    order: int = 0
    deleted: bool = False
    edition: int = 0
    changed_at: datetime | None = None


@dataclass(frozen=True)
class NewText:
    """One text as a page sends it; `edition` is the one it was written upon, 0 for none."""

    name: str
    text: str
    edition: int = 0
    order: int = 0


@dataclass(frozen=True)
class NewRating:
    """One answer to an item; `level` is its place in the item's levels, None takes it away."""

    item: str
    level: int | None
    note: str = ""
    edition: int = 0
    order: int = 0


@dataclass
class Saved:
    """What became of what was sent.

    Attributes:
        editions: by key (uid of a mark, name of a text, code of an item) the edition now.
        conflicts: where something else stood; both are kept.
    """

    editions: dict[str, int] = field(default_factory=dict)
    conflicts: list[MarkConflict] = field(default_factory=list)


def _content(mark: Mark | NewMark) -> dict[str, Any]:
    return {
        "at_second": mark.at_second,
        "side": mark.side,
        "text": repair(mark.text),
        "stage": repair(mark.stage)[:40],
        "deleted": mark.deleted,
    }


def _kept(row: Any, content: Any) -> Kept | None:
    """Return what stands, None where there is no row yet."""
    return Kept(content, row.edition, row.device, row.device_order) if row.pk else None


@dataclass
class Taking:
    """One sending of one device to an observation that is held; `saved` is what became of it."""

    observation: Observation
    device: str
    at: datetime
    is_open: bool
    saved: Saved = field(default_factory=Saved)

    def mark(self, known: dict[UUID, Mark], sent: NewMark) -> None:
        """Take one moment; of two that clash the later stands, and the other is kept."""
        changed = min(sent.changed_at or self.at, self.at)
        content = _content(sent)
        row = known.get(sent.uid) or Mark(uid=sent.uid, observation=self.observation, edition=0)
        there = _content(row) if row.pk else {}
        verdict = weigh(_kept(row, there), Sent(content, sent.edition, self.device, sent.order))
        if verdict is Verdict.SAME and self.device == row.device:
            row.device_order = max(row.device_order, sent.order)
            row.save(update_fields=["device_order"])
        news = verdict in {Verdict.TAKE, Verdict.CLASH}
        earlier = verdict is Verdict.CLASH and changed <= row.changed_at
        if news and (earlier or not self.is_open):
            self._keep_both(there, content, sent.order, mark_uid=sent.uid)
        elif news:
            if verdict is Verdict.CLASH:
                self._keep_both(content, there, row.device_order, mark_uid=sent.uid)
            for name, value in content.items():
                setattr(row, name, value)
            self._write(row, sent.order, changed)
            known[row.uid] = row
        self.saved.editions[str(sent.uid)] = row.edition

    def text(self, known: dict[str, ObservationText], sent: NewText) -> None:
        """Take one text; where another stands that the writer had not seen, both are kept."""
        typed = repair(sent.text).replace("\r\n", "\n")
        row = known.get(sent.name)
        if row is None and not typed:
            self.saved.editions[sent.name] = 0
            return
        row = row or ObservationText(observation=self.observation, name=sent.name, edition=0)
        verdict = weigh(_kept(row, row.text), Sent(typed, sent.edition, self.device, sent.order))
        if verdict is Verdict.CLASH or (verdict is Verdict.TAKE and not self.is_open):
            self._keep_both({"text": row.text}, {"text": typed}, sent.order, name=sent.name)
        elif verdict is Verdict.TAKE:
            row.text = typed
            self._write(row, sent.order, self.at)
            known[sent.name] = row
        self.saved.editions[sent.name] = row.edition

    def rating(self, known: dict[str, Rating], sent: NewRating, points: Decimal) -> None:
        """Take one answer; as with a text."""
        note = repair(sent.note).strip()[:200]
        content: dict[str, Any] = {"level": sent.level, "note": note}
        row = known.get(sent.item)
        if row is None and sent.level is None and not note:
            self.saved.editions[sent.item] = 0
            return
        row = row or Rating(observation=self.observation, item=sent.item, edition=0)
        there = {"level": row.level, "note": row.note} if row.pk else {}
        verdict = weigh(_kept(row, there), Sent(content, sent.edition, self.device, sent.order))
        if verdict is Verdict.CLASH or (verdict is Verdict.TAKE and not self.is_open):
            self._keep_both(there, content, sent.order, name=f"rating:{sent.item}")
        elif verdict is Verdict.TAKE:
            row.level, row.note, row.points = sent.level, note, points
            self._write(row, sent.order, self.at)
            known[sent.item] = row
        self.saved.editions[sent.item] = row.edition

    def _write(self, row: Any, order: int, changed: datetime) -> None:
        row.edition, row.changed_at = row.edition + 1, changed
        row.device, row.device_order = self.device, order
        row.save()

    def _keep_both(
        self,
        there: dict[str, Any],
        came: dict[str, Any],
        order: int,
        *,
        mark_uid: UUID | None = None,
        name: str = "",
    ) -> None:
        """Keep what does not stand, once however often it is sent, until the person has chosen."""
        reason = Reason.CLASH if self.is_open else Reason.LATE
        known = self.observation.conflicts.filter(mark_uid=mark_uid, name=name, reason=reason)
        for standing in known:
            if standing.came == came:
                if standing.settled_at is None:
                    self.saved.conflicts.append(standing)
                return
        self.saved.conflicts.append(
            MarkConflict.objects.create(
                observation=self.observation, mark_uid=mark_uid, name=name, there=there,
                came=came, reason=reason, device=self.device, device_order=order,
                came_at=self.at,
            )
        )  # fmt: skip
