"""The language and script of the page that is being made."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.utils.translation import get_language, override

from yanxiu.texts.keys import traditional

Given = ParamSpec("Given")
Made = TypeVar("Made")

TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
"""What a page says of its language, by the code of the catalogue."""


def tag_now() -> str:
    """Return the BCP 47 tag of the page that is being made."""
    return TAGS.get(get_language() or "", "zh-Hans")


def in_script_of_reader(sentence: str) -> str:
    """Return a sentence of ours that has no catalogue (a refusal) in the script of the reader."""
    return traditional(sentence) if get_language() == "zh-hant" else sentence


def in_words_of_the_house(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """Let `function` write in the language of the house, whoever asks for what it makes.

    A paper that an office freezes on a page in English must not mix two languages.
    """

    @wraps(function)
    def in_them(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        with override(settings.LANGUAGE_CODE):
            return function(*args, **kwargs)

    return in_them
