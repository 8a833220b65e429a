"""The index of the search holds the words of the entries: their own copy of them goes."""

from django.db import migrations

from portal.geo.names import fold


def write_again(apps, schema_editor):
    """Going back: the words that the older list looks for, masked places aside."""
    entries = apps.get_model("resources", "ResourcePage").objects
    for entry in entries.select_related("type", "commune").iterator():
        says_town = not entry.address_is_masked or entry.masked_place == "commune"
        said = [entry.title, entry.acronym, entry.summary, entry.operator]
        said += [entry.type.name, entry.type.full_name]
        said += [entry.commune.name] if entry.commune and says_town else []
        words = " ".join(fold(text) for text in said if text)
        entries.filter(pk=entry.pk).update(folded_text=words)


class Migration(migrations.Migration):
    dependencies = [("resources", "0002_sector_finder")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, write_again),
        migrations.RemoveField("resourcepage", "folded_text"),
    ]
