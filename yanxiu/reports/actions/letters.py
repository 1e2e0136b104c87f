"""Everything that changes notices in the form of an official paper."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from yanxiu.attachments import actions as attachments
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput
from yanxiu.kernel.sources import Source, source_of
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import require, require_right
from yanxiu.people.models import Organisation, Teacher
from yanxiu.reports.actions.letter_telling import Told, tell_of_issue, tell_of_withdrawal
from yanxiu.reports.documents.letter import file_name, lacking, word_of
from yanxiu.reports.models import Letter
from yanxiu.reports.permissions import LETTERS, may_manage_letter
from yanxiu.reports.refusals import LetterChanged, LetterHasGaps, LetterNotInState, ReasonMissing

WRITTEN = ("code", "title", "to", "body", "attachments", "signed_by", "copies", "printed_by", "day")
REASON = 200
State = Letter.State


@transaction.atomic
def draft_letter(
    organisation: Organisation,
    given: Mapping[str, Any],
    *,
    by: Teacher,
    at: datetime,
    about: Source | None = None,
) -> Letter:
    """Begin a notice of `organisation`.

    Raises:
        NotAllowed: `by` does not issue notices there.
        BadInput: it has no title.
    """
    require_right(by, LETTERS, organisation)
    letter = Letter(
        organisation=organisation,
        made_at=at,
        made_by_uid=by.uid,
        made_by_name=by.name,
        source_kind=about.kind if about else "",
        source_id=about.uid if about else None,
        **_clean(given, organisation),
    )
    letter.save()
    trail.record(by, "reports.letter-drafted", letter, at=at, detail={"title": letter.title})
    return letter


@transaction.atomic
def edit_letter(
    letter: Letter, given: Mapping[str, Any], *, version: int, by: Teacher, at: datetime
) -> Letter:
    """Change the words of a draft; `version` is the one the writer saw.

    Raises:
        NotAllowed: `by` does not issue notices there.
        LetterNotInState: it is issued.
        LetterChanged: somebody saved it meanwhile.
        BadInput: it has no title.
    """
    require(may_manage_letter, by, letter)
    letter = _locked(letter)
    _require_state(letter, State.DRAFT, deed="修改")
    if letter.version != version:
        raise LetterChanged
    for name, value in _clean(given, letter.organisation).items():
        setattr(letter, name, value)
    letter.version += 1
    letter.save()
    trail.record(by, "reports.letter-edited", letter, at=at)
    return letter


@transaction.atomic
def issue_letter(letter: Letter, *, by: Teacher, at: datetime, told: Told = Told.NOBODY) -> Letter:
    """Give a draft the next number of its year and the day, keep its Word file, and tell people.

    Raises:
        NotAllowed: `by` does not issue notices there.
        LetterNotInState: it is issued already.
        LetterHasGaps: something that must stand on it is empty.
    """
    require(may_manage_letter, by, letter)
    # Two drafts issued at once must not get one number.
    Organisation.objects.select_for_update(of=("self",)).get(pk=letter.organisation_id)
    letter = _locked(letter)
    _require_state(letter, State.DRAFT, deed="印发")
    gaps = lacking(letter)
    if gaps:
        raise LetterHasGaps(gaps)
    letter.day = letter.day or day_of(at)
    letter.year = letter.day.year
    letter.number = _next_number(letter)
    letter.state, letter.issued_at = State.ISSUED, at
    letter.issued_by_uid, letter.issued_by_name = by.uid, by.name
    letter.save()
    attachments.keep(
        source_of(letter), word_of(letter), name=file_name(letter),
        organisation=letter.organisation, by=by, at=at, made_here=True,
    )  # fmt: skip
    detail = {"reference": letter.reference}
    trail.record(by, "reports.letter-issued", letter, at=at, detail=detail)
    tell_of_issue(letter, told, by=by, at=at)
    return letter


@transaction.atomic
def withdraw_letter(letter: Letter, *, because: str, by: Teacher, at: datetime) -> Letter:
    """Withdraw an issued notice; its number is not given again.

    Raises:
        NotAllowed: `by` does not issue notices there.
        LetterNotInState: it is not issued.
        ReasonMissing: no reason is given.
    """
    require(may_manage_letter, by, letter)
    letter = _locked(letter)
    _require_state(letter, State.ISSUED, deed="撤回")
    if not because.strip():
        raise ReasonMissing("撤回通知")
    letter.state, letter.withdrawn_at = State.WITHDRAWN, at
    letter.withdrawn_by_name, letter.withdrawn_because = by.name, because.strip()[:REASON]
    letter.save(update_fields=["state", "withdrawn_at", "withdrawn_by_name", "withdrawn_because"])
    detail = {"reference": letter.reference, "reason": letter.withdrawn_because}
    trail.record(by, "reports.letter-withdrawn", letter, at=at, detail=detail)
    tell_of_withdrawal(letter, by=by, at=at)
    return letter


def _locked(letter: Letter) -> Letter:
    rows = Letter.objects.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=letter.pk)


def _require_state(letter: Letter, state: str, *, deed: str) -> None:
    if letter.state != state:
        raise LetterNotInState(deed, str(letter.get_state_display()))


def _next_number(letter: Letter) -> int:
    """Return the number after the last one of the year; withdrawn notices keep theirs."""
    of_year = Letter.objects.filter(
        organisation=letter.organisation, code=letter.code, year=letter.year
    )
    return (of_year.aggregate(last=Max("number"))["last"] or 0) + 1


def _clean(given: Mapping[str, Any], organisation: Organisation) -> dict[str, Any]:
    found = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in given.items()
        if name in WRITTEN
    }
    if not found.get("title"):
        raise BadInput("通知没有标题，没有保存。请写一个标题，如“关于举办研讨活动的通知”。")
    found["signed_by"] = found.get("signed_by") or organisation.name
    return found
