"""From a Word or PDF file to a work: its text is read, the original is kept beside it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from uuid import UUID

from django.db import transaction

from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.documents.outline import Outline
from yanxiu.documents.reading import read, takes_patience
from yanxiu.documents.reading.paragraphs import paragraphs
from yanxiu.jobs import actions as jobs
from yanxiu.kernel.sources import source_of
from yanxiu.people.models import Organisation, Teacher
from yanxiu.texts.keys import key
from yanxiu.works.actions.draft import TITLE, count, tidy
from yanxiu.works.actions.handing import keep_version
from yanxiu.works.actions.starting import start
from yanxiu.works.actions.writing import save
from yanxiu.works.models import Work, WorkKind, WorkVersion
from yanxiu.works.queries.sections import Heading, headings_of
from yanxiu.works.refusals import WorkWrittenMeanwhile

READ_FILE = "works.read_file"
LONGEST_TITLE = 40


def import_work(
    kind: WorkKind,
    data: bytes,
    *,
    name: str,
    organisation: Organisation,
    by: Teacher,
    at: datetime,
) -> Work:
    """Make a draft of a file; the original is kept with it, as it came.

    A file that takes seconds to read is read in the background: the draft stands at once, its
    text follows.

    Args:
        kind: what it is.
        data: the file.
        name: its name.
        organisation: the school it belongs to.
        by: its author.
        at: when, aware.

    Raises:
        NotAllowed: `by` has no post in `organisation`.
        FileTooLarge, UnknownFile: it is of no kind or size that is kept.
        Refusal: it cannot be read, is protected, holds macros or unpacks beyond all measure.
    """
    waits = takes_patience(data)
    attachments.media_type_of(data, name)
    # Reading comes before anything is written: it is slow, and what is refused leaves no trace.
    outline = None if waits else read(data, name=name)
    with transaction.atomic():
        work = start(kind, organisation=organisation, title=_stem(name), by=by, at=at)
        attachments.keep(source_of(work), data, name=name, organisation=organisation, by=by, at=at)
        work.has_file = True
        work.save(update_fields=["has_file"])
        if outline is not None:
            return fill(work, outline, by=by, at=at)
        jobs.start(
            READ_FILE,
            title=f"读入“{PurePath(name).name}”"[:TITLE],
            detail={"work": str(work.uid)},
            by=by,
            organisation=organisation,
            at=at,
        )
    return work


def _stem(name: str) -> str:
    return tidy(PurePath(name).stem)[:TITLE]


def read_kept_file(uid: UUID, *, by: Teacher, at: datetime) -> Work:
    """Read the original that was kept with a work into its draft; what was typed since stays.

    Raises:
        Refusal: it cannot be read; the draft and the original stay.
    """
    work = Work.objects.select_related("kind", "organisation").get(uid=uid)
    source = source_of(work)
    file = Attachment.objects.filter(source_kind=source.kind, source_id=source.uid).earliest("pk")
    outline = read(attachments.path_of(file.sha256).read_bytes(), name=file.name)
    with transaction.atomic():
        return fill(work, outline, by=by, at=at)


def fill(work: Work, outline: Outline, *, by: Teacher, at: datetime) -> Work:
    """Write what was read into the draft, and keep it as its first version."""
    if work.edition or work.characters:
        # Somebody wrote meanwhile: nothing is overwritten, the original is at hand.
        raise WorkWrittenMeanwhile(work, work.saved_by_name)
    headings = headings_of(work.kind, work.organisation)
    title, texts = parts_of(outline, headings)
    work = save(work, edition=0, title=title or work.title, texts=texts, by=by, at=at)
    count(work)
    keep_version(work, WorkVersion.Why.IMPORTED, by=by, at=at)
    return work


def parts_of(outline: Outline, headings: Sequence[Heading]) -> tuple[str, dict[str, str]]:
    """Return the title of what was read, and its text under the headings that stand in it.

    What stands before the first heading, or all of it where none stands in it, is one text.
    """
    lines = [paragraph.text for paragraph in paragraphs(outline.lines)]
    title = ""
    if lines and len(lines[0]) <= LONGEST_TITLE and not lines[0].endswith(("。", "！", "？")):
        title, lines = lines[0], lines[1:]
    known = {key(heading.name): heading.code for heading in headings if heading.code}
    found: dict[str, list[str]] = {}
    code = headings[0].code if len(headings) == 1 else ""
    for line in lines:
        named = known.get(_bare(line))
        if named is None:
            found.setdefault(code, []).append(line)
        else:
            code = named
    return title, {code: "\n".join(text) for code, text in found.items()}


def _bare(line: str) -> str:
    """Return a line as the key of a heading: without the number before it and the colon behind."""
    return key(line.lstrip("0123456789一二三四五六七八九十（）()、.． ").rstrip("：: "))
