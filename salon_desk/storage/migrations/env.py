"""Runs the revisions on the connection that `schema.py` hands over, all of them in one transaction.

No configuration file is read and nothing is written out. DDL is transactional once BEGIN is said by hand, so a database is
at one revision or another, never between; a second process waits, and finds nothing left to do.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection


def run(connection: Connection) -> None:
    """Bring the database to the revision that was asked for."""
    with connection.begin():
        for statement in context.config.attributes["begin"]:
            connection.exec_driver_sql(statement)
        context.configure(connection=connection)
        context.run_migrations()


run(context.config.attributes["connection"])
