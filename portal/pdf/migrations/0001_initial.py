
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PdfFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('path', models.CharField(blank=True, max_length=300)),
                ('stamp', models.CharField(blank=True, max_length=24)),
                ('size', models.PositiveIntegerField(default=0)),
                ('written_at', models.DateTimeField(null=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('checked_state', models.CharField(blank=True, max_length=60)),
                ('failed_at', models.DateTimeField(null=True)),
                ('wanted_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'document à imprimer',
                'verbose_name_plural': 'documents à imprimer',
                'ordering': ['name'],
            },
        ),
    ]
