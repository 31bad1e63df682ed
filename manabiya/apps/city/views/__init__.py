"""The city's pages."""
