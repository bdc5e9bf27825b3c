"""One byte changed by hand anywhere in the journal or a projection: `verify` names it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from salon_desk.domain.ledger import DRAWER, STORED_VALUE_PAID, Posting
from salon_desk.domain.money import Money
from salon_desk.operations import envelope as envelopes
from salon_desk.operations.card import HoldReleased
from salon_desk.operations.operation import Operation
from salon_desk.operations.shift import CashPaidIn
from salon_desk.storage import journal, schema
from salon_desk.storage.apply.chains import followed
from salon_desk.storage.receiving import receive
from salon_desk.storage.rows import write_rows
from salon_desk.storage.set_aside import Shelf
from salon_desk.storage.store import Store, nothing
from salon_desk.storage.tables.journal import journal as journal_table
from salon_desk.storage.tables.kinds import PROJECTIONS
from salon_desk.storage.verify import verify
from tests.integration.storage.neighbours import own, unheard_of
from tests.integration.storage.tills import command, no_sale, open_till
from tests.integration.storage.trading import rows

_IN_A_CHAIN = ("seq", "command_id")
TABLES = {table.name: table for table in (journal_table, *PROJECTIONS)}


@pytest.fixture
def raw(copied: Path) -> Iterator[sqlite3.Connection]:
    """A connection that lets everything through but a wrong type."""
    connection = sqlite3.connect(copied / "till.db", isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints=ON")
    yield connection
    connection.close()


def key(table: str) -> str:
    """The columns that say which row, in brackets."""
    if TABLES[table].dialect_options["sqlite"]["with_rowid"]:
        return "(rowid)"
    return f"({', '.join(column.name for column in TABLES[table].primary_key.columns)})"


def row_ids(raw: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return list(raw.execute(f"SELECT {key(table)[1:-1]} FROM {table}"))


def this_row(table: str, row_id: tuple[object, ...]) -> str:
    return f"WHERE {key(table)} = ({', '.join('?' * len(row_id))})"


def flip(raw: sqlite3.Connection, table: str, column: str, row_id: tuple[object, ...]) -> None:
    """Change one bit of a value; where there is none, put one in."""
    where = this_row(table, row_id)
    place = f"UPDATE {table} SET {column} = {{}} {where}"
    value = raw.execute(f"SELECT CAST({column} AS BLOB), typeof({column}) FROM {table} {where}", row_id)
    data, kind = value.fetchone()
    for _try in range(50):
        try:
            if kind == "integer":
                raw.execute(place.format("?"), (int(data) ^ (1 << random.randrange(30)), *row_id))
            elif kind == "null" or not data:
                new = "x'31'" if column in ("salt", "body") else "1" if kind == "null" else "'x'"
                raw.execute(place.format(new), row_id)
            else:
                at = random.randrange(len(data))
                changed = data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :]
                raw.execute(place.format("CAST(? AS TEXT)" if kind == "text" else "?"), (changed, *row_id))
            return
        except sqlite3.IntegrityError:
            continue
    pytest.fail(f"{table}.{column} cannot be changed")


def names_it(problems: tuple[str, ...], table: str, column: str) -> bool:
    """A line about this table that names the column, its key, or for the journal the position."""
    lines = [line for line in problems if line.startswith((f"{table} ", f"{table}:"))]
    if table == "journal" or column in TABLES[table].primary_key.columns:
        return bool(lines)
    return any(f": {column} " in line for line in lines)


def changes(table: str) -> list[list[str]]:
    """The columns of a table in turn: what names a row alone, for it hides the others of its row; all others in one go."""
    keys = [column.name for column in TABLES[table].primary_key.columns]
    others = [column.name for column in TABLES[table].columns if column.name not in keys]
    alone = keys if table != "journal" else [*keys, *others]
    return [[one] for one in alone] + ([others] if others and table != "journal" else [])


@pytest.mark.parametrize("table", TABLES)
def test_one_bit_changed_in_any_column_is_named(copied: Path, table: str) -> None:
    kept = (copied / "till.db").read_bytes()
    unnamed = []
    for columns in changes(table):
        (copied / "till.db").write_bytes(kept)
        raw = sqlite3.connect(copied / "till.db", isolation_level=None)
        raw.execute("PRAGMA ignore_check_constraints=ON")
        for column in columns:
            flip(raw, table, column, random.choice(row_ids(raw, table)))
        raw.close()
        found = verify(copied)
        unnamed += [(one, found.problems) for one in columns if not names_it(found.problems, table, one)]
    assert unnamed == []


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_missing_is_named(copied: Path, raw: sqlite3.Connection, table: str) -> None:
    gone = random.choice(row_ids(raw, table))
    raw.execute(f"DELETE FROM {table} {this_row(table, gone)}", gone)
    found = verify(copied)
    assert names_it(found.problems, table, TABLES[table].primary_key.columns[0].name), found.problems


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_was_added_is_named(copied: Path, raw: sqlite3.Connection, table: str) -> None:
    columns = [column.name for column in TABLES[table].columns]
    row = dict(
        zip(columns, raw.execute(f"SELECT * FROM {table} LIMIT 1").fetchone(), strict=True),
    )
    for column in TABLES[table].columns:
        if column.primary_key or column.unique or (table == "journal" and column.name in _IN_A_CHAIN):
            value = row[column.name]
            row[column.name] = value + 1000 if isinstance(value, int) else f"{value}x"
    marks = ", ".join("?" * len(columns))
    raw.execute(f"INSERT INTO {table} VALUES ({marks})", [row[name] for name in columns])
    found = verify(copied)
    assert names_it(found.problems, table, TABLES[table].primary_key.columns[0].name), found.problems


def test_two_operations_that_changed_places_are_named(copied: Path, raw: sqlite3.Connection) -> None:
    longest = "SELECT node, epoch FROM journal GROUP BY node, epoch ORDER BY count(*) DESC LIMIT 1"
    of_one_chain = raw.execute(f"SELECT position FROM journal WHERE (node, epoch) = ({longest})").fetchall()
    (one,), (other,) = random.sample(of_one_chain, 2)
    raw.execute("UPDATE journal SET position = -1 WHERE position = ?", (one,))
    raw.execute("UPDATE journal SET position = ? WHERE position = ?", (one, other))
    raw.execute("UPDATE journal SET position = ? WHERE position = -1", (other,))
    found = verify(copied)
    assert any(
        f"journal position {min(one, other)} " in line and ": seq is" in line for line in found.problems
    )


def test_two_members_whose_names_changed_places_are_named(copied: Path, raw: sqlite3.Connection) -> None:
    (one, first), (other, second) = raw.execute("SELECT id, name FROM staff LIMIT 2").fetchall()
    raw.execute("UPDATE staff SET name = ? WHERE id = ?", (second, one))
    raw.execute("UPDATE staff SET name = ? WHERE id = ?", (first, other))
    found = verify(copied)
    assert set(found.problems) == {
        f"staff id={who}: name is not what the journal makes" for who in (one, other)
    }


def test_the_end_of_the_journal_cut_off_is_named(copied: Path, raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM journal WHERE position > 10")
    found = verify(copied)
    assert any(line.startswith("till.anchor: has operations up to seq") for line in found.problems)


def test_a_journal_and_its_tables_turned_back_together_are_named_by_the_anchor(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    no_sale(store)
    store.idle()
    old = (folder / "till.db").read_bytes()
    no_sale(store)
    no_sale(store)
    no_sale(store)
    turned_back = tmp_path / "turned-back"
    turned_back.mkdir()
    (turned_back / "till.db").write_bytes(old)
    shutil.copy(folder / "till.anchor", turned_back)
    assert verify(turned_back).problems == ("till.anchor: has operations up to seq 5, the journal up to 2",)


def test_an_anchor_that_lacks_the_newest_is_named(copied: Path) -> None:
    anchor = copied / "till.anchor"
    kept = anchor.read_bytes()
    store = open_till(copied)
    no_sale(store)
    store.close()
    anchor.write_bytes(kept)
    (problem,) = verify(copied).problems
    assert problem.startswith("till.anchor: ends at seq ")


def test_no_anchor_is_named(copied: Path) -> None:
    (copied / "till.anchor").unlink()
    assert verify(copied).problems == ("till.anchor: missing",)


@pytest.mark.parametrize("time", range(12))
def test_one_bit_changed_in_the_anchor_is_named(copied: Path, time: int) -> None:
    anchor = copied / "till.anchor"
    data = bytearray(anchor.read_bytes())
    used = len(bytes(data).rstrip(b"\0"))
    place = random.choice([random.randrange(19), random.randrange(4096, used)])
    data[place] ^= 1 << random.randrange(8)
    anchor.write_bytes(data)
    found = verify(copied)
    assert [line for line in found.problems if line.startswith("till.anchor: ")] == list(found.problems) != []


@pytest.mark.parametrize("time", range(40))
def test_one_bit_changed_anywhere_in_the_file_is_named_or_changes_nothing_that_is_stored(
    copied: Path, traded: Path, time: int
) -> None:
    data = bytearray((copied / "till.db").read_bytes())
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    (copied / "till.db").write_bytes(data)
    if verify(copied).ok:
        assert rows(copied) == rows(traded)


def _wrong_magic(data: bytes) -> bytes:
    return b"x" + data[1:]


def _truncated(data: bytes) -> bytes:
    return data[: len(data) // 3]


def _without_first_page(data: bytes) -> bytes:
    return bytes(4096) + data[4096:]


def _garbage_page(data: bytes) -> bytes:
    return data[: 4096 * 9] + random.randbytes(4096) + data[4096 * 10 :]


def _garbage_pages(data: bytes) -> bytes:
    return data[: 4096 * 3] + random.randbytes(4096 * 60) + data[4096 * 63 :]


def _nothing(data: bytes) -> bytes:
    return b""


def _short(data: bytes) -> bytes:
    return data[:50]


@pytest.mark.parametrize(
    "harm",
    [_wrong_magic, _truncated, _without_first_page, _garbage_page, _garbage_pages, _nothing, _short],
)
def test_a_damaged_file_gives_problems_and_no_traceback(copied: Path, harm: Callable[[bytes], bytes]) -> None:
    database = copied / "till.db"
    database.write_bytes(harm(database.read_bytes()))
    found = verify(copied)
    assert not found.ok
    assert any("till.db" in line for line in found.problems), found.problems


def test_hundreds_of_problems_are_counted_and_not_all_listed(copied: Path, raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE journal SET actor = actor || 'x'")
    raw.execute("DELETE FROM ledger")
    problems = verify(copied).problems
    assert len(problems) == 101
    assert problems[-1].startswith("… and ")


def test_what_was_added_to_or_taken_from_the_schema_is_named(copied: Path, raw: sqlite3.Connection) -> None:
    raw.execute("CREATE TRIGGER quiet AFTER INSERT ON ledger BEGIN SELECT 1; END")
    raw.execute("DROP INDEX ix_sales_business_day")
    raw.execute("ALTER TABLE tills ADD COLUMN extra_column TEXT")
    assert set(verify(copied).problems) == {
        "till.db: quiet does not belong here",
        "till.db: ix_sales_business_day is missing",
        "tills: its columns are not those of this program",
    }


def test_a_folder_that_does_not_know_whose_it_is_is_named(copied: Path, raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM local_identity")
    assert any(line.startswith("local_identity") for line in verify(copied).problems)


def test_an_operation_without_its_body_is_named(copied: Path, raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE journal SET body = NULL, salt = NULL WHERE kind = 'drawer.opened'")
    problems = verify(copied).problems
    assert [line for line in problems if line.endswith(": body is missing")] == list(problems[:1])
    assert any(line.endswith("cannot be applied: the body is missing") for line in problems)


def test_an_older_schema_is_named(
    copied: Path, raw: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw.execute("UPDATE alembic_version SET version_num = '0000'")
    monkeypatch.setattr(schema, "KNOWN_REVISIONS", ("0000", schema.REVISION))
    (problem,) = verify(copied).problems
    assert "its schema is 0000" in problem


def smuggle(store: Store, operation: Operation, **changed: object) -> None:
    """Bring an operation into a till's own chain as a program of another version might: it is set aside, if it must."""
    (sealed,) = journal._seal(store, command(), [operation], "2026-11-20")
    header = envelopes.Header(
        **{**{f: getattr(sealed.header, f) for f in sealed.header.__struct_fields__}, **changed}
    )
    sealed = envelopes.seal(header, sealed.salt or b"", sealed.body or b"")
    with store.database.write() as transaction:
        write_rows(transaction, [sealed], store.head.position)
        followed(transaction, [sealed])
        Shelf(transaction, nothing).take(sealed)
    store.anchor.append(envelopes.pack([sealed]))
    store.advance([sealed])


