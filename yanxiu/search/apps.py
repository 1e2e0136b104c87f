"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanxiu.jobs.daily import DAILY


class SearchConfig(AppConfig):
    name = "yanxiu.search"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("检索")

    def ready(self) -> None:
        """Listen to what is written, and look daily at whose change of group begins."""
        from yanxiu.search import noticing  # noqa: PLC0415

        noticing.connect()
        DAILY.append(noticing.note_turns_of_groups)
