"""The database itself refuses a right for an excluded person."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from manabiya.kernel.tenancy.scope import tenant
from manabiya.roster.models import GuardianRight
from manabiya.roster.protection import services


def new_right(family, day, **changed):
    said = {
        "guardian_id": family.kept_out, "student_id": family.child, "relationship": "父",
        "starts_on": day,
    }  # fmt: skip
    return GuardianRight(**{**said, **changed})


def refuses(deed):
    refusal = pytest.raises(IntegrityError, match="an excluded guardian gets no right")
    with refusal, transaction.atomic():
        deed()
    return True


def test_no_way_of_writing_gives_the_excluded_a_right(scope, family, protect):
    protect()
    day = scope.today
    ended = GuardianRight.objects.get(guardian_id=family.kept_out, student_id=family.child)
    rows = GuardianRight.objects.filter(pk=ended.pk)
    mothers = GuardianRight.objects.filter(guardian_id=family.mother, student_id=family.child)
    assert refuses(lambda: new_right(family, day).save())
    assert refuses(lambda: new_right(family, day + timedelta(days=99)).save())
    assert refuses(lambda: GuardianRight.objects.bulk_create([new_right(family, day)]))
    assert refuses(lambda: rows.update(ends_on=None))
    assert refuses(lambda: rows.update(ends_on=day))
    assert refuses(lambda: mothers.update(guardian_id=family.kept_out, starts_on=day))
    assert refuses(
        lambda: GuardianRight.objects.bulk_create(
            [new_right(family, ended.starts_on)],
            update_conflicts=True,
            unique_fields=["municipality", "guardian", "student", "starts_on"],
            update_fields=["ends_on"],
        )
    )


def test_right_that_ended_before_and_one_for_another_child_can_be_written(scope, family, protect):
    protect()
    before = scope.today - timedelta(days=300)
    new_right(family, before, ends_on=before + timedelta(days=9)).save()
    other = GuardianRight.objects.exclude(student_id__in=[family.child, family.sibling])[0]
    new_right(family, scope.today, student_id=other.student_id).save()
    assert GuardianRight.objects.filter(guardian_id=family.kept_out).count() == 4


def test_after_the_end_a_right_can_be_given_again(scope, family, protect, principal):
    protection = next(p for p in protect() if p.student_id == family.child)
    services.end_protection(
        actor=principal, protection_id=protection.id, reason="家庭裁判所の決定が変わった"
    )
    new_right(family, scope.today).save()
    assert refuses(lambda: new_right(family, scope.today, student_id=family.sibling).save())


@pytest.mark.django_db(transaction=True)
def test_right_written_while_the_protection_is_being_set_waits_and_is_refused(city):
    """The second writer begins before the first commits, sees no exclusion, and still loses."""
    municipality = city.municipality().id
    with tenant(municipality):
        pair = GuardianRight.objects.filter(student__enrollments__school__slug="midorigaoka")[0]
    outcome = []

    def write_right():
        try:
            with tenant(municipality):
                GuardianRight.objects.create(
                    guardian_id=pair.guardian_id, student_id=pair.student_id, relationship="父",
                    starts_on=city.today + timedelta(days=1),
                )  # fmt: skip
            outcome.append("written")
        except IntegrityError as error:
            outcome.append(str(error))
        finally:
            connection.close()

    writer = threading.Thread(target=write_right)
    with tenant(municipality):
        services.set_protection(
            actor=city.actor("principal", "midorigaoka"),
            student_ids=[pair.student_id],
            guardian_ids=[pair.guardian_id],
            word=services.ProtectionWord("request", city.today, city.today + timedelta(days=90)),
            now=city.now(),
        )
        writer.start()
        assert somebody_waits(writer), outcome
    writer.join(30)
    assert len(outcome) == 1
    assert "an excluded guardian gets no right" in outcome[0]


def somebody_waits(writer):
    """Return whether another connection waits for a lock; poll until it does or has ended."""
    with connection.cursor() as cursor:
        for _ in range(3000):
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone()[0]:
                return True
            writer.join(0.01)
            if not writer.is_alive():
                return False
    return False
