"""The marks with which a host calls the roll."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yanxiu.activities.models import Attendance

PICKS = (
    (Attendance.State.PRESENT, pgettext_lazy("点名的按钮", "到"), ""),
    (Attendance.State.LATE, _("迟到"), "pick-gold"),
    (Attendance.State.LEAVE, _("请假"), "pick-blue"),
    (Attendance.State.ON_DUTY, _("公务"), "pick-blue"),
    (Attendance.State.ABSENT, _("缺席"), "pick-red"),
)
"""State, word on the button, colour."""
