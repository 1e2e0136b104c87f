import django.db.models.deletion
import yanxiu.kernel.uids
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
                name='RegulationKind',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40)),
                    ('name', models.CharField(max_length=40, verbose_name='名称')),
                    ('is_required', models.BooleanField(default=False, verbose_name='要求备齐')),
                    ('governs', models.JSONField(blank=True, default=list)),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.organisation')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Regulation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('title', models.CharField(max_length=120, verbose_name='名称')),
                    ('issuer', models.CharField(blank=True, max_length=80, verbose_name='发文单位')),
                    ('document_number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                    ('issued_on', models.DateField(blank=True, null=True, verbose_name='发文日期')),
                    ('is_superior', models.BooleanField(default=False, verbose_name='上级文件')),
                    ('scope', models.CharField(choices=[('below', '本组织和所有下级'), ('own', '只在本组织')], default='below', max_length=10, verbose_name='适用范围')),
                    ('made_at', models.DateTimeField()),
                    ('retired_on', models.DateField(blank=True, null=True)),
                    ('retired_because', models.CharField(blank=True, max_length=200)),
                    ('derived_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='derived', to='regulations.regulation')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regulations', to='people.organisation')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regulations.regulationkind')),
                ],
                options={
                    'ordering': ['kind__order', 'title', 'id'],
                },
            ),
            migrations.CreateModel(
                name='RegulationVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('starts_on', models.DateField(verbose_name='施行日期')),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('change_note', models.CharField(blank=True, max_length=200, verbose_name='修订说明')),
                    ('asks_acknowledgement', models.BooleanField(default=False, verbose_name='请教师确认已阅')),
                    ('acknowledge_by', models.DateField(blank=True, null=True, verbose_name='确认期限')),
                    ('review_on', models.DateField(blank=True, null=True, verbose_name='下次复核')),
                    ('made_at', models.DateTimeField()),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('published_by_uid', models.UUIDField(blank=True, null=True)),
                    ('published_by_name', models.CharField(blank=True, max_length=40)),
                    ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='regulations.regulation')),
                ],
                options={
                    'ordering': ['number'],
                },
            ),
            migrations.CreateModel(
                name='Article',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField()),
                    ('label', models.CharField(blank=True, max_length=20)),
                    ('text', models.TextField()),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='carried_out_by', to='regulations.article')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='articles', to='regulations.regulationversion')),
                ],
                options={
                    'ordering': ['order', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Acknowledgement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='regulations.regulationversion')),
                ],
            ),
            migrations.CreateModel(
                name='RequiredKind',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='regulations.regulationkind')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='required_kinds', to='people.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Requirement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('title', models.CharField(max_length=120, verbose_name='要求')),
                    ('text', models.TextField(blank=True, verbose_name='具体内容')),
                    ('due_on', models.DateField(verbose_name='期限')),
                    ('issued_at', models.DateTimeField()),
                    ('issued_by_uid', models.UUIDField(null=True)),
                    ('issued_by_name', models.CharField(blank=True, max_length=40)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('regulation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='regulations.regulation')),
                ],
                options={
                    'ordering': ['-issued_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='RequirementAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('state', models.CharField(choices=[('sent', '未签收'), ('received', '已签收'), ('answered', '已答复'), ('returned', '退回补充'), ('met', '已落实')], default='sent', max_length=10)),
                    ('text', models.TextField(blank=True, verbose_name='落实情况')),
                    ('received_at', models.DateTimeField(blank=True, null=True)),
                    ('received_by_name', models.CharField(blank=True, max_length=40)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('answered_by_uid', models.UUIDField(blank=True, null=True)),
                    ('answered_by_name', models.CharField(blank=True, max_length=40)),
                    ('judged_at', models.DateTimeField(blank=True, null=True)),
                    ('judged_by_name', models.CharField(blank=True, max_length=40)),
                    ('judgement', models.CharField(blank=True, max_length=200)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='regulations.requirement')),
                ],
                options={
                    'ordering': ['organisation__path'],
                },
            ),
            migrations.AddConstraint(
                model_name='regulationkind',
                constraint=models.UniqueConstraint(fields=('organisation', 'code'), name='a kind of regulation is named once'),
            ),
            migrations.AddConstraint(
                model_name='regulation',
                constraint=models.UniqueConstraint(condition=models.Q(('retired_on', None)), fields=('organisation', 'title'), name='a regulation in use has its own title'),
            ),
            migrations.AddConstraint(
                model_name='regulationversion',
                constraint=models.UniqueConstraint(fields=('regulation', 'number'), name='a version has its number in the regulation'),
            ),
            migrations.AddConstraint(
                model_name='regulationversion',
                constraint=models.UniqueConstraint(condition=models.Q(('published_at', None)), fields=('regulation',), name='a regulation has one draft at a time'),
            ),
            migrations.AddConstraint(
                model_name='acknowledgement',
                constraint=models.UniqueConstraint(fields=('version', 'teacher'), name='a teacher acknowledges a version once'),
            ),
            migrations.AddConstraint(
                model_name='requiredkind',
                constraint=models.UniqueConstraint(fields=('organisation', 'kind'), name='a kind is required once by an organisation'),
            ),
            migrations.AddConstraint(
                model_name='requirementanswer',
                constraint=models.UniqueConstraint(fields=('requirement', 'organisation'), name='a school is asked once'),
            ),
        ]),
    ]
