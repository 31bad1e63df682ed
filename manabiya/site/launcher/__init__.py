"""``make run``: the parent of database, web and worker; stops everything it started."""
