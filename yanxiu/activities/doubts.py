"""What the host is asked to look at before closing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yanxiu.activities.assurance import Level, level_of, shared_devices
from yanxiu.activities.models import Attendance, EarlyScan, Session
from yanxiu.activities.queries import CAME
from yanxiu.activities.sign_in_rules import RuleInForce, rule_of
from yanxiu.people.models import Teacher

NOT_LEFT = "not_left"
WAITING = "waiting"


@dataclass(frozen=True)
class Doubt:
    """One thing about one person; `must_be_decided` keeps the session from being closed.

    `why` is an assurance level, NOT_LEFT (no sign-out where minutes count) or WAITING (scanned
    before sign-in was opened).
    """

    teacher: Teacher
    why: str
    text: str
    must_be_decided: bool
    attendance: Attendance | None = None


def doubts(
    session: Session,
    rule: RuleInForce | None = None,
    rows: Iterable[Attendance] | None = None,
) -> list[Doubt]:
    """Return what is doubtful about the sign-ins of an open session, by name.

    One statement if its rule and its rows, with their teachers, are known; else up to four.
    """
    rule = rule or rule_of(session)
    rows = list(session.attendances.select_related("teacher") if rows is None else rows)
    shared = shared_devices(rows)
    beside: dict[str, list[Teacher]] = defaultdict(list)
    for row in rows:
        if row.device in shared:
            beside[row.device].append(row.teacher)
    found = [_waiting(scan) for scan in _scans(session, rows)]
    for row in rows:
        if row.state not in CAME:
            continue
        level = level_of(row, shared)
        must = rule.needs_confirmation(level)
        if row.confirmed_at is None and (level.is_shown or must):
            text = _sentence(level, row, beside[row.device])
            found.append(Doubt(row.teacher, level.code, text, must, row))
        if rule.signs_out and row.left_at is None and row.minutes is None:
            text = _("没有签退，请定按多少分钟计")
            found.append(Doubt(row.teacher, NOT_LEFT, text, must_be_decided=True, attendance=row))
    return sorted(found, key=lambda doubt: (doubt.teacher.pinyin, doubt.teacher.pk))


def _scans(session: Session, rows: list[Attendance]) -> list[EarlyScan]:
    marked = {row.teacher_id for row in rows}
    scans = session.early_scans.select_related("teacher")
    return [scan for scan in scans if scan.teacher_id not in marked]


def _waiting(scan: EarlyScan) -> Doubt:
    text = _("开始签到以前扫了码，关闭时自动签上")
    return Doubt(scan.teacher, WAITING, text, must_be_decided=False)


def _sentence(level: Level, row: Attendance, beside: list[Teacher]) -> str:
    if level.code == "shared_device":
        others = _("、").join(one.name for one in beside if one.pk != row.teacher_id)
        return _("同一台手机还签了%(names)s") % {"names": others}
    if level.code == "walk_in":
        return _("不在应到名单里，自己扫码签到")
    if level.code == "missed":
        return _("签到以后抽点时不在")
    return level.name
