"""What every app stands on. The kernel knows no school."""
