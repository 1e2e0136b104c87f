"""Keep who checked a level above the school; what somebody else arranged so far was checked."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery

LOCAL = ("group", "school")


def believe(apps: Any, _schema_editor: Any) -> None:
    """Believe the levels that somebody else than the teacher wrote; the others wait."""
    Lesson = apps.get_model("lessons", "Lesson")  # noqa: N806 (a model)
    Teacher = apps.get_model("people", "Teacher")  # noqa: N806 (a model)
    arranged = Lesson.objects.exclude(level__in=LOCAL).exclude(made_by=F("teacher"))
    name = Teacher.objects.filter(pk=OuterRef("made_by")).values("name")[:1]
    arranged.exclude(made_by=None).update(
        level_confirmed_at=F("made_at"), level_confirmed_by_name=Subquery(name)
    )


class Migration(migrations.Migration):

    dependencies = [
        ('lessons', '0001_lessons_begins'),
    ]

    operations = [
        migrations.AddField(
            model_name='lesson',
            name='level_confirmed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='lesson',
            name='level_confirmed_by_name',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.RunPython(believe, migrations.RunPython.noop),
    ]
