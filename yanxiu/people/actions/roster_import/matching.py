"""Which known teacher a row of a roster is; whoever cannot be told apart is left to a person."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from yanxiu.people.actions.roster_import.known import Known, KnownTeacher, key
from yanxiu.people.models import Organisation
from yanxiu.people.roster import Person, Problem, RosterRow


@dataclass
class Match:
    """One row, the school it is for (None: not there yet) and the teacher it is (None: new)."""

    row: RosterRow
    school: Organisation | None
    teacher: KnownTeacher | None = None
    problems: list[Problem] = field(default_factory=list)
    candidates: list[KnownTeacher] = field(default_factory=list)
    is_decided: bool = False

    @property
    def person(self) -> Person:
        """The person as read."""
        return self.row.person

    @property
    def mark(self) -> str:
        """What the line says of the person, so that a decision is found again."""
        person = self.person
        said = (person.school, key(person.name), person.job_number, person.phone, person.born)
        return sha256("\n".join((*said, *person.subjects)).encode()).hexdigest()

    @property
    def refused(self) -> bool:
        """Whether the row is not imported."""
        return self.row.refused or any(problem.level == "error" for problem in self.problems)

    def refuse(
        self, code: str, name: str, sentence: str, candidates: Sequence[KnownTeacher] = ()
    ) -> None:
        """Say why the row is not imported, and who it may be if a person can say so."""
        self.problems.append(Problem(code, "error", name, sentence))
        self.candidates += candidates


def match_rows(matches: Sequence[Match], known: Known, written: Mapping[int, str]) -> None:
    """Find for each match the teacher: as decided, by number, then by an unmistakable name."""
    _refuse_repeated_numbers(matches)
    _take_written(matches, known, written)
    living = [match for match in matches if not match.refused]
    for match in living:
        if match.teacher is None and not (known.decisions and _as_decided(match, known)):
            _by_number(match, known)
    _refuse_twice(living)
    by_name: dict[tuple[int, str], list[Match]] = defaultdict(list)
    for match in living:
        if not (match.teacher or match.is_decided or match.refused) and match.school:
            by_name[match.school.pk, key(match.person.name)].append(match)
    taken = {id(match.teacher) for match in living if match.teacher}
    for place, rows in by_name.items():
        free = [each for each in known.by_name.get(place, ()) if id(each) not in taken]
        if free:
            _by_name(rows, free)


def _take_written(matches: Sequence[Match], known: Known, written: Mapping[int, str]) -> None:
    if not written:
        return
    by_uid = {str(each.row.uid): each for each in known.teachers.values()}
    for position, uid in written.items():
        matches[position].teacher = by_uid.get(uid)


def _as_decided(match: Match, known: Known) -> bool:
    """Take the teacher whom a person chose for this line, unless its numbers are another's."""
    if match.mark not in known.decisions:
        return False
    chosen = known.decisions[match.mark]
    teacher = known.teachers.get(chosen) if chosen else None
    if chosen and teacher is None:
        return False
    person, school = match.person, match.school
    holders = [known.by_job.get((school.pk, person.job_number)) if school else None]
    holders.append(known.by_phone.get(person.phone) if person.phone else None)
    if any(holder and holder is not teacher for holder in holders):
        return False
    if person.phone in known.foreign_phones:
        return False
    match.teacher, match.is_decided = teacher, True
    return True


def _refuse_repeated_numbers(matches: Sequence[Match]) -> None:
    """Refuse a later row with the number of an earlier one, as of a person with two schools."""
    seen: dict[tuple[str, ...], RosterRow] = {}
    for match in matches:
        if match.refused:
            continue
        person = match.person
        school = str(match.school.pk) if match.school else key(person.school)
        numbers: list[tuple[str, ...]] = [("phone", person.phone)] if person.phone else []
        if person.job_number:
            numbers.append(("job_number", school, person.job_number))
        earlier = next((seen[number] for number in numbers if number in seen), None)
        if earlier:
            match.refuse(
                "number-repeated",
                "phone",
                f"与“{earlier.sheet}”第{earlier.row}行的号码相同，只导入那一行。"
                "如是一人在两所学校任职，请导入后在教师页添加任职。",
            )
        else:
            seen.update(dict.fromkeys(numbers, match.row))


