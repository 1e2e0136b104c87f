"""Writing a scheme, publishing it in a version, and taking back what nobody uses."""

import re
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from yanxiu.audit import trail
from yanxiu.kernel.refusals import Refusal
from yanxiu.ledger.models import Award, SchemeAdoption, SchemeFile
from yanxiu.ledger.queries.schemes import digest_of, parsed
from yanxiu.ledger.refusals import (
    AlreadyPublished,
    DraftMoved,
    NameTooLong,
    NotADraft,
    SchemeAdopted,
    SchemeIdTaken,
    VersionTaken,
)
from yanxiu.ledger.rules.loading import shipped
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.people.access import require_right
from yanxiu.people.models import Organisation, Teacher

RESERVED: Final = "cn-"
"""Ids that begin so are those of shipped schemes, of today and of later versions."""

_SAYS: Final = {
    name: re.compile(rf"^{name}:[ \t]*[\"']?([^\"'#\n]+?)[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)
    for name in ("id", "version", "title")
}
_OWN: Final = re.compile(r"^own-[0-9a-f]{6}-")
_LENGTHS: Final = {"scheme": 60, "version": 20, "title": 120}


def start_draft(
    organisation: Organisation,
    text: str,
    *,
    by: Teacher | None,
    at: datetime,
    cases: str = "",
    based_on: str = "",
) -> SchemeFile:
    """Begin a scheme of `organisation` with `text`, which may hold slips.

    Raises:
        NotAllowed: `by` does not manage the terms and schemes of `organisation`.
    """
    if by:
        require_right(by, "manage_terms", organisation)
    name = by.name if by else "控制台"
    with transaction.atomic():
        file = SchemeFile(
            organisation=organisation,
            cases=cases,
            based_on=based_on[:90],
            made_by_name=name,
            made_at=at,
            edited_by_name=name,
            edited_at=at,
        )
        _write(file, text)
        file.save()
        trail.record(by, "ledger.scheme-drafted", file, at=at, detail={"from": based_on})
    return file


@transaction.atomic
def keep_draft(
    file: SchemeFile,
    *,
    edition: int,
    by: Teacher | None,
    at: datetime,
    text: str | None = None,
    cases: str | None = None,
) -> SchemeFile:
    """Save what was written, slips and all; None leaves text or cases as they are.

    Args:
        file: the draft.
        edition: the one that was opened; whoever saves over a later one is told.
        by: who writes.
        at: when, aware.
        text: the scheme.
        cases: the cases beside it.

    Raises:
        NotAllowed: `by` does not manage the terms and schemes of the organisation.
        NotADraft: it was published meanwhile.
        DraftMoved: somebody saved it since.
    """
    file = _locked(file, by)
    if file.state != SchemeFile.State.DRAFT:
        raise NotADraft
    same = text in {None, file.text} and cases in {None, file.cases}
    if same:
        return file
    if edition != file.edition:
        raise DraftMoved(file.edited_by_name, moment(file.edited_at))
    if text is not None:
        _write(file, text)
    if cases is not None:
        file.cases = cases
    file.edition += 1
    file.edited_by_name, file.edited_at = by.name if by else "控制台", at
    file.save()
    return file


@transaction.atomic
def drop_draft(file: SchemeFile, *, by: Teacher | None, at: datetime) -> None:
    """Remove a draft.

    Raises:
        NotAllowed: `by` does not manage the terms and schemes of the organisation.
        NotADraft: it was published.
    """
    file = _locked(file, by)
    if file.state != SchemeFile.State.DRAFT:
        raise NotADraft
    trail.record(by, "ledger.scheme-dropped", file, at=at, detail={"title": file.title})
    file.delete()


@transaction.atomic
def publish_scheme(
    file: SchemeFile, *, edition: int, by: Teacher | None, at: datetime
) -> SchemeFile:
    """Publish a draft under the id and version that its text states; it never changes again.

    Raises:
        NotAllowed: `by` does not manage the terms and schemes of the organisation.
        AlreadyPublished: somebody did it before.
        DraftMoved: the text is not the one that `by` has seen.
        SchemeUnreadable: there is a slip in it.
        SchemeIdTaken: the id is that of a shipped scheme or of another organisation.
        VersionTaken: this version of the scheme was published before.
    """
    file = _locked(file, by)
    if file.state != SchemeFile.State.DRAFT:
        raise AlreadyPublished(file.published_by_name, moment(file.published_at or at))
    if edition != file.edition:
        raise DraftMoved(file.edited_by_name, moment(file.edited_at))
    scheme = parsed(file.text, file.digest)
    refusal = refused_name(scheme, file.organisation)
    if refusal:
        raise refusal
    file.scheme, file.version, file.title = scheme.id, scheme.version, scheme.title
    file.state = SchemeFile.State.PUBLISHED
    file.published_by_name, file.published_at = by.name if by else "控制台", at
    try:
        # Another file may be published under the same name at this moment.
        with transaction.atomic():
            file.save()
    except IntegrityError as error:
        raise VersionTaken(scheme.id, scheme.version) from error
    detail = {"scheme": scheme.id, "version": scheme.version, "digest": file.digest}
    trail.record(by, "ledger.scheme-published", file, at=at, detail=detail)
    return file


@transaction.atomic
def withdraw_scheme(
    file: SchemeFile, *, because: str, by: Teacher | None, at: datetime
) -> SchemeFile:
    """Offer a published scheme no longer; its text and its version stay taken.

    Raises:
        NotAllowed: `by` does not manage the terms and schemes of the organisation.
        SchemeAdopted: somebody reckons by it, or records were reckoned by it.
    """
    file = _locked(file, by)
    if file.state != SchemeFile.State.PUBLISHED:
        return file
    used = {"scheme": file.scheme, "version": file.version}
    if SchemeAdoption.objects.filter(**used).exists() or Award.objects.filter(**used).exists():
        raise SchemeAdopted(file.title)
    file.state = SchemeFile.State.WITHDRAWN
    file.withdrawn_by_name, file.withdrawn_at = by.name if by else "控制台", at
    file.withdrawn_because = because[:200]
    changed = ["state", "withdrawn_by_name", "withdrawn_at", "withdrawn_because"]
    file.save(update_fields=changed)
    trail.record(by, "ledger.scheme-withdrawn", file, at=at, detail={"reason": because})
    return file


def copied(text: str, organisation: Organisation) -> str:
    """Return the text of another's scheme under an id and a title of the organisation's own."""
    found = _SAYS["id"].search(text)
    if found is None:
        return text
    name = _OWN.sub("", found[1]).removeprefix(RESERVED)
    own = f"own-{organisation.uid.hex[-6:]}-{name}"[: _LENGTHS["scheme"]].rstrip("-")
    text = f"{text[: found.start(1)]}{own}{text[found.end(1) :]}"
    title = _SAYS["title"].search(text)
    if title is None or len(title[1]) + len(organisation.name) + 2 > _LENGTHS["title"]:
        return text
    return f"{text[: title.end(1)]}（{organisation.name}）{text[title.end(1) :]}"


def moment(at: datetime) -> str:
    """Return a moment as sentences say it."""
    local = timezone.localtime(at)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def _write(file: SchemeFile, text: str) -> None:
    file.text = text.replace("\r\n", "\n")
    file.digest = digest_of(file.text)
    said = {name: (found := pattern.search(file.text)) and found[1] for name, pattern
            in _SAYS.items()}  # fmt: skip
    file.scheme = (said["id"] or "")[: _LENGTHS["scheme"]]
    file.version = (said["version"] or "")[: _LENGTHS["version"]]
    file.title = (said["title"] or "")[: _LENGTHS["title"]]


def refused_name(scheme: Scheme, organisation: Organisation) -> Refusal | None:
    """Return why `organisation` cannot publish `scheme` under its id and version, if it cannot.

    At most two statements.
    """
    names = {"scheme": scheme.id, "version": scheme.version, "title": scheme.title}
    if any(len(names[name]) > most for name, most in _LENGTHS.items()):
        return NameTooLong()
    if scheme.id.startswith(RESERVED) or scheme.id in shipped():
        return SchemeIdTaken(scheme.id, "随系统提供的方案")
    others = SchemeFile.objects.exclude(state=SchemeFile.State.DRAFT).filter(scheme=scheme.id)
    other = others.exclude(organisation=organisation).select_related("organisation").first()
    if other:
        return SchemeIdTaken(scheme.id, f"“{other.organisation.name}”的方案")
    if others.filter(version=scheme.version).exists():
        return VersionTaken(scheme.id, scheme.version)
    return None


def line_of_name(text: str, refusal: Refusal) -> int:
    """Return the line of `text` on which the id or version stands that `refusal` is about."""
    found = _SAYS["version" if isinstance(refusal, VersionTaken) else "id"].search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _locked(file: SchemeFile, by: Teacher | None) -> SchemeFile:
    if by:
        require_right(by, "manage_terms", file.organisation)
    rows = SchemeFile.objects.select_for_update(of=("self",)).select_related("organisation")
    found = rows.filter(pk=file.pk).first()
    if found is None:
        raise NotADraft
    return found
