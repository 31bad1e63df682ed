"""The 校務DX計画 of a municipality: goals, what is done for them, and how far it has come."""
