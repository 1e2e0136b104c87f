"""Everything that changes declarations, objections and public notices, and decides from queues."""

from yanxiu.recognition.actions.deciding import (
    correct,
    give_back,
    recognise,
    recognise_unchanged,
)
from yanxiu.recognition.actions.declaring import (
    Proof,
    add_proof,
    declare,
    put_right,
    withdraw_declaration,
)
from yanxiu.recognition.actions.objecting import (
    answer,
    appeal_to_next,
    object_to,
    withdraw_objection,
)
from yanxiu.recognition.actions.publishing import draft, object_to_line, publish, take_down

__all__ = [
    "Proof",
    "add_proof",
    "answer",
    "appeal_to_next",
    "correct",
    "declare",
    "draft",
    "give_back",
    "object_to",
    "object_to_line",
    "publish",
    "put_right",
    "recognise",
    "recognise_unchanged",
    "take_down",
    "withdraw_declaration",
    "withdraw_objection",
]
