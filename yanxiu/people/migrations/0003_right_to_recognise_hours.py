"""Give the right to recognise hours to the shipped posts that recognised outside training so far."""

from typing import Any

from django.db import migrations

HOLDERS = ("principal", "research_office", "researcher", "vice_principal", "teaching_director")
RIGHT = "recognise_hours"


def give(apps: Any, _schema_editor: Any) -> None:
    """Add the right once; posts that schools made for themselves stay as they are."""
    Role = apps.get_model("people", "Role")  # noqa: N806 (a model)
    for role in Role.objects.filter(code__in=HOLDERS, organisation=None):
        if RIGHT not in role.rights:
            role.rights = [*role.rights, RIGHT]
            role.save(update_fields=["rights"])


def take(apps: Any, _schema_editor: Any) -> None:
    """Take it away again."""
    Role = apps.get_model("people", "Role")  # noqa: N806 (a model)
    for role in Role.objects.filter(code__in=HOLDERS, organisation=None):
        role.rights = [right for right in role.rights if right != RIGHT]
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("people", "0001_to_0002_people_in_one_go")]

    operations = [migrations.RunPython(give, take)]
