"""Pages of the checklist."""
