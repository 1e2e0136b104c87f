"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "yanxiu.notices"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("通知")

    def ready(self) -> None:
        """Have each account read together with the number on its bell."""
        from yanxiu.notices.queries import ON_BELL, unread_beside  # noqa: PLC0415 (models first)
        from yanxiu.people.backends import BESIDE_ACCOUNT  # noqa: PLC0415 (as above)

        BESIDE_ACCOUNT[ON_BELL] = unread_beside
