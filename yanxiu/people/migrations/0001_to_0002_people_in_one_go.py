import django.db.models.deletion
import yanxiu.kernel.uids
import yanxiu.people.models.imports
from django.conf import settings
from django.db import migrations, models

from yanxiu.migrating import MakeTables


class Migration(migrations.Migration):

    initial = True
    replaces = [('people', '0001_people_begins'), ('people', '0002_people_and_organisations_in_depth')]

    dependencies = [
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Teacher',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('name', models.CharField(max_length=40, verbose_name='姓名')),
                    ('name_key', models.CharField(db_index=True, editable=False, max_length=40)),
                    ('pinyin', models.CharField(blank=True, editable=False, max_length=80)),
                    ('phone', models.CharField(blank=True, max_length=20, null=True, unique=True, verbose_name='手机号')),
                    ('born', models.CharField(blank=True, max_length=10, verbose_name='出生年月')),
                    ('education', models.CharField(blank=True, max_length=20, verbose_name='学历')),
                    ('title', models.CharField(blank=True, max_length=20, verbose_name='职称')),
                    ('subjects', models.JSONField(blank=True, default=list, verbose_name='任教学科')),
                    ('grade', models.CharField(blank=True, max_length=20, verbose_name='年级')),
                    ('started_work', models.CharField(blank=True, max_length=10, verbose_name='参加工作')),
                    ('entered', models.CharField(blank=True, max_length=10, verbose_name='到校时间')),
                    ('is_active', models.BooleanField(default=True, verbose_name='在册')),
                    ('language', models.CharField(blank=True, default='', max_length=8, verbose_name='界面语言')),
                    ('may_set_up', models.BooleanField(default=False, editable=False)),
                ],
                options={
                    'ordering': ['pinyin', 'id'],
                },
            ),
            migrations.CreateModel(
                name='LogInCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('purpose', models.CharField(choices=[('first', '首次登录'), ('recovery', '找回登录'), ('set_up', '建立学校')], max_length=10)),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('made_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(blank=True, null=True)),
                    ('made_by_uid', models.UUIDField(blank=True, null=True)),
                    ('teacher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='codes', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Organisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('path', models.CharField(max_length=500, unique=True)),
                    ('level_name', models.CharField(default='学校', max_length=20, verbose_name='层级名称')),
                    ('name', models.CharField(max_length=80, verbose_name='名称')),
                    ('is_school', models.BooleanField(default=True, verbose_name='有自己的教师')),
                    ('is_large', models.BooleanField(default=False, verbose_name='规模学校')),
                    ('labels', models.JSONField(default=dict)),
                    ('labels_above', models.JSONField(default=dict, editable=False)),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='GuidanceAct',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('on', models.DateField(verbose_name='日期')),
                    ('form', models.CharField(max_length=20, verbose_name='形式')),
                    ('work', models.CharField(choices=[('serve', '服务'), ('research', '研究'), ('guide', '指导')], default='guide', max_length=10, verbose_name='职能')),
                    ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='用时（分钟）')),
                    ('matter', models.CharField(max_length=120, verbose_name='事项')),
                    ('finding', models.TextField(blank=True, default='', verbose_name='发现')),
                    ('follow_up', models.TextField(blank=True, default='', verbose_name='后续')),
                    ('settled_on', models.DateField(blank=True, null=True, verbose_name='办结日期')),
                    ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guidance', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                ],
                options={
                    'ordering': ['-on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Departure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('transfer', '调动'), ('retirement', '退休'), ('other', '离职及其他')], max_length=10, verbose_name='去向')),
                    ('to_text', models.CharField(blank=True, max_length=80, verbose_name='去往')),
                    ('on', models.DateField()),
                    ('noted_by_name', models.CharField(blank=True, max_length=40)),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departures', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='people.organisation')),
                ],
                options={
                    'ordering': ['-on', '-id'],
                },
            ),
            migrations.CreateModel(
                name='ColumnMeaning',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('head_key', models.CharField(max_length=60)),
                    ('head', models.CharField(max_length=60)),
                    ('field', models.CharField(blank=True, max_length=30)),
                    ('set_by_name', models.CharField(blank=True, max_length=40)),
                    ('set_at', models.DateTimeField()),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Post',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('title', models.CharField(blank=True, max_length=40, verbose_name='职务')),
                    ('job_number', models.CharField(blank=True, max_length=20, verbose_name='工号')),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='people.organisation')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Delegation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('rights', models.JSONField(default=list)),
                    ('reason', models.CharField(max_length=100, verbose_name='原因')),
                    ('starts_on', models.DateField(verbose_name='从哪天起')),
                    ('ends_on', models.DateField(verbose_name='哪天起收回')),
                    ('made_at', models.DateTimeField()),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ('revoked_by_name', models.CharField(blank=True, default='', max_length=40)),
                    ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to=settings.AUTH_USER_MODEL)),
                    ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='people.post')),
                ],
                options={
                    'ordering': ['-starts_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Profile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('motto', models.CharField(blank=True, default='', max_length=80, verbose_name='校训')),
                    ('philosophy', models.TextField(blank=True, default='', verbose_name='办学理念')),
                    ('approach', models.TextField(blank=True, default='', verbose_name='办学思路')),
                    ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='profile', to='people.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='ReformGrade',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('school_year', models.PositiveSmallIntegerField(verbose_name='学年')),
                    ('grade', models.CharField(max_length=20, verbose_name='年级')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reform_grades', to='people.organisation')),
                ],
                options={
                    'ordering': ['-school_year', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Responsibility',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('code', models.CharField(blank=True, choices=[('', '一般职责'), ('first', '第一责任人'), ('research', '教研负责人')], default='', max_length=10)),
                    ('seat', models.CharField(blank=True, choices=[('', '单独指定的人'), ('leader', '负责人（组长）'), ('deputy', '副职（副组长）'), ('member', '其他成员')], default='', max_length=10)),
                    ('name', models.CharField(max_length=40, verbose_name='名称')),
                    ('text', models.TextField(blank=True, default='', verbose_name='职责内容')),
                    ('function', models.CharField(blank=True, default='', max_length=20, verbose_name='职能')),
                    ('places', models.PositiveSmallIntegerField(default=1, verbose_name='应有几人')),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('retired', models.BooleanField(default=False, verbose_name='已停用')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='people.organisation')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.CreateModel(
                name='ResponsibilityHolder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('starts_on', models.DateField(verbose_name='从哪天起')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='到哪天为止')),
                    ('responsibility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='people.responsibility')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-starts_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Role',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, unique=True)),
                    ('name', models.CharField(max_length=40, verbose_name='名称')),
                    ('rights', models.JSONField(default=list)),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('text', models.TextField(blank=True, default='', verbose_name='职责')),
                    ('leading', models.BooleanField(default=None, null=True, verbose_name='干部岗位')),
                    ('retired', models.BooleanField(default=False, verbose_name='已停用')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.AddField(
                model_name='post',
                name='role',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.role'),
            ),
            migrations.CreateModel(
                name='RosterImport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('file_name', models.CharField(max_length=200)),
                    ('sha256', models.CharField(max_length=64)),
                    ('state', models.CharField(choices=[('reading', '没有读完'), ('read', '待确认'), ('applied', '已导入'), ('undone', '已撤销'), ('dropped', '已放弃')], default='read', max_length=10)),
                    ('rows', models.JSONField(default=list)),
                    ('report', models.JSONField(default=dict)),
                    ('made_at', models.DateTimeField()),
                    ('made_by_uid', models.UUIDField(blank=True, null=True)),
                    ('made_by_name', models.CharField(blank=True, max_length=40)),
                    ('applied_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                ],
                options={
                    'ordering': ['-made_at'],
                },
            ),
            migrations.CreateModel(
                name='RosterLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveIntegerField()),
                    ('change', models.CharField(max_length=10)),
                    ('name', models.CharField(blank=True, max_length=40)),
                    ('job_number', models.CharField(blank=True, max_length=30)),
                    ('codes', models.CharField(blank=True, max_length=300)),
                    ('content', models.JSONField(default=dict, encoder=yanxiu.people.models.imports._Compact)),
                    ('roster_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='people.rosterimport')),
                ],
                options={
                    'ordering': ['position'],
                },
            ),
            migrations.CreateModel(
                name='SameNameDecision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('mark', models.CharField(max_length=64)),
                    ('decided_by_name', models.CharField(blank=True, max_length=40)),
                    ('decided_at', models.DateTimeField()),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                    ('teacher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Skill',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('group', models.CharField(blank=True, max_length=40, verbose_name='类别')),
                    ('name', models.CharField(max_length=40, verbose_name='名称')),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.CreateModel(
                name='SupervisionNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('source_kind', models.CharField(max_length=40)),
                    ('source_id', models.UUIDField()),
                    ('source_title', models.CharField(max_length=120)),
                    ('kind', models.CharField(choices=[('comment', '意见'), ('question', '提问')], max_length=10)),
                    ('text', models.TextField(verbose_name='内容')),
                    ('authority', models.CharField(blank=True, default='', max_length=60)),
                    ('made_at', models.DateTimeField()),
                    ('answer', models.TextField(blank=True, default='', verbose_name='答复')),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervision_notes', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                ],
                options={
                    'ordering': ['-made_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='TeacherSkill',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('rated', models.PositiveSmallIntegerField(choices=[(0, '未填'), (1, '在学'), (2, '会'), (3, '熟练')], default=0, verbose_name='自评')),
                    ('rated_at', models.DateTimeField(blank=True, null=True)),
                    ('checked', models.PositiveSmallIntegerField(choices=[(0, '未填'), (1, '在学'), (2, '会'), (3, '熟练')], default=0, verbose_name='核定')),
                    ('checked_at', models.DateTimeField(blank=True, null=True)),
                    ('checked_by_name', models.CharField(blank=True, max_length=40)),
                    ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='people.skill')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skills', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Team',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('name', models.CharField(max_length=60, verbose_name='名称')),
                    ('task', models.CharField(blank=True, max_length=200, verbose_name='任务')),
                    ('made_on', models.DateField()),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                ],
                options={
                    'ordering': ['-made_on', '-id'],
                },
            ),
            migrations.CreateModel(
                name='TeamMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('force', models.CharField(choices=[('senior', '老教师'), ('young', '年轻教师'), ('backbone', '骨干教师')], max_length=10)),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='teams', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='people.team')),
                ],
            ),
            migrations.CreateModel(
                name='Tier',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=40, verbose_name='名称')),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('ladder', models.CharField(blank=True, max_length=40, verbose_name='系列')),
                    ('level', models.CharField(blank=True, max_length=10, verbose_name='级别')),
                    ('is_honour', models.BooleanField(default=False, verbose_name='是评选的称号')),
                    ('criteria', models.TextField(blank=True, verbose_name='条件')),
                    ('duties', models.TextField(blank=True, verbose_name='职责')),
                    ('term_years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='任期（年）')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Programme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, verbose_name='名称')),
                    ('aim', models.TextField(blank=True, verbose_name='目标')),
                    ('starts_on', models.DateField(verbose_name='开始')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                    ('tier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='people.tier')),
                ],
                options={
                    'ordering': ['-starts_on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='TierHolding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('round', models.CharField(blank=True, max_length=60, verbose_name='评选批次')),
                    ('grounds', models.CharField(blank=True, max_length=200, verbose_name='依据')),
                    ('subject', models.CharField(blank=True, max_length=40, verbose_name='学科')),
                    ('grade', models.CharField(blank=True, max_length=40, verbose_name='年级')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tiers', to=settings.AUTH_USER_MODEL)),
                    ('tier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='people.tier')),
                ],
            ),
            migrations.CreateModel(
                name='TierRequirement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.CharField(max_length=200, verbose_name='要求')),
                    ('is_duty', models.BooleanField(default=False, verbose_name='是职责')),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='people.programme')),
                    ('tier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='people.tier')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.CreateModel(
                name='RequirementState',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('open', '进行中'), ('met', '已达成')], default='open', max_length=10)),
                    ('evidence', models.CharField(blank=True, max_length=300, verbose_name='依据')),
                    ('count', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                    ('noted_by_name', models.CharField(blank=True, max_length=40)),
                    ('noted_at', models.DateTimeField()),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirement_states', to=settings.AUTH_USER_MODEL)),
                    ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='people.tierrequirement')),
                ],
            ),
            migrations.CreateModel(
                name='TierReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('nomination', '推荐评选'), ('yearly', '年度考核')], max_length=10)),
                    ('round', models.CharField(max_length=60, verbose_name='批次或年度')),
                    ('criteria', models.TextField(blank=True)),
                    ('statement', models.TextField(blank=True, verbose_name='情况说明')),
                    ('decision', models.CharField(choices=[('open', '待定'), ('granted', '同意'), ('refused', '暂不同意'), ('ended', '任期结束')], default='open', max_length=10)),
                    ('decided_on', models.DateField(blank=True, null=True)),
                    ('decided_by_name', models.CharField(blank=True, max_length=40)),
                    ('reason', models.CharField(blank=True, max_length=200, verbose_name='理由')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tier_reviews', to=settings.AUTH_USER_MODEL)),
                    ('tier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='people.tier')),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='Unit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('name', models.CharField(max_length=60, verbose_name='名称')),
                    ('subject', models.CharField(blank=True, max_length=40, verbose_name='学科')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='撤销日期')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='people.organisation')),
                ],
                options={
                    'ordering': ['organisation', 'kind__order', 'id'],
                },
            ),
            migrations.AddField(
                model_name='team',
                name='unit',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='people.unit'),
            ),
            migrations.AddField(
                model_name='responsibility',
                name='unit',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='people.unit'),
            ),
            migrations.CreateModel(
                name='MembershipRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('who', models.CharField(choices=[('leaders', '各单位的负责人'), ('members', '各单位的全体成员'), ('holders', '担任某岗位的人')], max_length=10)),
                    ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.role')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='people.unit')),
                ],
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('duty', models.CharField(choices=[('member', '成员'), ('leader', '组长'), ('deputy', '副组长')], default='member', max_length=10)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ('rule', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.membershiprule')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.unit')),
                ],
            ),
            migrations.CreateModel(
                name='Guest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('workplace', models.CharField(max_length=80, verbose_name='工作单位')),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField()),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to=settings.AUTH_USER_MODEL)),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guests', to='people.unit')),
                ],
            ),
            migrations.CreateModel(
                name='UnitKind',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40)),
                    ('name', models.CharField(max_length=40, verbose_name='名称')),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('leader_title', models.CharField(default='组长', max_length=20, verbose_name='负责人叫')),
                    ('leader_text', models.TextField(blank=True, default='', verbose_name='负责人的职责')),
                    ('governs', models.CharField(blank=True, choices=[('', '不是领导机构'), ('decides', '决策与审定'), ('creates', '起草与落实'), ('supervises', '指导与监督')], default='', max_length=12)),
                    ('rights', models.JSONField(default=list)),
                    ('leader_rights', models.JSONField(default=list)),
                    ('across', models.BooleanField(default=False, verbose_name='可以有外校成员')),
                    ('retired', models.BooleanField(default=False, verbose_name='已停用')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.AddField(
                model_name='unit',
                name='kind',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.unitkind'),
            ),
            migrations.AddField(
                model_name='membershiprule',
                name='kind',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.unitkind'),
            ),
            migrations.CreateModel(
                name='WorkforceGoal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('text', models.CharField(max_length=200, verbose_name='目标')),
                    ('population', models.CharField(choices=[('all', '全体教师'), ('young', '青年教师'), ('newcomers', '近三年参加工作的教师'), ('tier', '某一层级的教师'), ('subject', '某一学科的教师')], default='all', max_length=10, verbose_name='对象')),
                    ('population_subject', models.CharField(blank=True, max_length=40, verbose_name='学科')),
                    ('indicator', models.CharField(blank=True, choices=[('', '尚无指标'), ('skill', '会某项能力（核定，未核定的看自评）'), ('skilled', '熟练某项能力'), ('tier', '达到某一层级及以上'), ('education', '学历达到')], default='', max_length=10, verbose_name='指标')),
                    ('education', models.CharField(blank=True, max_length=20, verbose_name='学历')),
                    ('target_percent', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='目标（%）')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='期限')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                    ('population_tier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='goals_for', to='people.tier')),
                    ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='people.skill')),
                    ('tier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='goals_of', to='people.tier')),
                ],
                options={
                    'ordering': ['due_on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='WorkforceNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField(verbose_name='分析')),
                    ('figures', models.JSONField(default=dict)),
                    ('written_on', models.DateField()),
                    ('written_by_name', models.CharField(blank=True, max_length=40)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                ],
                options={
                    'ordering': ['-written_on', '-id'],
                },
            ),
            migrations.CreateModel(
                name='WorkforceSetting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('young_below', models.PositiveSmallIntegerField(default=45, verbose_name='青年教师：不满（岁）')),
                    ('senior_from', models.PositiveSmallIntegerField(default=50, verbose_name='老教师：满（岁）')),
                    ('low_share', models.PositiveSmallIntegerField(default=10, verbose_name='占比低于（%）时标出')),
                    ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Leave',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('kind', models.CharField(choices=[('sick', '病假'), ('maternity', '产假'), ('study', '外出学习'), ('seconded', '借调、支教'), ('other', '其他')], max_length=10, verbose_name='类别')),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('noted_by_name', models.CharField(blank=True, max_length=40)),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-starts_on', '-id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='a leave ends after it starts')],
                },
            ),
            migrations.AddConstraint(
                model_name='organisation',
                constraint=models.UniqueConstraint(fields=('parent', 'name'), name='an organisation has one child of a name'),
            ),
            migrations.AddConstraint(
                model_name='columnmeaning',
                constraint=models.UniqueConstraint(fields=('organisation', 'head_key'), name='an organisation reads a column name one way'),
            ),
            migrations.AddConstraint(
                model_name='delegation',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='a delegation ends after it starts'),
            ),
            migrations.AddConstraint(
                model_name='reformgrade',
                constraint=models.UniqueConstraint(fields=('organisation', 'school_year', 'grade'), name='a grade is marked once in a school year'),
            ),
            migrations.AddConstraint(
                model_name='responsibilityholder',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a responsibility ends after it starts'),
            ),
            migrations.AddIndex(
                model_name='post',
                index=models.Index(fields=['job_number'], name='people_post_by_job_number'),
            ),
            migrations.AddConstraint(
                model_name='post',
                constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None), models.Q(('job_number', ''), _negated=True)), fields=('organisation', 'job_number'), name='a job number belongs to one teacher of a school'),
            ),
            migrations.AddConstraint(
                model_name='post',
                constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('teacher', 'organisation', 'role'), name='a teacher holds a role in an organisation once'),
            ),
            migrations.AddConstraint(
                model_name='post',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a post ends after it starts'),
            ),
            migrations.AddConstraint(
                model_name='rosterline',
                constraint=models.UniqueConstraint(fields=('roster_import', 'position'), name='a roster line stands once in its list'),
            ),
            migrations.AddConstraint(
                model_name='samenamedecision',
                constraint=models.UniqueConstraint(fields=('organisation', 'mark'), name='a line of a roster is decided once'),
            ),
            migrations.AddConstraint(
                model_name='skill',
                constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='a skill is named once by an organisation'),
            ),
            migrations.AddIndex(
                model_name='supervisionnote',
                index=models.Index(fields=['source_kind', 'source_id'], name='people_notes_by_source'),
            ),
            migrations.AddConstraint(
                model_name='teacherskill',
                constraint=models.UniqueConstraint(fields=('skill', 'teacher'), name='a teacher has one level in a skill'),
            ),
            migrations.AddConstraint(
                model_name='teammember',
                constraint=models.UniqueConstraint(fields=('team', 'teacher'), name='a teacher is in a team once'),
            ),
            migrations.AddConstraint(
                model_name='tier',
                constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='a tier is named once by an organisation'),
            ),
            migrations.AddConstraint(
                model_name='tierholding',
                constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('tier', 'teacher'), name='a teacher is in a tier once at a time'),
            ),
            migrations.AddConstraint(
                model_name='requirementstate',
                constraint=models.UniqueConstraint(fields=('requirement', 'teacher'), name='a teacher stands with a requirement in one state'),
            ),
            migrations.AddConstraint(
                model_name='responsibility',
                constraint=models.CheckConstraint(condition=models.Q(('seat', ''), models.Q(('unit', None), _negated=True), _connector='OR'), name='only a unit has seats'),
            ),
            migrations.AddConstraint(
                model_name='responsibility',
                constraint=models.CheckConstraint(condition=models.Q(('code', ''), ('unit', None), _connector='OR'), name='an organisation answers as a whole'),
            ),
            migrations.AddConstraint(
                model_name='responsibility',
                constraint=models.UniqueConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), ('retired', False)), fields=('organisation', 'code'), name='an organisation names each duty of its own once'),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('unit', 'teacher'), name='a teacher is in a unit once at a time'),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a membership ends after it starts'),
            ),
            migrations.AddConstraint(
                model_name='unitkind',
                constraint=models.UniqueConstraint(fields=('organisation', 'code'), name='a unit kind is named once by an organisation'),
            ),
            migrations.AddConstraint(
                model_name='unit',
                constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('organisation', 'name'), name='a living unit has its own name'),
            ),
            migrations.AddConstraint(
                model_name='membershiprule',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', None), ('who', 'holders'), models.Q(('role', None), _negated=True)), models.Q(models.Q(('who', 'holders'), _negated=True), ('role', None), models.Q(('kind', None), _negated=True)), _connector='OR'), name='a membership rule names a kind of unit or a role'),
            ),
            migrations.AddConstraint(
                model_name='membershiprule',
                constraint=models.UniqueConstraint(condition=models.Q(('role', None)), fields=('unit', 'who', 'kind'), name='a unit has a rule about a kind once'),
            ),
            migrations.AddConstraint(
                model_name='membershiprule',
                constraint=models.UniqueConstraint(condition=models.Q(('kind', None)), fields=('unit', 'role'), name='a unit has a rule about a role once'),
            ),
        ]),
    ]
