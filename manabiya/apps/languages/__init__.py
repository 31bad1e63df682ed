"""家庭のことば: the board turns further languages of the families' pages on and off."""
