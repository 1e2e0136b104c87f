"""Give the rights to lessons and works to the shipped posts that see and arrange sessions."""

from typing import Any

from django.db import migrations

SEEING = ("see_lessons", "see_works")
ARRANGING = ("see_lessons", "manage_lessons", "see_works", "manage_works")
HOLDERS = {
    "principal": SEEING,
    "vice_principal": SEEING,
    "researcher": SEEING,
    "research_office": ARRANGING,
    "teaching_director": ARRANGING,
}


def give(apps: Any, _schema_editor: Any) -> None:
    """Add each right once; posts that schools made for themselves stay as they are."""
    Role = apps.get_model("people", "Role")  # noqa: N806 (a model)
    for role in Role.objects.filter(code__in=HOLDERS, organisation=None):
        new = [right for right in HOLDERS[role.code] if right not in role.rights]
        if new:
            role.rights = [*role.rights, *new]
            role.save(update_fields=["rights"])


def take(apps: Any, _schema_editor: Any) -> None:
    """Take them away again."""
    Role = apps.get_model("people", "Role")  # noqa: N806 (a model)
    for role in Role.objects.filter(code__in=HOLDERS, organisation=None):
        role.rights = [right for right in role.rights if right not in ARRANGING]
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("people", "0003_right_to_recognise_hours")]

    operations = [migrations.RunPython(give, take)]
