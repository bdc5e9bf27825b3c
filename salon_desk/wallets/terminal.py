"""One wallet as a `PaymentTerminal`: a thread of its own, a bounded queue, and every charge on its course until its answer is certain.

What a course does is in `course.py`. The rules to know: the provider is made on the thread, because its key may lie in a slow keyring;
a charge that waits for its guest stops nothing else that is asked; a look-up never moves money.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from salon_desk.domain.charge import (
    Answer,
    BatchFailed,
    BatchTotals,
    Charge,
    ChargeProblem,
    Means,
    NotSent,
    TerminalState,
    Unknown,
)
from salon_desk.services.device_state import Counts
from salon_desk.wallets.course import Course, Patience, look_up
from salon_desk.wallets.provider import WalletProvider

MOST_WAITING: Final = 16
HEARD_AGAIN: Final = 120.0
"""Seconds after which a provider that was heard is asked whether it is still there."""
OFFLINE_AGAIN: Final = 15.0
_LONGEST: Final = 60.0
_GONE: Final = frozenset(problem.value for problem in ChargeProblem)
"""What `trouble` says of a provider that was not reached, or cannot be believed; a refusal in its own word is an answer."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Asked:
    """Something to do. `only_look`: nothing may move."""

    charge: Charge
    future: Future[Answer]
    only_look: bool


class _Signal(Enum):
    """What is no charge. CANCEL stands in the queue behind the charges that it is about."""

    CANCEL = auto()
    WAKE = auto()


@dataclass(slots=True)
class _Under:
    """A charge that is under way."""

    course: Course
    future: Future[Answer]


