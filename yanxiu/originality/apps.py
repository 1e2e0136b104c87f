"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OriginalityConfig(AppConfig):
    name = "yanxiu.originality"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("原创核对")
