"""Support sessions: open, end, list."""
