"""Head office of the faulty chain: the product's intake, feed, wants and placement, called as its endpoints call them.

Left out are HTTP and threads. What an endpoint would answer with is given as the client would read it. A crash of head office
is an answer that does not come.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

import msgspec

from salon_desk.head_office import (
    attendance,
    consequences,
    enrolment,
    going_on,
    placement,
    restored,
    vouchers,
    wanting,
    wants,
)
from salon_desk.head_office.access import Access, is_trouble
from salon_desk.head_office.attendance import Attendance
from salon_desk.head_office.context import Context, Identity
from salon_desk.head_office.devices import MOST_HEADS, PAGE_BYTES, witnessed
from salon_desk.head_office.feed import Behind, FeedAsk, other_epoch, page, position_of
from salon_desk.head_office.growth import Growth
from salon_desk.head_office.intake import Intake, take_all
from salon_desk.head_office.known_devices import KnownDevices
from salon_desk.head_office.limits import HIGHEST_NUMBER, CodeTries, InFlight
from salon_desk.head_office.recalling import RecallsTold
from salon_desk.head_office.refusals import Refusal, refusal_of
from salon_desk.head_office.tally import Tally
from salon_desk.services.link_status import LinkReason
from salon_desk.simulation.faults.disk import Crash, replace_files
from salon_desk.simulation.faults.ground import Machine
from salon_desk.simulation.faults.wire import FeedQuestion, Outcome
from salon_desk.storage import children
from salon_desk.storage.children import Child
from salon_desk.storage.errors import StoreStopped
from salon_desk.storage.office import Office, open_office
from salon_desk.storage.place import Place
from salon_desk.storage.queries.feed import chain_end, own_page
from salon_desk.storage.rows import envelope_of
from salon_desk.sync.outcome import Answer, Denied, Unreachable
from salon_desk.wire import codec, messages

M = TypeVar("M", bound=msgspec.Struct)
T = TypeVar("T")


@dataclass(eq=False)
class SimulatedOffice(Machine):
    """One head office; `data` is None while it is down."""

    data: Office | None = None
    context: Context | None = None
    told_at: float = 0.0
    stopped: bool = False
    node: str = ""
    kept_at: int | None = None
    was_restored: bool = False

    def start(self) -> None:
        """Begin to serve. Raises Crash, and what opening raises."""
        with self.acting():
            data = open_office(Place(folder=self.folder), self.clock, self.ground.new_id)
            self.data, self.stopped, self.node = data, False, data.node
            self.context = _context(data)
            consequences.catch_up(data)

    def stop(self) -> None:
        """End in order."""
        if self.data is not None:
            with self.acting():
                self.data.idle()
            self._let_go()

    def crashed(self) -> None:
        """The process is gone; the disk is what the crash left."""
        self._let_go()
        self.drive.put_image_back()

    def _let_go(self) -> None:
        data, self.data, self.context = self.data, None, None
        if data is not None:
            data.close()

    def do(self, work: Callable[[Office], T]) -> T:
        """Something that is done at head office itself; it must be up."""
        assert self.data is not None
        with self.acting():
            return work(self.data)

    def push(self, node: str, ask: messages.JournalPush) -> Outcome[messages.JournalAnswer]:
        """`POST /v1/journal`."""

        def work(data: Office, _child: Child) -> messages.JournalAnswer:
            outcome = take_all([ask], data)[0]
            if isinstance(outcome, Exception):
                raise outcome
            assert self.context is not None
            answer = outcome[0]
            chain = (vouchers.HELD, ask.node, ask.epoch, answer.applied_seq)
            return msgspec.structs.replace(answer, voucher=vouchers.given(self.context.identity, *chain))

        return self._serve(node, work)

    def own(self, node: str, ask: tuple[str, int, int]) -> Outcome[messages.OwnAnswer]:
        """`GET /v1/own`."""
        epoch, after, upto = ask

        def work(data: Office, child: Child) -> messages.OwnAnswer:
            limits = {"after": after, "upto": upto or HIGHEST_NUMBER, "most_bytes": PAGE_BYTES}
            with data.database.read() as transaction:
                rows = own_page(transaction, child.node, epoch, most=codec.MOST_OPERATIONS, **limits)
                seq, hash_ = chain_end(transaction, child.node, epoch)
            return messages.OwnAnswer(ops=[envelope_of(row) for row in rows], head_seq=seq, head_hash=hash_)

        return self._serve(node, work)

    def feed(self, node: str, ask: FeedQuestion) -> Outcome[messages.FeedAnswer]:
        """`GET /v1/feed`."""

        def work(data: Office, child: Child) -> messages.FeedAnswer:
            assert self.context is not None
            identity = self.context.identity
            ours = f"{identity.node}:{identity.epoch}:"
            asked = FeedAsk(
                after=position_of(identity, ask.cursor),
                most=max(1, min(ask.limit, codec.MOST_OPERATIONS)),
                wait=0.0,
                acknowledged=ask.acknowledged,
                epoch=ask.epoch,
                of_another=bool(ask.cursor) and not ask.cursor.startswith(ours),
                of_epoch=other_epoch(identity, ask.cursor),
                leaving=ask.leaving,
                position_voucher=ask.vouchers[0],
                acknowledged_voucher=ask.vouchers[1],
            )
            self.context.attendance.heard(child.node, asked.after)
            if asked.leaving:
                self.context.attendance.left(child.node)
                attendance.goodbye(data, (child.node,))
            self.note_attendance(data)
            try:
                with data.database.read() as transaction:
                    return page(self.context, transaction, child, asked)
            except Behind as behind:
                behind.note(child.node, data)
                raise Refusal(409, "restarted") from behind

        return self._serve(node, work)

    def note_attendance(self, data: Office) -> None:
        """Every two seconds, as the server does."""
        now = self.ground.time.seconds
        if now - self.told_at >= attendance.KEEP_EVERY and self.context is not None:
            self.told_at = now
            if taken := self.context.attendance.take():
                consequences.after_return(data, attendance.note(data, taken))

    def want(self, node: str, ask: messages.WantAsk) -> Outcome[messages.WantAnswer]:
        """`POST /v1/want`, which nobody waits for."""

        def work(data: Office, child: Child) -> messages.WantAnswer:
            assert self.context is not None
            wanting.check(ask)
            returned = attendance.note(data, self.context.attendance.take())
            answer = wants.answer(data, child, ask)
            consequences.after_return(data, returned)
            return answer

        return self._serve(node, work)

    def heads(self, node: str, ask: messages.HeadsAsk) -> Outcome[messages.HeadsAnswer]:
        """`POST /v1/heads`."""

        def work(data: Office, child: Child) -> messages.HeadsAnswer:
            assert self.context is not None
            some = messages.HeadsAsk(heads=ask.heads[:MOST_HEADS])
            told = vouchers.proven_head(self.context.identity, ask.voucher)
            return witnessed(data, child.node, some, told)

        return self._serve(node, work)

    def enrol(self, store: str, name: str, ask: Callable[[str], messages.EnrollAsk]) -> messages.EnrollAnswer:
        """A new till with a code made here, confirmed in advance."""

        def work(data: Office) -> messages.EnrollAnswer:
            assert self.context is not None
            code = enrolment.new_code(data, store=store, till_name=name, made_by="", confirmed=True)
            answer, made = enrolment.enroll(data, self.context.identity, ask(code.code))
            enrolment.settle_in(data, answer.node, made)
            return answer

        return self.do(work)

    def rearrange(self) -> None:
        """What a start would do."""
        self.do(placement.catch_up)

    def go_on(self) -> bool:
        """A person goes on from an old copy in a new epoch, while nobody serves."""
        self.stop()
        with self.acting():
            data = open_office(Place(folder=self.folder), self.clock, self.ground.new_id)
            self.data = data
            went = going_on.go_on(data)
        self._let_go()
        self.start()
        return went

    def _serve(self, node: str, work: Callable[[Office, Child], M]) -> Outcome[M]:
        data = self.data
        if data is None or self.stopped:
            return Unreachable(LinkReason.NO_CONNECTION)
        try:
            with self.acting():
                with data.database.read() as transaction:
                    child = children.by_node(transaction, node)
                if child is None:
                    return _denied(Refusal(401, "unauthorized"))
                if not child.confirmed:
                    return _denied(Refusal(403, "unconfirmed"))
                return Answer(work(data, child), 0.01)
        except Crash as crash:
            if crash.drive is not self.drive:
                raise
            self.crashed()
            return Unreachable(LinkReason.BUSY)
        except Exception as error:
            self.stopped = self.stopped or isinstance(error, StoreStopped)
            refusal = refusal_of(error)
            if refusal is not None:
                return _denied(refusal)
            if is_trouble(error):
                return Unreachable(LinkReason.BUSY)
            raise

    @property
    def backup(self) -> Path:
        """Where the backup lies."""
        return self.ground.folder / f"{self.name}.backup"

    def keep_backup(self) -> None:
        """An orderly copy; it serves again afterwards."""
        self.stop()
        shutil.rmtree(self.backup, ignore_errors=True)
        shutil.copytree(self.folder, self.backup)
        self.start()

    def restore(self) -> None:
        """Put the backup back while it is down."""
        replace_files(self.backup, self.folder)

    def proof(self) -> restored.Proof | None:
        """What proves that it is an old copy."""
        assert self.data is not None
        with self.data.database.read() as transaction:
            return restored.proof(transaction, self.data.epoch)


@dataclass(frozen=True, slots=True)
class Desk:
    """All of `Access` that is asked for where its threads are left out."""

    office: Office


def _denied(refusal: Refusal) -> Denied:
    return Denied(refusal.message, refusal.status)


def _context(data: Office) -> Context:
    access = cast(Access, Desk(data))
    return Context(
        access=access,
        identity=Identity(data.node, data.epoch, "0" * 64, b"token" * 7),
        clock=data.clock,
        growth=Growth(),
        code_tries=CodeTries(),
        in_flight=InFlight(),
        tally=Tally(),
        attendance=Attendance(data.clock),
        known_devices=KnownDevices(),
        intake=Intake(access),
        recalls=RecallsTold(),
    )
