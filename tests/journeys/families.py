"""Children of the demo city with the guardian who is called first, each given to one test only.

The guardian has this child only, so that a page of theirs holds one of everything.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

FREE = """
SELECT c.id AS student, c.family_name || ' ' || c.given_name AS name, c.birth_date,
       g.id AS guardian, g.family_name || ' ' || g.given_name AS guardian_name,
       h.id AS homeroom, h.name AS homeroom_name, s.id AS school, s.name AS school_name,
       s.slug AS school_slug, e.roll_number, e.municipality_id AS municipality,
       (SELECT array_agg(o.guardian_id) FROM roster_guardianright o
         WHERE o.student_id = c.id AND o.guardian_id <> g.id) AS others
FROM roster_enrollment e
JOIN roster_student c ON c.id = e.student_id
JOIN roster_homeroom h ON h.id = e.homeroom_id
JOIN roster_school s ON s.id = e.school_id
JOIN roster_guardianright r ON r.student_id = c.id AND r.call_order = 1
JOIN roster_guardian g ON g.id = r.guardian_id
WHERE s.slug = %s AND h.name = %s
  AND NOT EXISTS (SELECT 1 FROM attendance_absencereport a WHERE a.student_id = c.id)
  AND (SELECT count(*) FROM roster_guardianright o WHERE o.guardian_id = g.id) = 1
  AND NOT EXISTS (SELECT 1 FROM identity_membership m JOIN roster_guardianright o
                    ON o.guardian_id = m.person_id WHERE o.student_id = c.id)
ORDER BY e.roll_number
"""
TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Family:
    """A child nobody has reported for today, and a guardian without a login."""

    student: UUID
    name: str
    birth_date: date
    guardian: UUID
    guardian_name: str
    homeroom: UUID
    homeroom_name: str
    school: UUID
    school_name: str
    school_slug: str
    roll_number: int
    municipality: UUID
    others: list[UUID] | None

    @property
    def born(self):
        """Return the birth date as a guardian writes it."""
        era = (
            f"平成{self.birth_date.year - 1988}"
            if self.birth_date < date(2019, 5, 1)
            else (f"令和{self.birth_date.year - 2018}")
        )
        return f"{era}年{self.birth_date.month}月{self.birth_date.day}日"

    @property
    def class_path(self):
        """Return the address of the class's page of today."""
        return f"{self.school_path}attendance/class/{self.homeroom}/{TODAY}/"

    @property
    def register_path(self):
        return f"{self.school_path}attendance/register/{self.homeroom}/{TODAY:%Y-%m}/"

    @property
    def school_path(self):
        return f"/m/shirakabano/school/{self.school_slug}/"


class Families:
    """Gives families away."""

    def __init__(self, house):
        self.house = house
        self.given = set()

    def take(self, homeroom="1年1組", school="midorigaoka", *, where=lambda family: True):
        """Return a family of a class that no test had before."""
        for row in self.house.ask(FREE, school, homeroom):
            family = Family(**row._asdict())
            if not {family.student, family.guardian} & self.given and where(family):
                self.given |= {family.student, family.guardian}
                return family
        raise LookupError(f"no family left in {homeroom}")
