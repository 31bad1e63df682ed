"""Events: services tell what changed; subscribers recompute from the rows.

``publish`` defers one delivery job per subscription in the running transaction, so an event of a
rolled-back service never happens. A delivery inserts its receipt in the transaction of its
effect: however often a job runs, the effect happens once.
"""
