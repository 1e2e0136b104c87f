"""The cast with one thing of each kind on the stage: what the tables of permissions speak of."""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db.models import Model
from django.test import override_settings
from django.utils import timezone

from tests.conftest import SINCE, database_of_its_own, sign_in
from yanxiu import conftest
from yanxiu.activities import actions as activities
from yanxiu.activities.models import ActivityKind, Attendance, Session
from yanxiu.agenda.models import Occasion, Task
from yanxiu.attachments.models import Attachment
from yanxiu.conftest import MORNING, Cast
from yanxiu.ledger.models import Entry, Record
from yanxiu.people import actions as people
from yanxiu.people.actions import roster_import
from yanxiu.people.models import Membership, Organisation, Role, Teacher, UnitKind
from yanxiu.planning import actions as planning
from yanxiu.planning.models import Rhythm
from yanxiu.reports import actions as reports
from yanxiu.reports.documents.term_summary.filling import fill
from yanxiu.reports.documents.term_summary.freezing import freeze
from yanxiu.reports.models import Summary
from yanxiu.terms import actions as terms

ACTORS = {
    "沈校长": "shen", "周主任": "zhou", "李组长": "li", "王老师": "wang", "赵老师": "zhao",
    "关管理": "guan", "钱老师": "qian", "孙教研员": "sun", "无任职者": "nobody",
}  # fmt: skip
"""The columns of the tables, in their order."""

PLAN = """青石小学数学教研组工作计划
一、工作目标
1.每次教研只谈一个问题，谈出一条可以照做的办法。
二、具体安排
九月份：
1.讨论学期计划。
十月份：
1.组内研讨课一节。
"""


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
    cast: Cast = inspect.unwrap(conftest.cast)(None)
    _the_others(cast)
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
        **_sessions(cast, at),
        **_plans(cast),
        **_summaries(cast),
    }
    roster = "姓名,工号,学科\n方老师,0091,数学\n".encode()
    things["花名册导入"] = roster_import.read_file(
        cast.school, roster, "名单.csv", by=cast.people["guan"], at=MORNING
    )
    return cast, things


def _the_others(cast: Cast) -> None:
    """Add who has no post, a researcher above, and all posts of this school for 钱老师 at hers."""
    cast.people["nobody"] = people.add_teacher(name="无任职者", by=None, at=MORNING)
    sun = cast.people["sun"] = people.add_teacher(name="孙教研员", by=None, at=MORNING)
    central = Organisation.objects.get(parent=None)
    _give(sun, central, "researcher")
    qian = cast.people["qian"]
    for role in ("principal", "administrator"):
        _give(qian, cast.other_school, role)
    group = UnitKind.objects.get(code="teaching_research_group")
    unit = people.add_unit(cast.other_school, "数学教研组", group, by=None, at=MORNING)
    duty = Membership.Duty.LEADER
    people.join_unit(unit, qian, starts_on=SINCE, by=None, at=MORNING, duty=duty)


def _give(teacher: Teacher, organisation: Organisation, code: str) -> None:
    role = Role.objects.get(code=code)
    people.give_post(teacher, organisation, role, starts_on=SINCE, by=None, at=MORNING)


def _sessions(cast: Cast, at: datetime) -> dict[str, Model]:
    """A closed session of the maths group, one open now, and one for the whole school."""
    li, wang, zhou = (cast.people[name] for name in ("li", "wang", "zhou"))
    closed, opened, whole = (
        activities.plan_session(
            cast.school,
            title=title,
            kind=ActivityKind.objects.get(code="research_activity"),
            unit=unit,
            starts_at=at - timedelta(minutes=5),
            ends_at=at + timedelta(minutes=85),
            by=by,
            at=at,
        )
        for title, unit, by in (
            ("分数的意义", cast.maths, li),
            ("图形的运动", cast.maths, li),
            ("学期总动员", None, zhou),
        )
    )  # fmt: skip
    for session in (closed, opened):
        sign_in(activities.open_sign_in(session, by=li, at=at), wang)
    closed = activities.close_session(closed, by=li, at=at + timedelta(seconds=1))
    return {
        "数学组的场次": closed,
        "数学组正在签到的场次": Session.objects.get(pk=opened.pk),
        "全校的场次": whole,
        "数学组的日程": Occasion.objects.get(source_id=closed.uid),
        "李组长的待办": Task.objects.get(teacher=li, source_id=closed.uid),
        "王老师的考勤": Attendance.objects.get(session=closed, teacher=wang),
        "王老师的研修记录": Record.objects.get(teacher=wang),
        "王老师的入账": Entry.objects.get(teacher=wang),
    }


def _plans(cast: Cast) -> dict[str, Model]:
    """A confirmed and a draft plan of the school, one of the maths group, and a proposal."""
    li, zhou = cast.people["li"], cast.people["zhou"]
    confirmed, draft = (
        planning.start_plan(cast.school, cast.term, title, by=zhou, at=MORNING)
        for title in ("全校研修计划", "全校研修计划（修订）")
    )
    planning.confirm_plan(confirmed, by=zhou, at=MORNING)
    rhythm = Rhythm.objects.create(
        plan=confirmed, unit=cast.maths, name="数学", weekday=4, half_day="afternoon"
    )
    (proposal,) = planning.read_proposals(
        cast.school, PLAN.encode(), name="计划.txt", by=zhou, at=MORNING
    )
    item = {"text": "组内研讨课", "month": 10, "by": zhou, "at": MORNING}
    return {
        "已确认的学校计划": confirmed,
        "起草中的学校计划": draft,
        "起草中的数学组计划": planning.start_plan(
            cast.school, cast.term, "数学组计划", by=li, at=MORNING, unit=cast.maths
        ),
        "数学组的活动节奏": rhythm,
        "已确认计划的事项": planning.add_item(confirmed, **item),  # type: ignore[arg-type]
        "起草中计划的事项": planning.add_item(draft, **item),  # type: ignore[arg-type]
        "计划草案": proposal,
        "计划草案的原件": Attachment.objects.get(source_id=proposal.uid),
    }


def _summaries(cast: Cast) -> dict[str, Model]:
    """A draft, and one that is approved already; what approval asks for is tested elsewhere."""
    last = terms.set_term(
        cast.school, school_year=2025, half=2, starts_on=date(2026, 2, 20),
        ends_on=date(2026, 7, 1), by=None, at=MORNING,
    )  # fmt: skip
    approved = Summary.objects.create(
        organisation=cast.school, term=last, made_at=MORNING, state=Summary.State.APPROVED
    )
    approved.frozen = freeze(fill(approved, MORNING))
    approved.save(update_fields=["frozen"])
    draft = reports.start_summary(cast.school, cast.term, by=cast.people["zhou"], at=MORNING)
    return {"起草中的总结": draft, "已审定的总结": approved}
