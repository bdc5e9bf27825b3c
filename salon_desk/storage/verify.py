"""`verify`: whether a till's folder is what its own journal says, byte for byte (DESIGN 6).

The parts live in `verification/`. It reads one snapshot, also while another process records, also a copy; it writes
nothing there, opens no epoch and takes no lock. Bad data is a problem in the answer, never an exception.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from salon_desk.operations.envelope import Envelope
from salon_desk.operations.registry import decode
from salon_desk.storage import heads, schema
from salon_desk.storage.digest import digest
from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import StoreDamaged, StoreInUse, StoreNewer
from salon_desk.storage.reading import DATABASE, Reader, open_reader
from salon_desk.storage.tables import metadata
from salon_desk.storage.tables.kinds import LOCAL, PROJECTIONS
from salon_desk.storage.verification.anchored import AnchorReading, OwnHashes, check_anchor, read_anchor
from salon_desk.storage.verification.chain import ROWS, JournalChain
from salon_desk.storage.verification.folds import PurseFold, unbalanced
from salon_desk.storage.verification.problems import Problems, named
from salon_desk.storage.verification.scratch import Scratch, ScratchFull, compare
from salon_desk.storage.verification.value import check_purses

_TIMES = 3


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found. `head`: the hash of this node's last operation; `local_tables` were not looked at."""

    ok: bool
    operations: int
    head: str
    digest: str
    problems: tuple[str, ...]
    local_tables: tuple[str, ...]
    set_aside: int = 0
    """Operations of other nodes that this program cannot apply: kept, relayed, not in step."""


def verify(folder: Path) -> Verification:
    """Check a till's folder. Any thread; reads one snapshot.

    Raises StoreMissing, and StoreInUse when a till is started and ended in the folder again and again.
    """
    for _time in range(_TIMES - 1):
        try:
            return _Run(folder).result()
        except StoreInUse:
            continue
    return _Run(folder).result()


