"""Reading the archive of a school into this installation."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import ForeignKey, Model, Q

from yanxiu.attachments import actions as attachments
from yanxiu.audit import trail
from yanxiu.config.moving.archive import NotASchool, Reader
from yanxiu.config.moving.leaving import OTHERS
from yanxiu.config.moving.table import RULES, Way, in_order
from yanxiu.kernel.refusals import Refusal
from yanxiu.ledger import actions as ledger
from yanxiu.ledger.models import SchemeAdoption, SchemeFile
from yanxiu.people.models import Organisation, Teacher

BATCH = 500


class AlreadyHere(Refusal):
    """The school is in this installation."""

    code = "school-already-here"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(
            f"本系统里已有“{name}”，没有再次读入，也没有改动。"
            "如要改用搬家包里的数据，请读入一个新的系统。"
        )


class NameTaken(Refusal):
    """Another organisation at the same place has the name."""

    code = "school-name-taken"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(
            f"同一上级之下已有另一个“{name}”，没有读入。请先给其中一个改名，或用 --into 另选上级。"
        )


class WhereTo(Refusal):
    """The installation has organisations, and nobody said below which one."""

    code = "where-to"

    def __init__(self, names: list[str]) -> None:
        """Name the candidates."""
        super().__init__(
            f"本系统里已有{'、'.join(names)}，没有读入。请用 --into 指明放在哪一个组织之下。"
        )


class SchemeTaken(Refusal):
    """A scheme of the school is published here with another text."""

    code = "scheme-taken"

    def __init__(self, scheme: str, version: str) -> None:
        """Name it."""
        super().__init__(
            f"搬家包里的方案“{scheme}”第“{version}”版，本系统里已公布过另一份同名同版的，没有读入。"
            "请在原来的系统里另存为新的编号，采用后再导出。"
        )


class SchemeLacking(Refusal):
    """The school reckons by a scheme that a superior wrote and that is not here."""

    code = "scheme-lacking"

    def __init__(self, scheme: str, version: str) -> None:
        """Name it."""
        super().__init__(
            f"这所学校采用的方案“{scheme}”第“{version}”版由原来的上级编写，本系统里没有，没有读入。"
            "请先在本系统里由上级公布这一编号和版本的方案，再读入。"
        )


@dataclass
class Arrival:
    """What was read: the school, how many rows of each model, who was here, what needs a look."""

    name: str
    organisation: Organisation | None = None
    counts: Counter[str] = field(default_factory=Counter)
    met: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)


class _OnlyTried(Exception):
    """Takes the transaction of a trial back."""


def arrive(path: Path, *, into: Organisation | None, at: datetime, trial: bool = False) -> Arrival:
    """Read the school in the archive `path` into this installation, wholly or not at all.

    A person who is here already (known by uid) stays as this installation knows her and gains the
    posts, records and entries. Entries are signed anew, behind those that the person has here.

    Args:
        path: the archive.
        into: the organisation below which the school is placed; None if there is none yet.
        at: when, aware.
        trial: whether to take everything back at the end and only say what would be.

    Raises:
        NotASchool: the archive is none, is damaged, or comes from a newer version.
        AlreadyHere: the school is here.
        NameTaken: another organisation of the name is there.
        WhereTo: there are organisations, and `into` is None.
        SchemeTaken, SchemeLacking: a scheme of the school is another one here, or is not here.
    """
    reader = Reader(path)
    _refuse_newer(reader)
    _refuse_place(reader, into)
    _refuse_schemes(reader)
    with transaction.atomic():
        arrival = _Arriving(reader, into).read(at)
        if trial:
            transaction.set_rollback(True)
    return arrival


def _refuse_newer(reader: Reader) -> None:
    """Refuse an archive with models or columns that this version does not know."""
    known = {
        model._meta.label: {one.name for one in model._meta.concrete_fields}
        for model, _rule in in_order()
    }
    for label, columns in reader.manifest["columns"].items():
        if strange := sorted(set(columns) - known.get(label, set())):
            why = f"来自更新的版本，本系统不认识 {label} 的 {'、'.join(strange)}，请先升级本系统"
            raise NotASchool(reader.path, why)


def _refuse_place(reader: Reader, into: Organisation | None) -> None:
    name = str(reader.manifest["name"])
    if Organisation.objects.filter(uid=reader.manifest["organisation"]).exists():
        raise AlreadyHere(name)
    if Organisation.objects.filter(parent=into, name=name).exists():
        raise NameTaken(name)
    if into is None and (roots := list(Organisation.objects.filter(parent=None)[:5])):
        raise WhereTo([f"“{root.name}”" for root in roots])


def _refuse_schemes(reader: Reader) -> None:
    """Refuse schemes that mean something else here, and adoptions of schemes that nobody has."""
    here = {
        (one.scheme, one.version): one.digest
        for one in SchemeFile.objects.exclude(state=SchemeFile.State.DRAFT)
    }
    brought = set()
    for row in reader.rows(SchemeFile._meta.label):
        name = (row["scheme"], row["version"])
        if row["state"] != SchemeFile.State.DRAFT:
            brought.add(name)
            if name in here:
                raise SchemeTaken(*name)
    for row in reader.rows(SchemeAdoption._meta.label):
        name = (row["scheme"], row["version"])
        if row.get("digest") and name not in brought and name not in here:
            raise SchemeLacking(*name)


class _Arriving:
    """Reads model after model and remembers which row is meant by each name."""

    def __init__(self, reader: Reader, into: Organisation | None) -> None:
        self.reader = reader
        self.into = into
        self.rows: dict[str, dict[str, Any]] = {}
        self.others = {
            (row["model"], row["ref"]): row["values"]
            for row in reader.rows(OTHERS.removeprefix("rows/").removesuffix(".jsonl"))
        }
        self.waiting: list[tuple[Any, Any, str]] = []
        self.root = str(reader.manifest["organisation"])
        self.arrival = Arrival(str(reader.manifest["name"]))

    def read(self, at: datetime) -> Arrival:
        for sha256, data in self.reader.files():
            self._keep(sha256, data)
        for model, rule in in_order():
            if rule.way is not Way.STAYS:
                self._read_model(model)
        self._fill_later()
        root = Organisation.objects.get(uid=self.root)
        trail.record(
            None, "config.school-arrived", root, at=at, detail={"from": self.reader.path.name}
        )
        self.arrival.organisation = root
        return self.arrival

    def _keep(self, sha256: str, data: bytes) -> None:
        if hashlib.sha256(data).hexdigest() != sha256 or len(data) > settings.UPLOAD_LIMIT * 4:
            raise NotASchool(self.reader.path, f"附件 {sha256[:8]} 与名称不符或太大")
        path = attachments.path_of(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".arriving")
            part.write_bytes(data)
            part.replace(path)

    def _read_model(self, model: type[Model]) -> None:
        label = model._meta.label
        known = self.rows.setdefault(label, {})
        own = [one for one in model._meta.concrete_fields if one.related_model is model]
        batch: list[tuple[str, Any]] = []
        names: set[str] = set()
        for row in self._new(model, self.reader.rows(label)):
            # A row that points to one of its own kind comes after it, in a later batch.
            if len(batch) == BATCH or any(row.get(one.name) in names for one in own):
                self._save(model, batch, known)
                batch, names = [], set()
            batch.append((row["ref"], self._made(model, row)))
            names.add(row["ref"])
        self._save(model, batch, known)

    def _new(self, model: type[Model], rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yield the rows that are not here; persons who are, are noted and kept."""
        if model is not Teacher:
            yield from rows
            return
        for row in rows:
            here = Teacher.objects.filter(uid=row["uid"]).first()
            if here:
                self.rows["people.Teacher"][row["ref"]] = here
                self.arrival.met.append(here.name)
                continue
            if row["phone"] and Teacher.objects.filter(phone=row["phone"]).exists():
                self.arrival.questions.append(
                    f"{row['name']}的手机号在本系统里已属于另一位教师，先空着。"
                    "请核对是不是同一个人，再补上手机号。"
                )
                row["phone"] = None
            yield row

    def _made(self, model: type[Model], row: dict[str, Any]) -> Any:
        made = model()
        self._fill(made, row)
        if isinstance(made, Organisation):
            made.parent = made.parent or self.into
            made.path = f"?{made.uid}"
        if isinstance(made, Teacher) and not made.password:
            made.set_unusable_password()
        return made

    def _fill(self, made: Any, values: dict[str, Any]) -> None:
        for column in made._meta.concrete_fields:
            if column.name not in values:
                continue
            value = values[column.name]
            if column.name in RULES[made._meta.label].later:
                if value is not None:
                    self.waiting.append((made, column, value))
                continue
            if isinstance(column, ForeignKey):
                setattr(made, column.name, self._meant(column, value))
            else:
                setattr(made, column.attname, column.to_python(value))

    def _fill_later(self) -> None:
        """Fill the columns that point to what came after their rows."""
        for made, column, name in self.waiting:
            meant = self.rows.get(column.related_model._meta.label, {}).get(name)
            type(made)._default_manager.filter(pk=made.pk).update(**{column.name: meant})

    def _meant(self, column: Any, name: str | None) -> Any:
        """Return the row that `name` means here."""
        if name is None:
            return None
        label = column.related_model._meta.label
        known = self.rows.setdefault(label, {})
        if name not in known:
            values = self.others.get((label, name))
            if values is None:
                raise NotASchool(self.reader.path, f"{label} 里没有 {name}")
            known[name] = self._shared(column.related_model, values)
        return known[name]

    def _shared(self, model: type[Any], values: dict[str, Any]) -> Any:
        """Find a row that belongs to no school of the archive, or make it."""
        if model is Teacher:
            here = Teacher.objects.filter(uid=values["uid"]).first()
            if here:
                return here
            stranger = Teacher(uid=values["uid"], name=values["name"], is_active=False)
            stranger.set_unusable_password()
            stranger.save()
            return stranger
        names = {one.name for one in model._meta.concrete_fields}
        known_by = RULES[model._meta.label].known_by
        rows = model._default_manager.filter(**{one: values[one] for one in known_by})
        if "organisation" in names:
            above = self.into.path if self.into else ""
            parents = [int(one) for one in above.split(".") if one]
            rows = rows.filter(Q(organisation=None) | Q(organisation__in=parents))
        row = rows.order_by("pk").first()
        if row is None:
            row = model()
            self._fill(row, values)
            if "organisation" in names:
                # A kind of the superior's own, which stays behind: from now on the school's own.
                row.organisation = self.rows["people.Organisation"][self.root]
            row.save()
        return row

    def _save(self, model: type[Any], batch: list[tuple[str, Any]], known: dict[str, Any]) -> None:
        if not batch:
            return
        rows = [row for _name, row in batch]
        if model._meta.label == "ledger.Entry":
            ledger.take_over(rows)
        else:
            model._default_manager.bulk_create(rows)
        if model is Organisation:
            for row in rows:
                row.path = f"{row.parent.path if row.parent else ''}{row.pk}."
            Organisation.objects.bulk_update(rows, ["path"])
        known.update(dict(batch))
        self.arrival.counts[model._meta.label] += len(rows)
