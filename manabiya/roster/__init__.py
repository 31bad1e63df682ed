"""The roster: the nouns everybody needs, and the rights that follow from them.

Other apps see only ``queries``, ``services`` and ``events`` of this package; foreign keys
across apps are strings (``"roster.Student"``).
"""
