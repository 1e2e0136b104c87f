"""Writing the archive of a school."""

import hashlib
import os
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import ForeignKey, Model, QuerySet

from yanxiu.attachments import actions as attachments
from yanxiu.config.moving.archive import FILES, FORMAT, MANIFEST, line, name_of, said
from yanxiu.config.moving.table import RULES, Rule, Way, in_order
from yanxiu.kernel.refusals import Refusal
from yanxiu.ledger import chain
from yanxiu.people.models import Organisation, Teacher

OTHERS = "rows/others.jsonl"
"""Rows outside the school that its rows speak of: roles, shipped kinds, colleagues elsewhere."""

REBUILT = {"ledger.Entry": ("number", "previous", "chain")}
"""Columns that the other side makes anew, under its own key."""

CHUNK = 1000


class LedgerDoesNotHold(Refusal):
    """The chain of entries has faults; a school does not leave with a false ledger."""

    code = "ledger-does-not-hold"

    def __init__(self, count: int) -> None:
        """Say how many faults."""
        super().__init__(
            f"学时账有{count}处与签名不符，没有导出。请先运行 yanxiu verify 看清是哪几笔，"
            "再从无误的备份恢复后导出。"
        )


class FileThere(Refusal):
    """The target exists."""

    code = "file-there"

    def __init__(self, path: Path) -> None:
        """Name it."""
        super().__init__(f"{path} 已经存在，没有覆盖。请换一个文件名。")


@dataclass
class Departure:
    """What was written: how many rows of each model, and what could not come along."""

    counts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    missing_files: list[str] = field(default_factory=list)


