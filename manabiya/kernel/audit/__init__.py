"""Audit: who did or read what, append-only, chained and verifiable.

One entry per service call in the same transaction (:mod:`.service`), one per class Ⅰ/Ⅱ read
(the guard). Entries are appended unchained; a sealer chains those whose transaction is older
than every running one (:mod:`.sealer`). The head leaves the database daily.
"""
