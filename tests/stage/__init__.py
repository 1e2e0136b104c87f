"""The cast with one thing of each kind on the stage: what the tables of permissions speak of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Model
from django.test import override_settings
from django.utils import timezone

from tests.conftest import database_of_its_own
from tests.stage.hours import put_certificates, put_recognition, put_schemes, put_verification
from tests.stage.learning import put_told, put_training
from tests.stage.papers import (
    put_letters,
    put_more_summaries,
    put_rules,
    put_summaries,
    put_templates,
)
from tests.stage.people import add_others, put_governing, put_staff
from tests.stage.plans import put_more_plans, put_plans
from tests.stage.sessions import put_sessions, put_signing, put_talk
from tests.stages import fill_all
from yanxiu import conftest
from yanxiu.conftest import MORNING, Cast
from yanxiu.kernel.spans import day_of
from yanxiu.people.actions import (
    roster_import,
)
from yanxiu.people.models import Teacher
from yanxiu.portfolio.actions import put_piece
from yanxiu.portfolio.models import Arrival
from yanxiu.terms import actions as terms

ACTORS = {
    "沈校长": "shen", "周主任": "zhou", "李组长": "li", "王老师": "wang", "赵老师": "zhao",
    "关管理": "guan", "钱老师": "qian", "孙教研员": "sun", "无任职者": "nobody",
}  # fmt: skip
"""The columns of the tables, in their order."""


@dataclass
class Stage:
    """The cast and, by its Chinese name in the tables, each thing."""

    folder: Path
    cast: Cast
    actors: dict[str, Teacher]
    things: dict[str, Model]


@contextmanager
def set_stage(folder: Path) -> Iterator[Stage]:
    """Set the stage once, in a database and a data folder of its own."""
    with (
        override_settings(DATA=folder, MEDIA_ROOT=folder / "files"),
        database_of_its_own(folder),
    ):
        cast, things = fill_stage()
        actors = {name: cast.people[key] for name, key in ACTORS.items()}
        yield Stage(folder, cast, actors, things)


def fill_stage() -> tuple[Cast, dict[str, Model]]:
    """Make the cast and one thing of each kind in the database that is in use."""
    cast = conftest.make_cast()
    add_others(cast)
    at = timezone.now()
    things: dict[str, Model] = {
        "清河小学": cast.school,
        "数学教研组": cast.maths,
        "王老师": cast.people["wang"],
        "本学期": cast.term,
        "国庆放假": terms.set_day_off(
            cast.school,
            name="国庆放假",
            starts_on=date(2026, 10, 1),
            ends_on=date(2026, 10, 8),
            by=cast.people["guan"],
            at=MORNING,
        ),
        "王老师的任职": cast.people["wang"].posts.get(),
        **put_governing(cast, at),
        **put_staff(cast),
        **put_sessions(cast, at),
        **put_signing(cast, at),
        **put_plans(cast),
        **put_more_plans(cast),
        **put_summaries(cast),
        **put_more_summaries(cast),
        **put_letters(cast),
        **put_training(cast, at),
        **put_told(cast, at),
        **put_templates(cast, at),
        **put_rules(cast, at),
        **put_schemes(cast, at),
        **put_verification(cast, at),
        **put_recognition(cast, at),
        **put_certificates(cast, at),
        "王老师读入的档案": Arrival.objects.create(
            teacher=cast.people["wang"], origin="清河小学", person_name="王老师", made_at=MORNING,
            sha256="0" * 64, arrived_at=MORNING, by_name="王老师",
        ),
        "王老师的档案材料": put_piece(
            cast.people["wang"], category="moments", on=day_of(at), title="一次追问",
            text="等一等。", by=cast.people["wang"], at=at,
        ),
    }  # fmt: skip
    roster = "姓名,工号,学科\n方老师,0091,数学\n".encode()
    things["花名册导入"] = roster_import.read_file(
        cast.school, roster, "名单.csv", by=cast.people["guan"], at=MORNING
    )
    things |= put_talk(cast, things)
    return cast, fill_all(cast, things, at)