def leave(root: Organisation, target: Path, *, at: datetime, passwords: bool = True) -> Departure:
    """Write `root` and all below it to the new file `target`, readable by its owner alone.

    The rows are read in one transaction, so that the archive shows one moment.

    Args:
        root: the school, or a central school with its schools.
        target: the file to make; it appears when it is whole.
        at: when, aware.
        passwords: whether the (hashed) passwords come along, so that everybody logs in as before.

    Raises:
        FileThere: `target` exists.
        LedgerDoesNotHold: the chain of entries has faults.
    """
    if target.exists():
        raise FileThere(target)
    if found := chain.faults():
        raise LedgerDoesNotHold(len(found))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with (
            os.fdopen(descriptor, "wb") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
            transaction.atomic(),
        ):
            writer = _Writer(root, archive, passwords=passwords)
            departure = writer.write(at)
        os.link(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return departure


class _Writer:
    """Writes model after model and remembers by what name each row is spoken of."""

    def __init__(self, root: Organisation, archive: zipfile.ZipFile, *, passwords: bool) -> None:
        self.root = root
        self.archive = archive
        self.passwords = passwords
        self.names: dict[str, dict[Any, str]] = {}
        self.others: dict[tuple[str, str], dict[str, Any]] = {}
        self.uids: set[Any] = set()
        self.files: set[str] = set()
        self.checksums: dict[str, str] = {}
        self.columns: dict[str, list[str]] = {}
        self.rules: dict[str, Rule] = {}
        self.departure = Departure()
        self.people = Teacher.objects.filter(
            pk__in=Teacher.objects.filter(posts__organisation__path__startswith=root.path).values(
                "pk"
            )
        )

    def write(self, at: datetime) -> Departure:
        for model, rule in in_order():
            self.rules[model._meta.label] = rule
            if rule.way is not Way.STAYS:
                self._write_lines(name_of(model._meta.label), self._lines(model, rule))
        self._write_lines(OTHERS, (line(row) for row in self.others.values()))
        self._write_files()
        self._write_manifest(at)
        return self.departure

    def _rows(self, model: type[Model], rule: Rule) -> "QuerySet[Any]":
        rows = model._default_manager.order_by("pk")
        prefix = f"{rule.path}__" if rule.path else ""
        match rule.way:
            case Way.ORGANISATION:
                return rows.filter(**{f"{prefix}path__startswith": self.root.path})
            case Way.TEACHER:
                return rows.filter(**{f"{prefix}pk__in": self.people.values("pk")})
            case _:
                return rows

    def _lines(self, model: type[Model], rule: Rule) -> Iterator[bytes]:
        """Yield a line for each row; one that points to a later row of its kind waits for it."""
        label = model._meta.label
        names = self.names.setdefault(label, {})
        left_out = {"id", *rule.leave_out, *REBUILT.get(label, ())}
        if label == "people.Teacher" and not self.passwords:
            left_out.add("password")
        columns = [one for one in model._meta.concrete_fields if one.name not in left_out]
        self.columns[label] = [one.name for one in columns]
        own = [one for one in columns if one.is_relation and one.related_model is model]
        waiting: list[Model] = []
        for row in self._rows(model, rule).iterator(chunk_size=CHUNK):
            if rule.way is Way.THING and row.source_id not in self.uids:
                continue
            if any(getattr(row, one.attname) not in {None, *names} for one in own):
                waiting.append(row)
                continue
            yield from self._line(row, columns, names)
        while waiting:
            ready = [
                row for row in waiting
                if all(getattr(row, one.attname) in {None, *names} for one in own)
            ] or waiting  # fmt: skip
            waiting = [row for row in waiting if row not in ready]
            for row in ready:
                yield from self._line(row, columns, names)

    def _line(self, row: Any, columns: list[Any], names: dict[Any, str]) -> Iterator[bytes]:
        label = row._meta.label
        values: dict[str, Any] = {}
        for column in columns:
            value = getattr(row, column.attname)
            if isinstance(column, ForeignKey) and value is not None:
                later = column.name in RULES[label].later
                value = _uid_of(column, value) if later else self._name(column, value)
                if value is None and not column.null and not self._is_top(row, column):
                    self.departure.left_out[label] += 1
                    return
            values[column.name] = said(value)
        uid = getattr(row, "uid", None)
        names[row.pk] = str(uid) if uid else f"#{len(names) + 1}"
        if uid:
            self.uids.add(uid)
        if label == "attachments.Attachment":
            self.files.add(row.sha256)
        self.departure.counts[label] += 1
        yield line({"ref": names[row.pk], **values})

    def _is_top(self, row: Any, column: Any) -> bool:
        """Whether the row is the school itself, whose superior stays behind."""
        return bool(row == self.root and column.name == "parent")

    def _name(self, column: Any, pk: Any) -> str | None:
        """Return by what name the row `pk` is spoken of; None if it does not come along."""
        label = column.related_model._meta.label
        known = self.names.get(label, {})
        if pk in known:
            return known[pk]
        rule = self.rules[label]
        row = column.related_model._default_manager.get(pk=pk)
        if label == "people.Teacher":
            told = {"uid": str(row.uid), "name": row.name}
            name = str(row.uid)
        elif rule.known_by:
            told = {one: said(getattr(row, one)) for one in rule.known_by}
            told |= self._described(row, rule)
            name = "=" + "/".join(str(getattr(row, one)) for one in rule.known_by)
        else:
            return None
        self.others.setdefault((label, name), {"model": label, "ref": name, "values": told})
        known[pk] = name
        return name

    def _described(self, row: Any, rule: Rule) -> dict[str, Any]:
        """Return the columns of a row from outside, should the other side not have it."""
        told: dict[str, Any] = {}
        for one in row._meta.concrete_fields:
            value = getattr(row, one.attname)
            if one.name in {"id", "uid", "organisation", *rule.known_by} or value is None:
                continue
            told[one.name] = self._name(one, value) if one.is_relation else said(value)
        return told

    def _write_lines(self, name: str, lines: Iterator[bytes]) -> None:
        digest = hashlib.sha256()
        with self.archive.open(_info(name), "w", force_zip64=True) as file:
            for text in lines:
                digest.update(text)
                file.write(text)
        self.checksums[name] = digest.hexdigest()

    def _write_files(self) -> None:
        for sha256 in sorted(self.files):
            path = attachments.path_of(sha256)
            if not path.exists():
                self.departure.missing_files.append(sha256)
                continue
            self._write_lines(FILES + sha256, iter([path.read_bytes()]))

    def _write_manifest(self, at: datetime) -> None:
        manifest = {
            "format": FORMAT,
            "made_at": at.isoformat(),
            "organisation": str(self.root.uid),
            "name": self.root.name,
            "counts": dict(sorted(self.departure.counts.items())),
            "columns": self.columns,
            "checksums": self.checksums,
        }
        self.archive.writestr(_info(MANIFEST), line(manifest))


def _info(name: str) -> zipfile.ZipInfo:
    """Return the entry `name` with a date that never changes, so that equal is equal."""
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _uid_of(column: Any, pk: Any) -> str:
    """Return by what name a row that comes later is spoken of; it has a uid."""
    return str(column.related_model._default_manager.values_list("uid", flat=True).get(pk=pk))
