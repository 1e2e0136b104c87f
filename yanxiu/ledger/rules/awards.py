"""What one record earns by itself, and the steps that say why."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation; `amount` is what stands after it, None for a mere remark."""

    text: str
    amount: Decimal | None
    source: str = ""
    rule: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it as plain strings; an amount has four places."""
        value = "" if self.amount is None else str(self.amount)
        return {"text": self.text, "amount": value, "source": self.source, "rule": self.rule}


@dataclass(frozen=True, slots=True)
class Award:
    """认定结果: what a scheme gives one record by itself.

    Attributes:
        unit: `hour` or `credit`.
        valid: False if the record is void (absent, without required evidence, outside the rule);
            a valid award may still be of 0, such as a plan that is only counted.
        rule: id of the award rule, `""` if none applied.
    """

    scheme: str
    version: str
    digest: str
    rule: str
    title: str
    source: str
    amount: Decimal
    unit: str
    unit_label: str
    valid: bool
    steps: tuple[Step, ...]

    def as_json(self) -> dict[str, object]:
        """Return all of it as JSON values, amounts as text with four places."""
        return {
            "scheme": self.scheme,
            "version": self.version,
            "digest": self.digest,
            "rule": self.rule,
            "title": self.title,
            "source": self.source,
            "amount": str(self.amount),
            "unit": self.unit,
            "unit_label": self.unit_label,
            "valid": self.valid,
            "steps": [step.as_json() for step in self.steps],
        }