class WalletTerminal:
    """A `PaymentTerminal` for one wallet. `provider`: makes the account on the thread; None while there is none or its key is away.

    `on_state` is told on the thread after each change. Start it once.
    """

    def __init__(
        self,
        means: Means,
        provider: Callable[[], WalletProvider | None],
        *,
        on_state: Callable[[TerminalState], None] = lambda _state: None,
        patience: Patience | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.means = means
        self._make = provider
        self._on_state = on_state
        self._patience = patience or Patience()
        self._now = monotonic
        self._queue: queue.Queue[_Asked | _Signal] = queue.Queue(MOST_WAITING)
        self._stop = threading.Event()
        self._provider: WalletProvider | None = None
        self._under: list[_Under] = []
        self._sent: dict[str, float] = {}
        self._state = TerminalState.UNKNOWN
        self._told: TerminalState | None = None
        self._began = self._hear_at = 0.0
        self._counts = Counts()
        self._codes: dict[str, str] = {}
        self._listeners: tuple[Callable[[str, str], None], ...] = ()
        self._thread = threading.Thread(target=self._run, name=f"wallet {means}", daemon=True)

    def start(self) -> None:
        """Begin to work. Once. Any thread."""
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> bool:
        """End; whether the thread ended in time. What is under way ends as unknown, and is asked about at the next start."""
        self._stop.set()
        self._signal(_Signal.WAKE)
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def state(self) -> TerminalState:
        """See `PaymentTerminal`."""
        if self._under and self._state is not TerminalState.OFFLINE:
            return TerminalState.BUSY
        return self._state

    def counts(self) -> Counts:
        """Charges that were answered, requests that were made again, troubles. Any thread."""
        return self._counts

    def charge(self, charge: Charge) -> Future[Answer]:
        """See `PaymentTerminal`. Ends when the answer is certain, or when it cannot become so."""
        return self._submit(charge, only_look=False)

    def look_up(self, charge: Charge) -> Future[Answer]:
        """See `PaymentTerminal`."""
        return self._submit(charge, only_look=True)

    def cancel(self) -> None:
        """See `PaymentTerminal`: what is not paid yet is undone."""
        self._signal(_Signal.CANCEL)

    def close_batch(self) -> Future[BatchTotals | BatchFailed]:
        """A wallet has no batch: its provider settles by itself. Nothing is asked, and there are no totals."""
        closed: Future[BatchTotals | BatchFailed] = Future()
        closed.set_result(BatchFailed(ChargeProblem.OUT_OF_REACH))
        return closed

    def to_scan(self, reference: str) -> str:
        """What the guest's wallet scans for a charge that is under way; empty for none. Any thread."""
        return self._codes.get(reference, "")

    def on_code(self, listener: Callable[[str, str], None]) -> Callable[[], None]:
        """Be told, on this terminal's thread, the reference and the code when there is one, and an empty one when it is over."""
        self._listeners = (*self._listeners, listener)

        def end() -> None:
            self._listeners = tuple(one for one in self._listeners if one is not listener)

        return end

    def _submit(self, charge: Charge, *, only_look: bool) -> Future[Answer]:
        asked = _Asked(charge, Future(), only_look)
        try:
            if self._stop.is_set():
                raise queue.Full
            self._queue.put_nowait(asked)
        except queue.Full:
            asked.future.set_result(_not_taken(asked, ChargeProblem.BUSY))
        return asked.future

    def _signal(self, signal: _Signal) -> None:
        with contextlib.suppress(queue.Full):
            self._queue.put_nowait(signal)

    def _run(self) -> None:
        self._began = self._now()
        while not self._stop.is_set():
            self._hear()
            asked: _Asked | _Signal = _Signal.WAKE
            with contextlib.suppress(queue.Empty):
                asked = self._queue.get(timeout=self._pause())
            if isinstance(asked, _Asked):
                self._take(asked)
            self._go_on(give_up=asked is _Signal.CANCEL)
            self._tell()
        self._end()

    def _pause(self) -> float:
        now = self._now()
        next_at = min([self._hear_at, *(one.course.due for one in self._under)])
        return min(max(0.0, next_at - now), _LONGEST)

    def _hear(self) -> None:
        """Whether the provider is there, when nothing was heard of it for long."""
        if self._now() < self._hear_at:
            return
        provider = self._account()
        try:
            trouble = provider.trouble() if provider is not None else ChargeProblem.OUT_OF_REACH.value
        except Exception:
            _log.exception("a wallet's answer could not be read")
            trouble = ChargeProblem.GARBLED.value
        self._heard(gone=trouble in _GONE)
        self._tell()

    def _account(self) -> WalletProvider | None:
        if self._provider is None:
            try:
                self._provider = self._make()
            except Exception as error:
                # a keyring has a dozen kinds of trouble; all of them mean that there is no key now
                _log.warning("the account of %s cannot be used: %s", self.means, type(error).__name__)
        return self._provider

    def _heard(self, *, gone: bool) -> None:
        self._state = TerminalState.OFFLINE if gone else TerminalState.READY
        self._hear_at = self._now() + (OFFLINE_AGAIN if gone else HEARD_AGAIN)

    def _take(self, asked: _Asked) -> None:
        if self._stop.is_set():
            asked.future.set_result(_not_taken(asked, ChargeProblem.RESTARTED))
            return
        provider = self._account()
        if provider is None:
            self._answer(asked.future, _not_taken(asked, ChargeProblem.OUT_OF_REACH))
            return
        try:
            if asked.only_look:
                settled = self._now() - self._sent.get(asked.charge.reference, self._began)
                answer = look_up(asked.charge, provider, settled=settled >= self._patience.settled)
                self._answer(asked.future, answer)
            else:
                self._begin(asked, provider)
        except Exception:
            _log.exception("a wallet's answer could not be read")
            self._answer(asked.future, Unknown(asked.charge.reference, ChargeProblem.GARBLED))

    def _begin(self, asked: _Asked, provider: WalletProvider) -> None:
        self._sent[asked.charge.reference] = self._now()
        under = _Under(Course(asked.charge, provider, self._now, self._patience), asked.future)
        answer = under.course.begin()
        if answer is not None:
            self._answer(asked.future, answer)
            return
        self._under.append(under)
        if under.course.to_scan:
            self._show(asked.charge.reference, under.course.to_scan)

    def _go_on(self, *, give_up: bool) -> None:
        for under in tuple(self._under):
            if not give_up and under.course.due > self._now():
                continue
            try:
                answer = under.course.go_on(give_up=give_up)
            except Exception:
                _log.exception("a wallet's answer could not be read")
                answer = under.course.ended()
            if answer is not None:
                self._over(under, answer)

    def _over(self, under: _Under, answer: Answer) -> None:
        self._under.remove(under)
        if under.course.to_scan:
            self._show(under.course.charge.reference, "")
        self._answer(under.future, answer)

    def _answer(self, future: Future[Answer], answer: Answer) -> None:
        trouble = isinstance(answer, Unknown | NotSent)
        counts = self._counts
        self._counts = Counts(counts.jobs + (not trouble), counts.retries, counts.errors + trouble)
        if trouble:
            self._hear_at = self._now()  # look whether it is there at all
        else:
            self._heard(gone=False)
        future.set_result(answer)

    def _show(self, reference: str, code: str) -> None:
        if code:
            self._codes[reference] = code
        else:
            self._codes.pop(reference, None)
        for listener in self._listeners:
            try:
                listener(reference, code)
            except Exception as error:
                # no traceback: it would hold the code
                _log.error("somebody who shows codes failed: %s", type(error).__name__)

    def _tell(self) -> None:
        state = self.state()
        if state is not self._told:
            self._told = state
            try:
                self._on_state(state)
            except Exception:
                _log.exception("somebody who listens to a wallet failed")

    def _end(self) -> None:
        for under in tuple(self._under):
            self._over(under, under.course.ended())
        while True:
            try:
                asked = self._queue.get_nowait()
            except queue.Empty:
                return
            if isinstance(asked, _Asked):
                asked.future.set_result(_not_taken(asked, ChargeProblem.RESTARTED))


def _not_taken(asked: _Asked, problem: ChargeProblem) -> Answer:
    """Nothing was asked: of a charge that is certain, of a look-up it says nothing."""
    if asked.only_look:
        return Unknown(asked.charge.reference, problem)
    return NotSent(asked.charge.reference, problem)
