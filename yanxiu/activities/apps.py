"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanxiu.jobs.daily import DAILY


class ActivitiesConfig(AppConfig):
    name = "yanxiu.activities"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("研修活动")

    def ready(self) -> None:
        """Have leaders reminded each day whose groups agree on their own time."""
        from yanxiu.activities.actions.minding import remind_of_meetings  # noqa: PLC0415

        DAILY.append(lambda now: remind_of_meetings(at=now))
