"""Which schemes there are, shipped or stored, and which are in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from yanxiu.kernel.spans import Span
from yanxiu.ledger.models import SchemeAdoption, SchemeFile
from yanxiu.ledger.permissions import may_read_scheme
from yanxiu.ledger.rules.loading import SHIPPED, loads, shipped, shipped_version
from yanxiu.ledger.rules.refusals import SchemeUnknown
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.people.access import allowed
from yanxiu.people.models import Organisation, Teacher

DAY = timedelta(days=1)
KEPT = 200
"""So many parsed schemes stay in memory; they are what a text says, never a row."""

_parsed: dict[str, Scheme] = {}
_by_meaning: dict[tuple[str, str, str], Scheme] = {}


@dataclass(frozen=True)
class Offered:
    """A scheme that an organisation can adopt; `version` is "" for the newest shipped one."""

    scheme: str
    version: str
    title: str

    @property
    def code(self) -> str:
        """Id and version as a form sends them."""
        return f"{self.scheme}@{self.version}" if self.version else self.scheme


def digest_of(text: str) -> str:
    """Return the digest of a text."""
    return sha256(text.encode()).hexdigest()


def digest_of_stored(scheme: Scheme) -> str:
    """Return the digest of the text of a stored scheme, "" for a shipped one."""
    rows = published().filter(scheme=scheme.id, version=scheme.version)
    return str(rows.values_list("digest", flat=True).first() or "")


def parsed(text: str, digest: str = "") -> Scheme:
    """Return what `text` says; the same text is read once.

    Raises:
        SchemeUnreadable: a slip, with its line.
    """
    key = digest or digest_of(text)
    if key not in _parsed:
        scheme = loads(text)
        while len(_parsed) >= KEPT:
            _parsed.pop(next(iter(_parsed)))
        while len(_by_meaning) >= KEPT:
            _by_meaning.pop(next(iter(_by_meaning)))
        _parsed[key] = scheme
    scheme = _parsed[key]
    _by_meaning[scheme.id, scheme.version, scheme.digest] = scheme
    return scheme


def scheme_of(scheme_id: str, version: str, digest: str = "") -> Scheme:
    """Return one version of a scheme, shipped or stored.

    A shipped one costs no statement; a stored one costs none if `digest` (of what the scheme says,
    as awards keep it) was read before in this process.

    Raises:
        SchemeUnknown: there is no such version.
    """
    if (scheme_id, version) in _shipped_versions():
        return shipped_version(scheme_id, version)
    known = _by_meaning.get((scheme_id, version, digest)) if digest else None
    if known is not None:
        return known
    row = published().filter(scheme=scheme_id, version=version).first()
    if row is None:
        raise SchemeUnknown(f"{scheme_id} {version}", sorted(shipped()))
    return parsed(row.text, row.digest)


def published() -> "QuerySet[SchemeFile]":
    """Return what was published, withdrawn ones too: entries keep the version that made them."""
    return SchemeFile.objects.exclude(state=SchemeFile.State.DRAFT)


def schemes_on(organisation: Organisation, day: date) -> list[Scheme]:
    """Return the schemes in force for `organisation` on `day`, its own before its superiors'.

    A scheme adopted by the school and by a superior counts once, in the school's version. One
    statement, and one more the first time that a process meets a stored scheme.
    """
    return [_adopted(row) for row in adoptions_on(organisation, day)]


@dataclass(frozen=True)
class Adoptions:
    """By which schemes an organisation reckons on any day, for who asks about several days."""

    rows: tuple[SchemeAdoption, ...]

    @classmethod
    def of(cls, organisation: Organisation) -> "Adoptions":
        """Load the adoptions of `organisation` and of those above; one statement."""
        rows = SchemeAdoption.objects.filter(organisation__in=organisation.lineage)
        return cls(tuple(rows.order_by("organisation__path", "starts_on")))

    def on(self, day: date) -> list[Scheme]:
        """Return the schemes in force on `day`, as `schemes_on` does; no statement."""
        return [_adopted(row) for row in _in_force(self.rows, day)]

    def over(self, span: Span) -> list[Scheme]:
        """Return the schemes in force on any day of `span`; no statement.

        Those of its last day come first; one that was given up before stands as it was at last.
        """
        days = {span.last, span.start}
        for row in self.rows:
            ends = [row.starts_on - DAY, row.starts_on]
            ends += [row.ends_on - DAY] if row.ends_on else []
            days |= {day for day in ends if day in span}
        found: dict[str, Scheme] = {}
        for day in sorted(days, reverse=True):
            for scheme in self.on(day):
                found.setdefault(scheme.id, scheme)
        return list(found.values())

    def until(self, on: date) -> list[tuple[Scheme, date]]:
        """Return each scheme in force on `on` or before, with its last day up to then.

        Those in force on `on` come first, then what was given up, the latest first; no statement.
        """
        ended = {row.ends_on - DAY for row in self.rows if row.ends_on and row.ends_on <= on}
        found: dict[str, tuple[Scheme, date]] = {}
        for day in (on, *sorted(ended, reverse=True)):
            for scheme in self.on(day):
                found.setdefault(scheme.id, (scheme, day))
        return list(found.values())

    def since(self, scheme: str) -> date:
        """Return the first day on which `scheme` was ever in force."""
        return min(row.starts_on for row in self.rows if row.scheme == scheme)


def adoptions_on(organisation: Organisation, day: date) -> list[SchemeAdoption]:
    """Return the adoptions by which `organisation` reckons on `day`, one for each scheme."""
    rows = SchemeAdoption.objects.filter(organisation__in=organisation.lineage)
    return _in_force(rows.order_by("organisation__path", "starts_on"), day)


def _in_force(rows: Iterable[SchemeAdoption], day: date) -> list[SchemeAdoption]:
    """Return those of `rows`, sorted by place and day, that are in force on `day`.

    A version that follows another keeps its place: the steps of recognition are those of the
    scheme adopted first, and a new version of it changes nothing about that.
    """
    found: dict[str, SchemeAdoption] = {}
    held: set[str] = set()
    for row in rows:
        before = found.get(row.scheme)
        goes_on = before is not None and (
            row.scheme in held
            if before.organisation_id != row.organisation_id
            else before.ends_on == row.starts_on
        )
        is_held = row.starts_on <= day and (row.ends_on is None or day < row.ends_on)
        if row.scheme in held and not is_held:
            continue
        if not goes_on:
            found.pop(row.scheme, None)
        found[row.scheme] = row
        held |= {row.scheme} if is_held else set()
    return [row for scheme, row in found.items() if scheme in held]


def offered(lineages: Sequence[Sequence[int]]) -> list[Offered]:
    """Return what organisations with these lineages can adopt: shipped, and stored from above."""
    above = {pk for lineage in lineages for pk in lineage}
    found = [Offered(one.id, "", one.title) for one in shipped().values()]
    rows = SchemeFile.objects.filter(organisation__in=above, state=SchemeFile.State.PUBLISHED)
    rows = rows.order_by("title", "-published_at")
    found.extend(Offered(*row) for row in rows.values_list("scheme", "version", "title"))
    return found


def offered_to(organisation: Organisation, scheme_id: str, version: str = "") -> Scheme:
    """Return the scheme that `organisation` may adopt under this id.

    Without a version, the newest: by the day from which it applies, then by its publication.

    Raises:
        SchemeUnknown: none is shipped or published by the organisation or a superior.
    """
    known = shipped()
    if scheme_id in known:
        return shipped_version(scheme_id, version) if version else known[scheme_id]
    rows = SchemeFile.objects.filter(
        organisation__in=organisation.lineage, state=SchemeFile.State.PUBLISHED, scheme=scheme_id
    )
    if version:
        rows = rows.filter(version=version)
    # Of two that apply from the same day, the one published last.
    found = [parsed(row.text, row.digest) for row in rows.order_by("-published_at", "-pk")]
    if not found:
        raise SchemeUnknown(f"{scheme_id} {version}".strip(), sorted(known))
    return max(found, key=lambda scheme: scheme.effective_from)


def titles_of(pairs: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return the title of each (id, version) that is known; at most one statement."""
    return {pair: title for pair, (title, _uid) in written_of(pairs).items()}


