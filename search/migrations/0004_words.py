from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_mirror")]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("synonym", "같은 뜻"), ("term", "고유한 낱말")], max_length=8, verbose_name="종류")),
                ("written", models.CharField(max_length=200, verbose_name="적은 말")),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="더한 때")),
            ],
            options={
                "verbose_name": "검색 낱말",
                "verbose_name_plural": "검색 낱말",
                "ordering": ("kind", "written"),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "written"), name="a search word is added once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["synonym", "term"])), name="a search word has a known kind"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FruitlessQuery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=100, unique=True, verbose_name="찾은 말")),
                ("times", models.PositiveIntegerField(default=0, verbose_name="번")),
                ("last_on", models.DateField(verbose_name="마지막 날")),
            ],
            options={"verbose_name": "찾지 못한 말", "verbose_name_plural": "찾지 못한 말"},
        ),
    ]
