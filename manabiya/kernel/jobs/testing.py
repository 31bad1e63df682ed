"""Run due jobs on the test's own connection, so that they see the test's transaction."""

from django.db import connection
from procrastinate.contrib.django import app


def run_jobs() -> int:
    """Run every waiting job in order of priority and id; return how many ran."""
    count = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo'"
                " ORDER BY priority DESC, id LIMIT 1"
            )
            row = cursor.fetchone()
            if row is None:
                return count
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [row[0]])
        arguments = row[2]
        if isinstance(arguments, str):
            import json

            arguments = json.loads(arguments)
        app.tasks[row[1]].func(**arguments)
        count += 1
