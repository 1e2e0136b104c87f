"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObservationConfig(AppConfig):
    name = "yanxiu.observation"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("听评课")

    def ready(self) -> None:
        """Show what was observed on the page of a lesson."""
        from yanxiu.lessons import sections  # noqa: PLC0415 (rows are not ready before)
        from yanxiu.observation.queries import talk  # noqa: PLC0415

        sections.register(20, "observation/_lesson_section.html", talk.section)
