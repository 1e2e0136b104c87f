"""The places of a summary where somebody may write, and what can be put in there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from yanxiu.reports.claims import Claim, Offer, offers_in
from yanxiu.reports.documents.term_summary.data import Gap, Stated
from yanxiu.reports.documents.term_summary.outline import section_of
from yanxiu.reports.documents.term_summary.reckoning import NOT_TOLD, Reckoner
from yanxiu.reports.queries import Standing

_KIND_OF_UNIT = re.compile(r"(?:教研|备课|学科)组$")


@dataclass
class Writing:
    """A place where somebody may write: a paragraph, or a statement for a gap.

    `typed` is what was just refused; it stands in the field while `text` is what is saved.
    """

    place: str
    label: str
    text: str
    version: int
    gap: Gap | None = None
    page_url: str = ""
    typed: str | None = None
    error: str = ""
    by: str = ""

    @property
    def anchor(self) -> str:
        """The id on the page."""
        return anchor_of(self.place)

    @property
    def value(self) -> str:
        """What stands in the field."""
        return self.text if self.typed is None else self.typed

    @property
    def is_paragraph(self) -> bool:
        """Whether it is a paragraph of a section."""
        return bool(section_of(self.place))

    @property
    def is_open(self) -> bool:
        """Whether the field is shown unasked: a refused text, or a section that needs words."""
        return bool(self.error) or (self.gap is not None and self.is_paragraph)


def anchor_of(place: str) -> str:
    """Return the id of a place on the page."""
    return "at-" + place.replace(":", "-").replace(".", "-").replace("/", "-")


def known_figures(reckoner: Reckoner) -> list[Stated]:
    """Return every figure that the summary may state, with its present value, by name.

    What the document states already costs nothing more; each other figure costs its statement.
    """
    codes = [code for code in reckoner.figures if code not in NOT_TOLD]
    return sorted((reckoner.stated(code) for code in codes), key=lambda one: one.code)


@dataclass(frozen=True)
class ShownClaim:
    """A claim with the figures that could show it, the place where to reword it, and its state."""

    claim: Claim
    figures: list[Stated]
    anchor: str
    version: int
    keep_version: int


@dataclass(frozen=True)
class ShownOffer:
    """A typed number with the figure that it could be; `version` is that of its paragraph."""

    offer: Offer
    version: int


def shown_claims(
    claims: Iterable[Claim], standing: Standing, known: Iterable[Stated]
) -> list[ShownClaim]:
    """Return the claims for those who write."""
    by_code = {one.code: one for one in known}
    summary = standing.summary
    return [
        ShownClaim(
            claim,
            [by_code[code] for code in claim.figures if code in by_code],
            anchor_of(claim.at),
            summary.written(claim.at)["version"],
            summary.written(claim.place)["version"],
        )
        for claim in claims
    ]


def shown_offers(standing: Standing, known: Iterable[Stated]) -> list[ShownOffer]:
    """Return the typed numbers that a figure knows, for those who write."""
    return [
        ShownOffer(offer, standing.summary.written(offer.place)["version"])
        for offer in typed_numbers(standing, known)
        if offer.place
    ]


def typed_numbers(standing: Standing, known: Iterable[Stated]) -> list[Offer]:
    """Return the typed numbers that a figure knows; the units of the school are known by name."""
    summary = standing.summary
    units = summary.organisation.units.exclude(pk=summary.unit_id or 0)
    names = {*units.values_list("name", flat=True)}
    names |= {_KIND_OF_UNIT.sub("组", name) for name in names}  # 语文教研组 is called 语文组
    return offers_in(standing.document, known, others=names, when=summary.period_text)
