"""What only the whole file shows: widths of job numbers, names of groups, people met twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from yanxiu.people.roster.groups import canonical_groups
from yanxiu.people.roster.persons import Person, Problem, RosterRow
from yanxiu.texts.keys import key

_TUPLES = ("subjects", "grades", "groups", "preparation_groups", "posts", "tiers")
_TEXTS = (
    "job_number", "phone", "born", "education", "title", "started_work", "entered", "cycle_from",
    "retires",
)  # fmt: skip


def checked(rows: Sequence[RosterRow]) -> list[RosterRow]:
    """Return `rows` with what a single line cannot know put right or pointed out."""
    result = _with_full_job_numbers(rows)
    result = _with_canonical_groups(result)
    result = _with_repeated_lines_joined(result)
    result = _without_shared(result, "job_number", "工号")
    result = _without_shared(result, "phone", "手机号")
    return _with_equal_names_told(result)


def _with_full_job_numbers(rows: Sequence[RosterRow]) -> list[RosterRow]:
    """Give back the leading zeros that a spreadsheet took from numbers."""
    widths: dict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        if row.person.job_number.startswith("0") and row.person.job_number.isdigit():
            widths[row.person.school][len(row.person.job_number)] += 1
    usual = {school: counts.most_common(1)[0][0] for school, counts in widths.items()}
    return [_full_job_number(row, usual.get(row.person.school, 0)) for row in rows]


def _full_job_number(row: RosterRow, width: int) -> RosterRow:
    number = row.person.job_number
    if not number.isdigit() or len(number) >= width:
        return row
    full = number.zfill(width)
    sentence = f"工号“{number}”按同列其他工号的位数补全为“{full}”。"
    problem = Problem("job-number-zeros-restored", "info", "job_number", sentence)
    return _changed(row, replace(row.person, job_number=full), problem)


def _with_canonical_groups(rows: Sequence[RosterRow]) -> list[RosterRow]:
    names = canonical_groups(
        (row.person.school, group) for row in rows for group in row.person.groups
    )
    result = []
    for row in rows:
        groups = dict.fromkeys(names[row.person.school, group] for group in row.person.groups)
        result.append(_changed(row, replace(row.person, groups=tuple(groups))))
    return result


def _with_repeated_lines_joined(rows: Sequence[RosterRow]) -> list[RosterRow]:
    """Join the lines of one person in one school; the later ones are refused and say where."""
    result = list(rows)
    seen: dict[tuple[str, ...], int] = {}
    for index, row in enumerate(rows):
        if row.refused:
            continue
        first = next((seen[mark] for mark in _marks(row.person) if mark in seen), None)
        if first is None:
            seen.update(dict.fromkeys(_marks(row.person), index))
            continue
        where = _where(result[first], row.sheet)
        sentence = f"与{where}是同一人，内容已并到那一行，这一行没有另作一人。"
        problem = Problem("row-repeated", "error", "name", sentence)
        result[index] = _changed(row, row.person, problem)
        result[first] = _changed(result[first], _joined(result[first].person, row.person))
    return result


def _marks(person: Person) -> Iterator[tuple[str, ...]]:
    own = (person.school, key(person.name))
    if person.job_number:
        yield (*own, "job_number", person.job_number)
    if person.phone:
        yield (*own, "phone", person.phone)
    if not (person.job_number or person.phone):
        yield (*own, repr(person))


def _joined(first: Person, later: Person) -> Person:
    joined: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(first, name), *getattr(later, name))))
        for name in _TUPLES
    }
    joined |= {name: getattr(first, name) or getattr(later, name) for name in _TEXTS}
    return replace(first, **joined)


def _without_shared(rows: Sequence[RosterRow], field: str, label: str) -> list[RosterRow]:
    """Take a number away from all people who share it: whose it is, only they know.

    A job number is somebody's within a school; a phone is somebody's wherever the person works.
    """
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        number = getattr(row.person, field)
        if number and not row.refused:
            holders[row.person.school if field == "job_number" else "", number].append(index)
    result = list(rows)
    for (_school, number), indexes in holders.items():
        if len({key(rows[index].person.name) for index in indexes}) < 2:  # noqa: PLR2004
            continue
        for index in indexes:
            others = _wheres((rows[i] for i in indexes if i != index), rows[index].sheet)
            sentence = (
                f"{label}“{number}”与{others}相同，不知道是谁的，都没有采用。"
                "请核对后再导入；本行其他内容已读取。"
            )
            problem = Problem(f"{field.replace('_', '-')}-shared", "warning", field, sentence)
            emptied: dict[str, Any] = {field: ""}
            result[index] = _changed(
                result[index], replace(result[index].person, **emptied), problem
            )
    return result


def _with_equal_names_told(rows: Sequence[RosterRow]) -> list[RosterRow]:
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if not row.refused:
            places[row.person.school, key(row.person.name)].append(index)
    result = list(rows)
    for indexes in places.values():
        if len(indexes) == 1:
            continue
        for index in indexes:
            row = rows[index]
            others = _wheres((rows[i] for i in indexes if i != index), row.sheet)
            sentence = (
                f"“{row.person.name}”与{others}同名，按两个人读取。如是同一人，请在原表中删去一行。"
            )
            problem = Problem("name-repeated", "warning", "name", sentence)
            result[index] = _changed(result[index], result[index].person, problem)
    return result


def _wheres(rows: Iterable[RosterRow], sheet: str) -> str:
    found = [_where(row, sheet) for row in rows]
    return "、".join(found[:3]) + (f"等{len(found)}行" if len(found) > 3 else "")  # noqa: PLR2004


def _where(row: RosterRow, sheet: str) -> str:
    return f"第{row.row}行" if row.sheet == sheet else f"“{row.sheet}”第{row.row}行"


def _changed(row: RosterRow, person: Person, *problems: Problem) -> RosterRow:
    return RosterRow(row.sheet, row.row, person, (*row.problems, *problems))
