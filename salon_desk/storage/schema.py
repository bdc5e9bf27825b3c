"""The schema of a database: made at once when new, migrated when older, refused when newer.

The steps themselves are Alembic revisions in `migrations/`; a test holds that they end in exactly these tables.
Alembic is imported only when there is something to migrate.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy.schema import CreateIndex, CreateTable

from salon_desk.storage.engine import Database
from salon_desk.storage.errors import StoreDamaged, StoreNewer
from salon_desk.storage.tables import metadata

REVISION = "0002"
REVISION_TABLE = "alembic_version"
KNOWN_REVISIONS = ("0001", "0002")
"""Every revision this program can read, oldest first."""
MIGRATIONS = Path(__file__).parent / "migrations"


def prepare(database: Database, folder: Path) -> None:
    """Bring a database to this program's schema. Raises StoreNewer, StoreDamaged."""
    found = revision(database)
    if found == REVISION:
        return
    if found is None:
        if _tables(database):
            raise StoreDamaged(folder=str(folder), what="till.db: no schema revision")
        _create(database)
        return
    require_known(database, folder)
    migrate(database, REVISION)


def require_known(database: Database, folder: Path) -> None:
    """Refuse a schema that this program has never heard of. Raises StoreNewer, StoreDamaged."""
    found = revision(database)
    if found is None:
        raise StoreDamaged(folder=str(folder), what="till.db: no schema revision")
    if found not in KNOWN_REVISIONS:
        raise StoreNewer(folder=str(folder), found=found)


def revision(database: Database) -> str | None:
    """The Alembic revision that the database is at, None for an empty one."""
    if REVISION_TABLE not in _tables(database):
        return None
    row = database.driver().execute("SELECT CAST(version_num AS BLOB) FROM alembic_version").fetchone()
    return None if row is None else _text(row[0])


def _tables(database: Database) -> set[str]:
    names = "SELECT CAST(name AS BLOB) FROM sqlite_master WHERE type = 'table'"
    try:
        found = {_text(row[0]) for row in database.driver().execute(names).fetchall()}
    except UnicodeDecodeError as error:
        # SQLite quotes a damaged schema in its complaint, and the driver cannot read the complaint
        raise sqlite3.DatabaseError("malformed database schema") from error
    return {name for name in found if not name.startswith("sqlite_")}


def _text(stored: bytes) -> str:
    """A text as far as it can be read: damage is told, it does not raise."""
    return stored.decode("utf-8", "replace")


def create_tables(database: Database) -> None:
    """Every table and index of the present schema; inside the caller's transaction."""
    driver, dialect = database.driver(), database.engine.dialect
    for table in metadata.sorted_tables:
        driver.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            driver.execute(str(CreateIndex(index).compile(dialect=dialect)))


def _create(database: Database) -> None:
    driver = database.driver()
    driver.execute("BEGIN IMMEDIATE")
    create_tables(database)
    driver.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    driver.execute("INSERT INTO alembic_version VALUES (?)", (REVISION,))
    driver.execute("COMMIT")


def migrate(database: Database, target: str = REVISION) -> None:
    """Run the revisions up to `target`, all in one transaction: a failure leaves the database as it was.

    Raises what the revision raised.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, target)
