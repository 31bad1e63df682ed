"""The staff room in the morning: who is missing, who is called, what the school must have ready."""
