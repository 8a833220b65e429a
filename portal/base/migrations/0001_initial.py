import django.db.models.deletion
import django.utils.timezone
import modelsearch.index
import portal.base.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('users', '0001_initial'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='PeriodicJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_started_at', models.DateTimeField(null=True)),
                ('last_finished_at', models.DateTimeField(null=True)),
                ('last_succeeded_at', models.DateTimeField(null=True)),
                ('failing_since', models.DateTimeField(null=True)),
                ('last_message', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'verbose_name': 'tâche périodique',
                'verbose_name_plural': 'tâches périodiques',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='PortalSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site_name', models.CharField(default='Santé mentale', help_text='En tête de page.', max_length=80, verbose_name='nom du portail')),
                ('tagline', models.CharField(blank=True, default='le portail du PTSM', max_length=80, verbose_name='sous le nom')),
                ('department_name', models.CharField(blank=True, max_length=80, verbose_name='nom du département')),
                ('in_department', models.CharField(blank=True, help_text='Par exemple « dans les Bouches-du-Rhône ».', max_length=90, verbose_name='« dans le département », en toutes lettres')),
                ('contact_email', models.EmailField(blank=True, help_text='Une adresse générique, que plusieurs personnes lisent.', max_length=254, verbose_name='adresse e-mail du PTSM')),
                ('contact_phone', models.CharField(blank=True, max_length=20, verbose_name='téléphone du PTSM')),
                ('operator', models.CharField(blank=True, max_length=120, verbose_name='structure qui porte le PTSM')),
                ('demo_notice', models.CharField(blank=True, help_text='Par exemple pour dire qu’il s’agit d’une démonstration.', max_length=300, verbose_name='avertissement en bas de page')),
                ('footer', portal.base.fields.StreamField([], blank=True, verbose_name='pied de page')),
            ],
            options={
                'verbose_name': 'réglages du portail',
            },
        ),
        migrations.CreateModel(
            name='RateLimitWindow',
            fields=[
                ('key', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40)),
                ('count', models.PositiveIntegerField()),
                ('ends_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'compteur d’une limite',
                'verbose_name_plural': 'compteurs des limites',
            },
        ),
        migrations.CreateModel(
            name='BlockedPublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('revision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.revision')),
            ],
            options={
                'verbose_name': 'publication impossible',
                'verbose_name_plural': 'publications impossibles',
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=20, verbose_name='sorte')),
                ('file_name', models.CharField(max_length=200, verbose_name='fichier')),
                ('state', models.CharField(choices=[('lecture', 'en cours de lecture'), ('pret', 'à confirmer'), ('attente', 'en attente'), ('cours', 'en cours'), ('fait', 'fait'), ('echec', 'pas fait')], default='pret', max_length=8, verbose_name='état')),
                ('options', models.JSONField(default=dict)),
                ('content', models.BinaryField(default=bytes)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('counts', models.JSONField(default=dict)),
                ('report', models.JSONField(default=list)),
                ('message', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='demandé le')),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True, verbose_name='fini le')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandé par')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='OutgoingMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('attente', 'en attente'), ('depart', 'en train de partir'), ('parti', 'parti'), ('refuse', 'refusé'), ('abandon', 'abandonné après plusieurs essais'), ('incertain', 'parti ou non : on ne sait pas'), ('annule', 'retiré avant le départ')], default='attente', max_length=10, verbose_name='état')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='essais')),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='prochain essai')),
                ('claimed_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True, verbose_name='le')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(max_length=40, verbose_name='message')),
                ('address', models.EmailField(max_length=254, verbose_name='adresse')),
                ('reply_to', models.EmailField(blank=True, max_length=254)),
                ('subject', models.CharField(max_length=200, verbose_name='objet')),
                ('html', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('expires_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'message à envoyer',
                'verbose_name_plural': 'messages à envoyer',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['state', 'next_attempt_at'], name='base_outgoing_due')],
            },
        ),
        migrations.CreateModel(
            name='SecondPersonTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'relecture par une deuxième personne',
                'verbose_name_plural': 'relectures par une deuxième personne',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='GlossaryTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('term', models.CharField(help_text='Tel qu’on le lit\xa0: «\xa0CMP\xa0».', max_length=80, verbose_name='mot ou sigle')),
                ('expansion', models.CharField(blank=True, help_text='Ce que veut dire le sigle\xa0: «\xa0Centre médico-psychologique\xa0».', max_length=200, verbose_name='en toutes lettres')),
                ('definition', models.TextField(help_text='Une phrase simple, sans autre sigle.', verbose_name='définition')),
                ('synonyms', models.CharField(blank=True, help_text='D’autres façons de le dire, séparées par des points-virgules.', max_length=300, verbose_name='on dit aussi')),
                ('is_explained_in_texts', models.BooleanField(default=True, help_text='Un sigle est expliqué la première fois qu’il paraît dans une page. Les mots qui ne sont pas des sigles ne le sont que dans le lexique.', verbose_name='expliqué dans les textes')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
            ],
            options={
                'verbose_name': 'mot du lexique',
                'verbose_name_plural': 'mots du lexique',
                'ordering': ['term'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('locale', 'term'), name='one_term_a_language')],
                'unique_together': {('translation_key', 'locale')},
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='HelpLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('situation', models.CharField(help_text='Avec les mots de la personne : « J’ai des idées suicidaires ».', max_length=120, verbose_name='situation')),
                ('name', models.CharField(max_length=120, verbose_name='nom du service')),
                ('number', models.CharField(blank=True, max_length=20, verbose_name='numéro')),
                ('channel', models.CharField(choices=[('tel', 'téléphone'), ('sms', 'SMS'), ('web', 'site')], default='tel', max_length=3, verbose_name='moyen')),
                ('link', models.URLField(blank=True, verbose_name='site')),
                ('details', models.CharField(blank=True, max_length=200, verbose_name='qui répond, pour qui')),
                ('hours', models.CharField(blank=True, max_length=120, verbose_name='horaires')),
                ('cost', models.CharField(blank=True, max_length=80, verbose_name='coût')),
                ('is_crisis', models.BooleanField(default=False, verbose_name='urgence')),
                ('order', models.PositiveSmallIntegerField(default=100, verbose_name='ordre')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('verified_on', models.DateField(blank=True, help_text='Sans date, le numéro n’est pas montré.', null=True, verbose_name='vérifié le')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
            ],
            options={
                'verbose_name': 'numéro d’aide',
                'verbose_name_plural': 'numéros d’aide',
                'ordering': ['order', 'name'],
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='ImportedObject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=80)),
                ('object_id', models.CharField(max_length=40)),
                ('values', models.JSONField(default=dict)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'objet importé',
                'verbose_name_plural': 'objets importés',
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='base_imported_target')],
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='base_one_import_per_key')],
            },
        ),
    ]
