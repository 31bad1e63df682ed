"""Password hashing with a cost fit for a school that logs in at the same minute."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class StaffArgon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB and two passes (about 20 ms on one core; OWASP's minimum)."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
