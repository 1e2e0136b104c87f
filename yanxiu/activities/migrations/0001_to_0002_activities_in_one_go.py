import django.db.models.deletion
import yanxiu.kernel.uids
from django.conf import settings
from django.db import migrations, models

from yanxiu.migrating import MakeTables


class Migration(migrations.Migration):

    initial = True
    replaces = [('activities', '0001_activities_begins'), ('activities', '0002_talk_experts_tags_and_trusted_sign_in')]

    dependencies = [
        ('people', '0001_to_0002_people_in_one_go'),
        ('planning', '0001_to_0002_planning_in_one_go'),
        ('terms', '0001_terms_begins'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='ActivityKind',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40)),
                    ('name', models.CharField(max_length=40, verbose_name='名称')),
                    ('record_kind', models.CharField(max_length=40)),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('activity_class', models.CharField(choices=[('theory', '理论学习'), ('observation', '听课评课'), ('exchange', '交流研讨'), ('training', '学习培训')], default='exchange', max_length=12, verbose_name='大类')),
                    ('is_series', models.BooleanField(default=False, verbose_name='由若干场组成（开放周、系列讲座、共读、工作坊）')),
                    ('is_one_way', models.BooleanField(default=False, verbose_name='以讲授为主')),
                    ('needs_note', models.BooleanField(default=False, verbose_name='到场者要交心得才予认定')),
                    ('asks_feedback', models.BooleanField(default=True, verbose_name='结束后请到场者匿名评一评')),
                    ('retired_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Activity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('theme', models.CharField(max_length=120, verbose_name='主题')),
                    ('mode', models.CharField(choices=[('on_site', '现场'), ('online', '线上'), ('mixed', '线上线下结合')], default='on_site', max_length=10, verbose_name='方式')),
                    ('form', models.CharField(choices=[('whole', '集中'), ('group', '分组'), ('dispersed', '分散（自学）')], default='group', max_length=10, verbose_name='形式')),
                    ('level', models.CharField(choices=[('school', '校级'), ('central', '中心校级'), ('county', '区县级')], default='school', max_length=10, verbose_name='组织层级')),
                    ('subject', models.CharField(blank=True, max_length=40, verbose_name='学科')),
                    ('needs_note', models.BooleanField(default=False, verbose_name='到场者要交心得才予认定')),
                    ('guests', models.CharField(blank=True, max_length=200, verbose_name='嘉宾')),
                    ('sessions_to_complete', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='到场几场算完成')),
                    ('made_at', models.DateTimeField()),
                    ('made_by_uid', models.UUIDField(null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('plan_item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='planning.planitem')),
                    ('rhythm', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='planning.rhythm')),
                    ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='terms.term')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.unit')),
                    ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='activities.activitykind')),
                ],
            ),
            migrations.CreateModel(
                name='ActivitySetting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('minutes_due_days', models.PositiveSmallIntegerField(default=3, verbose_name='活动记录几天内写好')),
                    ('lecture_share_hint', models.PositiveSmallIntegerField(default=50, verbose_name='讲授为主的场次超过百分之几时提醒')),
                    ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='activity_setting', to='people.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Classification',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40)),
                    ('name', models.CharField(max_length=40, verbose_name='名称')),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.CreateModel(
                name='ExpertKind',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40)),
                    ('name', models.CharField(max_length=40, verbose_name='名称')),
                    ('is_internal', models.BooleanField(default=False)),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Expert',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('name', models.CharField(max_length=40, verbose_name='姓名')),
                    ('workplace', models.CharField(blank=True, max_length=80, verbose_name='单位')),
                    ('topics', models.CharField(blank=True, max_length=200, verbose_name='擅长的专题')),
                    ('contact', models.CharField(blank=True, max_length=80, verbose_name='联系方式')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='不再邀请')),
                    ('made_at', models.DateTimeField()),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('teacher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='activities.expertkind')),
                ],
                options={
                    'ordering': ['kind__order', 'name', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Partner',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('capacity', models.CharField(choices=[('organiser', '主办'), ('host', '承办'), ('invited', '受邀')], max_length=10)),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='activities.activity')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'ordering': ['capacity', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Remark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('text', models.TextField(max_length=2000)),
                    ('at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='activities.activity')),
                    ('answers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answered_by', to='activities.remark')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='SchedulingBatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('since', models.DateField()),
                    ('count', models.PositiveIntegerField(default=0)),
                    ('at', models.DateTimeField()),
                    ('by_uid', models.UUIDField(null=True)),
                    ('by_name', models.CharField(max_length=40)),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('undone_by_name', models.CharField(blank=True, max_length=40)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scheduling_batches', to='planning.plan')),
                ],
                options={
                    'ordering': ['-at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='Session',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('slot_on', models.DateField(blank=True, null=True)),
                    ('title', models.CharField(max_length=120, verbose_name='主题')),
                    ('starts_at', models.DateTimeField(verbose_name='开始')),
                    ('ends_at', models.DateTimeField(verbose_name='结束')),
                    ('place', models.CharField(blank=True, max_length=60, verbose_name='地点')),
                    ('sign_in_key', models.CharField(blank=True, max_length=64)),
                    ('sign_in_opened_at', models.DateTimeField(blank=True, null=True)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('closed_by_uid', models.UUIDField(blank=True, null=True)),
                    ('closed_by_name', models.CharField(blank=True, max_length=40)),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ('cancelled_because', models.CharField(blank=True, max_length=200)),
                    ('mode', models.CharField(blank=True, choices=[('on_site', '现场'), ('online', '线上'), ('mixed', '线上线下结合')], max_length=10, verbose_name='方式')),
                    ('link', models.URLField(blank=True, max_length=300, verbose_name='线上会议链接')),
                    ('interactions', models.JSONField(blank=True, default=list, verbose_name='互动环节')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='activities.activity')),
                    ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='activities.schedulingbatch')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.unit')),
                ],
                options={
                    'ordering': ['starts_at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='RollBatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, unique=True)),
                    ('states', models.JSONField(default=dict)),
                    ('before', models.JSONField(default=dict)),
                    ('at', models.DateTimeField()),
                    ('by_uid', models.UUIDField(null=True)),
                    ('by_name', models.CharField(max_length=40)),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roll_batches', to='activities.session')),
                ],
                options={
                    'ordering': ['at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Resolution',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('order', models.PositiveSmallIntegerField()),
                    ('text', models.CharField(max_length=200, verbose_name='议定的事')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='期限')),
                    ('state', models.CharField(choices=[('open', '进行中'), ('done', '已完成'), ('dropped', '不再做')], default='open', max_length=10)),
                    ('word', models.CharField(blank=True, max_length=200, verbose_name='结果')),
                    ('made_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_by_name', models.CharField(blank=True, max_length=40)),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='activities.session')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Problem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('kind', models.CharField(choices=[('common', '共性问题'), ('difficult', '难点问题'), ('hot', '热点问题')], default='common', max_length=10, verbose_name='类型')),
                    ('text', models.CharField(max_length=200, verbose_name='问题')),
                    ('raised_at', models.DateTimeField()),
                    ('conclusion', models.TextField(blank=True, verbose_name='结论')),
                    ('concluded_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.unit')),
                    ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='activities.session')),
                ],
                options={
                    'ordering': ['-raised_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='ParticipantNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('text', models.TextField(verbose_name='心得')),
                    ('is_shared', models.BooleanField(default=False, verbose_name='给一起参加的老师看')),
                    ('saved_at', models.DateTimeField()),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='activities.session')),
                ],
                options={
                    'ordering': ['saved_at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Part',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('host', '主持人'), ('main_speaker', '主讲人'), ('recorder', '记录人'), ('attendee', '参加')], max_length=20)),
                    ('home', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to=settings.AUTH_USER_MODEL)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='activities.session')),
                ],
            ),
            migrations.CreateModel(
                name='OfflineTap',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('name', models.CharField(blank=True, max_length=40)),
                    ('state', models.CharField(blank=True, choices=[('present', '出席'), ('late', '迟到'), ('leave', '请假'), ('on_duty', '公务'), ('absent', '缺席')], max_length=10)),
                    ('saw', models.CharField(blank=True, max_length=10)),
                    ('device', models.UUIDField()),
                    ('order', models.PositiveBigIntegerField()),
                    ('claimed_ms', models.BigIntegerField()),
                    ('offset_ms', models.BigIntegerField(blank=True, null=True)),
                    ('tapped_at', models.DateTimeField()),
                    ('received_at', models.DateTimeField()),
                    ('by_uid', models.UUIDField()),
                    ('by_name', models.CharField(max_length=40)),
                    ('outcome', models.CharField(choices=[('taken', '已记入'), ('replaced', '后来又点过'), ('disagrees', '与另一处不一样'), ('proposed', '关闭后才送到，待更正'), ('nameless', '名册里对不上')], default='replaced', max_length=10)),
                    ('met', models.JSONField(blank=True, null=True)),
                    ('settled_at', models.DateTimeField(blank=True, null=True)),
                    ('settled_by_uid', models.UUIDField(blank=True, null=True)),
                    ('teacher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offline_taps', to='activities.session')),
                ],
                options={
                    'ordering': ['tapped_at', 'order', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Minutes',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('process', models.TextField(blank=True, verbose_name='活动过程与发言要点')),
                    ('conclusions', models.TextField(blank=True, verbose_name='达成的共识')),
                    ('next_steps', models.TextField(blank=True, verbose_name='遗留问题与下一步')),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('saved_at', models.DateTimeField()),
                    ('saved_by_uid', models.UUIDField(null=True)),
                    ('saved_by_name', models.CharField(blank=True, max_length=40)),
                    ('due_on', models.DateField(blank=True, null=True)),
                    ('first_saved_at', models.DateTimeField(blank=True, null=True)),
                    ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='minutes_taken', to='activities.session')),
                ],
            ),
            migrations.CreateModel(
                name='HomeRecognition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('state', models.CharField(choices=[('waiting', '待本校认定'), ('recognised', '已认定'), ('declined', '不认定')], default='waiting', max_length=10)),
                    ('word', models.CharField(blank=True, max_length=200)),
                    ('at', models.DateTimeField(blank=True, null=True)),
                    ('by_name', models.CharField(blank=True, max_length=40)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recognitions', to='activities.session')),
                ],
            ),
            migrations.CreateModel(
                name='FeedbackGiven',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='activities.session')),
                ],
            ),
            migrations.CreateModel(
                name='FeedbackAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('usefulness', models.PositiveSmallIntegerField(choices=[(4, '很有用'), (3, '有用'), (2, '用处不大'), (1, '没有用')])),
                    ('will_use', models.CharField(choices=[('yes', '下周就能用上'), ('partly', '要改一改才能用'), ('no', '用不上')], max_length=10)),
                    ('word', models.CharField(blank=True, max_length=200)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='activities.session')),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='ExpertVisit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('lecture', '专题讲座'), ('guidance', '现场指导'), ('lesson', '示范课'), ('comment', '点评')], default='lecture', max_length=10, verbose_name='担任')),
                    ('topic', models.CharField(blank=True, max_length=120, verbose_name='题目')),
                    ('minutes', models.PositiveSmallIntegerField(default=0, verbose_name='时长（分钟）')),
                    ('fee', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='费用（元）')),
                    ('came', models.BooleanField(default=True)),
                    ('made_at', models.DateTimeField()),
                    ('made_by_uid', models.UUIDField(null=True)),
                    ('expert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='activities.expert')),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='activities.session')),
                ],
                options={
                    'ordering': ['session__starts_at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='EarlyScan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('expected', models.BooleanField(default=True)),
                    ('device', models.CharField(blank=True, editable=False, max_length=32)),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='early_scans', to='activities.session')),
                ],
            ),
            migrations.CreateModel(
                name='Attendance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('state', models.CharField(choices=[('present', '出席'), ('late', '迟到'), ('leave', '请假'), ('on_duty', '公务'), ('absent', '缺席')], max_length=10)),
                    ('method', models.CharField(choices=[('code', '本人签到'), ('roll_call', '主持人点名'), ('make_up', '补签'), ('paper', '纸质签到'), ('closing', '关闭时记')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('reason', models.CharField(blank=True, max_length=200)),
                    ('expected', models.BooleanField(default=True)),
                    ('by_uid', models.UUIDField(null=True)),
                    ('device', models.CharField(blank=True, default='', editable=False, max_length=32)),
                    ('spot_result', models.CharField(blank=True, choices=[('here', '抽点在场'), ('away', '抽点不在')], default='', max_length=10)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('confirmed_by_uid', models.UUIDField(blank=True, null=True)),
                    ('left_at', models.DateTimeField(blank=True, null=True)),
                    ('minutes', models.PositiveIntegerField(blank=True, null=True)),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to=settings.AUTH_USER_MODEL)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='activities.session')),
                ],
            ),
            migrations.CreateModel(
                name='Amendment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('before', models.CharField(max_length=10)),
                    ('after', models.CharField(choices=[('present', '出席'), ('late', '迟到'), ('leave', '请假'), ('on_duty', '公务'), ('absent', '缺席')], max_length=10)),
                    ('reason', models.CharField(max_length=200)),
                    ('at', models.DateTimeField()),
                    ('by_uid', models.UUIDField(null=True)),
                    ('by_name', models.CharField(max_length=40)),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='activities.session')),
                ],
                options={
                    'ordering': ['at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='AgendaPoint',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('order', models.PositiveSmallIntegerField()),
                    ('text', models.CharField(max_length=120, verbose_name='内容')),
                    ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='分钟')),
                    ('teacher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda_points', to='activities.session')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.CreateModel(
                name='SessionMove',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_starts_at', models.DateTimeField()),
                    ('from_ends_at', models.DateTimeField()),
                    ('from_place', models.CharField(blank=True, max_length=60)),
                    ('to_starts_at', models.DateTimeField()),
                    ('to_ends_at', models.DateTimeField()),
                    ('to_place', models.CharField(blank=True, max_length=60)),
                    ('because', models.CharField(blank=True, max_length=200)),
                    ('at', models.DateTimeField()),
                    ('by_uid', models.UUIDField(null=True)),
                    ('by_name', models.CharField(max_length=40)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='activities.session')),
                ],
                options={
                    'ordering': ['at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='SignInDesk',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('way', models.CharField(blank=True, choices=[('code', '扫码签到，也可点名'), ('roll', '只点名，不扫码')], max_length=10)),
                    ('signs_out', models.BooleanField(blank=True, null=True)),
                    ('sign_out_key', models.CharField(blank=True, max_length=64)),
                    ('sign_out_opened_at', models.DateTimeField(blank=True, null=True)),
                    ('stopped_at', models.DateTimeField(blank=True, null=True)),
                    ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='desk', to='activities.session')),
                ],
            ),
            migrations.CreateModel(
                name='SignInRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('way', models.CharField(choices=[('code', '扫码签到，也可点名'), ('roll', '只点名，不扫码')], default='code', max_length=10, verbose_name='怎样签到')),
                    ('signs_out', models.BooleanField(default=False, verbose_name='按在场分钟计学时（签到并签退）')),
                    ('confirmed_levels', models.JSONField(blank=True, null=True)),
                    ('kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='activities.activitykind')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_in_rules', to='people.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='SpotCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('seed', models.CharField(max_length=64)),
                    ('pool', models.JSONField(default=list)),
                    ('drawn', models.JSONField(default=list)),
                    ('results', models.JSONField(default=dict)),
                    ('at', models.DateTimeField()),
                    ('by_uid', models.UUIDField(null=True)),
                    ('by_name', models.CharField(max_length=40)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spot_checks', to='activities.session')),
                ],
                options={
                    'ordering': ['at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Tag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('code', models.CharField(blank=True, max_length=40)),
                    ('name', models.CharField(max_length=40, verbose_name='名称')),
                    ('record_theme', models.CharField(blank=True, max_length=80)),
                    ('starts_on', models.DateField(verbose_name='启用日期')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='停用日期（当天起不再用）')),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('classification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tags', to='activities.classification')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='activities.tag')),
                ],
                options={
                    'ordering': ['classification__order', 'order', 'id'],
                },
            ),
            migrations.AddField(
                model_name='expert',
                name='tags',
                field=models.ManyToManyField(blank=True, related_name='experts', to='activities.tag'),
            ),
            migrations.CreateModel(
                name='Tagging',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taggings', to='activities.activity')),
                    ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='taggings', to='activities.session')),
                    ('tag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taggings', to='activities.tag')),
                ],
            ),
            migrations.CreateModel(
                name='Theme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('text', models.CharField(max_length=120, verbose_name='主题')),
                    ('retired_at', models.DateTimeField(blank=True, null=True)),
                    ('made_at', models.DateTimeField()),
                    ('made_by_uid', models.UUIDField(null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='activities.theme')),
                    ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='terms.term')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.unit')),
                ],
                options={
                    'ordering': ['unit__kind__order', 'unit', 'id'],
                },
            ),
            migrations.AddField(
                model_name='activity',
                name='research_theme',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='activities.theme'),
            ),
            migrations.AddConstraint(
                model_name='activitykind',
                constraint=models.UniqueConstraint(fields=('organisation', 'code'), name='an activity kind is named once'),
            ),
            migrations.AddConstraint(
                model_name='classification',
                constraint=models.UniqueConstraint(fields=('organisation', 'code'), name='a classification is named once'),
            ),
            migrations.AddConstraint(
                model_name='expertkind',
                constraint=models.UniqueConstraint(fields=('organisation', 'code'), name='an expert kind is named once'),
            ),
            migrations.AddConstraint(
                model_name='partner',
                constraint=models.UniqueConstraint(fields=('activity', 'organisation', 'unit'), name='a unit takes part in an activity once'),
            ),
            migrations.AddConstraint(
                model_name='partner',
                constraint=models.UniqueConstraint(condition=models.Q(('unit', None)), fields=('activity', 'organisation'), name='a school takes part in an activity once'),
            ),
            migrations.AddIndex(
                model_name='session',
                index=models.Index(fields=['organisation', 'starts_at'], name='activities_by_day'),
            ),
            migrations.AddIndex(
                model_name='session',
                index=models.Index(fields=['unit', 'starts_at'], name='activities_by_unit_and_day'),
            ),
            migrations.AddConstraint(
                model_name='session',
                constraint=models.UniqueConstraint(fields=('activity', 'number'), name='a session has its number in the activity'),
            ),
            migrations.AddConstraint(
                model_name='session',
                constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a session ends after it starts'),
            ),
            migrations.AddConstraint(
                model_name='session',
                constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('cancelled_at', None), _connector='OR'), name='a cancelled session is not closed'),
            ),
            migrations.AddIndex(
                model_name='resolution',
                index=models.Index(condition=models.Q(('state', 'open')), fields=['owner', 'due_on'], name='activities_open_agreed'),
            ),
            migrations.AddConstraint(
                model_name='participantnote',
                constraint=models.UniqueConstraint(fields=('session', 'teacher'), name='a participant has one note of a session'),
            ),
            migrations.AddConstraint(
                model_name='part',
                constraint=models.UniqueConstraint(fields=('session', 'teacher', 'role'), name='a part is given once'),
            ),
            migrations.AddIndex(
                model_name='offlinetap',
                index=models.Index(fields=['session', 'teacher'], name='activities_offline_taps'),
            ),
            migrations.AddConstraint(
                model_name='homerecognition',
                constraint=models.UniqueConstraint(fields=('session', 'organisation'), name='a school recognises a session once'),
            ),
            migrations.AddConstraint(
                model_name='feedbackgiven',
                constraint=models.UniqueConstraint(fields=('session', 'teacher'), name='a person answers about a session once'),
            ),
            migrations.AddConstraint(
                model_name='expertvisit',
                constraint=models.UniqueConstraint(fields=('session', 'expert'), name='an expert is asked to a session once'),
            ),
            migrations.AddConstraint(
                model_name='earlyscan',
                constraint=models.UniqueConstraint(fields=('session', 'teacher'), name='a person waits for a session once'),
            ),
            migrations.AddIndex(
                model_name='attendance',
                index=models.Index(condition=models.Q(('device', ''), _negated=True), fields=['session'], name='activities_devices_to_forget'),
            ),
            migrations.AddConstraint(
                model_name='attendance',
                constraint=models.UniqueConstraint(fields=('session', 'teacher'), name='a person is at a session once'),
            ),
            migrations.AddConstraint(
                model_name='signinrule',
                constraint=models.UniqueConstraint(fields=('organisation', 'kind'), name='a kind has one sign-in rule in a school'),
            ),
            migrations.AddConstraint(
                model_name='signinrule',
                constraint=models.UniqueConstraint(condition=models.Q(('kind', None)), fields=('organisation',), name='a school has one general sign-in rule'),
            ),
            migrations.AddConstraint(
                model_name='tag',
                constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('organisation', 'classification', 'parent', 'name'), name='a tag in use is named once'),
            ),
            migrations.AddConstraint(
                model_name='tag',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a tag ends after it starts'),
            ),
            migrations.AddConstraint(
                model_name='expert',
                constraint=models.UniqueConstraint(condition=models.Q(('teacher', None), _negated=True), fields=('organisation', 'teacher'), name='a teacher is a trainer of an organisation once'),
            ),
            migrations.AddConstraint(
                model_name='tagging',
                constraint=models.UniqueConstraint(condition=models.Q(('session', None)), fields=('tag', 'activity'), name='an activity has a tag once'),
            ),
            migrations.AddConstraint(
                model_name='tagging',
                constraint=models.UniqueConstraint(condition=models.Q(('session', None), _negated=True), fields=('tag', 'session'), name='a session has a tag once'),
            ),
            migrations.AddConstraint(
                model_name='theme',
                constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('organisation', 'unit', 'term', 'text'), name='a theme is set once a term'),
            ),
            migrations.AddConstraint(
                model_name='activity',
                constraint=models.UniqueConstraint(condition=models.Q(('rhythm', None), _negated=True), fields=('rhythm', 'term'), name='a rhythm makes one series a term'),
            ),
        ]),
    ]
