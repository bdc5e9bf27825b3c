"""The send thread: the own chain upwards in small batches, and the errands that others hand in (wants, enrolment).

What is taken in lives in `feed.py`. When the parent holds under this till's numbers what this till did not record, the epoch
ends, if the parent can prove it (`own_chain.py`, PROTOCOL 5); else the sending stops until a person has looked.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from salon_desk.services import outbox, own_chain, parent
from salon_desk.services.link_status import LinkReason, LinkState
from salon_desk.services.outbox import Standing
from salon_desk.services.till import Till
from salon_desk.sync.backoff import CAP, Backoff
from salon_desk.sync.context import FOREVER, Context, Line, loop
from salon_desk.sync.outcome import Answer, Denied, Unreachable
from salon_desk.sync.own_chain import OwnChain
from salon_desk.sync.relay import Relay
from salon_desk.wire.messages import JournalAnswer, JournalPush

THREAD = "sync-send"
MOST_ERRANDS = 100
_WHO = "send"


class Send:
    """The body of the send thread. `wake` and `run_errand` belong to any thread."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._backoff = Backoff(context.random)
        self._woken = threading.Event()
        self._errands: queue.Queue[Callable[[], None]] = queue.Queue(MOST_ERRANDS)
        self._line: Line | None = None
        self._after: int | None = None
        self._epoch = ""
        self._own = OwnChain(context)
        self._relay = Relay(context)
        self._most = outbox.MOST_OPERATIONS
        self._gaps = 0
        self._stopped = False
        self._not_before = 0.0

    def run(self) -> None:
        """The thread's life."""
        loop(self._context, THREAD, self, self._woken)

    def wake(self) -> None:
        """There may be something to send. Any thread."""
        self._woken.set()

    def run_errand(self, errand: Callable[[], None]) -> bool:
        """Run this on the send thread before the next batch; False when too many wait. Any thread."""
        try:
            self._errands.put_nowait(errand)
        except queue.Full:
            return False
        self._woken.set()
        return True

    def hurry(self) -> None:
        """Try at once, although it was to be tried later. Any thread."""
        self._not_before = 0.0
        self._woken.set()

    def look_again(self) -> None:
        """A person asked for another try: forget what stopped the sending. Send thread, as an errand."""
        self._stopped, self._after, self._not_before = False, None, 0.0
        self._backoff.reset()
        self._context.board.release(_WHO)
        self._own.look_again()
        self._relay.look_again()

    def once(self) -> float:
        """The errands, then one batch, unless it is too early after a failure: new work does not cut a back-off short."""
        while not self._context.stopping.is_set():
            try:
                self._errands.get_nowait()()
            except queue.Empty:
                break
        line = self._context.line
        if line is not self._line:
            self._line, self._after, self._stopped = line, None, False
            self._not_before = 0.0
            self._own.look_again()
            self._relay.look_again()
        if line is None or not line.link.confirmed or self._stopped or self._context.stopping.is_set():
            return FOREVER
        early = self._not_before - self._context.monotonic()
        if early > 0:
            return early
        pause = self._own.once(line)
        if self._own.contradicted is not None:
            return self._stop(self._own.contradicted)
        if pause is None:
            batch = self._next_batch()
            if batch is not None:
                pause = self._sent(batch, line.send.push(batch))
            else:
                return self._relayed(line)
        self._not_before = self._context.monotonic() + pause if pause != FOREVER else 0.0
        return pause

    def _relayed(self, line: Line) -> float:
        """A hub hands on what its children recorded once nothing of its own is left."""
        pause = self._relay.once(line) if self._context.relays else None
        return FOREVER if pause is None else pause

    def _next_batch(self) -> JournalPush | None:
        after = self._after
        if after is None:
            standing = self._context.database(outbox.standing)
            self._context.board.counted(standing)
            after, self._epoch = standing.acknowledged, standing.epoch
            self._after = after
        start, most = after, self._most
        epoch, batch = self._context.database(
            lambda till: (till.store.epoch, outbox.next_batch(till, start, most, outbox.MOST_BYTES))
        )
        if epoch == self._epoch:
            return batch
        self._after = None  # a new epoch has begun meanwhile, with numbers of its own
        return self._next_batch()

    def _sent(self, batch: JournalPush, outcome: Answer[JournalAnswer] | Denied | Unreachable) -> float:
        board = self._context.board
        match outcome:
            case Answer(message=answer):
                board.reached()
                board.release(_WHO)
                return self._acknowledged(batch, answer)
            case Denied():
                board.reached()
                return self._denied(batch, outcome)
            case Unreachable(reason=LinkReason.INTERRUPTED):
                return self._backoff.failed()
            case Unreachable():
                board.missed(outcome.reason)
                self._most = max(10, self._most // 2)
                return self._backoff.failed(outcome.retry_after)

    def _acknowledged(self, batch: JournalPush, answer: JournalAnswer) -> float:
        def note(till: Till) -> Standing:
            outbox.acknowledged(
                till, answer.applied_seq, answer.durable_seq, epoch=batch.epoch, voucher=answer.voucher
            )
            return outbox.standing(till)

        self._context.board.counted(self._context.database(note))
        self._most = min(self._most * 2, outbox.MOST_OPERATIONS)
        self._after = answer.applied_seq
        if answer.applied_seq < batch.from_seq:
            return self._backoff.failed()  # it says yes and takes nothing: do not run in circles
        self._backoff.reset()
        self._gaps = 0
        return 0.0

    def _denied(self, batch: JournalPush, denied: Denied) -> float:
        board, wanted = self._context.board, denied.refused.wanted_seq
        match denied.refused.error:
            case "gap" if 0 < wanted <= batch.ops[-1].header.seq:
                self._after = wanted - 1
                self._show_what_was_held(batch, wanted)
                self._gaps += 1
                return 0.0 if self._gaps < 3 else self._backoff.failed(denied.retry_after)
            case "gap":
                self._own.suspect(LinkReason.BEHIND_PARENT)
                return 0.0
            case "fork":
                self._own.suspect(LinkReason.FORK)
                return 0.0
            case "restarted":
                return self._stop(LinkReason.RESTARTED)
            case "unauthorized":
                board.hold(_WHO, LinkState.REFUSED, LinkReason.UNAUTHORIZED)
            case "unconfirmed":
                board.hold(_WHO, LinkState.UNCONFIRMED, LinkReason.UNCONFIRMED)
            case "too-large" if self._most > 1:
                self._most = max(1, min(self._most, len(batch.ops)) // 2)
                return 0.0
            case "too-many":
                pass
            case "damaged" | "malformed" | "too-large":
                board.hold(_WHO, LinkState.ATTENTION, LinkReason.DAMAGED)
            case _:
                board.hold(_WHO, LinkState.ATTENTION, LinkReason.REFUSED)
        return max(self._backoff.failed(denied.retry_after), CAP / 2 if denied.status != 429 else 0.0)

    def _show_what_was_held(self, batch: JournalPush, wanted: int) -> None:
        """A parent that wants what it acknowledged was put back to an old copy: it is shown its own vouchers before it has all again."""
        line, link = self._line, self._context.database(parent.link)
        if line is None or link is None or wanted > link.acknowledged:
            return
        vouchers = self._context.database(parent.vouchers)
        line.send.feed(link.cursor_text, link.acknowledged, 1, 0.0, epoch=batch.epoch, vouchers=vouchers)
        self._context.database(own_chain.ask_again)

    def _stop(self, reason: LinkReason) -> float:
        self._stopped = True
        self._context.board.hold(_WHO, LinkState.ATTENTION, reason)
        return FOREVER
