"""Pages of the nurse's office."""
