"""The journal's rows checked as bytes: types, text, numbering, hashes and chains.

What an operation means is not looked at here. A row is read with a tolerant connection (text as bytes), so that a
damaged one is named by position and column instead of stopping the reading.
"""

from __future__ import annotations

from typing import Any

from salon_desk.operations.envelope import GENESIS, Envelope, Header, body_hash, header_hash
from salon_desk.operations.node import EpochOpened
from salon_desk.operations.personal import PERSONAL
from salon_desk.operations.registry import MAY_BE_WITHHELD
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.verification.problems import Problems, named

COLUMNS = tuple(column.name for column in journal.columns)
ROWS = f"SELECT {', '.join(COLUMNS)} FROM journal ORDER BY position"
_ENDS = "SELECT node, epoch, seq FROM chains ORDER BY node, epoch"
_NUMBERS = {"position", "version", "seq", "at"}
_MAY_BE_MISSING = {"salt", "body"}
_HEADER = tuple(name for name in COLUMNS if name not in {"position", "hash", "salt", "body"})


class JournalChain:
    """Checks the rows of a journal in the order of their positions."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._position = 0
        self.operations = 0
        self.heads: dict[tuple[str, str], tuple[int, str]] = {}
        """By (node, epoch), the last seq and its hash."""
        self.bare: dict[str, str] = {}
        """By op id, where an operation stands that is without its body, as only an erasure leaves it."""

    def check(self, raw: tuple[Any, ...]) -> Envelope | None:
        """The envelope in a row, problems noted; None when it cannot even be read."""
        self.operations += 1
        position, op_id = raw[0], raw[1]
        where = f"journal position {named(position)} op {named(op_id)}"
        self._check_position(position)
        row = self._read(where, raw)
        if row is None:
            return None
        envelope = Envelope(
            header=Header(*(row[name] for name in _HEADER)),
            hash=row["hash"],
            salt=row["salt"],
            body=row["body"],
        )
        self._check_hashes(where, envelope)
        self._check_link(where, envelope)
        return envelope

    def _check_position(self, position: object) -> None:
        if not isinstance(position, int):
            return
        expected = self._position + 1
        if position > expected:
            last = f" to {position - 1}" if position - 1 > expected else ""
            self._problems.add(f"journal position {expected}{last}: missing")
        elif position < expected:
            self._problems.add(f"journal position {position}: positions count from 1")
        self._position = position

    def _read(self, where: str, raw: tuple[Any, ...]) -> dict[str, Any] | None:
        row: dict[str, Any] = {}
        for name, value in zip(COLUMNS, raw, strict=True):
            if name in _NUMBERS:
                fits = isinstance(value, int)
            else:
                fits = isinstance(value, bytes) or (value is None and name in _MAY_BE_MISSING)
            if fits and isinstance(value, bytes) and name not in _MAY_BE_MISSING:
                try:
                    value = value.decode()
                except UnicodeDecodeError:
                    fits = False
            if not fits:
                self._problems.add(f"{where}: {name} is not what such a column holds")
            else:
                row[name] = value
        return row if len(row) == len(COLUMNS) else None

    def _check_hashes(self, where: str, envelope: Envelope) -> None:
        if header_hash(envelope.header) != envelope.hash:
            self._problems.add(f"{where}: hash does not fit the header")
        if envelope.body is None and envelope.salt is None and envelope.header.kind in MAY_BE_WITHHELD:
            return
        if envelope.body is None and envelope.salt is None and envelope.header.kind in PERSONAL:
            self.bare[envelope.header.op_id] = where
            return
        if envelope.body is None or envelope.salt is None:
            missing = "body" if envelope.body is None else "salt"
            self._problems.add(f"{where}: {missing} is missing")
        elif body_hash(envelope.salt, envelope.body) != envelope.header.body_hash:
            self._problems.add(f"{where}: body and salt do not fit body_hash")

    def _check_link(self, where: str, envelope: Envelope) -> None:
        header = envelope.header
        chain = (header.node, header.epoch)
        seq, previous = self.heads.get(chain, (0, GENESIS))
        if header.seq != seq + 1:
            self._problems.add(f"{where}: seq is {header.seq}, the chain goes on with {seq + 1}")
        if header.prev_hash != previous:
            self._problems.add(f"{where}: prev_hash is not the hash of the operation before it")
        if chain not in self.heads and header.kind != EpochOpened.KIND:
            self._problems.add(
                f"{where}: kind is {named(header.kind)}, a chain begins with {EpochOpened.KIND}"
            )
        self.heads[chain] = (header.seq, envelope.hash)

    def check_ends(self, rows: Any) -> None:
        """Name chains that end before the table `chains` says: nothing in the journal itself shows a lost end."""
        for node, epoch, seq in rows.execute(_ENDS):
            chain = (named(node), named(epoch))
            last = self.heads.get(chain, (0, ""))[0]
            if isinstance(seq, int) and seq > last:
                self._problems.add(f"journal: of {chain[0]} {chain[1]} seq {last + 1} to {seq} is missing")
