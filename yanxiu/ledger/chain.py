"""The chain that makes a changed, removed or inserted entry visible.

Each entry is signed together with the one before it, teacher by teacher, with a key that lies
outside the database. Who holds both the database and the key can still write a false history;
nothing inside one installation can find that out, which docs/decisions/0005 says openly.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from yanxiu.kernel.amounts import PLACES
from yanxiu.ledger.models import ChainHead, Entry

Head = tuple[int, str]
"""How many entries a chain has, and its last link; (0, "") where nothing has been posted."""


@dataclass(frozen=True)
class Fault:
    """One place where the chain does not hold; `sentence` names it."""

    teacher: int
    number: int
    sentence: str


def canonical(entry: Entry, *, teacher_uid: object, record_uid: object, reverses: object) -> str:
    """Return the text of `entry` that is signed: every field that must not change."""
    parts = [
        str(entry.uid),
        str(teacher_uid),
        str(entry.number),
        str(record_uid),
        entry.scheme,
        str(entry.round),
        str(entry.amount.quantize(PLACES)),
        entry.unit,
        entry.earned_on.isoformat(),
        entry.posted_at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(entry.posted_by_uid or "-"),
        str(reverses or "-"),
        entry.reason,
        entry.previous,
    ]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def sign(text: str) -> str:
    """Return the link for a canonical `text`: HMAC-SHA256 under the installation's ledger key."""
    return hmac.new(settings.LEDGER_KEY.encode(), text.encode(), sha256).hexdigest()


def link(entry: Entry, after: Head, *, teacher_uid: object, record_uid: object) -> Head:
    """Give `entry` its number and its signature behind `after`, and return the head it makes.

    The entry that it reverses, if any, must be loaded.
    """
    entry.number, entry.previous = after[0] + 1, after[1]
    text = canonical(
        entry,
        teacher_uid=teacher_uid,
        record_uid=record_uid,
        reverses=entry.reverses.uid if entry.reverses else None,
    )
    entry.chain = sign(text)
    return entry.number, entry.chain


def faults() -> list[Fault]:
    """Walk every chain and return what does not hold; memory is flat in the number of entries."""
    found: list[Fault] = []
    heads = {head.teacher_id: head for head in ChainHead.objects.all()}
    last: dict[int, tuple[int, str]] = {}
    entries = (
        Entry.objects.select_related("teacher", "record", "reverses")
        .order_by("teacher_id", "number")
        .iterator(chunk_size=1000)
    )
    for entry in entries:
        number, link = last.get(entry.teacher_id, (0, ""))
        if entry.number != number + 1:
            found.append(
                Fault(
                    entry.teacher_id,
                    entry.number,
                    f"第{number + 1}笔不在，接着的是第{entry.number}笔",
                )
            )
        elif entry.previous != link:
            found.append(Fault(entry.teacher_id, entry.number, "与前一笔接不上"))
        text = canonical(
            entry,
            teacher_uid=entry.teacher.uid,
            record_uid=entry.record.uid,
            reverses=entry.reverses.uid if entry.reverses else None,
        )
        if not hmac.compare_digest(sign(text), entry.chain):
            found.append(Fault(entry.teacher_id, entry.number, "内容与签名不符，入账后被改动过"))
        last[entry.teacher_id] = (entry.number, entry.chain)
    for teacher in sorted({*heads, *last}):
        head = heads.get(teacher)
        state = (head.count, head.last) if head else (0, "")
        if state != last.get(teacher, (0, "")):
            found.append(Fault(teacher, state[0], "末尾与链头不符，可能缺少最后几笔"))
    return found


def root() -> dict[str, object]:
    """Return the state of all chains as one signed value, to be kept outside the database."""
    digest = sha256()
    count = 0
    for teacher_uid, number, last in ChainHead.objects.order_by("teacher__uid").values_list(
        "teacher__uid", "count", "last"
    ):
        digest.update(f"{teacher_uid} {number} {last}\n".encode())
        count += number
    value = {"entries": count, "digest": digest.hexdigest()}
    return {**value, "signature": sign(json.dumps(value, sort_keys=True))}


def keep_root(folder: Path, at: datetime) -> Path:
    """Write today's signed root into `folder`; a later `yanxiu verify` compares against it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{at.astimezone(UTC):%Y-%m-%d}.json"
    path.write_text(json.dumps({"at": at.isoformat(), **root()}, indent=1), encoding="utf-8")
    return path


def root_faults(folder: Path) -> list[str]:
    """Return what the kept roots in `folder` contradict: forged roots, or fewer entries now."""
    found = []
    now = Entry.objects.count()
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        kept = json.loads(path.read_text(encoding="utf-8"))
        value = {"entries": kept.get("entries"), "digest": kept.get("digest")}
        if not hmac.compare_digest(
            sign(json.dumps(value, sort_keys=True)), str(kept.get("signature"))
        ):
            found.append(f"{path.stem} 的链根签名不符，文件被改动过")
        elif kept["entries"] > now:
            found.append(f"{path.stem} 时有{kept['entries']}笔入账，现在只有{now}笔")
    return found
