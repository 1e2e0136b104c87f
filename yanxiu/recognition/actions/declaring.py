"""Declaring what was done elsewhere, putting it right, and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from yanxiu.attachments import actions as attachments
from yanxiu.attachments.models import Attachment
from yanxiu.audit import trail
from yanxiu.kernel.refusals import BadInput, Refusal
from yanxiu.kernel.sources import Source, source_of
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.actions.submitting import AUTOMATIC, DECLARED, NewRecord, submit
from yanxiu.ledger.models import Record
from yanxiu.ledger.queries import schemes_on
from yanxiu.ledger.refusals import NotReturned, TooLateToTakeBack
from yanxiu.people.access import require
from yanxiu.people.models import Organisation, Teacher
from yanxiu.places.table import links
from yanxiu.places.told import LONGEST, Before, refuse_twice
from yanxiu.recognition.models import Declaration
from yanxiu.recognition.models.declarations import TIMED
from yanxiu.recognition.permissions import may_change_declaration
from yanxiu.recognition.queries.offers import Offer, offer_kept, offer_of, offers
from yanxiu.recognition.refusals import (
    DeclaredBefore,
    DeclaredTooLate,
    NoSchemeThen,
    NotDeclarable,
    ProofWanted,
)
from yanxiu.texts.keys import key

MORNING = time(8)
MOST = Decimal(1000)
FACTS = (
    "title", "organiser", "happened_on", "amount", "organiser_level", "delivery_mode", "role",
    "subject_kind", "theme", "grade", "prize", "author_order", "reference", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Proof:
    """A file with its name."""

    name: str
    data: bytes


@transaction.atomic
def declare(
    organisation: Organisation,
    kind: str,
    facts: Mapping[str, Any],
    *,
    proof: Proof | None = None,
    not_the_same: str = "",
    by: Teacher,
    at: datetime,
) -> Declaration:
    """Tell of something done elsewhere; it waits for the first step of its chain.

    Args:
        organisation: the school that is to recognise it.
        kind: one that the scheme in force lets declare.
        facts: title, happened_on, amount and what else `FACTS` names.
        proof: a file, where the scheme asks for one or the person has one.
        not_the_same: in what it differs from something alike that was told of before.
        by: whose it is.
        at: when, aware.

    Raises:
        NotDeclarable: the kind cannot be declared.
        NoSchemeThen: nothing counted on that day.
        BadInput: an amount or a day that cannot be meant.
        DeclaredTooLate, ProofWanted: what the scheme asks for is not kept.
        DeclaredBefore: the person's records have it already.
        ToldBefore: it looks like something told of before, and nothing says in what it differs.
    """
    offer = offer_of(offers(organisation, facts["happened_on"]), kind)
    if offer is None:
        raise _not_declarable(organisation, facts["happened_on"], kind, at)
    _check(offer, facts, at)
    if offer.wants_proof and proof is None:
        raise ProofWanted("证明文件")
    Teacher.objects.select_for_update(of=("self",)).get(pk=by.pk)
    _refuse_twice(facts, by)
    word = _difference(offer, facts, by, not_the_same)
    made = Declaration(
        teacher=by,
        organisation=organisation,
        kind=kind,
        kind_name=offer.name,
        measure=offer.measure,
        made_at=at,
    )
    _take(made, facts)
    made.save()
    if proof:
        add_proof(source_of(made), organisation, proof, by=by, at=at)
    made.record = _submit(made, offer, word=word, by=by, at=at)
    made.save(update_fields=["record"])
    trail.record(by, "recognition.declared", made, at=at, detail={"amount": str(made.amount)})
    return made


def _not_declarable(organisation: Organisation, day: date, kind: str, at: datetime) -> Refusal:
    """Return why `kind` cannot be declared of `day`: by the rules then, or for want of any."""
    if not schemes_on(organisation, day):
        return NoSchemeThen(day)
    now = offer_of(offers(organisation, day_of(at)), kind)
    return NotDeclarable(now.name if now else kind, day)


def _check(offer: Offer, facts: Mapping[str, Any], at: datetime) -> None:
    day = facts["happened_on"]
    if not str(facts["title"]).strip():
        raise BadInput("没有写名称，没有提交。请写证书、通知或刊物上的名称。")
    if day > day_of(at):
        raise BadInput("日期在今天以后，没有提交。做完以后再报，已写的会留在这台设备上。")
    if offer.in_pieces and facts["amount"] % 1:
        raise BadInput("数量要写整数，没有提交。几位作者合写的，也写1，按第几作者计。")
    if not 0 < facts["amount"] <= MOST:
        raise BadInput(f"数量应大于 0、不超过 {MOST}，没有提交。请按证书或通知填写。")
    days = offer.declaring.days(day)
    if days is not None and day_of(at) > day + timedelta(days=days):
        raise DeclaredTooLate(day + timedelta(days=days))
    if offer.wants_reference and not str(facts.get("reference", "")).strip():
        raise ProofWanted("证书、文件或刊物的编号")


def _refuse_twice(
    facts: Mapping[str, Any], teacher: Teacher, besides: Record | None = None
) -> None:
    """Refuse what the records of that day have already, whoever wrote them."""
    rows = Record.objects.filter(
        teacher=teacher, happened_on=facts["happened_on"], withdrawn_at=None
    )
    if besides:
        rows = rows.exclude(pk=besides.pk)
    for row in rows:
        if key(row.title) == key(str(facts["title"])):
            raise DeclaredBefore(row.title, row.happened_on, _opened(row, teacher))


def _opened(record: Record, teacher: Teacher) -> list[Before]:
    """Return where what a record came from opens for the person, if it does."""
    source, day = Source(record.source_kind, record.source_id), record.happened_on
    return [
        Before(source, link.name, link.title, link.url, day, day)
        for link in links([source], teacher).values()
    ]


def _difference(offer: Offer, facts: Mapping[str, Any], teacher: Teacher, why: str) -> str:
    """Return in what a course differs from one that is alike; "" where none is.

    Raises:
        ToldBefore: one is alike, and nothing is said.
    """
    if offer.measure not in TIMED:
        return ""
    day = facts["happened_on"]
    found = refuse_twice(teacher, str(facts["title"]), day, day, why)
    return why.strip()[:LONGEST] if found else ""


def _take(made: Declaration, facts: Mapping[str, Any]) -> None:
    for name in FACTS:
        if name in facts:
            value = facts[name]
            setattr(made, name, value.strip() if isinstance(value, str) else value)
    made.title_key = key(made.title)[:120]


def _submit(
    made: Declaration, offer: Offer, *, word: str = "", by: Teacher, at: datetime
) -> Record:
    """Hand in the record of a declaration."""
    counted: dict[str, Any] = {
        "hour": {"stated": made.amount},
        "lesson": {"lessons": made.amount},
        "day": {"days": made.amount},
        "character": {"characters": made.amount},
        "item": {"items": made.amount},
    }[made.measure]
    new = NewRecord(
        teacher=made.teacher,
        organisation=made.organisation,
        kind=made.kind,
        role=made.role or _usual_role(offer),
        title=made.title,
        happened_at=moment_at(made.happened_on, MORNING),
        assurance=Record.Assurance.DECLARED,
        source=source_of(made),
        content_key=f"{made.kind}:{made.title_key}"[:80],
        organiser_level=made.organiser_level,
        delivery_mode=made.delivery_mode,
        prize=made.prize,
        subject_kind=made.subject_kind,
        theme=made.theme,
        grade=made.grade,
        author_order=made.author_order,
        attendance="present",
        evidence=_evidence(made, offer),
        claimed=made.amount,
        word=word,
        **counted,
    )
    step = AUTOMATIC if offer.declaring.automatic else DECLARED
    return submit([new], by=by, at=at, step=step)[0]


def _usual_role(offer: Offer) -> str:
    """Return the part that needs no question: the only one the rules know, or the usual one."""
    known = offer.codes("role")
    if len(known) == 1:
        return known[0]
    author = "author" in dict(offer.choices("role"))
    return "author" if author and offer.measure in {"item", "character"} else "attendee"


def _evidence(made: Declaration, offer: Offer) -> tuple[str, ...]:
    """Return what is there to prove it: the files stand for all that the rules ask for.

    Whether they do is what the steps are for.
    """
    files = Attachment.objects.filter(source_kind=made.SOURCE_KIND, source_id=made.uid).exists()
    found = ["reference"] if made.reference else []
    return tuple([*found, "proof", *offer.evidence()] if files else found)


def add_proof(
    source: Source, organisation: Organisation, proof: Proof, *, by: Teacher, at: datetime
) -> Attachment:
    """Keep a file beside what it proves."""
    return attachments.keep(
        source, proof.data, name=proof.name, organisation=organisation, by=by, at=at
    )


@transaction.atomic
def put_right(
    made: Declaration,
    facts: Mapping[str, Any],
    *,
    word: str = "",
    proof: Proof | None = None,
    by: Teacher,
    at: datetime,
) -> Declaration:
    """Hand a returned declaration in again.

    Where only proof or a word was added, the record goes back to the step that returned it. Where
    a fact was put right, the old record is withdrawn and a new one begins: nobody is taken to have
    recognised what he has not seen.

    Raises:
        NotAllowed: it is somebody else's.
        NotReturned: nobody returned it.
        NoSchemeThen, BadInput, DeclaredTooLate, ProofWanted, DeclaredBefore: see `declare`.
    """
    require(may_change_declaration, by, made)
    made = (
        Declaration.objects.select_for_update(of=("self",))
        .select_related("teacher", "organisation", "record")
        .get(pk=made.pk)
    )
    record = made.record
    if record is None or record.withdrawn_at or record.state != Record.State.RETURNED:
        raise NotReturned
    if proof:
        add_proof(source_of(made), made.organisation, proof, by=by, at=at)
    if all(_same(getattr(made, name), facts[name]) for name in FACTS if name in facts):
        found = offer_kept(made.organisation, made.happened_on, made.kind)
        evidence = _evidence(made, found) if found else ()
        said = word or ("补充了证明材料" if proof else "没有改动，再次提交")
        ledger.hand_in_again(record, word=said, evidence=evidence, by=by, at=at)
        return made
    offer = offer_kept(made.organisation, facts["happened_on"], made.kind)
    if offer is None:
        raise NoSchemeThen(facts["happened_on"])
    _check(offer, facts, made.made_at)
    _refuse_twice(facts, by, besides=record)
    ledger.take_back(record, because="本人更正后重新提交", by=by, at=at)
    _take(made, facts)
    made.record = _submit(made, offer, by=by, at=at)
    made.save()
    trail.record(by, "recognition.put-right", made, at=at, detail={"amount": str(made.amount)})
    return made


def _same(old: Any, new: Any) -> bool:
    return (old or "") == ((new.strip() if isinstance(new, str) else new) or "")


@transaction.atomic
def withdraw_declaration(
    made: Declaration, *, because: str = "", by: Teacher, at: datetime
) -> Declaration:
    """Take a declaration back while nobody has acted on it.

    Raises:
        NotAllowed: it is somebody else's.
        TooLateToTakeBack: a step was taken.
    """
    require(may_change_declaration, by, made)
    if made.record is None:
        raise TooLateToTakeBack("学校")
    ledger.take_back(made.record, because=because, by=by, at=at)
    trail.record(by, "recognition.withdrawn", made, at=at)
    return made