def _by_number(match: Match, known: Known) -> None:
    person, school = match.person, match.school
    by_job = known.by_job.get((school.pk, person.job_number)) if school else None
    by_phone = known.by_phone.get(person.phone) if person.phone else None
    if by_job and by_phone and by_job is not by_phone:
        match.refuse(
            "numbers-of-two-people",
            "phone",
            f"工号“{person.job_number}”登记的是{by_job.row.name}，手机号登记的是"
            f"{by_phone.row.name}，不知道这一行是谁，没有导入。请核对工号和手机号。",
        )
        return
    found = by_job or by_phone
    same_person = by_job is not None and by_job is by_phone
    if found and not same_person and key(found.row.name) != key(person.name):
        what = f"工号“{person.job_number}”" if by_job else f"手机号“{person.phone}”"
        match.refuse(
            "number-of-another",
            "job_number" if by_job else "phone",
            f"{what}登记的是“{found.row.name}”，这一行写的是“{person.name}”，没有导入。"
            "请核对号码；如是改名，请在这里认定。",
            [found],
        )
    elif found:
        match.teacher = found
    elif person.phone in known.foreign_phones:
        match.refuse(
            "phone-elsewhere",
            "phone",
            f"手机号“{person.phone}”已登记在您管理范围以外的一位老师名下，这一行没有导入。"
            "请核对号码；如是调入或跨校任职，请上级管理员添加任职。",
        )


def _refuse_twice(matches: Sequence[Match]) -> None:
    """Refuse all rows that mean one teacher: which of them holds, a person must say."""
    times = Counter(id(match.teacher) for match in matches if match.teacher)
    for match in matches:
        if match.teacher and times[id(match.teacher)] > 1:
            match.refuse(
                "one-person-several-rows",
                "name",
                f"有{times[id(match.teacher)]}行都对应“{match.teacher.row.name}”，不知道以哪一行为准，"
                "这几行没有导入。请在表中只留一行。",
            )


def _by_name(rows: list[Match], free: list[KnownTeacher]) -> None:
    """Settle rows and teachers of one name: first those alike in all, then the only pair left."""
    for match in rows:
        alike = next((each for each in free if _is_alike(match, each)), None)
        if alike:
            match.teacher = alike
            free = [each for each in free if each is not alike]
    open_rows = [match for match in rows if match.teacher is None]
    for match in open_rows:
        possible = [each for each in free if not _is_other(match, each)]
        if len(possible) == 1 and len(open_rows) == 1 and not _is_doubtful(match, possible[0]):
            match.teacher = possible[0]
        elif possible:
            match.refuse(
                "name-not-told-apart",
                "name",
                f"本校已有“{match.person.name}”，凭这一行的工号、手机号和出生年月分不清是不是同一人，"
                "没有导入。请认定是哪一位，或认定为新人。",
                possible,
            )
        elif free:
            sentence = f"本校另有同名的“{match.person.name}”，工号不同，按新人导入。"
            match.problems.append(Problem("same-name-other-number", "warning", "name", sentence))
            match.candidates += free


def _is_alike(match: Match, teacher: KnownTeacher) -> bool:
    """Whether nothing of the row speaks against `teacher` and the birth month speaks for it."""
    if _is_other(match, teacher) or _is_doubtful(match, teacher):
        return False
    person, row = match.person, teacher.row
    return (person.born, person.title, list(person.subjects)) == (
        row.born,
        row.title,
        list(row.subjects),
    )


def _is_other(match: Match, teacher: KnownTeacher) -> bool:
    """Whether the school gave the two different job numbers, so they are two people."""
    number = teacher.job_number_in(match.school) if match.school else ""
    return bool(number and match.person.job_number and number != match.person.job_number)


def _is_doubtful(match: Match, teacher: KnownTeacher) -> bool:
    """Whether phone or birth month differ, which a new phone or a second person would explain."""
    person, row = match.person, teacher.row
    phones = bool(person.phone and row.phone and person.phone != row.phone)
    return phones or contradicts(person.born, row.born)


def contradicts(read: str, known: str) -> bool:
    """Whether two days of differing exactness cannot both be right."""
    return bool(read and known and not read.startswith(known) and not known.startswith(read))
