"""``Exclusion`` becomes ``ExcludedPerson``: 出席停止 by disease is ``law.exclusion``."""

import django.db.models.deletion
from django.db import migrations, models

import manabiya.kernel.tenancy.models

GUARD = """
CREATE OR REPLACE FUNCTION roster_refuse_right_of_excluded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.guardian_id = OLD.guardian_id AND NEW.student_id = OLD.student_id
     AND NEW.ends_on <= COALESCE(OLD.ends_on, 'infinity') THEN
    RETURN NEW;  -- a right may always end earlier
  END IF;
  -- wait for a protection that is being set: it holds the student's row until it commits
  PERFORM 1 FROM roster_student WHERE id = NEW.student_id FOR KEY SHARE;
  IF EXISTS (
    SELECT 1 FROM {table} e JOIN roster_protection p ON p.id = e.protection_id
    WHERE e.guardian_id = NEW.guardian_id AND p.student_id = NEW.student_id
      AND p.ended_on IS NULL AND COALESCE(NEW.ends_on, 'infinity') >= p.starts_on
  ) THEN
    RAISE EXCEPTION 'an excluded guardian gets no right for the protected child'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'guardian_right_of_excluded',
            TABLE = 'roster_guardianright';
  END IF;
  RETURN NEW;
END $$;
"""
WALL = """
DO $$
DECLARE found record;
BEGIN
  FOR found IN SELECT conname FROM pg_constraint
    WHERE conrelid = '{table}'::regclass AND conname LIKE '{old}\\_%\\_tenant%' LOOP
    EXECUTE format('ALTER TABLE {table} RENAME CONSTRAINT %I TO %I', found.conname,
                   replace(found.conname, '{old}', '{new}'));
  END LOOP;
END $$;
"""
OLD, NEW = "roster_exclusion", "roster_excludedperson"


class Migration(migrations.Migration):
    dependencies = [
        ("roster", "0004_transfers"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="exclusion", name="exclusion_once"),
        migrations.RemoveConstraint(model_name="exclusion", name="exclusion_of_somebody"),
        migrations.RenameModel("Exclusion", "ExcludedPerson"),
        migrations.RenameIndex(
            "excludedperson", new_name="excluded_person_guardian", old_name="exclusion_guardian"
        ),
        migrations.AddConstraint(
            "excludedperson",
            models.UniqueConstraint(
                fields=("municipality", "protection", "guardian"),
                condition=models.Q(guardian__isnull=False),
                name="excluded_person_once",
            ),
        ),
        migrations.AddConstraint(
            "excludedperson",
            models.CheckConstraint(
                condition=models.Q(guardian__isnull=False) | ~models.Q(name=""),
                name="excluded_person_is_somebody",
            ),
        ),
        migrations.AlterField(
            "excludedperson",
            "protection",
            manabiya.kernel.tenancy.models.TenantForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="excluded_people",
                to="roster.protection",
            ),
        ),
        migrations.AlterField(
            "excludedperson",
            "guardian",
            manabiya.kernel.tenancy.models.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="excluded_people",
                to="roster.guardian",
            ),
        ),
        migrations.RunSQL(
            WALL.format(table=NEW, old=OLD, new=NEW), WALL.format(table=NEW, old=NEW, new=OLD)
        ),
        migrations.RunSQL(GUARD.format(table=NEW), GUARD.format(table=OLD)),
    ]
