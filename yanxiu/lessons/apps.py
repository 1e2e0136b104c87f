"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LessonsConfig(AppConfig):
    name = "yanxiu.lessons"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("课")

    def ready(self) -> None:
        """Show lessons on the page of the session in which they are talked about."""
        from yanxiu.activities import sections  # noqa: PLC0415 - rows are there only now
        from yanxiu.lessons import session_section  # noqa: PLC0415

        sections.register(20, "lessons/_session.html", session_section.of_session)
