"""The language and script of the page that is being made."""

from django.utils.translation import get_language

from yanxiu.texts.keys import traditional

TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
"""What a page says of its language, by the code of the catalogue."""


def tag_now() -> str:
    """Return the BCP 47 tag of the page that is being made."""
    return TAGS.get(get_language() or "", "zh-Hans")


def in_script_of_reader(sentence: str) -> str:
    """Return a sentence of ours that has no catalogue (a refusal) in the script of the reader."""
    return traditional(sentence) if get_language() == "zh-hant" else sentence
