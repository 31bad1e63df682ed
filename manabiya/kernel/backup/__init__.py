"""The backup (控え) of a whole installation: one encrypted file, and its way back.

A file holds every table and every kept file as they were at one moment. It is written under
another name, read back and compared before it gets its own, and restored only into a place that
holds no municipality. Innermost outwards: :mod:`.archive` (sections), :mod:`.sealed` (encryption).
"""
