"""One line of cells, read as a person."""

from collections.abc import Mapping
from functools import partial

from yanxiu.documents.tables import Cell
from yanxiu.people.roster import tiers, words
from yanxiu.people.roster.cells import (
    Read,
    plain,
    printable,
    read_job_number,
    read_name,
    read_phone,
    says_nothing,
)
from yanxiu.people.roster.columns import FIELDS
from yanxiu.people.roster.dates import DateStyle, read_date
from yanxiu.people.roster.persons import Person, Problem
from yanxiu.texts.keys import simplified
from yanxiu.texts.radicals import repair

_LONGEST = 200
_LONGEST_WORD = 30
_YEARS_BEFORE_WORK = 14
_YEAR = 4
_AS_WRITTEN = DateStyle()


def read_person(
    cells: Mapping[str, Cell], styles: Mapping[str, DateStyle]
) -> tuple[Person, tuple[Problem, ...]]:
    """Read the cells of one line, given by field; what a line lacks stays empty."""
    problems: list[Problem] = []

    def value(found: Read) -> str:
        problems.extend(found[1])
        return found[0]

    def several(found: words.Words) -> tuple[str, ...]:
        problems.extend(found[1])
        return tuple(word[:_LONGEST_WORD] for word in found[0])

    def text(field: str) -> str:
        return printable(plain(cells.get(field)))[:_LONGEST]

    day = partial(_day, cells, styles)
    person = Person(
        name=value(read_name(cells.get("name"))),
        school="" if says_nothing(text("school")) else repair(text("school"))[: _LONGEST_WORD * 2],
        job_number=value(read_job_number(cells.get("job_number"))),
        phone=value(read_phone(cells.get("phone"))),
        born=value(day("born")),
        education=value(words.read_education(text("education"))),
        title=value(words.read_title(text("title"))),
        subjects=several(words.read_subjects(text("subjects"))),
        grades=several(words.read_grades(text("grades"))),
        groups=several((_groups(text("groups")), ())),
        preparation_groups=several((_groups(text("preparation_groups")), ())),
        posts=several(words.read_posts(text("posts"))),
        tiers=several(tiers.read_tiers(text("tiers"))),
        started_work=value(day("started_work")),
        entered=value(day("entered")),
        cycle_from=value(_not_a_year(day("cycle_from"), "cycle_from")),
        retires=value(_not_a_year(day("retires"), "retires")),
    )
    problems.extend(_doubts(person))
    return person, tuple(problems)


def _day(cells: Mapping[str, Cell], styles: Mapping[str, DateStyle], field: str) -> Read:
    return read_date(cells.get(field), field=field, style=styles.get(field, _AS_WRITTEN))


def _not_a_year(found: Read, field: str) -> Read:
    """Leave out a year alone: what is asked of the person hangs on the month."""
    text, problems = found
    if len(text) != _YEAR:
        return found
    sentence = f"{FIELDS[field]}只有年份{text}，没有采用。请写成“{text}-08”的样子。"
    return "", (*problems, Problem("month-missing", "warning", field, sentence))


def _groups(text: str) -> tuple[str, ...]:
    return words.split(simplified(text).replace(" ", ""))


def _doubts(person: Person) -> tuple[Problem, ...]:
    if not (person.born and person.started_work):
        return ()
    if int(person.started_work[:4]) - int(person.born[:4]) >= _YEARS_BEFORE_WORK:
        return ()
    sentence = (
        f"出生年月读作{person.born}，参加工作时间读作{person.started_work}，"
        "两者不可能都对。请核对。"
    )
    return (Problem("dates-contradict", "warning", "started_work", sentence),)
