"""Handbooks and growth files of a whole school, in the background."""

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.http import Http404
from django.utils import timezone

from yanxiu.documents.volume.package import entry
from yanxiu.jobs.table import Work
from yanxiu.kernel.spans import day_of
from yanxiu.people.access import get_allowed
from yanxiu.people.models import Organisation, Teacher
from yanxiu.portfolio.actions import take_files
from yanxiu.portfolio.documents import growth_file, handbook
from yanxiu.portfolio.permissions import may_see_files
from yanxiu.portfolio.queries.categories import Sections, sections_of
from yanxiu.portfolio.queries.people import teachers_of
from yanxiu.portfolio.queries.periods import Period, chosen, periods, terms_at
from yanxiu.portfolio.refusals import NothingToBind
from yanxiu.terms.models import Term


class Batch:
    """The teachers, the days and the reader of one job; the rights are those of the moment."""

    def __init__(self, running: Any) -> None:
        """Read what the job was started with.

        Raises:
            NothingToBind: the school is not this reader's (any more), or nobody works there.
        """
        self.running = running
        self.by: Teacher = running.by
        self.day = day_of(timezone.now())
        try:
            self.school: Organisation = get_allowed(
                may_see_files, self.by, Organisation.objects.all(), running.detail["school"]
            )
        except Http404 as error:
            raise NothingToBind from error
        self.terms: list[Term] = terms_at(self.school, self.day)
        self.period: Period = chosen(periods(self.terms, self.day), running.detail["period"])
        self.sections: Sections = sections_of(self.school)
        self.teachers = list(teachers_of(self.school, self.by))
        if not self.teachers:
            raise NothingToBind

    @property
    def asked(self) -> handbook.Asked:
        """What the handbooks need to know."""
        return handbook.Asked(
            self.school, self.period.span, self.period.name, self.sections, self.by, self.day
        )

    def tell(self, done: int, name: str) -> None:
        """Tell how far it is."""
        self.running.step(done, len(self.teachers), f"第 {done + 1} 位：{name}")

    def keep(self, path: Path, what: str, ending: str) -> None:
        """Keep the result, and let each teacher see who took it."""
        self.running.step(len(self.teachers), len(self.teachers), "保存")
        name = f"{self.school.name} {self.period.name} {what}.{ending}"
        self.running.keep(path, name=name)
        take_files(self.teachers, what, by=self.by, at=timezone.now())


@contextmanager
def _scratch(ending: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="yanxiu-") as folder:
        yield Path(folder) / f"made.{ending}"


def bind_handbooks(running: Any) -> None:
    """Bind the handbooks of all teachers of a school into one volume with contents."""
    batch = Batch(running)
    with _scratch("docx") as path:
        asked = batch.asked
        handbook.bind(
            path,
            handbook.labels(batch.teachers, asked),
            handbook.handbooks(batch.teachers, asked),
            told=batch.tell,
        )
        batch.keep(path, "研修手册合订本", "docx")


def pack_handbooks(running: Any) -> None:
    """Pack the handbooks of all teachers of a school, one file each."""
    batch = Batch(running)
    books = handbook.handbooks(batch.teachers, batch.asked)
    _pack(batch, "研修手册", lambda _teacher: handbook.document(next(books)))


def pack_files(running: Any) -> None:
    """Pack the growth files of all teachers of a school, one Word file each."""
    batch = Batch(running)

    def write(teacher: Teacher) -> bytes:
        file = growth_file.file_of(
            teacher,
            span=batch.period.span,
            period=batch.period.name,
            sections=batch.sections,
            terms=batch.terms,
            reader=batch.by,
            organisation=batch.school.name,
            on=batch.day,
        )
        return growth_file.document(file)

    _pack(batch, "个人成长档案", write)


def _pack(batch: Batch, what: str, write: Callable[[Teacher], bytes]) -> None:
    with _scratch("zip") as path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for done, teacher in enumerate(batch.teachers):
                batch.tell(done, teacher.name)
                # The number keeps namesakes apart, and the order of the alphabet.
                name = f"{done + 1:03d} {teacher.name} {what}.docx"
                package.writestr(entry(name), write(teacher))
        batch.keep(path, what, "zip")


WORKS = [
    Work("portfolio.handbooks", name="研修手册合订本", run=bind_handbooks),
    Work("portfolio.handbooks-apart", name="研修手册，每人一份", run=pack_handbooks),
    Work("portfolio.files", name="个人成长档案，每人一份", run=pack_files),
]
