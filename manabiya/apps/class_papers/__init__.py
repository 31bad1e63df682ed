"""Class papers: class lists, name labels and the photo roster of a homeroom."""
