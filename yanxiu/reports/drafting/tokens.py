"""Tokens in the place of names: 〔甲教师〕, 〔乙校〕. Only this house knows who is meant."""

import re
from dataclasses import dataclass, field

from yanxiu.reports.drafting.names import KINDS, Known, find

STEMS = "甲乙丙丁戊己庚辛壬癸"
TOKEN = re.compile(r"〔[^〔〕]{0,20}〕")
BARE = re.compile(rf"(?:[{STEMS}]{{1,3}}|某)(?:{'|'.join(KINDS.values())}|老师)")
"""What is left of a token whose brackets were lost, or was made up in its likeness."""


def _stem(number: int) -> str:
    """Return 甲 for 0, 癸 for 9, 甲甲 for 10."""
    word = STEMS[number % 10]
    return word if number < len(STEMS) else _stem(number // 10 - 1) + word


@dataclass
class Veil:
    """Puts tokens for names and names for tokens; `table` is token to name."""

    known: Known
    table: dict[str, str] = field(default_factory=dict)

    def hide(self, text: str) -> str:
        """Return `text` with a token for every name; the same name has the same token."""
        pieces, at = [], 0
        for one in find(text, self.known):
            pieces += [text[at : one.start], self._token(text[one.start : one.end], one.kind)]
            at = one.end
        return "".join((*pieces, text[at:]))

    def _token(self, name: str, kind: str) -> str:
        for token, other in self.table.items():
            if other == name:
                return token
        label = KINDS[kind]
        number = sum(token.endswith(f"{label}〕") for token in self.table)
        token = f"〔{_stem(number)}{label}〕"
        self.table[token] = name
        return token


def reveal(text: str, table: dict[str, str]) -> str:
    """Return `text` with the name for every token of `table`."""
    return TOKEN.sub(lambda match: table.get(match[0], match[0]), text)
