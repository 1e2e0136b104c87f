"""How one version of a plan differs from another."""

from dataclasses import dataclass

from yanxiu.preparation import content
from yanxiu.texts.differences import Measure, Paragraph, difference, measure


@dataclass(frozen=True)
class SectionDifference:
    """One section with the difference of its paragraphs."""

    name: str
    paragraphs: list[Paragraph]

    @property
    def changed(self) -> bool:
        """Tell whether anything in it differs."""
        return any(one.change != "same" for one in self.paragraphs)


@dataclass(frozen=True)
class Comparison:
    """The differences of all sections, and how far the second departs in all."""

    sections: list[SectionDifference]
    measure: Measure


def compare(before: content.Content, after: content.Content) -> Comparison:
    """Compare two contents section by section; a section in one alone came or went."""
    old = {one["code"]: one for one in before}
    new = {one["code"]: one for one in after}
    found = []
    for code in dict.fromkeys([*new, *old]):
        section = new.get(code) or old[code]
        texts = [
            [paragraph["text"] for paragraph in side[code]["paragraphs"]] if code in side else []
            for side in (old, new)
        ]
        found.append(SectionDifference(section["name"], difference(*texts)))
    return Comparison(
        [one for one in found if one.paragraphs],
        measure(paragraph for one in found for paragraph in one.paragraphs),
    )
