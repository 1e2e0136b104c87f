"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorksConfig(AppConfig):
    name = "yanxiu.works"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("作品")

    def ready(self) -> None:
        """Show works on the page of the lesson they are about, and of the session they go to."""
        from yanxiu.activities import sections as session_sections  # noqa: PLC0415
        from yanxiu.ledger.permissions import HIDDEN  # noqa: PLC0415
        from yanxiu.lessons import sections  # noqa: PLC0415 - models are not there before
        from yanxiu.works import lesson_section, session_section  # noqa: PLC0415
        from yanxiu.works.permissions import records_read_blind  # noqa: PLC0415

        session_sections.register(
            session_section.ORDER, session_section.TEMPLATE, session_section.of_session
        )
        sections.register(lesson_section.ORDER, lesson_section.TEMPLATE, lesson_section.of_lesson)
        HIDDEN.append(records_read_blind)
