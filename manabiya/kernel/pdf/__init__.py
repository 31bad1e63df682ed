"""Papers: PDF by Typst, every font embedded, names in their registered letters.

A paper is a Typst file of an app (``papers/<name>.typ``) that imports ``/kernel/pdf/paper.typ``
and reads its data as JSON; markup inside data stays inert.
"""

from manabiya.kernel.pdf.letters import letters_without_glyph
from manabiya.kernel.pdf.typeset import typeset

__all__ = ["letters_without_glyph", "typeset"]
