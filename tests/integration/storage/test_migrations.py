"""Migrations: they end in exactly the tables of the program, and every database ever released comes through them whole.

For a change to the tables: keep a database of the revision that is left behind, `python -m
tests.integration.storage.keep_revision`, then add the next.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from salon_desk.storage import schema
from salon_desk.storage.engine import Database, open_sqlite
from salon_desk.storage.verify import verify
from tests.integration.storage.keep_revision import KEPT, restore
from tests.integration.storage.tills import no_sale, open_till
from tests.integration.storage.trading import rows

Schema = dict[tuple[str, str], object]

_ADD_A_COLUMN = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0007", "0006"
def upgrade():
    with op.batch_alter_table("categories", table_kwargs={"sqlite_strict": True}) as table:
        table.add_column(sa.Column("icon", sa.Text(), nullable=False, server_default=""))
"""
_FAIL = _ADD_A_COLUMN + "    raise RuntimeError('the disk was pulled out')\n"


def script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    return ScriptDirectory.from_config(config)


def revisions() -> list[str]:
    return [one.revision for one in script().walk_revisions()][::-1]


def described(database: Database) -> Schema:
    """Tables with columns, types, constraints and STRICT, and indexes with their columns."""
    driver = database.driver()
    found: Schema = {}
    for kind, name, table, sql in driver.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"):
        if table == "alembic_version":
            continue
        if kind == "table":
            found[kind, name] = (
                driver.execute(f"PRAGMA table_xinfo({name})").fetchall(),
                [row[1:] for row in driver.execute("PRAGMA table_list") if row[1] == name],
                constraints(sql),
            )
        elif sql is not None:
            found[kind, name] = " ".join(sql.split())
    return found


def constraints(sql: str) -> set[str]:
    """The constraints of a table by their text, whatever their order."""
    return set(re.findall(r"CONSTRAINT \w+ (?:[A-Z]+ )+\((?:[^()]|\([^()]*\))*\)", " ".join(sql.split())))


def test_the_steps_lead_from_nothing_to_exactly_the_tables_of_the_program(tmp_path: Path) -> None:
    made, upgraded = Database(open_sqlite(":memory:")), Database(open_sqlite(tmp_path / "up.db"))
    schema.create_tables(made)
    schema.migrate(upgraded)
    assert described(upgraded) == described(made)
    assert schema.revision(upgraded) == schema.REVISION
    made.close()
    upgraded.close()


def test_the_comparison_sees_what_it_must(tmp_path: Path) -> None:
    checked = "CONSTRAINT ck CHECK (a >= 0 AND (a < 5))"
    assert constraints(f"CREATE TABLE t (a INTEGER, CONSTRAINT pk PRIMARY KEY (a), {checked}) STRICT") == {
        "CONSTRAINT pk PRIMARY KEY (a)",
        checked,
    }


def test_the_program_knows_every_revision_and_stands_at_the_last() -> None:
    assert tuple(revisions()) == schema.KNOWN_REVISIONS
    assert script().get_current_head() == schema.REVISION == schema.KNOWN_REVISIONS[-1]


def test_a_database_of_every_revision_that_was_left_behind_is_kept() -> None:
    assert {path.stem for path in KEPT.glob("*.sql")} == set(revisions()[:-1])


@pytest.mark.parametrize("revision", schema.KNOWN_REVISIONS)
def test_a_database_of_every_revision_comes_through_with_its_data(
    revision: str, traded: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "till"
    if revision == schema.REVISION:
        shutil.copytree(traded, folder)
    else:
        restore(revision, folder)
    before = sqlite3.connect(folder / "till.db")
    journal = before.execute("SELECT * FROM journal ORDER BY position").fetchall()
    before.close()
    store = open_till(folder)
    assert schema.revision(store.database) == schema.REVISION
    no_sale(store)
    store.close()
    assert rows(folder)["journal"][:-1] == journal
    assert verify(folder).problems == ()


@pytest.fixture
def next_revision(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program with one revision more than this one; gives the place of that revision."""
    migrations = shutil.copytree(schema.MIGRATIONS, tmp_path / "100% next")
    monkeypatch.setattr(schema, "MIGRATIONS", migrations)
    monkeypatch.setattr(schema, "REVISION", "0007")
    monkeypatch.setattr(schema, "KNOWN_REVISIONS", (*schema.KNOWN_REVISIONS, "0007"))
    return migrations / "versions" / "0007_next.py"


def test_an_older_database_is_brought_up_when_its_till_starts(copied: Path, next_revision: Path) -> None:
    next_revision.write_text(_ADD_A_COLUMN)
    before = rows(copied)
    store = open_till(copied)
    assert schema.revision(store.database) == "0007"
    store.close()
    after = rows(copied)
    assert [row[:-1] for row in after.pop("categories")] == before.pop("categories")
    assert after == before


def test_a_step_that_fails_leaves_the_database_as_it_was(copied: Path, next_revision: Path) -> None:
    next_revision.write_text(_FAIL)
    before = rows(copied)
    with pytest.raises(RuntimeError):
        open_till(copied)
    assert rows(copied) == before
    connection = sqlite3.connect(copied / "till.db")
    assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0006",)]
    connection.close()


def test_a_kept_database_is_what_was_kept(
    traded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.integration.storage import keep_revision

    monkeypatch.setattr(keep_revision, "KEPT", tmp_path)
    keep_revision.keep(traded, schema.REVISION)
    keep_revision.restore(schema.REVISION, tmp_path / "restored")
    assert rows(tmp_path / "restored") == rows(traded)
    assert verify(tmp_path / "restored") == verify(traded)
