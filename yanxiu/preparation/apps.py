"""The app as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreparationConfig(AppConfig):
    name = "yanxiu.preparation"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("备课")

    def ready(self) -> None:
        """Let the page of a lesson show by which plan it is taught."""
        from yanxiu.lessons import sections  # noqa: PLC0415 - rows are there only now
        from yanxiu.preparation.beside import beside  # noqa: PLC0415

        sections.register(10, "preparation/_lesson.html", beside)
