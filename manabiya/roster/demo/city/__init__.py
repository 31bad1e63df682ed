"""白樺野市 in full: 77 schools, 22,000 children, 33,000 guardians, 2,000 staff, two school years.

Thought out in plain values (:mod:`.districts`, :mod:`.classes`, :mod:`.staff`) and then written
table by table (:mod:`.rows`, :mod:`.ties`), in under a minute and the same for the same date.
"""

from manabiya.roster.demo.city.telling import tell

__all__ = ["tell"]
