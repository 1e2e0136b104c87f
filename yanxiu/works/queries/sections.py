"""Under which headings a kind of work is written in a school."""

from dataclasses import dataclass

from yanxiu.people.models import Organisation
from yanxiu.works.models import SectionSetting, WorkKind


@dataclass(frozen=True)
class Heading:
    """One heading as a school uses it; code "" is the one text of a kind without headings."""

    code: str
    name: str
    hint: str = ""
    is_required: bool = False
    is_private: bool = False
    order: int = 0


def headings_of(kind: WorkKind, organisation: Organisation) -> list[Heading]:
    """Return the headings of `kind` as the nearest setting upwards wants them; two statements."""
    sections = list(kind.sections.all())
    if not sections:
        return [Heading("", "")]
    rows = SectionSetting.objects.filter(
        kind=kind, organisation__in=organisation.lineage
    ).select_related("organisation")
    nearest: dict[str, SectionSetting] = {}
    for row in sorted(rows, key=lambda row: len(row.organisation.path)):
        nearest[row.code] = row
    found = []
    for section in sections:
        setting = nearest.get(section.code)
        if setting and not setting.is_used:
            continue
        found.append(
            Heading(
                section.code,
                section.name,
                section.hint,
                is_required=bool(setting and setting.is_required),
                is_private=setting.is_private if setting else section.is_private,
                order=section.order,
            )
        )
    return found or [Heading("", "")]
