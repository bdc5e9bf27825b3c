"""One question to a PAX terminal and its answer over an open line: ACK, NAK, EOT and three tries, each with an end in time.

What a message says is not understood here. The one rule to know: a request that is to be sent `once` is said again only
after a plain NAK with no other byte around it; after anything else it may have been taken, and only its answer is awaited.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.terminal.driver import Surroundings, TerminalTiming
from salon_desk.devices.terminal.pax_frames import Broken, Control, Frame, FrameReader, Heard, Noise
from salon_desk.devices.terminal.pax_messages import cancel as cancel_request
from salon_desk.devices.transport import Transport
from salon_desk.domain.charge import ChargeProblem

TRIES = 3
_TURN_S = 0.05
_FRAME_MOST_S = 10.0
_LATE_READS = 200


@dataclass(frozen=True, slots=True)
class Replied:
    """The answer, whose check was right and which was wanted."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Not a byte of it was accepted."""

    problem: ChargeProblem


@dataclass(frozen=True, slots=True)
class NoReply:
    """It may have been accepted. `acked`: it surely was; `gone`: the line broke."""

    problem: ChargeProblem
    acked: bool = False
    gone: bool = False


Outcome = Replied | NotTaken | NoReply


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked and which answer is wanted; others are acknowledged and dropped.

    `once`: it moves money. `give_up`: set by another thread to send the terminal a cancel.
    """

    request: bytes
    wanted: Callable[[Frame], bool]
    patience_s: float
    once: bool = False
    tries: int = TRIES
    give_up: threading.Event | None = None


class _Taken(Enum):
    YES = auto()
    REFUSED = auto()
    BUSY = auto()
    NOISY = auto()
    SILENT = auto()


_WHY = {
    _Taken.REFUSED: ChargeProblem.GARBLED,
    _Taken.BUSY: ChargeProblem.BUSY,
    _Taken.NOISY: ChargeProblem.GARBLED,
    _Taken.SILENT: ChargeProblem.SILENT,
}


class Exchange:
    """One question on an open line. Made for each; thread: the port's."""

    def __init__(self, transport: Transport, question: Question, around: Surroundings) -> None:
        self._transport = transport
        self._question = question
        self._around = around
        self._timing: TerminalTiming = around.timing
        self._now = around.now
        self._reader = FrameReader()
        self._heard: deque[Heard] = deque()
        self._until = 0.0
        self._sent = self._late = 0
        self._acked = self._cancelled = False

    def run(self) -> Outcome:
        """Ask and wait. Never raises; a line that broke is left to be closed by whoever opened it."""
        try:
            self._drain()
            return self._ask()
        except PortTrouble as trouble:
            if not self._sent:
                return NotTaken(
                    ChargeProblem.BUSY if trouble.problem is PortProblem.BUSY else ChargeProblem.OUT_OF_REACH
                )
            return NoReply(ChargeProblem.OUT_OF_REACH, self._acked, gone=True)

    def hear_end(self) -> bool:
        """After a reply: whether the terminal says that it has ended as well, which would else be taken for a refusal."""
        self._until = self._now() + self._timing.after_end_s
        try:
            while (heard := self._next()) is not None:
                if heard is Control.EOT:
                    return True
        except PortTrouble:
            pass  # it shows when the line is used again
        return False

    def _ask(self) -> Outcome:
        question, refused, why = self._question, 0, ChargeProblem.SILENT
        for turn in range(question.tries):
            if turn:
                self._around.on_retry()
            began = self._now()
            self._push(question.request)
            self._until = began + self._timing.ack_s
            taken = self._taken()
            if taken is _Taken.YES:
                self._acked = True
                return self._reply(began + question.patience_s, ChargeProblem.SILENT)
            why = _WHY[taken]
            if taken is _Taken.REFUSED:
                refused += 1
            elif question.once:
                return self._reply(began + self._timing.unacked_s, why)
            elif taken is _Taken.BUSY or self._around.stop.is_set():
                break
        return NotTaken(why) if refused == question.tries else NoReply(why)

    def _taken(self) -> _Taken:
        """What the terminal says to the request itself."""
        noisy = ended = False
        while (heard := self._next()) is not None:
            match heard:
                case Control.ACK:
                    return _Taken.YES
                case Control.NAK:
                    return _Taken.NOISY if noisy else _Taken.REFUSED
                case Control.EOT:  # it is busy; or a late end of what was before, and a moment shows
                    ended = True
                    self._until = min(self._until, self._now() + self._timing.after_end_s)
                case Noise():
                    noisy = True
                case Broken():
                    self._heard.appendleft(heard)
                    return _Taken.YES
                case Frame():
                    if self._question.wanted(heard):
                        self._heard.appendleft(heard)
                        return _Taken.YES
                    self._push(Control.ACK.byte, counts=False)
        if ended:
            return _Taken.BUSY
        return _Taken.NOISY if noisy else _Taken.SILENT

    def _reply(self, until: float, why: ChargeProblem) -> Outcome:
        """Wait for the answer; a bad one is asked for again, three times in all."""
        self._until = until
        bad = 0
        ends_other = False
        while (heard := self._next()) is not None:
            match heard:
                case Frame():
                    self._push(Control.ACK.byte, counts=False)
                    if self._question.wanted(heard):
                        return Replied(heard)
                    ends_other = True
                case Control.EOT if ends_other:  # the end of what was not for us
                    ends_other = False
                case Broken():
                    bad += 1
                    why = ChargeProblem.CUT_SHORT if heard.cut else ChargeProblem.GARBLED
                    if bad == TRIES:
                        self._push(Control.EOT.byte, counts=False)
                        break
                    self._around.on_retry()
                    self._push(Control.NAK.byte, counts=False)
                    self._until = max(self._until, self._now() + self._timing.ack_s)
                case Control.EOT:
                    if not self._cancelled:
                        why = ChargeProblem.CUT_SHORT
                        self._until = min(self._until, self._now() + self._timing.after_end_s)
                case _:
                    pass
        return NoReply(why, self._acked)

    def _next(self) -> Heard | None:
        """What is heard next; None when the time is over. A frame that stops in the middle is broken."""
        began = fresh = self._now()
        while not self._heard:
            if self._acked:
                self._mind_cancel()
            limit = self._until
            if self._reader.inside:
                limit = min(fresh + self._timing.gap_s, max(began, self._until) + _FRAME_MOST_S)
            left = limit - self._now()
            self._late += left <= 0  # what lies there is read after its time as well, but not for ever
            over = self._late > _LATE_READS or self._around.stop.is_set()
            data = b"" if over else self._transport.read(max(0.0, min(left, _TURN_S)))
            if data:
                self._heard.extend(self._reader.feed(data))
                fresh = self._now()
            elif self._reader.inside and left <= 0:
                return self._reader.give_up()
            elif left <= 0 or over:
                return None
        return self._heard.popleft()

    def _mind_cancel(self) -> None:
        give_up = self._question.give_up
        if give_up is not None and give_up.is_set() and not self._cancelled:
            self._cancelled = True
            self._push(cancel_request(), counts=False)
            self._until = min(self._until, self._now() + self._timing.cancel_s)

    def _drain(self) -> None:
        """What still came of a question before is acknowledged, so that it does not come again, and dropped."""
        until = self._now() + self._timing.gap_s
        while self._now() < until and (data := self._transport.read(0)):
            if any(isinstance(heard, Frame) for heard in self._reader.feed(data)):
                self._push(Control.ACK.byte, counts=False)
        if self._reader.inside:
            self._reader.give_up()

    def _push(self, data: bytes, *, counts: bool = True) -> None:
        until = self._now() + self._timing.ack_s
        while data:
            taken = self._transport.write(data, min(self._timing.ack_s, _TURN_S))
            self._sent += taken if counts else 0
            data = data[taken:]
            if data and self._now() >= until:
                raise PortTrouble(PortProblem.STUCK)
