"""The rows of this app: samples and what was found. Closings and exemptions are the ledger's."""

from yanxiu.verification.models.checks import CheckMark, SampleCheck, Sampled

__all__ = ["CheckMark", "SampleCheck", "Sampled"]
