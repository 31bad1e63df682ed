"""Attendance: guardians report, the class teacher confirms the day, the register and city count."""
