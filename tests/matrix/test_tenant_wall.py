"""Two municipalities in one database: nothing of one is read, written or hinted at in the other."""

import uuid

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, models, transaction

from manabiya.kernel.tenancy.protect import tenant_models
from manabiya.kernel.tenancy.scope import ForeignTenant, NoTenant
from manabiya.roster.models import Enrollment, Homeroom, School, Student

MODELS = tenant_models()


def by_label(model):
    return model._meta.label


def a_student(city, slug):
    with city.tenant(slug):
        return Student.objects.order_by("id")[0]


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_unscoped_reads_are_refused(city, model):
    for read in (
        lambda: list(model.objects.all()),
        lambda: model.objects.count(),
        lambda: model.objects.exists(),
        lambda: model._base_manager.first(),
        lambda: model.objects.none(),
        lambda: model.objects.raw("SELECT 1"),
    ):
        with pytest.raises(NoTenant):
            read()


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_raw_sql_without_the_setting_returns_no_row(city, model):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
        assert cursor.fetchone() == (0,)
    assert model is not Student or _count(city, model) > 0


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_raw_sql_in_one_municipality_sees_no_row_of_the_other(city, model):
    with city.tenant("sawanose"), connection.cursor() as cursor:
        cursor.execute(
            f'SELECT count(*) FROM "{model._meta.db_table}" WHERE municipality_id = %s',
            [city.municipality("shirakabano").id],
        )
        assert cursor.fetchone() == (0,)


def _count(city, model):
    with city.tenant():
        return model.objects.count()


def test_unscoped_writes_are_refused(city):
    student = a_student(city, "shirakabano")
    for write in (
        student.save,
        student.delete,
        lambda: Student.objects.bulk_create([student]),
        lambda: Student.objects.update(family_name="x"),
    ):
        with pytest.raises(NoTenant):
            write()


def test_foreign_rows_are_refused_by_the_manager(city):
    foreign = a_student(city, "sawanose")
    with city.tenant():
        for write in (
            foreign.save,
            foreign.delete,
            lambda: Student.objects.bulk_create([foreign]),
            lambda: Student.objects.bulk_update([foreign], ["family_name"]),
            lambda: Student.objects.update(municipality=foreign.municipality_id),
            lambda: Enrollment.objects.update(student=foreign),
            lambda: Enrollment.objects.create(
                student=foreign,
                school=School.objects.all()[0],
                homeroom=Homeroom.objects.all()[0],
                grade_level=1,
                roll_number=99,
                starts_on=city.today,
            ),
        ):
            with pytest.raises(ForeignTenant):
                write()
        with pytest.raises(Student.DoesNotExist):
            foreign.refresh_from_db()
        assert Student.objects.filter(pk=foreign.pk).update(family_name="x") == 0
        assert Student.objects.filter(pk=foreign.pk).delete()[0] == 0


def test_foreign_ids_are_refused_by_composite_keys(city):
    foreign = a_student(city, "sawanose")
    with city.tenant():
        enrollment = Enrollment.objects.order_by("id")[0]
        for write in (
            lambda: Enrollment.objects.filter(pk=enrollment.pk).update(student_id=foreign.pk),
            lambda: Enrollment.objects.bulk_create([_enrollment_of(foreign.pk, city)]),
            lambda: Enrollment.objects.create(**_enrollment_fields(foreign.pk, city)),
        ):
            with pytest.raises(IntegrityError) as caught, transaction.atomic():
                write()
                connection.check_constraints()
            assert foreign.family_name not in str(caught.value)


def _enrollment_fields(student_id, city):
    homeroom = Homeroom.objects.order_by("id")[0]
    return {
        "student_id": student_id,
        "school_id": homeroom.school_id,
        "homeroom_id": homeroom.id,
        "grade_level": 1,
        "roll_number": 99,
        "starts_on": city.today,
    }


def _enrollment_of(student_id, city):
    return Enrollment(**_enrollment_fields(student_id, city))


def test_sql_into_another_municipality_is_refused_by_row_security(city):
    foreign = city.municipality("sawanose").id
    with city.tenant():
        statements = (
            "INSERT INTO roster_schoolyear (id, municipality_id, year, starts_on, ends_on)"
            " VALUES (gen_random_uuid(), %s, 2050, '2050-04-01', '2051-03-31')",
            "UPDATE roster_schoolyear SET municipality_id = %s",
        )
        for statement in statements:
            with (
                pytest.raises(ProgrammingError),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement, [foreign])


def test_the_same_code_may_exist_in_two_municipalities(city):
    with city.tenant("sawanose"):
        theirs = School.objects.get()
    with city.tenant():
        School.objects.create(code=theirs.code, slug=theirs.slug, name="別の学校", kind=theirs.kind)
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            School.objects.create(code=theirs.code, slug="x", name="同じ学校", kind=theirs.kind)
        assert theirs.name not in str(caught.value)


def test_queryset_built_in_one_municipality_answers_nothing_in_another(city):
    with city.tenant():
        queryset = Student.objects.all()
        assert queryset.count() > 500
    with city.tenant("sawanose"):
        assert list(queryset.all()) == []


def test_nested_scope_gives_the_outer_municipality_back(city):
    with city.tenant():
        before = Student.objects.count()
        with city.tenant("sawanose"):
            assert Student.objects.count() == 5
        assert Student.objects.count() == before


def test_error_inside_a_nested_scope_is_the_real_one(city):
    with city.tenant():
        with pytest.raises(IntegrityError), city.tenant("sawanose"):
            School.objects.create(code="B101299990022", slug="sawanose", name="二つ目", kind="x")
        assert Student.objects.count() > 500


def test_many_to_many_needs_a_tenant_through_table():
    for model in apps.get_models():
        if getattr(model, "table_kind", "") == "tenant":
            for field in model._meta.local_many_to_many:
                assert not field.remote_field.through._meta.auto_created, field


def test_primary_keys_are_time_ordered_uuids():
    from manabiya.kernel.tenancy.ids import uuid7

    made = [uuid7() for _ in range(50)]
    assert {(key.version, key.variant) for key in made} == {(7, uuid.RFC_4122)}
    assert [k.int >> 80 for k in made] == sorted(k.int >> 80 for k in made)


def test_every_tenant_model_declares_its_reach():
    from manabiya.kernel.access.policies import Reach

    for model in MODELS:
        assert isinstance(model.__dict__.get("reach"), Reach), model
        assert isinstance(model._meta.pk, models.UUIDField)
