"""Occasions and tasks as lines of plain text."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from yanxiu.agenda.models import Occasion, Task
from yanxiu.ui.wording import clock_text, day_text, moment_text


def occasion_line(row: Occasion) -> str:
    """Return the time, title, unit and place of an occasion."""
    line = f"{clock_text(row.starts_at)}—{clock_text(row.ends_at)} {row.title}"
    besides = [part for part in (row.unit.name if row.unit else "", row.place) if part]
    return " · ".join([line, *besides])


def task_line(row: Task, day: date) -> str:
    """Return what is owed, and until when."""
    if row.due_on is None:
        return row.title
    if row.due_on < day:
        return _("%(title)s（%(day)s到期，已过）") % {
            "title": row.title,
            "day": day_text(row.due_on),
        }
    return _("%(title)s（%(day)s前）") % {"title": row.title, "day": day_text(row.due_on)}


def change_line(row: Occasion) -> str:
    """Return what changed about an occasion of today."""
    if row.state == Occasion.State.CANCELLED:
        return _("取消：%(when)s %(title)s") % {
            "when": moment_text(row.starts_at),
            "title": row.title,
        }
    told = {"title": row.title, "when": moment_text(row.starts_at), "place": row.place}
    if row.place:
        return _("变更：%(title)s，现为 %(when)s，%(place)s") % told
    return _("变更：%(title)s，现为 %(when)s") % told


def lines_of(parts: Iterable[tuple[str, list[str]]]) -> str:
    """Return headings with their lines, those without lines left out."""
    return "\n\n".join(
        "\n".join([heading, *(f"· {line}" for line in lines)]) for heading, lines in parts if lines
    )
