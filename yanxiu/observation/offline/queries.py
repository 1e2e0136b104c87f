"""What the sheet needs to go on alone, and what devices and house disagree about."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.attachments.models import Attachment
from yanxiu.observation.actions.keeping import OWN_TEXTS
from yanxiu.observation.actions.setting_aside import OTHER_FORM
from yanxiu.observation.models import (
    Mark,
    MarkConflict,
    Observation,
    ObservationText,
    RubricVersion,
)
from yanxiu.observation.queries.reading import open_conflicts

RATE, NOTE = "rate:", "note:"
"""How the fields of an item of the rubric begin on the sheet; its form and its code follow."""


def field(kind: str, form: RubricVersion | int | None, code: str) -> str:
    """Return how the field of an item is called.

    It names the form: two forms may give one code to different questions, and a page or a device
    may still have the old one.
    """
    return f"{kind}{form.pk if isinstance(form, RubricVersion) else form}:{code}"


@dataclass(frozen=True)
class Written:
    """The texts and ratings of an observation by the name of their field.

    Attributes:
        edition: grows with every change to any of them.
        texts: what stands in each field of the sheet, "" where nothing does.
        editions: of each single text, and of each item's rating by its code.
        items: the codes of the items on the form.
    """

    edition: int
    texts: dict[str, str]
    editions: dict[str, int]
    items: tuple[str, ...]


def written(observation: Observation) -> Written:
    """Return what the observer has written; two statements beside the rubric."""
    rows = {row.name: row for row in observation.texts.all()}
    given = {row.item: row for row in observation.ratings.all()}
    items = tuple(observation.rubric.sheet.items) if observation.rubric else ()
    texts = {name: rows[name].text if name in rows else "" for name in OWN_TEXTS}
    for item in items:
        row = given.get(item)
        level = "" if row is None or row.level is None else str(row.level)
        texts[field(RATE, observation.rubric, item)] = level
        texts[field(NOTE, observation.rubric, item)] = row.note if row else ""
    editions = {name: row.edition for name, row in rows.items() if name in OWN_TEXTS}
    editions |= {item: row.edition for item, row in given.items()}
    return Written(sum(editions.values()), texts, editions, items)


def told(mark: Mark, photo: str = "") -> dict[str, Any]:
    """Return one mark as the page knows it; `photo` is the address of its picture."""
    return {
        "uid": str(mark.uid),
        "at_second": mark.at_second,
        "side": mark.side,
        "text": mark.text,
        "stage": mark.stage,
        "deleted": mark.deleted,
        "edition": mark.edition,
        **({"picture": photo} if photo else {}),
    }


def photos(observation: Observation) -> dict[UUID, str]:
    """Return the address of the photo of each mark that has one; one statement."""
    rows = Attachment.objects.filter(
        source_kind=Mark.SOURCE_KIND, source_id__in=observation.marks.values("uid")
    )
    return {row.source_id: reverse("attachments:file", args=[row.uid]) for row in rows}


def marks(observation: Observation) -> list[dict[str, Any]]:
    """Return all marks, also those taken away: a device must hear that; two statements."""
    rows = list(observation.marks.all())
    pictures = photos(observation) if any(row.side == Mark.Side.PHOTO for row in rows) else {}
    return [told(row, pictures.get(row.uid, "")) for row in rows]


@dataclass(frozen=True)
class Choice:
    """A disagreement in words, with what can be chosen."""

    conflict: MarkConflict
    name: str
    there: str
    came: str

    @property
    def why(self) -> str:
        """How it came that both are there."""
        if self.conflict.device.startswith(OTHER_FORM):
            return _("另一份量表上的评分")
        return str(self.conflict.get_reason_display())

    @property
    def has_both(self) -> bool:
        """Whether both can stand: two texts can, two answers to one item cannot."""
        return bool(self.there) and not self.conflict.name.startswith("rating:")


def choices(observation: Observation) -> list[Choice]:
    """Return what waits for the observer's decision; one statement."""
    return [
        Choice(
            each,
            _name(each, observation),
            _words(each, each.there, observation),
            _words(each, each.came, observation),
        )
        for each in open_conflicts(observation)
    ]


def _name(conflict: MarkConflict, observation: Observation) -> str:
    if conflict.mark_uid:
        return _("片段")
    if conflict.name.startswith("rating:"):
        item = _item(conflict, observation)
        return str(item.text) if item else _("评分")
    return str(dict(ObservationText.Name.choices).get(conflict.name, conflict.name))


def _item(conflict: MarkConflict, observation: Observation) -> Any:
    items = observation.rubric.sheet.items if observation.rubric else {}
    return items.get(conflict.name.removeprefix("rating:"))


def _words(conflict: MarkConflict, content: dict[str, Any], observation: Observation) -> str:
    """Return one side as a person reads it."""
    if not content:
        return ""
    if conflict.mark_uid:
        if content.get("deleted"):
            return _("（删去了）")
        minutes, seconds = divmod(int(content.get("at_second") or 0), 60)
        side = dict(Mark.Side.choices).get(content.get("side", ""), "")
        parts = [f"{minutes:02}:{seconds:02}", str(side), content.get("stage"), content.get("text")]
        return "　".join(part for part in parts if part)
    if conflict.name.startswith("rating:"):
        item = _item(conflict, observation)
        name = item.level_name(content.get("level")) if item else ""
        return "　".join(part for part in (name, content.get("note") or "") if part)
    return str(content.get("text") or "")
