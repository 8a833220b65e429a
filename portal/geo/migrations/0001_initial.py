
import django.db.models.deletion
import modelsearch.index
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Commune',
            fields=[
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name='code INSEE')),
                ('name', models.CharField(max_length=80, verbose_name='nom')),
                ('slug', models.SlugField(max_length=90)),
                ('kind', models.CharField(choices=[('commune', 'commune'), ('arrondissement', 'arrondissement municipal')], default='commune', max_length=16, verbose_name='nature')),
                ('department', models.CharField(db_index=True, max_length=3, verbose_name='département')),
                ('postcodes', models.CharField(blank=True, max_length=200, verbose_name='codes postaux')),
                ('population', models.PositiveIntegerField(null=True, verbose_name='population')),
                ('lat', models.FloatField(null=True, verbose_name='latitude')),
                ('lon', models.FloatField(null=True, verbose_name='longitude')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='arrondissements', to='geo.commune', verbose_name='commune entière')),
            ],
            options={
                'verbose_name': 'commune',
                'verbose_name_plural': 'communes',
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='nom')),
                ('slug', models.SlugField(help_text='En minuscules, sans accent : il paraît dans les adresses des pages.', max_length=90, unique=True, verbose_name='nom dans les adresses')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('is_confirmed', models.BooleanField(default=False, help_text='Tant que ce n’est pas coché, le portail dit que le découpage est proposé.', verbose_name='validé par le PTSM')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordre')),
                ('communes', models.ManyToManyField(blank=True, related_name='territories', to='geo.commune', verbose_name='communes')),
            ],
            options={
                'verbose_name': 'territoire',
                'verbose_name_plural': 'territoires',
                'ordering': ['order', 'name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
    ]
