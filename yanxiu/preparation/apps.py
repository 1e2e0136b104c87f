"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yanxiu.jobs.daily import DAILY


class PreparationConfig(AppConfig):
    name = "yanxiu.preparation"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("备课")

    def ready(self) -> None:
        """Show plans on the page of the lesson taught by them, and of the session about them."""
        from yanxiu.activities import sections as session_sections  # noqa: PLC0415
        from yanxiu.lessons import sections  # noqa: PLC0415 - rows are there only now
        from yanxiu.preparation.actions.dropping import empty_bin  # noqa: PLC0415
        from yanxiu.preparation.beside import beside, talked_about  # noqa: PLC0415

        session_sections.register(10, "preparation/_session.html", talked_about)
        sections.register(10, "preparation/_lesson.html", beside)
        DAILY.append(empty_bin)
