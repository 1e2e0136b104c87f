"""Putting a reference to a figure into a text, where a number or a claim stands."""

import re

from yanxiu.figures.table import Figure
from yanxiu.kernel.refusals import BadInput
from yanxiu.reports.documents.term_summary.reckoning import figures_for
from yanxiu.reports.documents.term_summary.references import written
from yanxiu.reports.models import Summary

_ENDING = re.compile(r"([。！？!?；;]*)$")


def instead_of(text: str, typed: str, start: int, figure: Figure) -> str:
    """Return `text` with the number `typed` at `start` replaced by a reference to `figure`.

    Raises:
        BadInput: the number no longer stands there.
    """
    end = start + len(typed)
    if not typed or text[start:end] != typed:
        raise BadInput("这个数字已经改过了，没有接上数据。请刷新页面再看。")
    return text[:start] + written(figure.name) + text[end:]


def behind(text: str, sentence: str, figure: Figure) -> str:
    """Return `text` with the figure in brackets at the end of `sentence`.

    Raises:
        BadInput: the sentence no longer stands there.
    """
    if not sentence or sentence not in text:
        raise BadInput("这句话已经改过了，没有接上数据。请刷新页面再看。")
    evidence = f"（{figure.name}{written(figure.name)}）"
    shown = _ENDING.sub(lambda end: evidence + end[1], sentence, count=1)
    return text.replace(sentence, shown, 1)


def at_the_end(text: str, figure: Figure) -> str:
    """Return `text` with a reference to `figure` at its end, before the last full stop."""
    return _ENDING.sub(lambda end: written(figure.name) + end[1], text.rstrip(), count=1)


def figure_called(summary: Summary, name: str) -> Figure:
    """Return the figure that a person chose, by its name or code.

    Raises:
        BadInput: the summary may not state such a figure, or there is none.
    """
    figures = figures_for(summary)
    wanted = name.strip().strip("{}")
    named = (one for one in figures.values() if one.name == wanted)
    found = figures.get(wanted) or next(named, None)
    if found is None:
        raise BadInput(f"没有叫“{wanted}”的数据项，没有保存。请在列表里选一个，或清空这一栏。")
    return found
