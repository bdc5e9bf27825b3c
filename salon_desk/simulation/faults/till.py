"""A till of the faulty chain: the product's store, services and both bodies of its sync threads, stepped without a thread.

It starts, rests and ends as `bootstrap/till.py` has it. What goes wrong with its disk goes wrong in `disk.py`.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import TypeVar

from salon_desk.services import moves, own_chain, parent, recovery
from salon_desk.services.intake import Pace, Taken
from salon_desk.services.link_status import LinkReason
from salon_desk.services.parent import ParentLink
from salon_desk.services.till import Till
from salon_desk.simulation.faults.disk import replace_files
from salon_desk.simulation.faults.ground import Machine
from salon_desk.simulation.faults.office import SimulatedOffice
from salon_desk.simulation.faults.wire import FaultyClient
from salon_desk.storage import home, trimming
from salon_desk.storage.errors import CannotRecord, StoreStopped
from salon_desk.storage.opening import open_store
from salon_desk.storage.queries.closing import is_retiring
from salon_desk.sync.calm import Calm
from salon_desk.sync.context import FOREVER, Context, Line
from salon_desk.sync.feed import Feed
from salon_desk.sync.send import Send
from salon_desk.sync.status import StatusBoard
from salon_desk.sync.want import Wants
from salon_desk.wire.messages import EnrollAnswer, EnrollAsk, Part, Slip

T = TypeVar("T")
TRIM_FROM = 2_000
"""Bytes of an anchor that are worth a trimming here, so that trimming is seen at all."""


class SteadyPace(Pace):
    """Slices of one size: how long one took is another thing in every run."""

    def took(self, taken: Taken) -> None:
        """Learn nothing."""


class Restored(StrEnum):
    """What is put back beside the database: the anchor as it was, none, the backup's, or the whole machine's image."""

    WITH_ANCHOR = "with-anchor"
    WITHOUT_ANCHOR = "without-anchor"
    OLD_ANCHOR = "old-anchor"
    IMAGE = "image"


@dataclass(eq=False)
class SimulatedTill(Machine):
    """One counter PC; `till` is None while it is off or has crashed."""

    place: str = ""
    office: SimulatedOffice = field(kw_only=True)
    till: Till | None = None
    is_cut: bool = False
    node: str = ""
    tickets: list[str] = field(default_factory=list)
    """Held for, not yet paid."""
    sales: list[str] = field(default_factory=list)
    """Documents that may be undone."""
    kept_at: int | None = None
    """How many operations there were in the world when a backup was made."""
    kept_without: set[str] = field(default_factory=set)
    """Which of its own it did not have then."""
    _feed: Feed | None = None
    _send: Send | None = None
    _wants: Wants | None = None
    _context: Context | None = None

    @property
    def is_up(self) -> bool:
        """Whether its process runs."""
        return self.till is not None

    @property
    def is_stopped(self) -> bool:
        """Whether it refuses everything until it is started again."""
        if self.till is None:
            return False
        try:
            self.till.store.require_running()
        except StoreStopped:
            return True
        return False

    @property
    def status(self) -> str:
        """What its screen says of the link."""
        return str(self._context.board.now()) if self._context else ""

    @property
    def is_contradicted(self) -> bool:
        """Whether its screen says that head office holds another history than it does."""
        reasons = (LinkReason.FORK, LinkReason.CONTRADICTED)
        return self._context is not None and self._context.board.now().reason in reasons

    @property
    def is_unknown(self) -> bool:
        """Whether its screen says that head office does not know it."""
        return self._context is not None and self._context.board.now().reason is LinkReason.UNAUTHORIZED

    def is_retiring(self) -> bool:
        """Whether it heard that it is to be closed, and has its shift open."""
        with self.running.read() as transaction:
            return is_retiring(transaction, self.node) and self.running.shift(transaction) is not None

    def start(self) -> None:
        """Open the folder and begin. Raises Crash, and what opening raises."""
        with self.acting():
            store = open_store(self.folder, self.clock, self.ground.new_id, at_home=True)
            till = self.till = Till(store, self.ground.rules)
            self.node = store.node
            try:
                recovery.start(till)
                self._connect(till)
            except Exception:
                self.gone()
                raise

    def _connect(self, till: Till) -> None:
        board = StatusBoard(self.clock)
        context = self._context = Context(
            database=lambda work: work(till),
            board=board,
            clock=self.clock,
            random=Random(0),
            monotonic=self.ground.time.monotonic,
        )
        self._feed, self._send = Feed(context, Calm()), Send(context)
        self._feed._pace = SteadyPace()
        context.on_behind = self._send.hurry
        self._wants = Wants(context, self._send, till.new_id, alarm=lambda _seconds, _ring: _nothing)
        link = parent.link(till)
        if link is not None:
            self._use(context, link)

    def _use(self, context: Context, link: ParentLink) -> None:
        def client() -> FaultyClient:
            return FaultyClient(self.ground.network, self.office, self.node, lambda: self.is_cut)

        context.board.linked()
        context.use(Line(link, client(), client()))

    def enrol(self) -> None:
        """Join head office. It must be up, and the line too."""
        till = self.running

        def ask(code: str) -> EnrollAsk:
            key = self.node.rjust(64, "0")[-64:]
            node, epoch = till.store.node, till.store.epoch
            return EnrollAsk(code=code, public_key=key, device_name=self.name, node=node, epoch=epoch)

        answer: EnrollAnswer = self.office.enrol(self.place, self.name, ask)
        with self.acting():
            link = parent.enrolled(till, "https://office.example", "code", answer)
            assert self._context is not None
            self._use(self._context, link)

    @property
    def running(self) -> Till:
        """The till; it must be up."""
        assert self.till is not None
        return self.till

    def stop(self) -> None:
        """End in order."""
        if self.till is None:
            return
        store = self.till.store
        with self.acting():
            try:
                recovery.finish(self.till)
                store.idle()
                home.remember(store)
            except (StoreStopped, CannotRecord):
                pass  # as the product does: the end is not noted
        self.gone()

    def gone(self) -> None:
        """The process is no more."""
        till, self.till = self.till, None
        if till is not None:
            till.store.close()

    def crashed(self) -> None:
        """The same, and the disk is what the crash left."""
        self.gone()
        if self.drive.image.exists():
            self.drive.put_image_back()

    def rest(self) -> None:
        """When nobody waits for the worker."""
        store = self.running.store
        with self.acting():
            store.idle()
            with contextlib.suppress(OSError):  # as `trimming.rest` does
                trimming.trim(store, TRIM_FROM)
            home.remember(store, home.EVERY)

    def push(self, most: int = 1) -> None:
        """The send thread's rounds."""
        assert self._send is not None
        with self.acting():
            for _round in range(most):
                self._send.hurry()
                if self._send.once() == FOREVER:
                    return

    def look_again(self) -> None:
        """A person asks for another try of what stopped."""
        assert self._send is not None
        with self.acting():
            self._send.look_again()

    def take_in(self) -> None:
        """One round of the feed thread."""
        assert self._feed is not None
        with self.acting():
            self._feed.once()

    def want(self, parts: list[Part]) -> None:
        """Ask for units while a customer waits."""
        assert self._wants is not None
        assert self._send is not None
        with self.acting():
            self._wants.ask(parts, "now")
            self._send.hurry()
            self._send.once()

    def show(self, slip: Slip) -> bool:
        """Somebody holds a slip before the scanner. Raises SlipForAnother, SlipDamaged."""
        with self.acting():
            return moves.receive_slip(self.running, slip)

    def go_on_without(self) -> bool:
        """A person does not wait for own records."""
        with self.acting():
            return own_chain.go_on_without(self.running)

    def keep_backup(self) -> None:
        """A copy of the folder while the till is off; it is started again by whoever called."""
        self.stop()
        _copy(self.folder, self.backup)
        _copy(self.notes, self.backup_of_notes)

    @property
    def backup(self) -> Path:
        """Where the backup of the folder lies."""
        return self.folder.with_name(f"{self.name}.backup")

    @property
    def backup_of_notes(self) -> Path:
        """The same of the machine's notes: only an image of the whole machine has them."""
        return self.folder.with_name(f"{self.name}.backup.keys")

    def restore(self, how: Restored) -> None:
        """Put the backup back while the till is off."""
        kept = {path.name: path.read_bytes() for path in self.folder.glob("till.anchor*")}
        replace_files(self.backup, self.folder)
        if how in (Restored.WITH_ANCHOR, Restored.WITHOUT_ANCHOR):
            for path in self.folder.glob("till.anchor*"):
                path.unlink()
        if how is Restored.WITH_ANCHOR:
            for name, content in kept.items():
                (self.folder / name).write_bytes(content)
        if how is Restored.IMAGE and self.backup_of_notes.exists():
            replace_files(self.backup_of_notes, self.notes)


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target)


def _nothing() -> None:
    """Nothing to call off."""