class _Run:
    """One look at a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._problems = Problems()
        self._chain = JournalChain(self._problems)
        self._fold = PurseFold()
        self._hashes = OwnHashes()
        self._own = ("", "")
        self._digest = ""
        self._set_aside = 0

    def result(self) -> Verification:
        anchor = read_anchor(self._folder)
        try:
            reader = open_reader(self._folder)
        except StoreDamaged as error:
            cause = f"{DATABASE}: cannot be read: {error.__cause__}"
            self._problems.add(cause if error.__cause__ else error.what)
        except StoreNewer as error:
            self._problems.add(f"{DATABASE}: its schema {error.found!r} is not known to this program")
        else:
            self._read(reader, anchor)
        problems = self._problems.listed()
        return Verification(
            ok=not problems,
            operations=self._chain.operations,
            head=self._chain.heads.get(self._own, (0, ""))[1],
            digest=self._digest,
            problems=problems,
            local_tables=tuple(sorted([*(table.name for table in LOCAL), schema.REVISION_TABLE])),
            set_aside=self._set_aside,
        )

    def _read(self, reader: Reader, anchor: AnchorReading) -> None:
        try:
            if (found := schema.revision(reader)) != schema.REVISION:
                self._problems.add(
                    f"{DATABASE}: its schema is {found}; start the till once to bring it up to date"
                )
                return
            reader.driver().text_factory = bytes
            with reader.read() as transaction:
                self._check(reader, transaction, anchor)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            self._problems.add(f"{DATABASE}: cannot be read: {error}")
        finally:
            reader.close()

    def _check(self, reader: Reader, transaction: Transaction, anchor: AnchorReading) -> None:
        identity = transaction.one(heads.IDENTITY)
        if identity is not None:
            self._own = (named(identity.node), named(identity.epoch))
        self._check_file(reader)
        scratch = Scratch()
        try:
            whole = self._check_journal(reader.driver(), scratch)
            self._check_identity(anchor, known=identity is not None)
            if whole:
                self._compare(reader.driver(), scratch)
        except ScratchFull as error:
            self._problems.add(f"the projections could not be rebuilt here: {error}")
        finally:
            scratch.close()
        check_purses(reader.driver(), self._fold, self._problems)
        try:
            self._digest = digest(transaction)
        except sqlite3.Error as error:
            self._problems.add(f"{DATABASE}: cannot be read: {error}")

    def _check_identity(self, anchor: AnchorReading, *, known: bool) -> None:
        if known:
            again = partial(read_anchor, self._folder)
            check_anchor(anchor, again, self._own, hashes=self._hashes, problems=self._problems)
        elif self._chain.operations:
            self._problems.add(
                "local_identity: the journal has operations, and nobody knows whose folder this is"
            )

    def _check_file(self, reader: Reader) -> None:
        try:
            self._check_pages(reader)
        except sqlite3.Error as error:
            self._problems.add(f"{DATABASE}: cannot be checked: {error}")

    def _check_pages(self, reader: Reader) -> None:
        for (line,) in reader.pragma("integrity_check"):
            if line != b"ok":
                self._problems.add(f"{DATABASE}: {named(line)}")
        for table, rowid, parent, _key in reader.pragma("foreign_key_check"):
            self._problems.add(
                f"{named(table)} row {rowid}: names a row of {named(parent)} that is not there"
            )
        objects = {named(name) for (name,) in reader.driver().execute(_OBJECTS)}
        for name in sorted(objects ^ _known_objects()):
            wrong = "does not belong here" if name in objects else "is missing"
            self._problems.add(f"{DATABASE}: {name} {wrong}")
        for table in metadata.sorted_tables:
            found = [named(row[1]) for row in reader.pragma(f"table_info({table.name})")]
            if found != [column.name for column in table.columns]:
                self._problems.add(f"{table.name}: its columns are not those of this program")

    def _check_journal(self, driver: Any, scratch: Scratch) -> bool:
        """Every row, applied to the scratch database; False when the journal cannot be read to its end."""
        try:
            for column, within in (("command_id", "node, command_id"), ("op_id", "op_id")):
                for (twice,) in driver.execute(_TWICE.format(column=column, within=within)):
                    self._problems.add(f"journal: {column} {named(twice)} stands there more than once")
            for raw in driver.execute(ROWS):
                envelope = self._chain.check(raw)
                if envelope is not None:
                    where = f"journal position {raw[0]} op {named(raw[1])}"
                    self._take(where, raw[0], envelope, scratch)
            self._settle(scratch)
        except sqlite3.Error as error:
            self._problems.add(f"journal: cannot be read after {self._chain.operations} operations: {error}")
            return False
        return True

    def _take(self, where: str, position: int, envelope: Envelope, scratch: Scratch) -> None:
        header = envelope.header
        if self._is_own(envelope):
            self._hashes.add(header.seq, envelope.hash)
        if scratch.take(envelope, position):
            self._fold_in(where, envelope)

    def _settle(self, scratch: Scratch) -> None:
        """What had to wait for something later, and what still waits: others' facts may, one's own may not."""
        for landed in scratch.retry():
            self._fold_in(f"journal op {named(landed.header.op_id)}", landed)
        for waiting in scratch.set_aside():
            header = waiting.header
            self._set_aside += 1
            if (header.node, header.epoch) == self._own:
                self._problems.add(
                    f"journal op {named(header.op_id)} seq {header.seq}: cannot be applied: {waiting.why}"
                )

    def _is_own(self, envelope: Envelope) -> bool:
        return (envelope.header.node, envelope.header.epoch) == self._own

    def _fold_in(self, where: str, envelope: Envelope) -> None:
        """The independent folds over an operation that was applied."""
        if envelope.body is None:
            return
        operation = decode(envelope.header.kind, envelope.header.version, envelope.body)
        for off in unbalanced(getattr(operation, "postings", ())):
            self._problems.add(f"{where}: {off}")
        for wrong in self._fold.take(envelope.header, operation):
            self._problems.add(f"{where}: {wrong}")

    def _compare(self, driver: Any, scratch: Scratch) -> None:
        scratch.commit()
        scratch.driver.text_factory = bytes
        for table in PROJECTIONS:
            compare(table, driver, scratch.driver, self._problems)


_OBJECTS = "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
_TWICE = "SELECT {column} FROM journal GROUP BY {within} HAVING count(*) > 1"


def _known_objects() -> set[str]:
    tables = {schema.REVISION_TABLE, *metadata.tables}
    return tables | {str(index.name) for table in metadata.tables.values() for index in table.indexes}
