"""Pages of the review of paperwork."""
