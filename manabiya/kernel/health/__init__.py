"""How the installation is: for a balancer, for Prometheus, and in the log. Ids only, no people.

These addresses stand before everything else: they ask for no login, no host name and, the first
one, no database.
"""
