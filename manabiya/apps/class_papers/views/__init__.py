"""Pages of class papers."""
