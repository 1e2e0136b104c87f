import django.db.models.deletion
import yanxiu.kernel.uids
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from yanxiu.migrating import MakeTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activities', '0001_to_0002_activities_in_one_go'),
        ('people', '0001_to_0002_people_in_one_go'),
        ('planning', '0001_to_0002_planning_in_one_go'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='OutsideCourse',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('title', models.CharField(max_length=120, verbose_name='课程')),
                    ('organiser', models.CharField(max_length=80, verbose_name='主办单位')),
                    ('level', models.CharField(choices=[('central_school', '中心校级'), ('cluster', '片区级'), ('county', '区县级'), ('municipal', '市级'), ('provincial', '省级'), ('national', '国家级')], default='county', max_length=20, verbose_name='级别')),
                    ('mode', models.CharField(choices=[('on_site', '现场'), ('online', '线上'), ('mixed', '线上线下结合')], default='on_site', max_length=10, verbose_name='方式')),
                    ('place', models.CharField(blank=True, max_length=60, verbose_name='地点')),
                    ('subject', models.CharField(blank=True, max_length=40, verbose_name='学科')),
                    ('starts_on', models.DateField(verbose_name='开始日期')),
                    ('last_on', models.DateField(verbose_name='结束日期')),
                    ('hours', models.DecimalField(decimal_places=2, default=0, max_digits=6, verbose_name='课时')),
                    ('is_compulsory', models.BooleanField(default=False, verbose_name='上级或学校要求必须参加')),
                    ('demand', models.CharField(blank=True, max_length=120, verbose_name='要求的出处')),
                    ('audience', models.CharField(blank=True, max_length=80, verbose_name='要求谁参加')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='完成期限')),
                    ('made_at', models.DateTimeField()),
                    ('made_by_uid', models.UUIDField(null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('tags', models.ManyToManyField(blank=True, related_name='outside_courses', to='activities.tag')),
                ],
                options={
                    'ordering': ['-starts_on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='OutsideTraining',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('state', models.CharField(choices=[('applied', '待审核'), ('returned', '已退回'), ('approved', '已同意'), ('reported', '待认定'), ('recognised', '已认定'), ('withdrawn', '已撤回')], default='applied', max_length=12)),
                    ('purpose', models.CharField(blank=True, max_length=200, verbose_name='想解决什么问题')),
                    ('cost', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='预计费用（元）')),
                    ('budget_line', models.CharField(blank=True, max_length=60, verbose_name='经费列支')),
                    ('returned_because', models.CharField(blank=True, max_length=200)),
                    ('hours_claimed', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name='课时')),
                    ('hours_recognised', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                    ('reference', models.CharField(blank=True, max_length=60, verbose_name='证书或文件编号')),
                    ('report', models.TextField(blank=True, verbose_name='学到了什么，打算怎样用')),
                    ('applied_at', models.DateTimeField()),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_by_name', models.CharField(blank=True, max_length=40)),
                    ('reported_at', models.DateTimeField(blank=True, null=True)),
                    ('recognised_at', models.DateTimeField(blank=True, null=True)),
                    ('recognised_by_name', models.CharField(blank=True, max_length=40)),
                    ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='training.outsidecourse')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('shared_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activities.session')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outside_trainings', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-course__starts_on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='SeriesPart',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('kind', models.CharField(choices=[('activity', '一场或一个系列的活动'), ('tag', '任何一场带某个标签的活动'), ('item', '计划事项'), ('course', '外训课程'), ('self_study', '自学或实践作业'), ('skill', '技能测查')], max_length=12, verbose_name='怎样完成')),
                    ('title', models.CharField(max_length=120, verbose_name='内容')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='期限')),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activities.activity')),
                    ('course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.outsidecourse')),
                    ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='planning.planitem')),
                    ('tag', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activities.tag')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.CreateModel(
                name='SelfStudy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('title', models.CharField(max_length=120, verbose_name='学了什么')),
                    ('note', models.TextField(verbose_name='要点与想法')),
                    ('happened_on', models.DateField(verbose_name='日期')),
                    ('minutes', models.PositiveSmallIntegerField(verbose_name='用时（分钟）')),
                    ('minutes_accepted', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('state', models.CharField(choices=[('sent', '待审核'), ('returned', '已退回'), ('accepted', '已通过')], default='sent', max_length=10)),
                    ('comment', models.CharField(blank=True, max_length=200, verbose_name='审阅意见')),
                    ('sent_at', models.DateTimeField()),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                    ('read_by_name', models.CharField(blank=True, max_length=40)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('tags', models.ManyToManyField(blank=True, related_name='self_studies', to='activities.tag')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='self_studies', to=settings.AUTH_USER_MODEL)),
                    ('part', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='self_studies', to='training.seriespart')),
                ],
                options={
                    'ordering': ['-happened_on', '-id'],
                },
            ),
            migrations.CreateModel(
                name='SkillCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('name', models.CharField(max_length=80, verbose_name='测查什么')),
                    ('audience', models.CharField(max_length=80, verbose_name='测查谁')),
                    ('levels', models.JSONField(default=list, verbose_name='等级')),
                    ('passing', models.PositiveSmallIntegerField(default=2, verbose_name='从第几级起算掌握')),
                    ('held_on', models.DateField(verbose_name='日期')),
                    ('made_at', models.DateTimeField()),
                    ('made_by_uid', models.UUIDField(null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('tag', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='skill_checks', to='activities.tag')),
                ],
                options={
                    'ordering': ['-held_on', '-id'],
                },
            ),
            migrations.AddField(
                model_name='seriespart',
                name='skill',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.skillcheck'),
            ),
            migrations.CreateModel(
                name='SkillResult',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('own_level', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('level', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('score', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                    ('at', models.DateTimeField()),
                    ('by_name', models.CharField(blank=True, max_length=40)),
                    ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='training.skillcheck')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skill_results', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='TrainingSeries',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('name', models.CharField(max_length=80, verbose_name='名称')),
                    ('organiser', models.CharField(blank=True, max_length=80, verbose_name='主办单位')),
                    ('purpose', models.CharField(blank=True, max_length=200, verbose_name='要达到什么')),
                    ('audience', models.CharField(max_length=80, verbose_name='谁参加')),
                    ('starts_on', models.DateField(verbose_name='从哪天起算')),
                    ('last_on', models.DateField(verbose_name='到哪天为止')),
                    ('made_at', models.DateTimeField()),
                    ('made_by_uid', models.UUIDField(null=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                ],
                options={
                    'ordering': ['-starts_on', 'id'],
                },
            ),
            migrations.AddField(
                model_name='seriespart',
                name='series',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='training.trainingseries'),
            ),
            migrations.CreateModel(
                name='TrainingSetting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('self_report', models.BooleanField(default=True, verbose_name='没有事先申请的，也可以由本人补报')),
                    ('reference_required', models.BooleanField(default=False, verbose_name='交汇报时要写证书或文件编号')),
                    ('proof_required', models.BooleanField(default=False, verbose_name='交汇报时要附证明文件')),
                    ('automatic', models.BooleanField(default=False, verbose_name='交了汇报就自动认定，不再逐份审核')),
                    ('report_days', models.PositiveSmallIntegerField(default=14, verbose_name='培训结束后几天内交汇报')),
                    ('self_study_hours', models.DecimalField(decimal_places=2, default=Decimal('10'), max_digits=6, verbose_name='自学每人每学期最多认定几课时')),
                    ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='training_setting', to='people.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='MakeUp',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('subject', models.CharField(max_length=60)),
                    ('invited', models.PositiveSmallIntegerField(default=0)),
                    ('made_at', models.DateTimeField()),
                    ('made_by_uid', models.UUIDField(null=True)),
                    ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='made_up_for', to='activities.session')),
                ],
                options={
                    'indexes': [models.Index(fields=['subject'], name='training_make_up_subject')],
                },
            ),
            migrations.AddConstraint(
                model_name='outsidecourse',
                constraint=models.UniqueConstraint(fields=('organisation', 'title', 'starts_on'), name='a course of a day is entered once'),
            ),
            migrations.AddConstraint(
                model_name='outsidecourse',
                constraint=models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('starts_on'))), name='a course ends after it starts'),
            ),
            migrations.AddIndex(
                model_name='outsidetraining',
                index=models.Index(fields=['organisation', 'state'], name='training_by_state'),
            ),
            migrations.AddConstraint(
                model_name='outsidetraining',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('course', 'teacher'), name='a person goes to a course once'),
            ),
            migrations.AddIndex(
                model_name='selfstudy',
                index=models.Index(fields=['organisation', 'state'], name='training_study_by_state'),
            ),
            migrations.AddConstraint(
                model_name='skillresult',
                constraint=models.UniqueConstraint(fields=('check_of', 'teacher'), name='a teacher is checked once in a check'),
            ),
            migrations.AddConstraint(
                model_name='trainingseries',
                constraint=models.UniqueConstraint(fields=('organisation', 'name', 'starts_on'), name='a series is set up once'),
            ),
            migrations.AddConstraint(
                model_name='trainingseries',
                constraint=models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('starts_on'))), name='a series ends after it starts'),
            ),
        ]),
    ]
