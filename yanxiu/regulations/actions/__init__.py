"""Everything that changes rules, acknowledgements and requirements."""

from yanxiu.regulations.actions.asking import (
    answer,
    issue_requirement,
    judge,
    receive,
    withdraw_requirement,
)
from yanxiu.regulations.actions.kinds import add_kind, lay_ground, require_kinds
from yanxiu.regulations.actions.publishing import acknowledge, publish, retire
from yanxiu.regulations.actions.writing import NewRule, draft, edit_draft, register, revise

__all__ = [
    "NewRule",
    "acknowledge",
    "add_kind",
    "answer",
    "draft",
    "edit_draft",
    "issue_requirement",
    "judge",
    "lay_ground",
    "publish",
    "receive",
    "register",
    "require_kinds",
    "retire",
    "revise",
    "withdraw_requirement",
]
