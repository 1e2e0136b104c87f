"""Scheme files read, checked for slips, and joined with what they import."""

import json
import re
from collections.abc import Callable
from dataclasses import Field, dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from yanxiu.kernel.amounts import plain
from yanxiu.ledger.rules import auditing_parts, parts, process_parts
from yanxiu.ledger.rules.reading import Item, read_yaml
from yanxiu.ledger.rules.refusals import SchemeUnknown, SchemeUnreadable
from yanxiu.ledger.rules.schemes import AwardRule, Requirement, Scheme
from yanxiu.ledger.rules.slips import all_slips
from yanxiu.ledger.rules.values import Bound, Time

SHIPPED: Final = Path(__file__).resolve().parent.parent / "schemes"
"""The folder of shipped schemes, `<id>/<version>.yaml`."""

_REQUIRED: Final = (
    "id",
    "version",
    "title",
    "source",
    "effective_from",
    "unit",
    "time",
    "conversions",
    "rounding",
    "cycle",
)
_OPTIONAL: Final = (
    "labels",
    "import",
    "requirements",
    "partitions",
    "limits",
    "year_band",
    "award_rules",
    "attendance",
    "role_exclusivity",
    "effective_to",
    "replaces",
)
_SECTIONS: Final[dict[str, Callable[[Item, parts.Setting], Any]]] = {
    "eligibility": parts.eligibility_of,
    "validity": parts.validity_of,
    "bundles": parts.bundles_of,
    "cross_credits": parts.cross_credits_of,
    "gates": parts.gates_of,
    "substitutions": parts.substitutions_of,
    "carry_over": parts.carry_over_of,
    "make_up": parts.make_up_of,
    "exemptions": parts.exemptions_of,
    "probation": parts.probation_of,
    "recognition": process_parts.chains_of,
    "publication": process_parts.publication_of,
    "appeal": process_parts.appeal_of,
    "declaring": process_parts.all_declaring_of,
    "audit": auditing_parts.audit_of,
    "transfers": auditing_parts.transfers_of,
    "round_credits": parts.round_credits_of,
}
"""Sections that a scheme may have or not: the key of the file is the field of `Scheme`.

They are read in this order, after requirements, limits and award rules, whose ids stand in
`Setting.ids`. A new section is a parser, a field with `later(...)` on `Scheme`, and a line here.
"""

_IMPORTABLE: Final = ("award_rules", "attendance", "role_exclusivity", "limits")

_ORDER: Final = re.compile("[1-9][0-9]?")
"""An author's place; a record says it as a number."""

Labels = dict[str, dict[str, str]]


@dataclass(frozen=True)
class _Imported:
    """What a scheme takes over from another, at one line of its file."""

    line: int = 0
    scheme: Scheme | None = None
    taken: tuple[str, ...] = ()
    rules: tuple[AwardRule, ...] = ()


def load(path: Path) -> Scheme:
    """Return the scheme written in the file at `path`.

    Raises:
        SchemeUnreadable: a slip in the file, with its line, what was read and what would be right.
    """
    name = f"{path.parent.name}/{path.name}"
    return loads(path.read_text(encoding="utf-8"), name, folder=path.parent.parent)


def loads(text: str, name: str = "方案", *, folder: Path = SHIPPED) -> Scheme:
    """Return the scheme written in `text`; imports are looked for in `folder`, then the shipped.

    Raises:
        SchemeUnreadable: a slip, with its line; further ones stand in its `others`.
    """
    root = read_yaml(text, name)
    try:
        return _read(root, folder)
    except SchemeUnreadable as slip:
        first, *others = all_slips(root, slip, lambda rest: _read(rest, folder))
        raise SchemeUnreadable(
            name=name, line=first.line, read=first.read, right=first.right, others=others
        ) from None


def _read(root: Item, folder: Path) -> Scheme:
    found = root.keys(_REQUIRED, [*_OPTIONAL, *_SECTIONS])
    imported = _imported(found["import"], folder) if "import" in found else _Imported()
    scheme = _scheme(found, imported)
    return replace(scheme, digest=_digest(scheme))


