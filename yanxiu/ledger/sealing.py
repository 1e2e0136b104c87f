"""The signatures under frozen years, and whether they still hold.

A snapshot is signed like an entry (`chain.sign`), and a closing over all signatures of its
snapshots, so that a changed, removed or added one is found. One that came from another
installation has no signature of this one; its digest is checked all the same.
"""

import hmac
import json
from collections.abc import Iterable
from datetime import UTC
from hashlib import sha256
from typing import Any

from yanxiu.ledger import chain
from yanxiu.ledger.models import YearClosing, YearSnapshot


def digest_of(standing: dict[str, Any]) -> str:
    """Return the SHA-256 of a standing, whatever the order of its keys."""
    text = json.dumps(standing, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def canonical(snapshot: YearSnapshot) -> str:
    """Return the text of `snapshot` that is signed; closing, school and teacher are loaded."""
    closing = snapshot.closing
    parts = [
        str(snapshot.uid),
        str(snapshot.teacher.uid),
        str(closing.uid),
        str(closing.organisation.uid),
        closing.scheme,
        closing.version,
        closing.starts_on.isoformat(),
        closing.ends_on.isoformat(),
        str(closing.round),
        str(snapshot.met),
        snapshot.digest,
        str(snapshot.entries),
        snapshot.link,
        snapshot.made_at.astimezone(UTC).isoformat(timespec="microseconds"),
    ]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def sign(snapshot: YearSnapshot) -> str:
    """Return the signature of `snapshot`."""
    return chain.sign(canonical(snapshot))


def seal_of(closing: YearClosing, signatures: Iterable[str]) -> str:
    """Return the signature over all signatures of a closing, whatever their order."""
    whole = sha256("\n".join(sorted(signatures)).encode()).hexdigest()
    return chain.sign(json.dumps([str(closing.uid), closing.round, whole]))


def faults() -> list[str]:
    """Check every frozen snapshot and every seal; memory holds one closing at a time."""
    found: list[str] = []
    closings = YearClosing.objects.exclude(state=YearClosing.State.RUNNING)
    for closing in closings.select_related("organisation").order_by("pk").iterator(chunk_size=100):
        found.extend(_faults_in(closing))
    return found


def _faults_in(closing: YearClosing) -> list[str]:
    where = f"{closing.organisation.name} {closing.starts_on:%Y-%m-%d}起的年度登记"
    rows = list(closing.snapshots.select_related("teacher", "closing__organisation"))
    found = [
        f"{where}：{row.teacher.name}的快照{sentence}"
        for row in rows
        for sentence in _faults_of(row)
    ]
    signatures = [row.signature for row in rows]
    if len(rows) != closing.count:
        found.append(f"{where}：应有{closing.count}份快照，现在有{len(rows)}份")
    elif all(signatures) and not hmac.compare_digest(seal_of(closing, signatures), closing.seal):
        found.append(f"{where}：封签与各份快照不符，快照被换过")
    return found


def _faults_of(row: YearSnapshot) -> list[str]:
    if not hmac.compare_digest(digest_of(row.standing), row.digest):
        return ["内容与摘要不符，登记后被改动过"]
    if row.standing.get("met") != row.met:
        return ["是否达标与内容不符，登记后被改动过"]
    if row.signature and not hmac.compare_digest(sign(row), row.signature):
        return ["与签名不符，登记后被改动过"]
    return []


def count() -> int:
    """Return how many snapshots are frozen."""
    return YearSnapshot.objects.shown().count()
