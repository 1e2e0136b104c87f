"""What every channel carries, and how it says that it could not."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Letter:
    """One message as a channel gets it: a line, the rest, and where to read on."""

    title: str
    text: str = ""
    url: str = ""

    def plain(self) -> str:
        """Return it as lines of plain text."""
        return "\n".join(part for part in (self.title, self.text, self.url) if part)

    def plain_within(self, size: int) -> str:
        """Return it as plain text of at most `size` octets in UTF-8; the address always stays."""
        whole = self.plain()
        if len(whole.encode()) <= size:
            return whole
        end = f"…\n{self.url}" if self.url else "…"
        room = size - len(end.encode())
        front = "\n".join(part for part in (self.title, self.text) if part)
        return front.encode()[:room].decode(errors="ignore") + end


class NotDelivered(Exception):
    """A channel did not take a message; the sentence is for the administrator.

    With `for_good` another try cannot help: somebody must change something first.
    """

    def __init__(self, sentence: str, *, for_good: bool = False) -> None:
        """Say why; never with an address, a key or anything of the message."""
        super().__init__(sentence)
        self.for_good = for_good


def code_in(answer: dict[str, Any], *names: str) -> int:
    """Return the code that a robot answers with, under the first of `names` it uses.

    Raises:
        NotDelivered: there is none, so nobody can tell whether the message arrived.
    """
    for name in names:
        code = answer.get(name)
        if isinstance(code, int) and not isinstance(code, bool):
            return code
    raise NotDelivered("对方的回答里没有结果代码，不能确定是否送达。")
