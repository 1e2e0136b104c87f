"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanxiu.jobs.daily import DAILY


class TrainingConfig(AppConfig):
    name = "yanxiu.training"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("培训")

    def ready(self) -> None:
        """Have compulsory courses asked each day of those for whom they are by then."""
        from yanxiu.training.actions.courses import keep_demanding  # noqa: PLC0415

        DAILY.append(keep_demanding)
