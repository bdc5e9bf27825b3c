"""Asking for value while a customer waits: an answer within 400 ms, whatever the network does.

What to ask for is decided in `services.moves`, what is sent by head office. A move that comes too late is received all the
same: its debit was committed before the answer, so it lies nowhere else (PROTOCOL 3).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from typing import Protocol

from salon_desk.domain.errors import DomainError
from salon_desk.domain.ids import NewId
from salon_desk.services import moves
from salon_desk.services.link_status import LinkReason, LinkState
from salon_desk.services.ports import WantOutcome
from salon_desk.sync.context import Context, WorkerGone
from salon_desk.sync.outcome import Answer, Denied, Unreachable
from salon_desk.sync.send import Send
from salon_desk.wire.messages import Part, Slip, WantAnswer, WantAsk

DEADLINE = 0.4
"""Seconds (PROTOCOL 3)."""
NOT_REACHED = WantOutcome(reached=False)

_log = logging.getLogger(__name__)


class Alarm(Protocol):
    """Calls back once after so many seconds; what it gives back calls that off."""

    def __call__(self, seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        """Set it."""
        ...


def timer(seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
    """An alarm on a timer of the system's."""
    made = threading.Timer(seconds, ring)
    made.name, made.daemon = "sync-want-deadline", True
    made.start()
    return made.cancel


class Wants:
    """Takes questions from any thread and asks them on the send thread."""

    def __init__(
        self,
        context: Context,
        send: Send,
        new_id: NewId,
        *,
        within: float = DEADLINE,
        alarm: Alarm = timer,
    ) -> None:
        self._context = context
        self._send = send
        self._new_id = new_id
        self._within = within
        self._alarm = alarm

    def ask(self, parts: Sequence[Part], reason: str) -> Future[WantOutcome]:
        """Ask; the future has a result in time. Offline it has one at once. Any thread."""
        answer: Future[WantOutcome] = Future()
        line = self._context.line
        can_be = (LinkState.ONLINE, LinkState.CONNECTING, LinkState.ATTENTION)
        if not parts or line is None or self._context.board.now().state not in can_be:
            answer.set_result(NOT_REACHED)
            return answer
        epoch = self._context.board.epoch
        ask = WantAsk(want_id=self._new_id(), parts=list(parts), reason=reason, epoch=epoch)
        ends = self._context.monotonic() + self._within
        under_way = threading.Event()

        def too_late() -> None:
            if _settle(answer, NOT_REACHED) and under_way.is_set():
                line.send.interrupt()

        def errand() -> None:
            left = ends - self._context.monotonic()
            if answer.done() or left <= 0:
                return
            line.send.prepare()
            under_way.set()
            try:
                outcome = line.send.want(ask, left)
            finally:
                under_way.clear()
            _settle(answer, self._outcome(outcome))

        call_off = self._alarm(self._within, too_late)
        answer.add_done_callback(lambda _done: call_off())
        if not self._send.run_errand(errand):
            _settle(answer, NOT_REACHED)
        return answer

    def _outcome(self, outcome: Answer[WantAnswer] | Denied | Unreachable) -> WantOutcome:
        board = self._context.board
        match outcome:
            case Answer(message=message):
                board.reached()
                return WantOutcome(
                    reached=True,
                    arrived=self._arrived(message),
                    rest=tuple(message.rest),
                    asked_elsewhere=message.asked_elsewhere,
                )
            case Denied():
                board.reached()
                return NOT_REACHED
            case Unreachable(reason=LinkReason.INTERRUPTED):
                return NOT_REACHED
            case Unreachable():
                board.missed(outcome.reason)
                return NOT_REACHED

    def _arrived(self, answer: WantAnswer) -> bool:
        slips = [*([answer.slip] if answer.slip is not None else []), *answer.more]
        received = [self._received(slip) for slip in slips]
        return any(received)

    def _received(self, slip: Slip) -> bool:
        """Record the arrival; what cannot be recorded now comes by the feed again."""
        try:
            self._context.database(lambda till: moves.receive_slip(till, slip))
        except (DomainError, WorkerGone) as error:
            _log.warning("a move was not received by its slip: %s", type(error).__name__)
            return False
        return True


def _settle(answer: Future[WantOutcome], outcome: WantOutcome) -> bool:
    """Give the future its result unless it has one; whether it was this one."""
    try:
        answer.set_result(outcome)
    except InvalidStateError:
        return False
    return True
