"""The floor's SQL is what SQLite really ran: statements and rows survive being traced and taken apart."""

from __future__ import annotations

import sqlite3

import pytest

from salon_desk.bench.floors.traced_sql import Trace, parameterised, run


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("INSERT INTO a VALUES ('it''s', -5, NULL, x'00ff')", ("it's", -5, None, b"\x00\xff")),
        ("UPDATE a SET b1 = 7 WHERE c = '12'", (7, "12")),
        ("SELECT count(*) FROM a2", ()),
    ],
)
def test_every_literal_becomes_a_parameter(statement: str, values: tuple[object, ...]) -> None:
    text, found = parameterised(statement)
    assert found == values
    assert text.count("?") == len(values)


def test_a_replayed_trace_leaves_the_same_rows() -> None:
    traced, replayed = (sqlite3.connect(":memory:", isolation_level=None) for _ in range(2))
    for connection in (traced, replayed):
        connection.execute("CREATE TABLE a (n INTEGER PRIMARY KEY, text TEXT, body BLOB)")
    trace = Trace(traced)
    trace.start()
    traced.execute("BEGIN IMMEDIATE")
    traced.executemany("INSERT INTO a VALUES (?, ?, ?)", [(1, "张晓梅's", b"\x01"), (2, "", None)])
    traced.execute("UPDATE a SET text = ? WHERE n = ?", ("12", 2))
    traced.execute("SELECT * FROM a").fetchall()
    traced.execute("COMMIT")
    steps = trace.stop()
    assert [(len(step.rows), step.writes) for step in steps] == [(2, True), (1, True), (1, False)]
    run(replayed.cursor(), steps)
    rows = [connection.execute("SELECT * FROM a").fetchall() for connection in (traced, replayed)]
    assert rows[0] == rows[1] == [(1, "张晓梅's", b"\x01"), (2, "12", None)]
    for connection in (traced, replayed):
        connection.close()
