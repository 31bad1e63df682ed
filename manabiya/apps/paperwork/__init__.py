"""業務・帳票の見直し: every paper, seal and FAX a school or the board still uses, and its end."""
