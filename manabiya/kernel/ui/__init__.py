"""The kernel of the page: base templates, components, error pages, languages.

Pages are complete without scripts. Templates extend ``ui/desk.html`` (staff, board),
``ui/phone.html`` (guardians), ``ui/plain.html`` (login, errors) or ``ui/paper.html`` (A4).
"""
