"""Takes one teacher's growth file out of the house, or in."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from yanxiu.kernel.refusals import Refusal

if TYPE_CHECKING:
    from yanxiu.people.models import Teacher

HELP = "导出一位教师的成长档案压缩包，或读入从别处带来的"
EXAMPLE = "yanxiu growth-file export 13900000004 王老师的成长档案.zip --data data/school"


class NoSuchTeacher(Refusal):
    """Nobody, or more than one person, is called so."""

    code = "no-such-teacher"

    def __init__(self, word: str, count: int) -> None:
        """Say how many there are."""
        found = f"有{count}位" if count else "没有"
        super().__init__(f"叫“{word}”的教师{found}，什么都没有做。请改写手机号，或教师的编号。")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the direction, the person and the archive."""
    parser.add_argument(
        "way", metavar="方向", choices=("export", "import"), help="export 或 import"
    )
    parser.add_argument("teacher", metavar="教师", help="手机号、全名或编号")
    parser.add_argument("archive", type=Path, metavar="压缩包", help=".zip 文件")


def run(options: argparse.Namespace) -> int:
    """Write the archive, or read it, and say what is in it."""
    teacher = find_teacher(options.teacher)
    if options.way == "export":
        return _export(teacher, options.archive)
    return _import(teacher, options.archive)


def find_teacher(word: str) -> "Teacher":
    """Return the teacher of that phone number, full name or uid.

    Raises:
        NoSuchTeacher: there is none, or more than one.
    """
    from django.core.exceptions import ValidationError

    from yanxiu.people.models import Teacher

    found = list(Teacher.objects.filter(phone=word)) or list(Teacher.objects.filter(name=word)[:9])
    if not found:
        try:
            found = list(Teacher.objects.filter(uid=word))
        except ValidationError:
            found = []
    if len(found) != 1:
        raise NoSuchTeacher(word, len(found))
    return found[0]


def _export(teacher: "Teacher", target: Path) -> int:
    from django.utils import timezone

    from yanxiu.audit import trail
    from yanxiu.kernel.spans import day_of
    from yanxiu.portfolio.documents import growth_file
    from yanxiu.portfolio.documents.growth_file.archive import write_archive
    from yanxiu.portfolio.queries.categories import sections_of
    from yanxiu.portfolio.queries.files import FILE_TAKEN, whole_span
    from yanxiu.portfolio.queries.periods import terms_at

    now = timezone.now()
    school = teacher.organisation
    file = growth_file.file_of(
        teacher,
        span=whole_span(day_of(now)),
        period="全部",
        sections=sections_of(school),
        terms=terms_at(school, day_of(now)),
        reader=teacher,
        organisation=school.name if school else "",
        on=day_of(now),
    )
    lost = write_archive(target, file, teacher_uid=str(teacher.uid))
    trail.record(None, FILE_TAKEN, teacher, at=now, detail={"what": "个人成长档案（压缩包）"})
    print(f"已把{teacher.name}的成长档案写到 {target}，共{len(file.leaves)}条。")
    if lost:
        print(f"有{len(lost)}个附件不在数据文件夹里，没有带上：{'、'.join(lost[:5])}")
    print("里面有个人资料，请只交给本人。")
    return 0


def _import(teacher: "Teacher", archive: Path) -> int:
    from django.utils import timezone

    from yanxiu.portfolio import actions

    found = actions.bring(teacher, archive, by=None, at=timezone.now())
    arrival = found.arrival
    print(f"{arrival.files_checked}个文件都与校验值相符，来自“{arrival.origin}”。")
    print(f"读入{found.new}条、附件{found.files}个；原来已有{found.known}条，没有重复写入。")
    if arrival.person_name != teacher.name:
        print(f"档案上的姓名是“{arrival.person_name}”，与“{teacher.name}”不同，请核对。")
    print("作为本人申报的经历保存，不计学时。")
    return 0
