import datetime
import django.db.models.deletion
import yanxiu.kernel.uids
import yanxiu.notices.models
from django.conf import settings
from django.db import migrations, models

from yanxiu.migrating import MakeTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_to_0002_people_in_one_go'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Robot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('channel', models.CharField(choices=[('wecom', '企业微信'), ('dingtalk', '钉钉'), ('feishu', '飞书')], max_length=10, verbose_name='软件')),
                    ('name', models.CharField(max_length=40, verbose_name='群名')),
                    ('digest_hour', models.PositiveSmallIntegerField(default=7, verbose_name='每天几点发')),
                    ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                    ('made_at', models.DateTimeField()),
                    ('made_by_uid', models.UUIDField(blank=True, null=True)),
                    ('digest_made_on', models.DateField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.unit')),
                ],
                options={
                    'ordering': ['organisation', 'unit', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('kind', models.CharField(choices=[('change', '变更'), ('decision', '办理结果'), ('reminder', '提醒'), ('request', '需要你办')], max_length=10)),
                    ('title', models.CharField(max_length=120)),
                    ('text', models.TextField(blank=True)),
                    ('source_kind', models.CharField(max_length=40)),
                    ('source_id', models.UUIDField()),
                    ('at', models.DateTimeField()),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-at', '-id'],
                    'indexes': [models.Index(fields=['teacher', '-at'], name='notices_of_a_teacher'), models.Index(condition=models.Q(('read_at', None)), fields=['teacher'], name='notices_unread_of_a_teacher'), models.Index(fields=['kind', 'at'], name='notices_by_kind_and_time')],
                },
            ),
            migrations.CreateModel(
                name='NoticeWishes',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='邮箱')),
                    ('email_confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('channels', models.JSONField(default=yanxiu.notices.models.default_wishes)),
                    ('quiet_from', models.TimeField(default=datetime.time(21, 0), verbose_name='免打扰从')),
                    ('quiet_until', models.TimeField(default=datetime.time(7, 0), verbose_name='到')),
                    ('digest_hour', models.PositiveSmallIntegerField(default=7, verbose_name='每日摘要几点发')),
                    ('digest_made_on', models.DateField(blank=True, null=True)),
                    ('nudge_made_on', models.DateField(blank=True, null=True)),
                    ('teacher', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice_wishes', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('digest_hour__lte', 23)), name='a digest goes out at an hour of the day')],
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('key', models.CharField(max_length=160, unique=True)),
                    ('purpose', models.CharField(choices=[('digest', '每日摘要'), ('nudge', '当天提醒'), ('change', '当天变更'), ('test', '试发'), ('confirm', '确认邮箱')], max_length=10)),
                    ('channel', models.CharField(max_length=10)),
                    ('title', models.CharField(max_length=120)),
                    ('text', models.TextField(blank=True)),
                    ('path', models.CharField(blank=True, max_length=200)),
                    ('state', models.CharField(choices=[('waiting', '等待发送'), ('sent', '已发出'), ('failed', '没有发成'), ('dropped', '过时不发')], default='waiting', max_length=10)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('made_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField()),
                    ('useless_from', models.DateTimeField(blank=True, null=True)),
                    ('lease', models.UUIDField(blank=True, null=True)),
                    ('leased_until', models.DateTimeField(blank=True, null=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('problem', models.CharField(blank=True, max_length=200)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                    ('teacher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                    ('robot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='notices.robot')),
                ],
                options={
                    'ordering': ['-made_at', '-id'],
                    'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['channel', 'attempts', 'due_at'], name='notices_waiting'), models.Index(fields=['organisation', '-made_at'], name='notices_messages_by_school')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('robot__isnull', False), ('teacher', None)), models.Q(('robot', None), ('teacher__isnull', False)), _connector='OR'), name='a message goes to a person or to a group')],
                },
            ),
        ]),
    ]
