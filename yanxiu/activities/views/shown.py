"""What several pages of sessions share: finding one and naming its state."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from yanxiu.activities.models import Session
from yanxiu.activities.permissions import may_manage_session, may_see_session
from yanxiu.people.access import get_allowed
from yanxiu.people.models import Teacher

JOINED = (
    "activity__kind",
    "activity__plan_item__plan",
    "activity__research_theme__parent",
    "organisation",
    "unit",
)


STATE_LABELS = {
    "planned": _("未开始"),
    "due": _("待关闭"),
    "open": _("签到中"),
    "closed": _("已关闭"),
    "cancelled": _("已取消"),
}


def state_label(session: Session, at: datetime) -> str:
    """Return the state of `session` in words; while it lasts it is not late to be closed."""
    state = session.state(at)
    if state == "due" and at < session.ends_at:
        return str(_("进行中"))
    return str(STATE_LABELS[state])


def seen_session(teacher: Teacher, uid: UUID) -> Session:
    """Return the session `uid` if `teacher` may see it, else 404."""
    rows = Session.objects.select_related(*JOINED)
    return get_allowed(may_see_session, teacher, rows, uid)


def managed_session(teacher: Teacher, uid: UUID) -> Session:
    """Return the session `uid` if `teacher` manages it, else 404."""
    rows = Session.objects.select_related(*JOINED)
    return get_allowed(may_manage_session, teacher, rows, uid)


def is_living(session: Session, at: datetime) -> bool:
    """Tell whether attendance and times can still be changed."""
    return session.state(at) in {"planned", "due", "open"}