def moved(*postings: Posting) -> CashPaidIn:
    return CashPaidIn(shift="", amount=Money(0, "USD"), reason="", postings=postings)


@pytest.mark.parametrize("changed", [{"kind": "future.thing"}, {"version": 9}, {"version": 0}])
def test_an_operation_of_its_own_that_a_till_does_not_know_is_named(
    store: Store, folder: Path, changed: dict[str, object]
) -> None:
    smuggle(store, moved(), **changed)
    no_sale(store)
    found = verify(folder)
    (problem,) = found.problems
    assert problem.startswith("journal op ")
    assert "seq 2: cannot be applied" in problem
    assert found.set_aside == 1


def test_an_operation_of_another_till_that_is_not_known_is_counted_and_no_problem(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    other = open_till(tmp_path / "other")
    no_sale(other)
    first = unheard_of(own(other)[-1])
    receive(store, [*own(other), first, unheard_of(first, version=2)])
    other.close()
    found = verify(folder)
    assert (found.ok, found.set_aside) == (True, 2)


def test_a_body_that_does_not_fit_its_kind_is_named(store: Store, folder: Path) -> None:
    smuggle(store, moved(), kind="sale.completed")
    (problem,) = verify(folder).problems
    assert "cannot be applied: Object missing required field" in problem


def test_an_operation_whose_rows_are_not_there_is_named(store: Store, folder: Path) -> None:
    smuggle(store, moved(Posting("", Money(1, "USD"))))
    store.database.driver().execute("DELETE FROM ledger")
    problems = verify(folder).problems
    assert any("postings are 1 cents USD off zero" in line for line in problems)
    assert any("the row is missing" in line for line in problems)


def test_postings_that_do_not_balance_are_named(store: Store, folder: Path) -> None:
    journal.record(store, command(), lambda _t: moved(Posting(DRAWER, Money(5, "CAD"))))
    (problem,) = verify(folder).problems
    assert problem.endswith("postings are 5 cents CAD off zero")


def test_a_release_of_what_is_not_held_is_named(store: Store, folder: Path) -> None:
    smuggle(store, HoldReleased(hold="nobody's"))
    (problem,) = verify(folder).problems
    assert problem.endswith("cannot be applied: hold nobody's")


def test_value_owed_that_lies_on_no_card_is_named(store: Store, folder: Path) -> None:
    owed = (Posting(STORED_VALUE_PAID, Money(-700, "USD")), Posting(DRAWER, Money(700, "USD")))
    journal.record(store, command(), lambda _t: moved(*owed))
    (problem,) = verify(folder).problems
    assert problem == f"ledger {STORED_VALUE_PAID} USD: owes 700 cents, the purses hold 0"
