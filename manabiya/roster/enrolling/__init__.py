"""Enrolling: moves inside the city, changes of class, the end of a school year.

An enrollment is never overwritten: the old one ends the day before the new begins. 出席番号 are
given once a year and class: who comes gets the number behind the highest ever given.

The rows of a year end on 3/31, when the school closes it (年度末確定); those of the next come by
import. In between, in April, a child belongs to no class yet: see :mod:`.new_year`.
"""
