"""統計: what the confirmed days of a school and of the city come to, with the rows behind."""
