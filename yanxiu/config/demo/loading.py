"""Loading the demo school, step by step, so that a visitor can look in meanwhile."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import yaml
from django.conf import settings
from django.utils import timezone

from yanxiu.config import demo_mark
from yanxiu.config.demo import (
    calling,
    declaring,
    documents,
    finding,
    governing,
    history,
    lessons,
    observing,
    plans,
    preparing,
    reading,
    summaries,
    telling,
    training,
    verifying,
    workforce,
    writing,
)
from yanxiu.config.demo.calendar import Half, days_off, halves_around
from yanxiu.config.demo.history import Chapter
from yanxiu.config.demo.people import School, found_school
from yanxiu.config.ground import lay_ground
from yanxiu.kernel.spans import day_of, moment_at
from yanxiu.ledger import actions as ledger
from yanxiu.terms import actions as terms
from yanxiu.terms.models import Term

SEED = 2026
ROLES = {
    "teacher": "教师",
    "group_leader": "教研组长",
    "research_office": "教科室",
    "principal": "校长",
    "administrator": "管理员",
    "researcher": "中心校教研员",
}


def load(progress: Callable[[str], None], now: datetime | None = None) -> None:
    """Make the demo school through the actions that people use.

    Args:
        progress: is told in one sentence what was done.
        now: the moment up to which things have happened, the clock's if None.
    """
    now = now or timezone.now()
    data = yaml.safe_load(Path(__file__).with_name("school.yaml").read_text(encoding="utf-8"))
    chance = Random(SEED)  # noqa: S311 (the demo is the same every time)
    lay_ground()
    before, present = halves_around(day_of(now))
    school = found_school(data, chance, at=moment_at(before.start) - timedelta(days=14))
    governing.set_up(school, at=moment_at(before.start) - timedelta(days=14))
    _logins(school)
    progress(f"{len(school.teachers)} 位教师和账号已就绪，可以登录")
    past, current = (_term(school, half) for half in (before, present))
    _adopt(school, before.start)
    plan = plans.write_plan(
        school, past, before, data, at=moment_at(before.start) - timedelta(days=5)
    )
    closed = history.live_through(school, Chapter(plan, before, data, chance, now))
    plans.finish_past_items(plan, school, until=min(now, moment_at(before.end)))
    progress(f"{past}：{closed} 场活动")
    plan = plans.read_plan(
        school, current, present, at=moment_at(present.start) - timedelta(days=3)
    )
    _live_on(school, Chapter(plan, present, data, chance, now))
    summaries.sum_up(school, past, current, at=now)
    documents.file_papers(school, past, at=now)
    workforce.shape(school, at=now)
    verifying.fill(school, now=now)
    declaring.fill(school, now=now)
    telling.tell(school, now=now)
    finding.fill(school, now=now)
    progress(f"{plan.term}：计划、活动和学时已就绪")


def _live_on(school: School, chapter: Chapter) -> None:
    """Let the present term happen."""
    plan, now = chapter.plan, chapter.now
    plans.agree_open_slot(school, plan, at=moment_at(chapter.half.start))
    history.live_through(school, chapter)
    plans.finish_past_items(plan, school, until=now)
    history.correct_one(school, at=now)
    history.session_of_today(school, now=now)
    training.fill(school, now=now)
    lessons.fill(school, now=now)
    preparing.fill(school, now=now)
    observing.fill(school, now=now)
    writing.fill(school, now=now)
    calling.fill(school, now=now)
    reading.fill(school, now=now)


def _term(school: School, half: Half) -> Term:
    at = moment_at(half.start) - timedelta(days=10)
    for name, starts_on, ends_on in days_off(half):
        terms.set_day_off(
            school.organisation, name=name, starts_on=starts_on, ends_on=ends_on, by=None, at=at
        )
    return terms.set_term(
        school.organisation,
        school_year=half.school_year,
        half=half.half,
        starts_on=half.start,
        ends_on=half.end,
        by=None,
        at=at,
    )


def _adopt(school: School, day: date) -> None:
    """Reckon by the scheme that the central school has written, and by a shipped one beside it."""
    at = moment_at(day)
    text = Path(__file__).with_name("scheme.yaml").read_text(encoding="utf-8")
    central = school.organisation.parent
    assert central is not None  # noqa: S101 (founded with the school)
    file = ledger.start_draft(central, text, by=None, at=at)
    file = ledger.publish_scheme(file, edition=file.edition, by=None, at=at)
    for scheme in (file.scheme, "cn-central-school-handbook"):
        ledger.adopt_scheme(school.organisation, scheme, starts_on=day, by=None, at=at)


def _logins(school: School) -> None:
    """Give one account per role a random password and keep them where `run.py` prints them."""
    rows = []
    for code, label in ROLES.items():
        teacher = school.posts[code]
        password = demo_mark.new_password()
        teacher.set_password(password)
        teacher.save(update_fields=["password"])
        rows.append((label, teacher.name, str(teacher.phone), password))
    demo_mark.keep_logins(settings.DATA, rows)
