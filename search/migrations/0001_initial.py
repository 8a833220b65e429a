
import django.db.models.deletion
import modelsearch.index
import portal.base.fields
from django.db import migrations, models


# The analysed words of each document, in what each database has to find words.
#
# SQLite: an FTS5 table whose rowid is the number of the document. PostgreSQL: a column of
# lexemes with their weights, and byte order where words are compared, as SQLite does. Nothing
# refers to the document by a foreign key: emptying the other tables must not need this one.
SQLITE = [
    """
    CREATE VIRTUAL TABLE search_text USING fts5(
        title, kind, summary, body, tokenize = 'unicode61 remove_diacritics 0'
    )
    """,
]
POSTGRESQL = [
    "CREATE TABLE search_text (document_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX search_text_words ON search_text USING gin (words)",
    'ALTER TABLE search_documenttraits ALTER sort_title TYPE varchar(300) COLLATE "C"',
    'ALTER TABLE search_titleword ALTER sort_title TYPE varchar(300) COLLATE "C"',
    'ALTER TABLE search_titleword ALTER word TYPE varchar(60) COLLATE "C"',
]


def create(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_text")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='LiveIndex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('generation', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='PendingChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'changement à envoyer',
                'verbose_name_plural': 'changements à envoyer',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FacetSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12)),
                ('rank', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=30)),
                ('facets', portal.base.fields.CodesField(blank=True, default=list, max_length=2000)),
            ],
            options={
                'indexes': [models.Index(fields=['language', 'kind'], name='facet_set_kind')],
            },
        ),
        migrations.CreateModel(
            name='IndexedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('generation', models.BigIntegerField(default=0)),
                ('key', models.CharField(max_length=60)),
                ('page_id', models.PositiveBigIntegerField(db_index=True, null=True)),
                ('kind', models.CharField(max_length=30)),
                ('language', models.CharField(max_length=12)),
                ('is_entry', models.BooleanField(default=False)),
                ('title', models.CharField(max_length=300)),
                ('kind_words', models.TextField(blank=True, default='')),
                ('summary', models.TextField(blank=True, default='')),
                ('body', models.TextField(blank=True, default='')),
                ('url', models.CharField(max_length=500)),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('is_rough', models.BooleanField(default=False)),
                ('communes', portal.base.fields.CodesField(blank=True, db_default='', default=list, max_length=10000)),
                ('facets', portal.base.fields.CodesField(blank=True, db_default='', default=list, max_length=2000)),
                ('digest', models.CharField(max_length=40)),
            ],
            options={
                'verbose_name': 'document indexé',
                'verbose_name_plural': 'documents indexés',
                'constraints': [models.UniqueConstraint(fields=('generation', 'key'), name='one_document_a_key')],
            },
        ),
        migrations.CreateModel(
            name='LexiconEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Pour vous y retrouver\xa0: «\xa0Sommeil\xa0».', max_length=80, unique=True, verbose_name='nom')),
                ('phrases', models.TextField(help_text='Un mot ou une phrase par ligne, comme les gens l’écrivent\xa0: «\xa0je ne dors plus\xa0». Accents, majuscules, pluriels et petits mots ne comptent pas.', verbose_name='quand on écrit')),
                ('types', portal.base.fields.CodesField(blank=True, default=list, help_text='Les types que cette personne cherche sans doute.', max_length=500, verbose_name='proposer d’abord ces types de lieux')),
                ('is_name', models.BooleanField(default=False, help_text='«\xa0CMP\xa0», «\xa0centre médico-psychologique\xa0»\xa0: seul ce type est alors montré. Sinon, les types cochés viennent seulement en premier.', verbose_name='c’est le nom de ce type')),
                ('public', models.CharField(blank=True, choices=[('enfants', 'Enfants'), ('adolescents', 'Adolescents'), ('etudiants', 'Étudiants'), ('adultes', 'Adultes'), ('personnes_agees', 'Personnes âgées'), ('proches', 'Familles et proches'), ('parents', 'Parents et futurs parents'), ('professionnels', 'Professionnels'), ('precarite', 'Personnes en situation de précarité'), ('isolees', 'Personnes isolées'), ('handicap', 'Personnes handicapées'), ('justice', 'Personnes placées sous main de justice'), ('addictions', 'Personnes ayant une addiction'), ('psychotrauma', 'Personnes ayant vécu un traumatisme'), ('tnd', 'Personnes ayant un trouble du neurodéveloppement'), ('enfance_protegee', 'Enfants protégés par l’aide sociale à l’enfance')], default='', max_length=20, verbose_name='pour qui')),
                ('practical', portal.base.fields.CodesField(blank=True, default=list, max_length=500, verbose_name='en pratique')),
                ('language', models.CharField(blank=True, default='', max_length=12, verbose_name='langue parlée')),
                ('synonyms', models.TextField(blank=True, help_text='Un par ligne\xa0: les pages qui les contiennent sont trouvées aussi.', verbose_name='chercher aussi ces mots')),
                ('is_active', models.BooleanField(default=True, verbose_name='en service')),
                ('promoted_page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='montrer d’abord cette page')),
            ],
            options={
                'verbose_name': 'mots pour chercher',
                'verbose_name_plural': 'mots pour chercher',
                'ordering': ['name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='UnansweredSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField(verbose_name='semaine du')),
                ('digest', models.CharField(max_length=32)),
                ('count', models.PositiveIntegerField(default=0, verbose_name='nombre de fois')),
                ('words', models.CharField(blank=True, default='', max_length=120, verbose_name='mots')),
            ],
            options={
                'verbose_name': 'recherche sans réponse',
                'verbose_name_plural': 'recherches sans réponse',
                'ordering': ['-week', '-count', 'words'],
                'constraints': [models.UniqueConstraint(fields=('week', 'digest'), name='one_count_a_week')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12)),
                ('folded', models.CharField(max_length=60)),
                ('shown', models.CharField(max_length=60)),
            ],
            options={
                'indexes': [models.Index(fields=['language', 'folded'], name='word_folded')],
            },
        ),
        migrations.CreateModel(
            name='DocumentTraits',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('generation', models.BigIntegerField()),
                ('rank', models.PositiveSmallIntegerField()),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('commune', models.CharField(blank=True, max_length=5)),
                ('communes', portal.base.fields.CodesField(blank=True, default=list, max_length=10000)),
                ('sort_title', models.CharField(max_length=300)),
                ('facet_set', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='search.facetset')),
            ],
            options={
                'indexes': [models.Index(fields=['facet_set', 'generation'], name='traits_facets'), models.Index(fields=['lat'], name='traits_lat'), models.Index(fields=['commune'], name='traits_commune'), models.Index(fields=['rank', 'sort_title'], name='traits_title')],
            },
        ),
        migrations.CreateModel(
            name='TitleWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('generation', models.BigIntegerField()),
                ('language', models.CharField(max_length=12)),
                ('rank', models.PositiveSmallIntegerField()),
                ('word', models.CharField(max_length=60)),
                ('sort_title', models.CharField(max_length=300)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='title_words', to='search.indexeddocument')),
            ],
            options={
                'indexes': [models.Index(fields=['generation', 'language', 'rank', 'word', 'sort_title'], name='title_word_start')],
            },
        ),
        migrations.RunPython(create, drop),
    ]
