"""What was read out of a timetable, each with the place where it stands."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FoundSlot:
    """One lesson of the week; `teacher` is the name as it is written, "" where there is none.

    `weekday` is 1 (Monday) to 7, `weeks` one of `every`, `odd`, `even`, `where` names sheet and
    cell.
    """

    teacher: str
    weekday: int
    period: int
    subject: str = ""
    class_name: str = ""
    room: str = ""
    weeks: str = "every"
    where: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was not read, or is doubtful: where it stands, and what to do."""

    where: str
    text: str


@dataclass
class Reading:
    """A whole file: its lessons, and what a person should know before taking it."""

    slots: list[FoundSlot] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    assigned: dict[tuple[str, str], str] = field(default_factory=dict)
    """Who teaches a subject in a class, by a table 任课安排."""
    classes: set[str] = field(default_factory=set)
    """Of which classes the file tells the whole week; none where it goes by teachers."""