def shipped() -> dict[str, Scheme]:
    """Return the newest version of each shipped scheme by its id."""
    found: dict[str, Scheme] = {}
    for scheme in _all_shipped():
        held = found.get(scheme.id)
        if held is None or _age(held) < _age(scheme):
            found[scheme.id] = scheme
    return found


def _age(scheme: Scheme) -> tuple[date, str]:
    """Return what makes a version the newer one; from the same day it is the later version."""
    return scheme.effective_from, scheme.version


def newest(scheme_id: str) -> Scheme:
    """Return the newest version of one shipped scheme.

    Raises:
        SchemeUnknown: there is no scheme of this id.
    """
    known = shipped()
    if scheme_id not in known:
        raise SchemeUnknown(scheme_id, sorted(known))
    return known[scheme_id]


def shipped_version(scheme_id: str, version: str) -> Scheme:
    """Return one version of a shipped scheme, for entries keep the version that made them.

    Raises:
        SchemeUnknown: there is no such version.
    """
    schemes = {(scheme.id, scheme.version): scheme for scheme in _all_shipped()}
    if (scheme_id, version) not in schemes:
        known = sorted(f"{each} {number}" for each, number in schemes)
        raise SchemeUnknown(f"{scheme_id} {version}", known)
    return schemes[scheme_id, version]


@cache
def _all_shipped() -> tuple[Scheme, ...]:
    return tuple(load(path) for path in sorted(SHIPPED.glob("*/*.yaml")))


def _scheme(found: dict[str, Item], imported: _Imported) -> Scheme:
    scheme_id = found["id"].text()
    labels = _labels(found.get("labels"), imported)
    setting = parts.Setting(
        effective_from=found["effective_from"].day(),
        unit=found["unit"].choice(parts.UNITS),
        origin=scheme_id,
        labels=labels,
        ids=dict.fromkeys((rule.id for rule in imported.rules), imported.line),
    )
    setting.time, time_source = parts.time_of(found["time"], setting)
    imported = _by_own_hour(imported, setting.time)
    other = imported.scheme
    band = found.get("year_band")
    least, most = parts.year_band_of(band, setting) if band else ([], [])
    return Scheme(
        id=scheme_id,
        version=found["version"].text(),
        title=found["title"].text(),
        source=found["source"].text(),
        effective_from=setting.effective_from,
        unit=setting.unit,
        minutes_per_hour=setting.time.minutes_per_hour,
        time_source=time_source,
        conversions=tuple(
            parts.conversion_of(item, setting) for item in found["conversions"].items()
        ),
        rounding=parts.rounding_of(found["rounding"]),
        cycle=parts.cycle_of(found["cycle"]),
        labels=tuple((name, tuple(sorted(words.items()))) for name, words in labels.items()),
        requirements=(*_requirements(found, setting), *least),
        limits=tuple(parts.limit_of(item, setting) for item in _items(found, "limits"))
        + (other.limits if other and "limits" in imported.taken else ())
        + tuple(most),
        award_rules=tuple(parts.award_rule_of(i, setting) for i in _items(found, "award_rules"))
        + imported.rules,
        attendance=_own_or_imported("attendance", parts.attendance_of, found, setting, imported),
        role_exclusivity=_own_or_imported(
            "role_exclusivity", parts.role_exclusivity_of, found, setting, imported
        ),
        hours_per_half_day=setting.time.hours_per_half_day,
        hours_per_day=setting.time.hours_per_day,
        effective_to=_effective_to(found, setting),
        replaces=found["replaces"].text() if "replaces" in found else "",
        **{key: read(found[key], setting) for key, read in _SECTIONS.items() if key in found},
    )


def _own_or_imported(
    key: str,
    read: Callable[[Item, parts.Setting], Any],
    found: dict[str, Item],
    setting: parts.Setting,
    imported: _Imported,
) -> Any:
    if key in found:
        return read(found[key], setting)
    return getattr(imported.scheme, key) if key in imported.taken else None


