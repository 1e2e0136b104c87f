"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecognitionConfig(AppConfig):
    name = "yanxiu.recognition"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("认定")

    def ready(self) -> None:
        """Tell those above once a day what is overdue."""
        from yanxiu.agenda.running import DAILY  # noqa: PLC0415 (models are there only now)
        from yanxiu.ledger.actions.asking import escalate  # noqa: PLC0415

        DAILY.append(escalate)
