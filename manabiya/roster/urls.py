"""Addresses of the roster."""

from manabiya.kernel.access.routes import Area, route
from manabiya.roster import policies
from manabiya.roster.views import export, staff, students, today

ROUTES = (
    route("", today.school, policy=policies.SCHOOL_HOME, name="school-today", area=Area.SCHOOL),
    route("", today.board, policy=policies.BOARD_HOME, name="board-today", area=Area.BOARD),
    route(
        "students/",
        students.students,
        policy=policies.STUDENT_VIEW,
        name="roster-students",
        area=Area.SCHOOL,
    ),
    route(
        "students/export/",
        export.students,
        policy=policies.STUDENT_EXPORT,
        name="roster-student-export",
        area=Area.SCHOOL,
    ),
    route(
        "students/<uuid:student>/",
        students.student,
        policy=policies.STUDENT_FAMILY_VIEW,
        name="roster-student",
        area=Area.SCHOOL,
    ),
    route("staff/", staff.staff, policy=policies.STAFF_VIEW, name="roster-staff", area=Area.SCHOOL),
    route(
        "staff/coming/",
        staff.coming,
        policy=policies.STAFF_COMING_VIEW,
        name="roster-staff-coming",
        area=Area.SCHOOL,
    ),
    route(
        "staff/coming/",
        staff.coming,
        policy=policies.STAFF_COMING_VIEW,
        name="board-staff-coming",
        area=Area.BOARD,
    ),
    route(
        "school/", staff.school, policy=policies.STAFF_VIEW, name="roster-school", area=Area.SCHOOL
    ),
    route("cover/", staff.cover, policy=policies.COVER_NAME, name="roster-cover", area=Area.SCHOOL),
    route(
        "cover/<uuid:cover>/end/",
        staff.end_cover,
        policy=policies.COVER_NAME,
        name="roster-cover-end",
        area=Area.SCHOOL,
    ),
)
