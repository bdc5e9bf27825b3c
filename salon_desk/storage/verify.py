"""`verify`: whether the data of a till or head office is what its own journal says, byte for byte (DESIGN 6).

The parts live in `verification/`. It reads one snapshot, also while another process records, also a copy; it writes
nothing there, opens no epoch and takes no lock. Bad data is a problem in the answer, never an exception.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salon_desk.operations.envelope import Envelope
from salon_desk.operations.registry import decode
from salon_desk.storage import heads, schema
from salon_desk.storage.digest import digest
from salon_desk.storage.ended import Ends, ends_read
from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import DatabaseUnusable, StoreDamaged, StoreInUse, StoreNewer
from salon_desk.storage.place import Place
from salon_desk.storage.reading import DATABASE, Reader, database_in, open_place
from salon_desk.storage.tables.kinds import LOCAL, PROJECTIONS
from salon_desk.storage.verification.anchored import AnchorReading, OwnHashes, check_anchor, read_anchor
from salon_desk.storage.verification.chain import ROWS, JournalChain
from salon_desk.storage.verification.erasures import check_erasures
from salon_desk.storage.verification.folds import PurseFold, unbalanced
from salon_desk.storage.verification.problems import Problems, named
from salon_desk.storage.verification.scratch import Scratch, ScratchFull, compare
from salon_desk.storage.verification.structure import check_structure
from salon_desk.storage.verification.value import check_purses

if TYPE_CHECKING:
    from salon_desk.storage.postgres_reading import PostgresReader

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


def verify(where: Path | Place) -> Verification:
    """Check a till's or head office's folder, or a PostgreSQL. Any thread; reads one snapshot.

    Raises StoreMissing, DatabaseUnreachable, and StoreInUse when a till is started and ended in the folder again and again.
    """
    place = where if isinstance(where, Place) else Place(folder=where)
    for _time in range(_TIMES - 1):
        try:
            return _Run(place).result()
        except StoreInUse:
            continue
    return _Run(place).result()


class _Run:
    """One look at a place."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._name = database_in(place.folder).name if place.folder else str(place)
        self._problems = Problems()
        self._chain = JournalChain(self._problems)
        self._fold = PurseFold()
        self._hashes = OwnHashes()
        self._own = ("", "")
        self._digest = ""
        self._set_aside = 0

    def result(self) -> Verification:
        anchor = self._anchor()
        try:
            reader = open_place(self._place)
        except StoreDamaged as error:
            cause = f"{self._name}: cannot be read: {error.__cause__}"
            self._problems.add(cause if error.__cause__ else error.what)
        except StoreNewer as error:
            self._problems.add(f"{self._name}: its schema {error.found!r} is not known to this program")
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

    def _anchor(self) -> AnchorReading | None:
        """What the anchor says; a head office has none."""
        if self._place.folder is None or self._name != DATABASE:
            return None
        return read_anchor(self._place.folder)

    def _read(self, reader: Reader | PostgresReader, anchor: AnchorReading | None) -> None:
        try:
            if (found := schema.revision(reader)) != schema.REVISION:
                self._problems.add(
                    f"{self._name}: its schema is {found}; start the till once to bring it up to date"
                )
                return
            reader.text_as_bytes()
            with reader.read() as transaction:
                self._check(reader, transaction, anchor)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            self._problems.add(f"{self._name}: cannot be read: {error}")
        except DatabaseUnusable as error:
            self._problems.add(f"{self._name}: cannot be read: {error.reason}")
        finally:
            reader.close()

    def _check(
        self, reader: Reader | PostgresReader, transaction: Transaction, anchor: AnchorReading | None
    ) -> None:
        identity = transaction.one(heads.IDENTITY)
        if identity is not None:
            self._own = (named(identity.node), named(identity.epoch))
        rows = reader.rows()
        check_structure(reader, self._name, rows, self._problems)
        scratch = Scratch(self._ends(rows))
        try:
            whole = self._check_journal(rows, scratch)
            self._check_identity(anchor, known=identity is not None)
            if whole:
                with contextlib.suppress(sqlite3.Error):  # a table that cannot be read is named below
                    self._chain.check_ends(rows)
                self._compare(rows, scratch)
        except ScratchFull as error:
            self._problems.add(f"the projections could not be rebuilt here: {error}")
        finally:
            scratch.close()
        check_purses(rows, self._fold, self._problems)
        try:
            self._digest = digest(transaction)
        except sqlite3.Error as error:
            self._problems.add(f"{self._name}: cannot be read: {error}")

    def _ends(self, rows: Any) -> Ends:
        """Where epochs were closed; a journal that cannot be read is named where it is checked."""
        try:
            return ends_read(rows)
        except sqlite3.Error:
            return {}

    def _check_identity(self, anchor: AnchorReading | None, *, known: bool) -> None:
        folder = self._place.folder
        if known and anchor is not None and folder is not None:
            again = partial(read_anchor, folder)
            check_anchor(anchor, again, self._own, hashes=self._hashes, problems=self._problems)
        elif not known and self._chain.operations:
            self._problems.add(
                "local_identity: the journal has operations, and nobody knows whose folder this is"
            )

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
            self._name_set_aside(scratch)
            check_erasures(driver, self._chain.bare, self._problems)
        except sqlite3.Error as error:
            self._problems.add(f"journal: cannot be read after {self._chain.operations} operations: {error}")
            return False
        return True

    def _take(self, where: str, position: int, envelope: Envelope, scratch: Scratch) -> None:
        header = envelope.header
        if self._is_own(envelope):
            self._hashes.add(header.seq, envelope.hash)
        for landed in scratch.take(envelope, position):
            self._fold_in(where if landed is envelope else f"journal op {named(landed.header.op_id)}", landed)

    def _name_set_aside(self, scratch: Scratch) -> None:
        """What still waits: others' operations may, as they may be of a newer program; one's own may not."""
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


_TWICE = "SELECT {column} FROM journal GROUP BY {within} HAVING count(*) > 1"
