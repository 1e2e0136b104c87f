"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorksConfig(AppConfig):
    name = "yanxiu.works"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("作品")

    def ready(self) -> None:
        """Show works on the page of the lesson that they are about."""
        from yanxiu.lessons import sections  # noqa: PLC0415 - models are not there before
        from yanxiu.works import lesson_section  # noqa: PLC0415

        sections.register(lesson_section.ORDER, lesson_section.TEMPLATE, lesson_section.of_lesson)
