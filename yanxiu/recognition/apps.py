"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanxiu.jobs.daily import DAILY


class RecognitionConfig(AppConfig):
    name = "yanxiu.recognition"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("认定")

    def ready(self) -> None:
        """Ask once a day whom there is to ask by now; tell what is overdue, and what begins."""
        from yanxiu.ledger.actions.asking import escalate, keep_asking  # noqa: PLC0415
        from yanxiu.recognition.actions.asking import keep_asking_for_answers  # noqa: PLC0415
        from yanxiu.recognition.actions.publishing import tell_begun  # noqa: PLC0415

        DAILY.extend((keep_asking, escalate, keep_asking_for_answers, tell_begun))
