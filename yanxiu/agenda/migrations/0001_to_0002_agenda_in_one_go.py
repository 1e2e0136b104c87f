import django.db.models.deletion
import yanxiu.kernel.uids
from django.conf import settings
from django.db import migrations, models

from yanxiu.migrating import MakeTables


class Migration(migrations.Migration):

    initial = True
    replaces = [('agenda', '0001_agenda_begins'), ('agenda', '0002_calendar_links_and_moves')]

    dependencies = [
        ('people', '0001_to_0002_people_in_one_go'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='CalendarLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('scope', models.CharField(choices=[('person', '我的日程与待办'), ('unit', '本组'), ('school', '学校')], max_length=10)),
                    ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                    ('made_at', models.DateTimeField()),
                    ('read_on', models.DateField(blank=True, null=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_links', to=settings.AUTH_USER_MODEL)),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.unit')),
                ],
                options={
                    'ordering': ['-made_at'],
                },
            ),
            migrations.CreateModel(
                name='Occasion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('title', models.CharField(max_length=120)),
                    ('starts_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField()),
                    ('place', models.CharField(blank=True, max_length=60)),
                    ('state', models.CharField(choices=[('planned', '未开始'), ('held', '已举行'), ('cancelled', '已取消')], default='planned', max_length=10)),
                    ('source_kind', models.CharField(max_length=40)),
                    ('source_id', models.UUIDField()),
                    ('sequence', models.PositiveIntegerField(default=0)),
                    ('changed_at', models.DateTimeField(blank=True, null=True)),
                    ('moved_from', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.unit')),
                ],
                options={
                    'ordering': ['starts_at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Attendee',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendees', to='agenda.occasion')),
                ],
            ),
            migrations.CreateModel(
                name='Task',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('kind', models.CharField(max_length=40)),
                    ('title', models.CharField(max_length=120)),
                    ('due_on', models.DateField(blank=True, null=True)),
                    ('state', models.CharField(choices=[('open', '待办'), ('done', '已办'), ('dropped', '已取消')], default='open', max_length=10)),
                    ('source_kind', models.CharField(max_length=40)),
                    ('source_id', models.UUIDField()),
                    ('made_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['due_on', 'id'],
                },
            ),
            migrations.AddIndex(
                model_name='occasion',
                index=models.Index(fields=['organisation', 'starts_at'], name='agenda_by_day'),
            ),
            migrations.AddIndex(
                model_name='occasion',
                index=models.Index(fields=['unit', 'starts_at'], name='agenda_by_unit_and_day'),
            ),
            migrations.AddIndex(
                model_name='occasion',
                index=models.Index(condition=models.Q(('changed_at__isnull', False)), fields=['changed_at'], name='agenda_changed'),
            ),
            migrations.AddConstraint(
                model_name='occasion',
                constraint=models.UniqueConstraint(fields=('source_kind', 'source_id'), name='a source has one occasion'),
            ),
            migrations.AddConstraint(
                model_name='attendee',
                constraint=models.UniqueConstraint(fields=('occasion', 'teacher'), name='a person is invited once'),
            ),
            migrations.AddIndex(
                model_name='task',
                index=models.Index(condition=models.Q(('state', 'open')), fields=['teacher', 'due_on'], name='agenda_open_tasks'),
            ),
            migrations.AddIndex(
                model_name='task',
                index=models.Index(fields=['source_kind', 'source_id'], name='agenda_task_by_source'),
            ),
            migrations.AddConstraint(
                model_name='task',
                constraint=models.UniqueConstraint(fields=('teacher', 'kind', 'source_kind', 'source_id'), name='a person owes a thing once'),
            ),
        ]),
    ]
