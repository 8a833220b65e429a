"""The analysed words of each document, in what each database has to find words.

SQLite: an FTS5 table whose rowid is the number of the document. PostgreSQL: a column of
lexemes with their weights, and byte order where words are compared, as SQLite does. Nothing
refers to the document by a foreign key: emptying the other tables must not need this one.
"""

from django.db import migrations

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
    dependencies = [("search", "0002_embedded_index")]

    operations = [migrations.RunPython(create, drop)]
