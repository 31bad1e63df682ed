"""The nouns of the roster.

*School* (学校), *SchoolYear* (年度), *CalendarDay* (授業日・休業日), *DayChange* (休校・学級閉鎖・
始業の繰下げ), *Homeroom* (学級);
*Term* (学期), *SchoolYearClosing* (年度末確定); *ReportCutoff* (欠席連絡の締切), *YearPlan*
(学期と長期休業): what the board decided, from a day on; *Student* (児童生徒), *FormerName* (旧氏名),
*Enrollment* (在籍: school, homeroom, grade and 出席番号 from day to day), *ExchangePlacement*
(交流学級), *Transfer* (転学, recorded by one school and accepted by the other), *Departure* and
*Arrival* (out of the city, and from outside); *Guardian* (保護者), *GuardianRight*
(続柄ごとの権利, dated), *ParentalAuthority* (親権, a dated set), *Address* (住所, dated); *Protection* (支援措置) with its *ExcludedPerson*s and
*AddressOpening*s; *StaffMember* (教職員), *Appointment* (本務・兼務の職, dated), *SchoolDuty*
(校務分掌), *Cover* (補欠・代理 for one day). Siblings are the children who share a guardian: no
row of their own.

Grade belongs to the enrollment, never to the homeroom: 複式 and 特別支援学級 hold several.
Histories, not overwrites: what changes with time has ``starts_on`` and ``ends_on`` (inclusive).
"""

from manabiya.roster.models.board import ReportCutoff, YearPlan
from manabiya.roster.models.day_change import DayChange
from manabiya.roster.models.enrollment import Enrollment, ExchangePlacement, Homeroom, Student
from manabiya.roster.models.family import Guardian, GuardianRight, ParentalAuthority
from manabiya.roster.models.history import Address, FormerName
from manabiya.roster.models.moving import Arrival, Departure, Transfer
from manabiya.roster.models.protection import AddressOpening, ExcludedPerson, Protection
from manabiya.roster.models.school import (
    CalendarDay,
    School,
    SchoolYear,
    SchoolYearClosing,
    Term,
)
from manabiya.roster.models.staff import Appointment, Cover, Post, SchoolDuty, StaffMember

__all__ = [
    "Address",
    "AddressOpening",
    "Appointment",
    "Arrival",
    "CalendarDay",
    "Cover",
    "DayChange",
    "Departure",
    "Enrollment",
    "ExchangePlacement",
    "ExcludedPerson",
    "FormerName",
    "Guardian",
    "GuardianRight",
    "Homeroom",
    "ParentalAuthority",
    "Post",
    "Protection",
    "ReportCutoff",
    "School",
    "SchoolDuty",
    "SchoolYear",
    "SchoolYearClosing",
    "StaffMember",
    "Student",
    "Term",
    "Transfer",
    "YearPlan",
]
