"""What a school has agreed on for observing, and the stock phrases it wants to be asked about."""

from functools import cache
from pathlib import Path

import yaml

from yanxiu.observation.models import Observation, ObservationSetting
from yanxiu.observation.rules.hints import Hint, hints
from yanxiu.people.models import Organisation

HERE = Path(__file__).resolve().parent.parent


@cache
def shipped_phrases() -> tuple[str, ...]:
    """Return the stock phrases that every installation knows."""
    return tuple(yaml.safe_load((HERE / "phrases.yaml").read_text(encoding="utf-8")))


def setting_of(organisation: Organisation) -> ObservationSetting:
    """Return what is agreed on: the school's own setting, its nearest superior's, or the usual."""
    rows = {
        row.organisation_id: row
        for row in ObservationSetting.objects.filter(organisation__in=organisation.lineage)
    }
    for pk in reversed(organisation.lineage):
        if pk in rows:
            return rows[pk]
    return ObservationSetting(organisation=organisation)


def phrases_of(setting: ObservationSetting) -> list[str]:
    """Return the stock phrases of a school: the shipped ones and its own."""
    own = [line.strip() for line in setting.empty_phrases.splitlines() if line.strip()]
    return [*shipped_phrases(), *own]


LOOKED_AT = ("strengths", "weaknesses", "suggestions", "overall")
"""What was noted for oneself (对我自己的启发) is nobody's business and is never looked at."""


def hints_by_name(phrases: list[str], texts: dict[str, str]) -> dict[str, list[Hint]]:
    """Return where the words of each text would fit any lesson, beside which they are shown."""
    return {name: hints(texts.get(name, ""), phrases) for name in LOOKED_AT}


def hints_for(observation: Observation, texts: dict[str, str]) -> list[Hint]:
    """Return where the observer's words would fit any lesson; shown to the observer alone."""
    phrases = phrases_of(setting_of(observation.organisation))
    found = hints_by_name(phrases, texts)
    return [hint for name in LOOKED_AT for hint in found[name]][:3]
