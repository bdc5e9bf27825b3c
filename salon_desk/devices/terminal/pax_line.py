"""The questions of a PAX driver on its line: opened when it is used, closed when it broke.

No charge lives here. The one rule to know: PortTrouble leaves these methods only while not a byte of the question was
taken; once something was, a broken line is a `NoReply`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from salon_desk.devices.terminal.driver import Surroundings
from salon_desk.devices.terminal.pax_exchange import (
    TRIES,
    Exchange,
    NoReply,
    NotTaken,
    Outcome,
    Question,
    Replied,
)
from salon_desk.devices.terminal.pax_frames import Frame
from salon_desk.devices.terminal.pax_messages import Code, Command, Told, Unreadable, initialise, read_code
from salon_desk.domain.charge import ChargeProblem


class PaxLine:
    """The line of one terminal. Thread: the port's."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._says_end: bool | None = None

    def ask(
        self,
        request: bytes,
        wanted: Callable[[Frame], bool],
        *,
        patience_s: float,
        once: bool = False,
        tries: int = TRIES,
        give_up: threading.Event | None = None,
    ) -> Outcome:
        """One question and what became of it. Raises PortTrouble if the line cannot be opened."""
        question = Question(request, wanted, patience_s, once, tries, give_up)
        transport = self._around.line.open()
        exchange = Exchange(transport, question, self._around)
        outcome = exchange.run()
        match outcome:
            case NotTaken() | NoReply(gone=True):
                self._around.line.close()
            case Replied() if self._says_end is not False:  # learnt once: not every model does
                self._says_end = exchange.hear_end() or bool(self._says_end)
            case NoReply() | Replied():
                pass
        return outcome

    def knock(self, *, tries: int = TRIES) -> ChargeProblem | None:
        """None: it answers and is idle. Raises PortTrouble if the line cannot be opened."""
        told = self.read(initialise(), Command.INITIALISE, read_code, tries=tries)
        if isinstance(told, ChargeProblem):
            return told
        return None if told.code == Code.OK else ChargeProblem.BUSY

    def read(
        self, request: bytes, command: Command, meaning: Callable[[Frame], Told], *, tries: int = TRIES
    ) -> Told | ChargeProblem:
        """A question that moves nothing and may be said again. Raises PortTrouble if the line cannot be opened.

        A line that was open and turns out to be dead (the terminal was off meanwhile) is opened once more.
        """
        stale = self._around.line.is_open
        outcome = self._read(request, command, tries)
        if stale and not self._around.line.is_open:
            self._around.on_retry()
            outcome = self._read(request, command, tries)
        match outcome:
            case NotTaken() | NoReply():
                return outcome.problem
            case Replied():
                try:
                    return meaning(outcome.frame)
                except Unreadable:
                    return ChargeProblem.GARBLED

    def _read(self, request: bytes, command: Command, tries: int) -> Outcome:
        patience_s = self._around.timing.reply_s
        return self.ask(
            request, lambda frame: frame.command == command.answer, patience_s=patience_s, tries=tries
        )
