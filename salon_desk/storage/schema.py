"""The schema of a database: made at once when new, migrated when older, refused when newer.

The steps themselves are Alembic revisions in `migrations/`; a test holds that they end in exactly these tables.
Alembic is imported only when there is something to migrate.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from salon_desk.storage.engine import CommitFailed, Database
from salon_desk.storage.errors import StoreDamaged, StoreNewer
from salon_desk.storage.tables import metadata

REVISION = "0006"
REVISION_TABLE = "alembic_version"
KNOWN_REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every revision this program can read, oldest first."""
MIGRATIONS = Path(__file__).parent / "migrations"

_REVISION = {
    "sqlite": "SELECT CAST(version_num AS BLOB) FROM alembic_version",
    "postgresql": "SELECT convert_to(version_num, 'UTF8') FROM alembic_version",
}
"""As bytes: damage is told, it does not raise."""
_DEFINED: dict[str, tuple[str, ...]] = {}
"""By dialect, the statements that make the schema: compiled once."""


def prepare(database: Database, where: Path | str, name: str = "till.db") -> None:
    """Bring a database to this program's schema; of several processes that come at once, one does it.

    `where` and `name` stand in the refusals. Raises StoreNewer, StoreDamaged.
    """
    found = revision(database)
    if found == REVISION:
        return
    if found is None:
        _create(database, where, name)
        return
    require_known(database, where, name)
    migrate(database, REVISION)


def require_known(database: Database, where: Path | str, name: str = "till.db") -> None:
    """Refuse a schema that this program has never heard of. Raises StoreNewer, StoreDamaged."""
    found = revision(database)
    if found is None:
        raise StoreDamaged(folder=str(where), what=f"{name}: no schema revision")
    if found not in KNOWN_REVISIONS:
        raise StoreNewer(folder=str(where), found=found)


def revision(database: Database) -> str | None:
    """The Alembic revision that the database is at, None for an empty one."""
    if REVISION_TABLE not in database.tables():
        return None
    found = database.ask(_REVISION[database.engine.dialect.name])
    return None if found is None else found.decode("utf-8", "replace")


def create_tables(database: Database) -> None:
    """Every table and index of the present schema; inside the caller's transaction."""
    driver, dialect = database.driver(), database.engine.dialect
    for definition in _DEFINED.get(dialect.name) or _DEFINED.setdefault(dialect.name, _definitions(dialect)):
        driver.execute(definition)


def _definitions(dialect: Dialect) -> tuple[str, ...]:
    made: list[str] = []
    for table in metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda one: str(one.name))
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        made += (str(CreateIndex(one).compile(dialect=dialect)) for one in indexes)
    return tuple(made)


def _create(database: Database, where: Path | str, name: str) -> None:
    """Everything in one transaction, unless another process has just done it."""
    try:
        with database.write():
            if revision(database) == REVISION:
                return
            if database.tables():
                raise StoreDamaged(folder=str(where), what=f"{name}: no schema revision")
            create_tables(database)
            driver = database.driver()
            driver.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            driver.execute(f"INSERT INTO alembic_version VALUES ('{REVISION}')")
    except CommitFailed as error:
        raise error.__cause__ or error from None


def migrate(database: Database, target: str = REVISION) -> None:
    """Run the revisions up to `target`, all in one transaction: a failure leaves the database as it was.

    Raises what the revision raised.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["begin"] = database.begin
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, target)
