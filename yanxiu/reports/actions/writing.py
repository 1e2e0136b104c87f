"""Writing a summary: its paragraphs, kept with their versions, and its sections."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.reports.actions.locking import locked_draft, read
from yanxiu.reports.claims import KEEP, claims_in
from yanxiu.reports.documents.term_summary import outline as shapes
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.documents.term_summary.outline import Parts
from yanxiu.reports.models import ProseVersion, Summary
from yanxiu.reports.permissions import may_manage_summary
from yanxiu.reports.refusals import NothingToUndo, ProseChanged, ShapeChanged

LONGEST_TEXT = 20_000
LONGEST_PLACE = 120


# ---- paragraphs ----
def save_prose(
    summary: Summary, place: str, text: str, *, version: int, by: Teacher, at: datetime
) -> Summary:
    """Save what people write at one place of a draft; the text before stays among the versions.

    Several lines in a section become a paragraph each, behind the one at `place`.

    Args:
        summary: a draft.
        place: a paragraph (`section:<key>` or `section:<key>/<name>`), `gap:<key>` for an open
            statement in the place of a gap, or `keep:<claim>` for why a claim stays.
        text: the words; empty ones take the text away again.
        version: the version of the place the writer saw, 0 for none.
        by: who writes.
        at: when, aware.

    Raises:
        NotAllowed: `by` does not manage the summary.
        SummaryNotOpen: it is handed in or approved.
        BadInput: there is no such place, or the text is too long.
        ProseChanged: somebody saved a newer text there meanwhile; nothing is overwritten.
    """
    require(may_manage_summary, by, summary)
    if len(text) > LONGEST_TEXT:
        raise BadInput(f"这一段超过{LONGEST_TEXT}字，没有保存。请删减，或改作附件。")
    _require_place(read(summary), place, at)
    with transaction.atomic():
        summary = locked_draft(summary)
        standing = summary.written(place)
        if standing["version"] != version:
            raise ProseChanged(standing["by"])
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if not shapes.section_of(place):
            lines = ["\n".join(lines)]
        _keep(summary, place, lines[0] if lines else "", by, at)
        _add_lines(summary, place, lines[1:], by, at)
        summary.save(update_fields=["prose", "outline"])
        trail.record(by, "reports.prose-saved", summary, at=at, detail={"place": place})
    return summary


def _keep(summary: Summary, place: str, text: str, by: Teacher, at: datetime) -> None:
    """Write `text` at `place`, and keep it among the versions."""
    number = summary.written(place)["version"] + 1
    summary.prose[place] = {
        "text": text,
        "version": number,
        "by": by.name,
        "at": at.isoformat(),
    }
    ProseVersion.objects.create(
        summary=summary,
        place=place,
        number=number,
        text=text,
        at=at,
        by_uid=by.uid,
        by_name=by.name,
    )


def _add_lines(
    summary: Summary, place: str, lines: Iterable[str], by: Teacher, at: datetime
) -> None:
    """Put each of `lines` into a new paragraph behind `place`."""
    parts, key = shapes.kept(summary.outline), shapes.section_of(place)
    grown, last = parts, place
    for line in lines:
        behind = last.partition("/")[2]
        grown, last = shapes.with_paragraph(grown, key, after=behind, known=summary.prose)
        _keep(summary, last, line, by, at)
    if grown != parts:
        summary.outline = shapes.changed(summary.outline, grown)


def _require_place(summary: Summary, place: str, at: datetime) -> None:
    """Refuse a place that the document does not have."""
    places = {one for part in shapes.kept(summary.outline) for one in part.places()}
    if place in places or (place in summary.prose and not shapes.section_of(place)):
        return
    document = fill(summary, at)
    known = {f"gap:{gap.key}" for gap in document.gaps}
    if place.startswith(KEEP):
        known = {claim.place for claim in claims_in(document, summary)}
    if place not in known or len(place) > LONGEST_PLACE:
        raise BadInput("总结里已经没有这一处，没有保存。请刷新页面，您写的文字可以先复制下来。")


def restore_prose(
    summary: Summary, place: str, number: int, *, version: int, by: Teacher, at: datetime
) -> Summary:
    """Write an earlier version of a paragraph again, as a new version.

    Raises:
        NotAllowed: `by` does not manage the summary.
        BadInput: there is no such version.
        ProseChanged: somebody saved a newer text there meanwhile.
    """
    row = ProseVersion.objects.filter(summary=summary, place=place, number=number).first()
    if row is None:
        raise BadInput("没有这一版文字，没有恢复。请刷新页面再选。")
    return save_prose(summary, place, row.text, version=version, by=by, at=at)


# ---- sections ----
def _reshape(
    summary: Summary,
    change: Callable[[Parts, Summary], Parts],
    *,
    version: int,
    deed: str,
    by: Teacher,
    at: datetime,
) -> Summary:
    """Give a draft other sections; the shape before can be had again."""
    require(may_manage_summary, by, summary)
    with transaction.atomic():
        summary = locked_draft(summary)
        if summary.outline.get("version", 0) != version:
            raise ShapeChanged
        parts = shapes.kept(summary.outline)
        changed = change(parts, summary)
        if changed != parts:
            summary.outline = shapes.changed(summary.outline, changed)
            summary.save(update_fields=["outline"])
            trail.record(by, "reports.sections-changed", summary, at=at, detail={"deed": deed})
    return summary


def _title(text: str) -> str:
    title = " ".join(text.split())[: shapes.LONGEST_TITLE]
    if not title:
        raise BadInput("没有写这一节的标题，没有保存。请写几个字，例如：课题研究。")
    return title


def _there(parts: Parts, key: str) -> None:
    if shapes.named(parts, key) is None:
        raise BadInput("已经没有这一节，没有改动。请刷新页面。")


def add_section(
    summary: Summary, title: str, *, block: str = "", version: int, by: Teacher, at: datetime
) -> Summary:
    """Add a section before the problems, with one building block of figures if wanted.

    Raises:
        NotAllowed, SummaryNotOpen, ShapeChanged: as for every change of the sections.
        BadInput: it has no title, there are too many, or there is no such block.
    """
    wanted = _title(title)
    if block and block not in shapes.BLOCKS:
        raise BadInput("没有这样的数据块，没有添加。请在列表里选一个。")

    def change(parts: Parts, of: Summary) -> Parts:
        if len(parts) >= shapes.MOST_SECTIONS:
            raise BadInput(f"总结最多{shapes.MOST_SECTIONS}节，没有再加。请并入已有的一节。")
        earlier = of.outline.get("earlier", [])
        known = {shapes.section_of(place) for place in of.prose}
        known |= {part["key"] for shape in earlier for part in shape}
        grown = shapes.with_section(parts, wanted, block="", known=known)
        new = next(part.key for part in grown if part not in parts)
        return shapes.with_blocks(grown, new, [block]) if block else grown

    return _reshape(summary, change, version=version, deed=f"添加：{wanted}", by=by, at=at)


def rename_section(
    summary: Summary, key: str, title: str, *, version: int, by: Teacher, at: datetime
) -> Summary:
    """Give a section another title; its text stays.

    Raises:
        NotAllowed, SummaryNotOpen, ShapeChanged: as for every change of the sections.
        BadInput: it has no title, or there is no such section.
    """
    wanted = _title(title)

    def change(parts: Parts, _of: Summary) -> Parts:
        _there(parts, key)
        return shapes.renamed(parts, key, wanted)

    return _reshape(summary, change, version=version, deed=f"改名：{wanted}", by=by, at=at)


def move_section(
    summary: Summary, key: str, step: int, *, version: int, by: Teacher, at: datetime
) -> Summary:
    """Move a section up (-1) or down (+1).

    Raises:
        NotAllowed, SummaryNotOpen, ShapeChanged: as for every change of the sections.
        BadInput: there is no such section.
    """

    def change(parts: Parts, _of: Summary) -> Parts:
        _there(parts, key)
        return shapes.moved(parts, key, -1 if step < 0 else 1)

    return _reshape(summary, change, version=version, deed="移动", by=by, at=at)


def remove_section(
    summary: Summary, key: str, *, version: int, by: Teacher, at: datetime
) -> Summary:
    """Take a section away; its text comes back with `undo_shape`.

    Raises:
        NotAllowed, SummaryNotOpen, ShapeChanged: as for every change of the sections.
        BadInput: there is no such section, or it is the last one.
    """

    def change(parts: Parts, _of: Summary) -> Parts:
        _there(parts, key)
        if len(parts) == 1:
            raise BadInput("总结至少要有一节，没有删去。")
        return shapes.without(parts, key)

    return _reshape(summary, change, version=version, deed="删去一节", by=by, at=at)


def choose_blocks(
    summary: Summary, key: str, blocks: Iterable[str], *, version: int, by: Teacher, at: datetime
) -> Summary:
    """Choose the building blocks of figures of a section; each stands in one section only.

    Raises:
        NotAllowed, SummaryNotOpen, ShapeChanged: as for every change of the sections.
        BadInput: there is no such section.
    """
    wanted = [name for name in blocks if name in shapes.BLOCKS]

    def change(parts: Parts, _of: Summary) -> Parts:
        _there(parts, key)
        return shapes.with_blocks(parts, key, wanted)

    return _reshape(summary, change, version=version, deed="选数据块", by=by, at=at)


def add_paragraph(
    summary: Summary, key: str, *, version: int, by: Teacher, at: datetime, text: str = ""
) -> Summary:
    """Add a paragraph at the end of a section, with `text` if there is some to begin with.

    Raises:
        NotAllowed, SummaryNotOpen, ShapeChanged: as for every change of the sections.
        BadInput: there is no such section, or it has too many paragraphs.
    """

    def change(parts: Parts, of: Summary) -> Parts:
        _there(parts, key)
        part = shapes.named(parts, key)
        if part is not None and len(part.paragraphs) >= shapes.MOST_PARAGRAPHS:
            raise BadInput(f"一节最多{shapes.MOST_PARAGRAPHS}段，没有再加。请另起一节。")
        places = part.places() if part is not None else []
        empty = next((place for place in places if not of.written(place)["text"]), "")
        grown, place = (parts, empty) if empty and text else ((), "")
        if not place:
            grown, place = shapes.with_paragraph(parts, key, known=of.prose)
        if text:
            _keep(of, place, text.strip()[:LONGEST_TEXT], by, at)
            of.save(update_fields=["prose"])
        return grown

    return _reshape(summary, change, version=version, deed="添加一段", by=by, at=at)


def remove_paragraph(
    summary: Summary, place: str, *, version: int, by: Teacher, at: datetime
) -> Summary:
    """Take a paragraph away; its text comes back with `undo_shape`.

    Raises:
        NotAllowed, SummaryNotOpen, ShapeChanged: as for every change of the sections.
        BadInput: there is no such paragraph.
    """

    def change(parts: Parts, _of: Summary) -> Parts:
        if place not in {one for part in parts for one in part.places()}:
            raise BadInput("已经没有这一段，没有改动。请刷新页面。")
        return shapes.without_paragraph(parts, place)

    return _reshape(summary, change, version=version, deed="删去一段", by=by, at=at)


def undo_shape(summary: Summary, *, version: int, by: Teacher, at: datetime) -> Summary:
    """Take the last change of sections and paragraphs back, texts included.

    Raises:
        NotAllowed, SummaryNotOpen, ShapeChanged: as for every change of the sections.
        NothingToUndo: nothing was changed.
    """
    require(may_manage_summary, by, summary)
    with transaction.atomic():
        summary = locked_draft(summary)
        if summary.outline.get("version", 0) != version:
            raise ShapeChanged
        before = shapes.undone(summary.outline)
        if before is None:
            raise NothingToUndo
        summary.outline = before
        summary.save(update_fields=["outline"])
        trail.record(by, "reports.sections-undone", summary, at=at)
    return summary
