"""Where the person of a demo button works or lives, so that the login page can group them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_shared_cache")]

    operations = [
        migrations.AddField(
            model_name="demologin",
            name="place",
            field=models.CharField(default="", max_length=60),
        ),
    ]
