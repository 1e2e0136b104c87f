"""What each line of a transfer would be worth, what it was taken for, and what was done when."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from django.utils.translation import gettext as _

from yanxiu.audit.models import TrailLine
from yanxiu.kernel.amounts import plain
from yanxiu.ledger.models import Award, Transfer, TransferLine
from yanxiu.ledger.queries.schemes import Adoptions, scheme_of
from yanxiu.ledger.rules.adding import TRANSFERRED
from yanxiu.ledger.rules.amounts import exact, fixed
from yanxiu.ledger.rules.facts import Facts
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.ledger.rules.taking import Taken, taken

BROUGHT, AGAIN, ACCEPTED, RETURNED = (
    f"ledger.transfer-{deed}" for deed in ("brought", "brought-again", "accepted", "returned")
)


@dataclass(frozen=True)
class Worth:
    """What a line counts in one scheme, with the factor in words where one was applied."""

    scheme: str
    text: str


@dataclass(frozen=True)
class Choice:
    """One way to take a line over: a row of the table (`""` is face value), and what it gives."""

    id: str
    title: str
    worths: list[Worth]


@dataclass
class LineShown:
    """A line with the ways to take it over, or with what it was taken for.

    `has_scheme` is false where no scheme was in force on its last day: it cannot be taken over.
    """

    line: TransferLine
    has_scheme: bool = True
    choices: list[Choice] = field(default_factory=list)
    worths: list[Worth] = field(default_factory=list)

    @property
    def is_taken_back(self) -> bool:
        """Whether it was taken over and that was undone."""
        return bool(self.line.record and self.line.record.withdrawn_at)


@dataclass(frozen=True)
class Deed:
    """One line of the way of a paper: when, who, what, and why where a reason was given.

    `other_uid` is the paper that was brought in its place, or in whose place it was brought.
    """

    at: datetime
    name: str
    word: str
    reason: str = ""
    other_uid: UUID | None = None


def lines_of(transfer: Transfer) -> list[LineShown]:
    """Return the lines of `transfer`; three statements, one more for each stored scheme."""
    rows = list(transfer.lines.select_related("record"))
    if transfer.state == Transfer.State.WAITING:
        adopted = Adoptions.of(transfer.organisation)
        return [_offered(transfer, row, adopted.on(row.last_on)) for row in rows]
    worths: dict[int, list[Worth]] = {}
    records = [row.record_id for row in rows if row.record_id]
    for award in Award.objects.filter(record__in=records).order_by("round", "pk"):
        scheme = scheme_of(award.scheme, award.version, award.digest)
        told = str(award.steps[-1]["text"]) if award.steps else ""
        worths.setdefault(award.record_id, []).append(Worth(scheme.title, told))
    return [LineShown(row, worths=worths.get(row.record_id or 0, [])) for row in rows]


def _offered(transfer: Transfer, line: TransferLine, schemes: list[Scheme]) -> LineShown:
    found = [_choice(transfer, line, schemes, "", _("按原数"))]
    known: set[str] = set()
    for row in (one for scheme in schemes for one in scheme.transfers):
        if row.taken == line.unit and row.id not in known:
            known.add(row.id)
            found.append(_choice(transfer, line, schemes, row.id, row.title))
    return LineShown(line, bool(schemes), [one for one in found if one and one.worths])


def _choice(
    transfer: Transfer, line: TransferLine, schemes: list[Scheme], row: str, title: str
) -> Choice | None:
    """Return what `row` gives in each of `schemes`; None if one of them could not take it so."""
    worths = []
    for scheme in schemes:
        own = row if any(one.id == row for one in scheme.transfers) else ""
        worth = taken(
            scheme, line.amount, line.unit, on=line.last_on, issuer=transfer.issuer, row=own
        )
        if worth is None:
            return None
        amount = f"{plain(line.amount)} {scheme.unit_label(line.unit)}"
        text = worth.steps[-1].text if own else _("按原数计 %(amount)s") % {"amount": amount}
        worths.append(Worth(scheme.title, text + _in_its_unit(transfer, line, scheme, worth)))
    return Choice(row, title, worths)


def _in_its_unit(transfer: Transfer, line: TransferLine, scheme: Scheme, worth: Taken) -> str:
    """Return what it makes in the unit in which the scheme asks, "" if it is in that already."""
    if worth.unit == scheme.unit:
        return ""
    unit = scheme.unit_label(scheme.unit)
    facts = Facts(
        uid=line.uid, teacher_uid=transfer.teacher.uid, kind=TRANSFERRED, on=line.last_on,
        organiser_level=line.organiser_level, delivery_mode=line.delivery_mode,
        subject_kind=line.subject_kind, theme=line.theme,
    )  # fmt: skip
    rate = scheme.hours_per_credit(facts, line.last_on)
    if rate is None:
        return _("；方案没有写怎样折成%(unit)s，不计入%(unit)s的要求") % {"unit": unit}
    value = exact(worth.amount)
    made = value * exact(rate) if worth.unit == "credit" else value / exact(rate)
    return _("，合 %(amount)s %(unit)s") % {"amount": plain(fixed(made)), "unit": unit}


def history(transfer: Transfer) -> list[Deed]:
    """Return what was done about `transfer` from the beginning, each deed kept; one statement."""
    verbs = (BROUGHT, AGAIN, ACCEPTED, RETURNED)
    rows = TrailLine.objects.filter(
        source_kind=Transfer.SOURCE_KIND, source_id=transfer.uid, verb__in=verbs
    )
    found = list(rows.order_by("at", "pk"))
    if not found:
        # Its trail lies elsewhere: what the paper itself keeps.
        deeds = [Deed(transfer.entered_at, transfer.entered_by_name, _("提交"))]
        if transfer.decided_at:
            word = transfer.get_state_display()
            deeds.append(Deed(transfer.decided_at, transfer.decided_by_name, word, transfer.reason))
        return deeds
    before = [None, *found]
    return [_deed(last, row) for last, row in pairwise(before) if row is not None]


def _deed(last: TrailLine | None, row: TrailLine) -> Deed:
    words = {BROUGHT: _("提交"), AGAIN: _("改好再交"), ACCEPTED: _("转入"), RETURNED: _("退回")}
    word = words[row.verb]
    if row.verb == RETURNED and last is not None and last.verb == ACCEPTED:
        word = _("撤回转入")
    other = row.detail.get("other")
    if row.verb == BROUGHT and other:
        word = _("改好再交")
    return Deed(
        row.at, row.actor_name, word, str(row.detail.get("reason", "")),
        UUID(other) if other else None,
    )  # fmt: skip


def was_brought_again(transfer: Transfer) -> bool:
    """Tell whether another paper was brought in the place of `transfer`; one statement."""
    rows = TrailLine.objects.filter(source_kind=Transfer.SOURCE_KIND, source_id=transfer.uid)
    return rows.filter(verb=AGAIN).exists()
