from django.db import migrations, models

FTS5 = """
CREATE VIRTUAL TABLE search_desk_fts USING fts5(
    tokens_title, tokens_tags, tokens_body,
    content='search_desktext', content_rowid='id', tokenize='ascii'
)
"""
COLUMN = """
ALTER TABLE search_desktext ADD COLUMN vector tsvector
GENERATED ALWAYS AS (search_vector(tokens_title, tokens_tags, tokens_body)) STORED
"""
GIN = "CREATE INDEX search_desk_vector_gin ON search_desktext USING gin (vector) WITH (fastupdate = off)"


def make_index(apps, schema_editor):
    statements = (FTS5,) if schema_editor.connection.vendor == "sqlite" else (COLUMN, GIN)
    for statement in statements:
        schema_editor.execute(statement, params=None)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_desk_fts")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="DeskText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=100)),
                ("object_id", models.BigIntegerField()),
                ("tokens_title", models.TextField(blank=True)),
                ("tokens_tags", models.TextField(blank=True)),
                ("tokens_body", models.TextField(blank=True)),
                ("draft", models.BooleanField(default=False)),
                ("text_hash", models.CharField(blank=True, max_length=64)),
                ("stale", models.BooleanField(db_index=True, default=True)),
            ],
            options={
                "verbose_name": "책상 검색",
                "verbose_name_plural": "책상 검색",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("model", "object_id", "draft"),
                        name="a thing is on the desk's index once",
                    )
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
