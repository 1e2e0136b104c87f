"""What the demo school has for the end of the year: a leave, a transfer, a sample being checked.

The last year is left to be closed by whoever looks around.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from yanxiu.config.demo.people import School
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.actions import exempting, transferring
from yanxiu.people.actions import staff
from yanxiu.verification import actions
from yanxiu.verification.models import SampleCheck


def fill(school: School, *, now: datetime) -> None:
    """Excuse one teacher, let another bring hours, and draw a sample of the groups."""
    day, principal = day_of(now), school.posts["principal"]
    home = school.organisation
    away, came, ill = (group.members[-1] for group in school.groups[:3])
    administrator = school.posts["administrator"]
    staff.add_leave(
        away, kind="seconded", starts_on=day - timedelta(days=60), ends_on=None, by=administrator,
        at=now,
    )  # fmt: skip
    staff.add_leave(
        ill, kind="maternity", starts_on=day - timedelta(days=200),
        ends_on=day - timedelta(days=40), by=administrator, at=now,
    )  # fmt: skip
    new = exempting.NewExemption(
        "maternity", day - timedelta(days=200), day - timedelta(days=40), "花名册上的离岗记录"
    )
    exempting.grant_exemption(ill, home, new, by=principal, at=now)
    line = transferring.NewLine(
        "县级集中培训", "centralised", "county", day - timedelta(days=120),
        day - timedelta(days=118), Decimal(12), "hour",
    )  # fmt: skip
    transferring.bring(
        came, home, issuer="邻县教师进修学校", document="学时证明 0117号", lines=[line], by=came,
        at=now,
    )  # fmt: skip
    check = actions.draw_sample(
        home,
        actions.NewCheck(
            "研修手册抽查",
            day - timedelta(days=90),
            day,
            day + timedelta(days=30),
            "秋季第七次 0713",
            percent=Decimal(10), strata=("group",),
        ),
        by=principal, at=now,
    )  # fmt: skip
    leaders = [group.leader for group in school.groups]
    actions.assign_checkers(check, leaders, by=principal, at=now)
    _found(check, now)


def _found(check: SampleCheck, now: datetime) -> None:
    """Let one pass and one be asked for something."""
    comments = {True: "记录齐全。", False: "有两次听课没有写评课意见，请补上。"}
    rows = check.drawn.exclude(checker=None).select_related("checker")
    for row, passed in zip(rows[:2], comments, strict=False):
        if row.checker:
            actions.mark(row, passed=passed, comment=comments[passed], by=row.checker, at=now)
