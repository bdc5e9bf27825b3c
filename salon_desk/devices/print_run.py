"""One try at printing one document: send it command by command, then wait until the printer confirms.

No queue and no drawing lives here (see `port`, `escpos`). Thread: the port's. The one rule to know:
bytes that left are not paper; a printer that can say so is believed only when it says so.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.printer_line import PrinterLine
from salon_desk.devices.printer_status import CONFIRM, PrinterState, PrinterStatus
from salon_desk.documents.layout import Document

_TURN_S = 0.25
_LOOK_EVERY_S = 1.0
_LAST_MOMENT_S = 1.0


@dataclass(slots=True)
class PrintJob:
    """A document on its way. `begun`: bytes of it have left, so that the next try is a copy."""

    job_id: str
    document: Document
    copy: bool
    begun: bool = False
    interrupted: bool = False


class PrintRun:
    """One try. `between` is called between two commands, `tell` with every state that is read."""

    def __init__(
        self,
        line: PrinterLine,
        job: PrintJob,
        stop: threading.Event,
        *,
        between: Callable[[], None],
        tell: Callable[[PrinterStatus], None],
    ) -> None:
        self._line = line
        self._job = job
        self._stop = stop
        self._between = between
        self._tell = tell
        self._state = PrinterState.READY
        self._stopped = 0.0

    def send(self, pieces: tuple[bytes, ...]) -> bool:
        """Whether it was printed; False if it must be begun again. PortTrouble if the line breaks."""
        self._line.forget_confirmations()
        self._job.begun = self._job.begun or not self._line.keeps_jobs
        for piece in pieces:
            if self._given_up():
                return False
            self._line.write(piece)
            self._between()
        self._finish()
        return self._confirmed() if self._line.can_confirm else True

    def _finish(self) -> None:
        """Where a whole job is handed on at once, only silence leaves it open whether it was taken."""
        try:
            self._line.finish()
        except PortTrouble as trouble:
            self._job.begun = self._job.begun or trouble.problem is PortProblem.STUCK
            raise

    def _given_up(self) -> bool:
        """Told to stop, it still ends what a moment ends: a receipt torn off is a copy tomorrow."""
        if not self._stop.is_set():
            return False
        self._stopped = self._stopped or time.monotonic()
        return time.monotonic() - self._stopped > _LAST_MOMENT_S

    def _confirmed(self) -> bool:
        """Ask for an answer that comes only when all before it was printed; twice at most.

        Two answers: all was printed. One answer to two questions: the first went lost with the
        receipt (switched off meanwhile). None: this printer does not know the question.
        """
        line, patience = self._line, self._line.patience_s
        line.write(CONFIRM)
        asked, heard, looked = 1, 0, time.monotonic()
        until = looked + patience
        while not self._given_up():
            answers = line.confirmations(min(_TURN_S, patience))
            now = time.monotonic()
            if answers >= asked:
                return True
            if answers > heard:
                heard, until = answers, now + patience
            self._between()
            if now - looked >= min(_LOOK_EVERY_S, patience):
                looked = now
                if self._blocked():
                    until = now + patience
            if now < until:
                continue
            if asked == 2:
                line.confirms = heard > 0 or self._state is PrinterState.UNKNOWN
                return not line.confirms
            line.write(CONFIRM)
            asked, until = 2, now + patience
        return False

    def _blocked(self) -> bool:
        """Look at the printer while it prints."""
        status = self._line.status()
        self._state = status.state
        self._tell(status)
        self._job.interrupted = self._job.interrupted or status.state.blocked
        return status.state.blocked
