"""Taking the words out of what an endpoint sends back, whatever that is."""

import json
from typing import Any


class NotDrafted(Exception):
    """No words came back; the message says why, in plain words without address and key."""


def words_of(received: bytes) -> str:
    """Return the text of the first choice of a chat completion.

    Raises:
        NotDrafted: it is something else.
    """
    try:
        found: Any = json.loads(received)
    except (ValueError, RecursionError):
        raise NotDrafted("对方的回答看不懂，没有采用。请核对接口地址和模型名。") from None
    try:
        text = found["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        raise NotDrafted("对方的回答里没有正文，没有采用。请核对接口地址和模型名。") from None
    if not isinstance(text, str):
        raise NotDrafted("对方的回答里没有正文，没有采用。请核对接口地址和模型名。")
    if not text.strip():
        raise NotDrafted("对方答了空白。可以再试一次，或换一个模型。")
    return text
