"""From the bytes of a file to rows of text, whatever wrote it.

What can't be read is refused as a whole with :class:`Unreadable`: what is wrong, where, how to
mend it. Nothing is guessed: no byte is replaced, no row is dropped silently.
"""

from manabiya.apps.imports.reading.files import read_file
from manabiya.apps.imports.reading.limits import LIMITS
from manabiya.apps.imports.reading.refusals import Unreadable
from manabiya.apps.imports.reading.tables import Row, Table

__all__ = ["LIMITS", "Row", "Table", "Unreadable", "read_file"]
