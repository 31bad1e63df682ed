"""Staff with their posts, children with their seats, guardians with their rights."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from manabiya.roster.demo import names
from manabiya.roster.demo.plan import HomeroomPlan, SchoolPlan
from manabiya.roster.models import (
    Address,
    Appointment,
    Enrollment,
    Guardian,
    GuardianRight,
    Homeroom,
    Post,
    School,
    StaffMember,
    Student,
)
from manabiya.roster.story import Story

BASE_GRADE = {
    School.Kind.ELEMENTARY: 0,
    School.Kind.JUNIOR_HIGH: 6,
    School.Kind.COMPULSORY_EDUCATION: 0,
}


class Staffing:
    """Writes the people of one municipality; keeps what families need until the end."""

    def __init__(self, story: Story, year: int) -> None:
        self.story = story
        self.chance = story.chance
        self.year = year
        self.first_day = date(year, 4, 1)
        self.number = 0
        self.students: list[tuple[Student, School]] = []

    def school(self, school: School, plan: SchoolPlan, homerooms: list[Homeroom]) -> None:
        """Appoint the staff of a school: one a post, one 担任 a class."""
        for post in plan.posts:
            self._appoint(school, Post(post))
        for homeroom in homerooms:
            member = self._appoint(school, Post.HOMEROOM_TEACHER, homeroom)
            self.story.people.setdefault(("homeroom_teacher", school.slug), member.id)
            if "assistant_homeroom_teacher" in plan.posts and homeroom.position == 1:
                assistant = self.story.people["assistant_homeroom_teacher", school.slug]
                Appointment.objects.filter(
                    staff_member_id=assistant, post=Post.ASSISTANT_HOMEROOM_TEACHER
                ).update(homeroom=homeroom)

    def board(self) -> None:
        """Appoint an officer and an administrator at the board of education."""
        for post in (Post.BOARD_OFFICER, Post.BOARD_ADMINISTRATOR):
            self._appoint(None, post)

    def children(self, school: School, homeroom: Homeroom, plan: HomeroomPlan) -> None:
        """Seat the children of a class in 五十音順; no full name twice in a class."""
        students: list[tuple[int, Student]] = []
        for grade, count in plan.counts:
            students += [(grade, student) for student in self._grade(school, grade, count)]
        students.sort(key=lambda pair: (pair[0], pair[1].kana_key))
        Student.objects.bulk_create([student for _, student in students])
        Enrollment.objects.bulk_create(
            [
                Enrollment(
                    student=student,
                    school=school,
                    homeroom=homeroom,
                    grade_level=grade,
                    roll_number=number,
                    starts_on=self.first_day,
                )
                for number, (grade, student) in enumerate(students, start=1)
            ]
        )
        self.students += [(student, school) for _, student in students]

    def families(self) -> None:
        """Give every child a family; some siblings live in two schools."""
        guardians: dict[UUID, Guardian] = {}
        rights: list[GuardianRight] = []
        for student, first, second in self._grouped():
            for guardian, relationship, order in ((first, "母", 1), (second, "父", 2)):
                if guardian is not None:
                    guardians[guardian.id] = guardian
                    rights.append(self._right(guardian, student, relationship, order))
        for guardian in guardians.values():
            guardian.fill_keys()
        Guardian.objects.bulk_create(guardians.values())
        GuardianRight.objects.bulk_create(rights)
        Address.objects.bulk_create(
            Address(
                guardian=guardian,
                text=f"{self.story.municipality.name}緑町{self.chance.randrange(1, 30)}番地",
                starts_on=self.first_day,
            )
            for guardian in guardians.values()
        )
        self._introduce(rights)

    def _introduce(self, rights: list[GuardianRight]) -> None:
        """Name the guardians of the story: of siblings, of one child, and one who also teaches."""
        children = Counter(right.guardian_id for right in rights)
        shared = [g for g, count in children.items() if count > 1]
        single = [g for g, count in children.items() if count == 1]
        for key, found in (("きょうだい", shared), ("ひとり", single)):
            if found:
                self.story.people["guardian", key] = found[0]
        self.story.people["guardian-of-staff", ""] = single[-1]

    def _appoint(
        self, school: School | None, post: Post, homeroom: Homeroom | None = None
    ) -> StaffMember:
        self.number += 1
        person = names.adult(self.chance, is_woman=self.chance.random() < 0.55)
        member = StaffMember.objects.create(
            number=f"{self.number:06d}",
            family_name=person.family_name,
            given_name=person.given_name,
            family_kana=person.family_kana,
            given_kana=person.given_kana,
        )
        Appointment.objects.create(
            staff_member=member,
            school=school,
            post=post,
            homeroom=homeroom,
            starts_on=self.first_day,
            ends_on=date(self.year + 1, 3, 31),
        )
        self.story.people.setdefault((post.value, school.slug if school else ""), member.id)
        return member

    def _grade(self, school: School, grade: int, count: int) -> list[Student]:
        people = [(p, girl) for p, girl in names.foreign_children() if count > 25]
        people = self.chance.sample(people, k=min(2, len(people)))
        seen = {(p.family_name, p.given_name) for p, _ in people}
        while len(people) < count:
            is_girl = self.chance.random() < 0.49
            person = names.child(self.chance, is_girl=is_girl)
            if (person.family_name, person.given_name) not in seen:
                seen.add((person.family_name, person.given_name))
                people.append((person, is_girl))
        return [self._student(school, grade, person, girl) for person, girl in people]

    def _student(self, school: School, grade: int, person: names.Person, is_girl: bool) -> Student:
        self.number += 1
        born = self.year - 6 - (BASE_GRADE[School.Kind(school.kind)] + grade)
        student = Student(
            family_name=person.family_name,
            given_name=person.given_name,
            family_kana=person.family_kana,
            given_kana=person.given_kana,
            birth_date=date(born, 4, 2) + timedelta(days=self.chance.randrange(365)),
            sex=Student.Sex.FEMALE if is_girl else Student.Sex.MALE,
            reference=f"{self.story.municipality.code}{self.number:07d}",
        )
        student.fill_keys()
        return student

    def _grouped(self) -> list[tuple[Student, Guardian, Guardian | None]]:
        """Return each child with its first and second guardian; siblings share theirs."""
        by_family: dict[str, list[tuple[Guardian, Guardian | None, set[UUID]]]] = {}
        grouped = []
        for student, school in self.students:
            families = by_family.setdefault(student.family_name, [])
            known = next((f for f in families if school.id not in f[2]), None)
            if known is None or self.chance.random() > 0.4:
                known = (*self._parents(student), set())
                families.append(known)
            known[2].add(school.id)
            grouped.append((student, known[0], known[1]))
        return grouped

    def _parents(self, student: Student) -> tuple[Guardian, Guardian | None]:
        family = (student.family_name, student.family_kana)
        first = self._guardian(family, is_woman=True)
        second = self._guardian(family, is_woman=False) if self.chance.random() < 0.6 else None
        return first, second

    def _guardian(self, family: tuple[str, str], *, is_woman: bool) -> Guardian:
        person = names.adult(self.chance, is_woman=is_woman, family=family)
        return Guardian(
            family_name=person.family_name,
            given_name=person.given_name,
            family_kana=person.family_kana,
            given_kana=person.given_kana,
            phone=f"090-0000-{self.chance.randrange(10000):04d}",
        )

    def _right(
        self, guardian: Guardian, student: Student, relationship: str, order: int
    ) -> GuardianRight:
        return GuardianRight(
            guardian=guardian,
            student=student,
            relationship=relationship,
            call_order=order,
            starts_on=self.first_day,
        )
