import django.db.models.deletion
import yanxiu.kernel.uids
from django.conf import settings
from django.db import migrations, models

from yanxiu.migrating import MakeTables


class Migration(migrations.Migration):

    initial = True
    replaces = [('ledger', '0001_ledger_begins'), ('ledger', '0002_assurance_from_paper_and_spot_checks')]

    dependencies = [
        ('people', '0001_to_0002_people_in_one_go'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Award',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('scheme', models.CharField(max_length=60)),
                    ('version', models.CharField(max_length=20)),
                    ('digest', models.CharField(max_length=64)),
                    ('round', models.PositiveSmallIntegerField(default=1)),
                    ('amount', models.DecimalField(decimal_places=4, max_digits=11)),
                    ('unit', models.CharField(max_length=10)),
                    ('rule', models.CharField(blank=True, max_length=60)),
                    ('valid', models.BooleanField(default=True)),
                    ('steps', models.JSONField(default=list)),
                    ('made_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='ChainHead',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('count', models.PositiveIntegerField(default=0)),
                    ('last', models.CharField(blank=True, max_length=64)),
                    ('teacher', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='chain_head', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Record',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('kind', models.CharField(max_length=40)),
                    ('role', models.CharField(max_length=30)),
                    ('title', models.CharField(max_length=120)),
                    ('happened_on', models.DateField()),
                    ('happened_at', models.DateTimeField()),
                    ('written_at', models.DateTimeField()),
                    ('minutes', models.PositiveIntegerField(null=True)),
                    ('lessons', models.DecimalField(decimal_places=4, max_digits=11, null=True)),
                    ('items', models.DecimalField(decimal_places=4, max_digits=11, null=True)),
                    ('characters', models.DecimalField(decimal_places=4, max_digits=11, null=True)),
                    ('organiser_level', models.CharField(default='school', max_length=20)),
                    ('delivery_mode', models.CharField(default='school_based', max_length=20)),
                    ('subject_kind', models.CharField(blank=True, max_length=20)),
                    ('theme', models.CharField(blank=True, max_length=80)),
                    ('prize', models.CharField(blank=True, max_length=20)),
                    ('author_order', models.PositiveSmallIntegerField(null=True)),
                    ('content_key', models.CharField(blank=True, max_length=80)),
                    ('attendance', models.CharField(blank=True, max_length=20)),
                    ('assurance', models.CharField(choices=[('own_code', '本人扫码签到'), ('checked', '本人签到并当场核实'), ('host', '主持人点名确认'), ('paper', '纸质签到'), ('made_up', '事后补签'), ('declared', '本人申报')], max_length=10)),
                    ('source_kind', models.CharField(max_length=40)),
                    ('source_id', models.UUIDField()),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.post')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['happened_on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='RecognitionStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.CharField(max_length=30)),
                    ('is_final', models.BooleanField()),
                    ('decision', models.CharField(choices=[('accepted', '认定'), ('returned', '退回')], max_length=10)),
                    ('amount', models.DecimalField(decimal_places=4, max_digits=11, null=True)),
                    ('by_uid', models.UUIDField(null=True)),
                    ('by_name', models.CharField(max_length=80)),
                    ('at', models.DateTimeField()),
                    ('reason', models.CharField(blank=True, max_length=200)),
                    ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='ledger.record')),
                ],
                options={
                    'ordering': ['at', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('scheme', models.CharField(max_length=60)),
                    ('round', models.PositiveSmallIntegerField()),
                    ('amount', models.DecimalField(decimal_places=4, max_digits=11)),
                    ('unit', models.CharField(max_length=10)),
                    ('earned_on', models.DateField()),
                    ('posted_at', models.DateTimeField()),
                    ('posted_by_uid', models.UUIDField(null=True)),
                    ('reason', models.CharField(blank=True, max_length=200)),
                    ('number', models.PositiveIntegerField()),
                    ('previous', models.CharField(max_length=64)),
                    ('chain', models.CharField(max_length=64)),
                    ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ledger.award')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                    ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='ledger.entry')),
                    ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to=settings.AUTH_USER_MODEL)),
                    ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ledger.record')),
                ],
                options={
                    'ordering': ['earned_on', 'id'],
                    'base_manager_name': 'objects',
                },
            ),
            migrations.AddField(
                model_name='award',
                name='record',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='ledger.record'),
            ),
            migrations.CreateModel(
                name='SchemeAdoption',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=yanxiu.kernel.uids.new_uid, editable=False, unique=True)),
                    ('scheme', models.CharField(max_length=60)),
                    ('version', models.CharField(max_length=20)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adopted_schemes', to='people.organisation')),
                ],
                options={
                    'ordering': ['starts_on', 'id'],
                },
            ),
            migrations.AddIndex(
                model_name='record',
                index=models.Index(fields=['teacher', 'happened_on'], name='ledger_record_by_teacher'),
            ),
            migrations.AddIndex(
                model_name='record',
                index=models.Index(fields=['organisation', 'happened_on'], name='ledger_record_by_school'),
            ),
            migrations.AddIndex(
                model_name='record',
                index=models.Index(fields=['source_kind', 'source_id'], name='ledger_record_by_source'),
            ),
            migrations.AddConstraint(
                model_name='record',
                constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('teacher', 'source_kind', 'source_id', 'role'), name='a part in a thing is recorded once'),
            ),
            migrations.AddIndex(
                model_name='entry',
                index=models.Index(fields=['teacher', 'scheme', 'earned_on'], name='ledger_by_teacher'),
            ),
            migrations.AddIndex(
                model_name='entry',
                index=models.Index(fields=['organisation', 'scheme', 'earned_on'], name='ledger_by_school'),
            ),
            migrations.AddConstraint(
                model_name='entry',
                constraint=models.UniqueConstraint(condition=models.Q(('reverses', None)), fields=('record', 'scheme', 'round'), name='a record earns once per scheme and round'),
            ),
            migrations.AddConstraint(
                model_name='entry',
                constraint=models.UniqueConstraint(fields=('teacher', 'number'), name='a chain has no two links of a number'),
            ),
            migrations.AddConstraint(
                model_name='award',
                constraint=models.UniqueConstraint(fields=('record', 'scheme', 'round'), name='a record is reckoned once a round by a scheme'),
            ),
            migrations.AddConstraint(
                model_name='schemeadoption',
                constraint=models.UniqueConstraint(fields=('organisation', 'scheme', 'starts_on'), name='a scheme is adopted once from a day'),
            ),
        ]),
    ]
