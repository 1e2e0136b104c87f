"""A plan as an official paper."""

import re

from yanxiu.documents.word import OfficialPaper, Writer
from yanxiu.planning.documents.plan.data import Block, Heading, Listed, PlanPaper, Prose, Section
from yanxiu.planning.documents.plan.wording import ordinal

WIDEST_TITLE = 18
"""Characters of the title font on one line, with room left at both sides."""
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_BREAKS = re.compile(r"(?<=学期)|(?<=学年)|(?<=年度)|(?<=学校)|(?<=小学)|(?<=中学)|(?<=中心校)")


def document(plan: PlanPaper) -> bytes:
    """Return the docx file; the same plan gives the same bytes."""
    paper = OfficialPaper(broken(plan.title), subtitle=plan.status)
    write(paper, plan)
    return paper.to_bytes()


def write(paper: Writer, plan: PlanPaper) -> None:
    """Write what stands below the title."""
    if plan.basis:
        paper.paragraph(plan.basis)
    for number, section in enumerate(plan.sections, start=1):
        _section(paper, ordinal(number), section)
    paper.signature(plan.signed_by, plan.day)


def file_name(title: str) -> str:
    """Return a name for the file of a plan that every system accepts."""
    return f"{_NOT_IN_NAMES.sub('', title).strip()[:80] or '计划'}.docx"


def broken(title: str) -> str:
    """Return `title` in lines that fit the page, broken behind a school or a term, not in a word.

    A title that offers no such place is left to the word processor.
    """
    if len(title) <= WIDEST_TITLE or "\n" in title:
        return title
    places = [one.start() for one in _BREAKS.finditer(title) if 0 < one.start() < len(title)]
    fitting = [one for one in places if max(one, len(title) - one) <= WIDEST_TITLE]
    if not fitting:
        return title
    middle = min(fitting, key=lambda one: abs(2 * one - len(title)))
    return f"{title[:middle]}\n{title[middle:]}"


def _section(paper: Writer, number: str, section: Section) -> None:
    paper.heading(f"{number}、{section.title}")
    for block in section.blocks:
        _block(paper, block)


def _block(paper: Writer, block: Block) -> None:
    if isinstance(block, Heading):
        paper.heading(block.text, level=2)
    elif isinstance(block, Prose):
        for line in block.lines:
            paper.paragraph(*line)
    elif isinstance(block, Listed):
        paper.items(block.lines)
    else:
        paper.table(block.head, block.rows, caption=block.caption, empty=block.empty)
