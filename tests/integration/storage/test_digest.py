"""The digest: the same for nodes in step, whatever their positions; another for anything shared that differs."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.storage.digest import canonical, digest
from salon_desk.storage.reading import open_reader
from salon_desk.storage.tables.kinds import LOCAL, OWN, SHARED

VALUES = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.text(max_size=6))


def digest_of(folder: Path, *, as_bytes: bool = False) -> str:
    reader = open_reader(folder)
    try:
        if as_bytes:
            reader.driver().text_factory = bytes
        with reader.read() as transaction:
            return digest(transaction)
    finally:
        reader.close()


def change(folder: Path, *statements: str) -> None:
    connection = sqlite3.connect(folder / "till.db")
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


@given(st.lists(VALUES, max_size=4), st.lists(VALUES, max_size=4))
def test_two_rows_have_the_same_bytes_only_if_they_are_the_same(
    one: list[object], other: list[object]
) -> None:
    assert (canonical(one) == canonical(other)) == (one == other)


def test_text_as_text_or_as_bytes_gives_the_same_digest(traded: Path) -> None:
    assert digest_of(traded) == digest_of(traded, as_bytes=True)


def test_positions_and_the_order_of_rows_do_not_matter(copied: Path, traded: Path) -> None:
    tables = [table.name for table in SHARED]
    change(
        copied,
        "UPDATE journal SET position = -position",
        *[f"CREATE TEMP TABLE t_{name} AS SELECT * FROM {name}" for name in tables],
        *[f"DELETE FROM {name}" for name in tables],
        *[f"INSERT INTO {name} SELECT * FROM t_{name} ORDER BY random()" for name in tables],
    )
    assert digest_of(copied) == digest_of(traded)


@pytest.mark.parametrize("table", [table.name for table in SHARED])
def test_a_row_less_in_a_shared_table_is_another_digest(copied: Path, traded: Path, table: str) -> None:
    change(copied, f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")
    assert digest_of(copied) != digest_of(traded)


def test_what_is_a_nodes_own_is_not_in_the_digest(copied: Path, traded: Path) -> None:
    change(copied, *[f"DELETE FROM {table.name}" for table in (*OWN, *LOCAL)])
    assert digest_of(copied) == digest_of(traded)


def test_another_head_is_another_digest(copied: Path, traded: Path) -> None:
    change(copied, "UPDATE chains SET hash = prev FROM (SELECT max(hash) AS prev FROM chains)")
    assert digest_of(copied) != digest_of(traded)


def test_a_copy_has_the_same_digest(traded: Path, tmp_path: Path) -> None:
    assert digest_of(shutil.copytree(traded, tmp_path / "copy")) == digest_of(traded)
