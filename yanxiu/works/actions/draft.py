"""A draft, as every deed about a work finds and fills it."""

from collections.abc import Mapping, Sequence

from yanxiu.texts.radicals import repair
from yanxiu.works.models import Work, WorkText
from yanxiu.works.queries.sections import Heading
from yanxiu.works.refusals import WrongWorkState

TITLE = 120


def tidy(text: str) -> str:
    """Return a title or a name as it is kept."""
    return repair(text).strip()


def typed(text: str) -> str:
    """Return what was typed as it is kept: radicals repaired, line ends alike.

    A form sends other line ends than a script, and the same words must not differ.
    """
    return repair(text).replace("\r\n", "\n")


def locked(work: Work) -> Work:
    """Return the row of `work` locked, with what the deeds about it need."""
    rows = Work.objects.select_for_update(of=("self",))
    return rows.select_related("kind", "organisation", "teacher").get(pk=work.pk)


def still_written(work: Work) -> None:
    """Make sure that its authors still write on it."""
    if work.dropped_at:
        raise WrongWorkState("已删除", "请先在作品页恢复，再接着写。")
    if work.state not in Work.WRITTEN:
        remedy = "要改的话先撤回；已经有人审阅的，请审阅的人退回。"
        raise WrongWorkState(str(work.get_state_display()), remedy)


def add_texts(work: Work, headings: Sequence[Heading], given: Mapping[str, str]) -> None:
    """Add the rows of `headings`, and of the one text where something was given for it.

    What was given for a heading that nobody knows is left out: devices send what they like.
    """
    known = {heading.code for heading in headings}
    rest = [Heading("", "", order=len(known))] if "" in given and "" not in known else []
    WorkText.objects.bulk_create(
        WorkText(
            work=work,
            code=heading.code,
            name=heading.name,
            text=typed(given.get(heading.code, "")),
            is_private=heading.is_private,
            order=heading.order,
        )
        for heading in [*headings, *(one for one in rest if given[one.code].strip())]
    )


def count(work: Work) -> None:
    """Reckon how many characters are written, spaces left out."""
    texts = work.texts.values_list("text", flat=True)
    work.characters = sum(len("".join(text.split())) for text in texts)
