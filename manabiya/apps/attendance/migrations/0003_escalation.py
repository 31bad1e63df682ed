"""After how many minutes without a result a 未着 goes to the managers."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attendance", "0002_pickups_settings")]

    operations = [
        migrations.AddField(
            model_name="morningsettings",
            name="escalate_after_minutes",
            field=models.PositiveSmallIntegerField(
                default=20,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(180),
                ],
                verbose_name="未着を管理職へ上げるまでの分",
            ),
        ),
    ]
