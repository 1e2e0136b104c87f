"""What changes certificates and registers, and what looking at them leaves behind."""

from yanxiu.certificates.actions.issuing import Issue, issue, issue_known
from yanxiu.certificates.actions.looking import (
    look_at,
    look_at_hours,
    look_at_register,
    take,
    take_register,
)
from yanxiu.certificates.actions.revoking import replace, revoke

__all__ = [
    "Issue",
    "issue",
    "issue_known",
    "look_at",
    "look_at_hours",
    "look_at_register",
    "replace",
    "revoke",
    "take",
    "take_register",
]
