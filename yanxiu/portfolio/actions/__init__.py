"""What changes growth files, and what looking at them leaves behind."""

from yanxiu.portfolio.actions.bringing import Brought, bring, take_back
from yanxiu.portfolio.actions.looking import (
    take_files,
    take_list,
    view_file,
    view_hours,
    view_list,
    view_record,
)
from yanxiu.portfolio.actions.putting import put_piece, remove_piece
from yanxiu.portfolio.actions.reckoning import bring_up, make_true
from yanxiu.portfolio.actions.shaping import set_sections

__all__ = [
    "Brought",
    "bring",
    "bring_up",
    "make_true",
    "put_piece",
    "remove_piece",
    "set_sections",
    "take_back",
    "take_files",
    "take_list",
    "view_file",
    "view_hours",
    "view_list",
    "view_record",
]
