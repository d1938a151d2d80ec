import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_desk")]

    operations = [
        migrations.CreateModel(
            name="Mirror",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("schema", models.CharField(max_length=16)),
                ("seq", models.BigIntegerField(default=0)),
                ("serving", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("told_at", models.DateTimeField(help_text="마지막으로 옮긴 때", null=True)),
            ],
            options={
                "verbose_name": "검색 서버의 색인",
                "verbose_name_plural": "검색 서버의 색인",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("serving", True)), fields=("serving",), name="one mirror serves readers"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.BigIntegerField()),
                ("reason", models.CharField(max_length=500)),
                ("at", models.DateTimeField(auto_now=True)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="search.searchdocument")),
                ("mirror", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="dead_letters", to="search.mirror")),
            ],
            options={
                "verbose_name": "검색 서버가 물리친 문서",
                "verbose_name_plural": "검색 서버가 물리친 문서",
                "constraints": [
                    models.UniqueConstraint(fields=("mirror", "document"), name="a row is refused once by a mirror")
                ],
            },
        ),
    ]