def _by_own_hour(value: Any, time: Time) -> Any:
    """Return what was imported with bounds that are measured by this scheme's hour and day."""
    if isinstance(value, Bound):
        return replace(value, time=time)
    if isinstance(value, tuple):
        return tuple(_by_own_hour(member, time) for member in value)
    if is_dataclass(value) and not isinstance(value, type):
        told = {each.name: getattr(value, each.name) for each in fields(value)}
        return replace(value, **{name: _by_own_hour(one, time) for name, one in told.items()})
    return value


def _effective_to(found: dict[str, Item], setting: parts.Setting) -> date | None:
    item = found.get("effective_to")
    if item is None:
        return None
    if item.day() < setting.effective_from:
        item.refuse(item.shown, "最后一天不能早于 effective_from")
    return item.day()


def _items(found: dict[str, Item], key: str) -> list[Item]:
    return found[key].items() if key in found else []


def _requirements(found: dict[str, Item], setting: parts.Setting) -> tuple[Requirement, ...]:
    alone: list[Requirement] = []
    for item in _items(found, "requirements"):
        alone.extend(parts.requirements_of(item, setting))
    for item in _items(found, "partitions"):
        alone.extend(parts.partition_of(item, setting))
    parts.check_choices(setting)
    return tuple(alone)


def _labels(item: Item | None, imported: _Imported) -> Labels:
    labels: Labels = {}
    if imported.scheme:
        labels = {name: dict(words) for name, words in imported.scheme.labels}
    if item:
        for name, words in item.keys([], parts.LABELLED).items():
            for code, word in words.pairs():
                if name == "author_order" and not _ORDER.fullmatch(code.text()):
                    right = (
                        '署名次序写成带引号的数字，如 author_order: {"1": 第一作者, "2": 第二作者}'
                    )
                    code.refuse(f"读到“{code.text()}”", right)
                labels.setdefault(name, {})[code.text()] = word.text()
    return dict(sorted(labels.items()))


def _imported(item: Item, folder: Path) -> _Imported:
    found = item.keys(["scheme", "version", "read_amounts_as"], ["parts"])
    scheme_id, version = found["scheme"].text(), found["version"].text()
    unit = found["read_amounts_as"].choice(parts.UNITS)
    taken: tuple[str, ...] = ("award_rules",)
    if "parts" in found:
        taken = tuple(part.choice(_IMPORTABLE) for part in found["parts"].items())
    paths = [place / scheme_id / f"{version}.yaml" for place in (folder, SHIPPED)]
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        read = f"引入的方案“{scheme_id}”第“{version}”版不存在"
        item.refuse(read, f"请核对编号和版本；应有文件 {scheme_id}/{version}.yaml")
    text = path.read_text(encoding="utf-8")
    if "import" in {key.text() for key, _ in read_yaml(text, path.name).pairs()}:
        item.refuse(f"引入的方案“{scheme_id}”自己又引入了别的方案", "只能引入不再引入他人的方案")
    other = load(path)
    rules = other.award_rules if "award_rules" in taken else ()
    units = {other.unit: unit}
    limits = tuple(replace(each, unit=units.get(each.unit, each.unit)) for each in other.limits)
    return _Imported(
        line=item.line,
        scheme=replace(other, limits=limits),
        taken=taken,
        rules=tuple(replace(rule, unit=units.get(rule.unit, rule.unit)) for rule in rules),
    )


def _digest(scheme: Scheme) -> str:
    """Hash what the scheme says: comments, order of keys and `2.0` for `2` make no difference."""
    text = json.dumps(_canonical(scheme), ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _canonical(value: object) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Fraction | date):
        return str(value)
    if isinstance(value, tuple):
        return [_canonical(member) for member in value]
    if is_dataclass(value):
        names = [each.name for each in fields(value) if _is_said(each, getattr(value, each.name))]
        return {name: _canonical(getattr(value, name)) for name in names}
    return value


def _is_said(each: Field[Any], value: object) -> bool:
    """Say whether a field is in the digest; see `values.later`."""
    return each.name != "digest" and not (each.metadata.get("later") and value == each.default)
