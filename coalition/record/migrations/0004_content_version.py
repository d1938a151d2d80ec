from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0003_failed_logins'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=32)),
            ],
            options={
                'verbose_name': '내용의 판',
                'verbose_name_plural': '내용의 판',
            },
        ),
    ]
