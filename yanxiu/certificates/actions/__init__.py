"""What changes certificates and registers, and what looking at them leaves behind."""

from yanxiu.certificates.actions.issuing import Issue, issue, issue_known, school_of
from yanxiu.certificates.actions.looking import look_at, look_at_hours, take, take_register
from yanxiu.certificates.actions.revoking import replace, revoke

__all__ = [
    "Issue",
    "issue",
    "issue_known",
    "look_at",
    "look_at_hours",
    "replace",
    "revoke",
    "school_of",
    "take",
    "take_register",
]
