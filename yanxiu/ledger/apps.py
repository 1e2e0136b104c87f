"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "yanxiu.ledger"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("研修记录")

    def ready(self) -> None:
        """Look once a day whose tiers, posts or exemptions changed, and reckon some of them."""
        from yanxiu.agenda.running import DAILY  # noqa: PLC0415 (models are there only now)
        from yanxiu.ledger.actions.keeping import keep_daily  # noqa: PLC0415

        DAILY.append(keep_daily)
