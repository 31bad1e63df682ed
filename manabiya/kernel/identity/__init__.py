"""Identity: accounts, hats, second factors, sessions, limits.

Staff log in with a password and prove a second factor (TOTP or passkey) once per device and day
before data of class Ⅱ. Guardians come by a printed invitation and need no e-mail. Nobody signs
up by himself. The authenticators are django-allauth's; the pages and the flow are ours.
"""
