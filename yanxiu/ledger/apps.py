"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanxiu.jobs.daily import DAILY


class LedgerConfig(AppConfig):
    name = "yanxiu.ledger"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("研修记录")

    def ready(self) -> None:
        """Look daily whose tiers, posts or exemptions changed; hear at once of a career's days."""
        from yanxiu.ledger.actions.keeping import keep_daily, stale  # noqa: PLC0415
        from yanxiu.people.hearing import LISTENERS  # noqa: PLC0415

        DAILY.append(keep_daily)
        LISTENERS.append(stale)
