"""Django application of invitations."""

from django.apps import AppConfig


class InvitationsConfig(AppConfig):
    name = "manabiya.apps.invitations"
    label = "invitations"
    verbose_name = "保護者の招待"
