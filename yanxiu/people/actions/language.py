"""Choosing a language."""

from yanxiu.kernel.refusals import BadInput
from yanxiu.people.language import languages
from yanxiu.people.models import Teacher


def refuse_unknown_language(code: str) -> None:
    """Make sure that `code` is a language of the house.

    Raises:
        BadInput: it is none.
    """
    if code not in languages():
        known = "、".join(languages().values())
        raise BadInput(f"没有这种语言，没有更改。可以选：{known}。")


def choose_language(teacher: Teacher, code: str) -> Teacher:
    """Show every page to `teacher` in the language `code` from now on, on every device.

    Raises:
        BadInput: `code` is no language of the house.
    """
    refuse_unknown_language(code)
    teacher.language = code
    teacher.save(update_fields=["language"])
    return teacher
