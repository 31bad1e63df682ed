"""The button that moves a demo municipality's school clock on; nothing else is touched by it."""