def written_of(
    pairs: Iterable[tuple[str, str]],
) -> dict[tuple[str, str], tuple[str, UUID | None]]:
    """Return the title of each (id, version) that is known, and the uid of one written here.

    At most one statement.
    """
    known = shipped()
    found: dict[tuple[str, str], tuple[str, UUID | None]] = {
        pair: (known[pair[0]].title, None) for pair in pairs if pair[0] in known
    }
    stored = {pair[0] for pair in pairs if pair[0] not in known}
    if stored:
        rows = published().filter(scheme__in=stored)
        for scheme, version, title, uid in rows.values_list("scheme", "version", "title", "uid"):
            found[scheme, version] = (title, uid)
    return found


def readable(reader: Teacher, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], UUID]:
    """Return the uid of each written scheme of `pairs` that `reader` may open; one statement."""
    written = {pair for pair in pairs if pair[0] not in shipped()}
    if not written:
        return {}
    rows = published().filter(scheme__in={scheme for scheme, _version in written})
    found = allowed(may_read_scheme, reader, rows).values_list("scheme", "version", "uid")
    return {(scheme, version): uid for scheme, version, uid in found}


@lru_cache(maxsize=1)
def _shipped_versions() -> frozenset[tuple[str, str]]:
    # The names of files say it; reading them all to know what they are called would be slow.
    return frozenset((path.parent.name, path.stem) for path in SHIPPED.glob("*/*.yaml"))


def _adopted(row: SchemeAdoption) -> Scheme:
    if row.digest and row.digest in _parsed:
        return _parsed[row.digest]
    return scheme_of(row.scheme, row.version)
