"""Invitations: a printed paper with a QR code brings a guardian in, without e-mail."""
