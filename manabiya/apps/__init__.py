"""One folder per capability, all with the same plan inside."""
