"""Imports: the roster of a school or a whole city from the files people really have.

In layers: :mod:`.reading` (bytes to rows), :mod:`.columns` (headings to fields), :mod:`.values`
(cells to clean records), :mod:`.planning` (records against the roster: what would change),
:mod:`.applying` (one transaction). The first three are plain Python and know no database.
"""
