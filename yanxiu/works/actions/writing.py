"""Writing on a work: saving, sharing, naming the authors."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require
from yanxiu.people.models import Teacher
from yanxiu.works.actions.draft import TITLE, add_texts, count, locked, still_written, tidy, typed
from yanxiu.works.actions.neighbours import compare, note
from yanxiu.works.models import Work, WorkAuthor, WorkKind, WorkText
from yanxiu.works.permissions import may_own_work, may_write_work
from yanxiu.works.queries.mine import kinds_for
from yanxiu.works.queries.sections import headings_of
from yanxiu.works.refusals import WorkWrittenMeanwhile

LONGEST = 400_000
"""Characters of one work; no paper is longer, and a book is none."""


@transaction.atomic
def save(
    work: Work,
    *,
    edition: int,
    texts: Mapping[str, str] | None = None,
    title: str | None = None,
    facts: Mapping[str, object] | None = None,
    open_texts: Sequence[str] | None = None,
    by: Teacher,
    at: datetime,
) -> Work:
    """Save what was typed, if nobody saved anything else since `edition`.

    Saving the same again is no change, so a device may send what it has until it is heard.

    Args:
        work: what is written on.
        edition: the edition that the form was opened with.
        texts: texts by the code of their heading; those not named stay.
        title: the title, None leaves it.
        facts: other columns (`happened_on`, `subject`, `about`) that change.
        open_texts: the codes of those private headings that others may read too, None leaves them.
        by: who writes.
        at: when, aware.

    Raises:
        NotAllowed: `by` is none of its authors.
        WrongWorkState: it is handed in.
        WorkWrittenMeanwhile: something else was saved since `edition`; nothing is overwritten.
        BadInput: it is longer than any work.
    """
    require(may_write_work, by, work)
    work = locked(work)
    still_written(work)
    given = {code: typed(text) for code, text in (texts or {}).items()}
    if sum(map(len, given.values())) > LONGEST:
        raise BadInput("内容超过40万字，没有保存。请分成几份，或者把文件作为附件交。")
    rows = {row.code: row for row in work.texts.all()}
    title = None if title is None else tidy(title)[:TITLE]
    if not _changes(work, rows, title, given, facts or {}, open_texts):
        return work
    if edition != work.edition:
        raise WorkWrittenMeanwhile(work, _last_writer(work, by))
    if title is not None:
        work.title = title
    for name, value in (facts or {}).items():
        setattr(work, name, value)
    _write(work, rows, given, open_texts)
    count(work)
    work.edition += 1
    work.saved_at = at
    work.saved_by_name = by.name
    work.save()
    note(work)
    return work


def _last_writer(work: Work, by: Teacher) -> str:
    return "" if work.saved_by_name == by.name else work.saved_by_name


def _changes(  # noqa: PLR0917 - one place, all that a form may change
    work: Work,
    rows: Mapping[str, WorkText],
    title: str | None,
    given: Mapping[str, str],
    facts: Mapping[str, object],
    open_texts: Sequence[str] | None,
) -> bool:
    """Tell whether anything differs from what is there now."""
    return (
        title not in {None, work.title}
        or any(getattr(work, name) != value for name, value in facts.items())
        or any(text != (rows[code].text if code in rows else "") for code, text in given.items())
        or (
            open_texts is not None
            and any(
                row.is_private == (code in open_texts)
                for code, row in rows.items()
                if code in _private_codes(work)
            )
        )
    )


def _private_codes(work: Work) -> set[str]:
    headings = headings_of(work.kind, work.organisation)
    return {heading.code for heading in headings if heading.is_private}


def _write(
    work: Work,
    rows: Mapping[str, WorkText],
    given: Mapping[str, str],
    open_texts: Sequence[str] | None,
) -> None:
    changed = []
    private = _private_codes(work) if open_texts is not None else set()
    for code, row in rows.items():
        if code in given:
            row.text = given[code]
        if open_texts is not None and code in private:
            row.is_private = code not in open_texts
        changed.append(row)
    WorkText.objects.bulk_update(changed, ["text", "is_private"])
    headings = headings_of(work.kind, work.organisation)
    known = [heading for heading in headings if heading.code in given]
    add_texts(
        work,
        [heading for heading in known if heading.code not in rows],
        {code: text for code, text in given.items() if code not in rows},
    )


@transaction.atomic
def change_kind(work: Work, kind: WorkKind, *, by: Teacher, at: datetime) -> Work:
    """Make another kind of what was begun as a wrong one; every word stays where it is.

    What stands under headings that `kind` has not comes behind its own. What was written for
    oneself stays so; the edition stays, for nothing that a form holds is overwritten.

    Raises:
        NotAllowed: `by` is not the first author.
        WrongWorkState: it is handed in.
        BadInput: the school does not use `kind`.
    """
    require(may_own_work, by, work)
    work = locked(work)
    still_written(work)
    if kind.pk == work.kind_id:
        return work
    if not kinds_for(work.organisation, day_of(at)).filter(pk=kind.pk).exists():
        raise BadInput("本校没有这个类别，没有改动。请从列表里选一类。")
    before, work.kind = work.kind.name, kind
    work.save(update_fields=["kind"])
    rows, known = list(work.texts.all()), headings_of(kind, work.organisation)
    named = {heading.code: heading for heading in known}
    behind = max(heading.order for heading in known) + 1
    for row in rows:
        heading = named.get(row.code)
        if heading is None:
            row.order += behind
            continue
        row.name, row.order = heading.name, heading.order
        row.is_private = row.is_private or (heading.is_private and not row.text.strip())
    WorkText.objects.bulk_update(rows, ["name", "order", "is_private"])
    note(work)
    trail.record(by, "works.kind-changed", work, at=at, detail={"from": before, "to": kind.name})
    return work


@transaction.atomic
def share(work: Work, *, shared_with: str, by: Teacher, at: datetime) -> Work:
    """Let colleagues read it, or nobody any more; the first author decides.

    Raises:
        NotAllowed: `by` is not the first author.
        BadInput: there is no such audience.
    """
    require(may_own_work, by, work)
    work = locked(work)
    if shared_with not in Work.Shared.values:
        raise BadInput("没有选给谁看，没有改动。请从列表里选一项。")
    if work.shared_with != shared_with:
        work.shared_with = shared_with
        work.save(update_fields=["shared_with"])
        compare(work, at=at)
        trail.record(by, "works.shared", work, at=at, detail={"with": shared_with})
    return work


@transaction.atomic
def name_authors(
    work: Work, authors: Sequence[Teacher | str], *, by: Teacher, at: datetime
) -> Work:
    """Say who wrote it, in their order; names of people from outside are plain words.

    Raises:
        NotAllowed: `by` is not the first author of the draft.
        BadInput: `by` is not among them, or somebody stands twice.
        WrongWorkState: it is handed in.
    """
    require(may_own_work, by, work)
    work = locked(work)
    still_written(work)
    names = [one if isinstance(one, str) else one.name for one in authors]
    teachers = [one.pk for one in authors if isinstance(one, Teacher)]
    if by.pk not in teachers or len(set(teachers)) != len(teachers):
        raise BadInput("作者里要有您自己，每人只写一次，没有保存。请核对作者名单。")
    work.authors.all().delete()
    WorkAuthor.objects.bulk_create(
        WorkAuthor(
            work=work,
            teacher=None if isinstance(one, str) else one,
            name=name.strip()[:40],
            order=order,
        )
        for order, (one, name) in enumerate(zip(authors, names, strict=True), 1)
        if name.strip()
    )
    note(work)
    trail.record(by, "works.authors-named", work, at=at, detail={"authors": names})
    return work
