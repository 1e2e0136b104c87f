"""The app as Django sees it: at start it fills the tables of places and figures."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "yanxiu.config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Collect each app's `places.py` and `figures.py`."""
        from yanxiu.config.collecting import collect  # noqa: PLC0415 (apps must be loaded)

        collect()
