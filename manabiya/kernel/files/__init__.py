"""Files of the house: kept once by content, in the municipality's own folder, never public.

A file is written durably before the row that names it commits; a row never names a file that
isn't there. Files are read through guarded views only.
"""

from manabiya.kernel.files.store import FileMissing, keep, read

__all__ = ["FileMissing", "keep", "read"]
