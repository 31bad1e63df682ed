"""What keeps the house from starting, in words that say what to do."""

from django.core.exceptions import ImproperlyConfigured


class RoleTooStrong(ImproperlyConfigured):
    """The application was given a database role that row-level security does not bind."""
