"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BooksConfig(AppConfig):
    name = "yanxiu.books"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("读书")
