"""What is handed to a printer's port and what comes back: frozen values that cross threads.

No thread lives here (see `port`). The one rule to know: every task that was taken gets one
`PrintOutcome`, however long it takes, unless the port is stopped before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from salon_desk.devices.drawer_watch import DrawerState
from salon_desk.devices.errors import PortProblem
from salon_desk.devices.printer_status import PrinterState
from salon_desk.documents.layout import Document


class PrintProblem(StrEnum):
    """What a person should know of a task."""

    INTERRUPTED = "interrupted"
    """Printed, but the printer stopped in the middle (paper, cover): look at the receipt."""

    UNPRINTABLE = "unprintable"
    """The document could not be drawn: a bug, it is not tried again."""

    DRAWER_TOO_LATE = "drawer_too_late"
    """The drawer could not be reached in time and stays shut: it never opens unattended."""

    DRAWER_BLOCKED = "drawer_blocked"
    """The printer is out of paper or open and this model opens no drawer then: use the key."""


@dataclass(frozen=True, slots=True)
class PrintTask:
    """A document, a drawer to be opened, or both (the drawer first). `copy` prints the word COPY."""

    job_id: str
    document: Document | None
    copy: bool = False
    kick: bool = False

    def __post_init__(self) -> None:
        if self.document is None and not self.kick:
            raise ValueError("a task without a document and without a kick")


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """The end of a task; of one without a document, what became of the drawer.

    `as_copy` says that the paper bears the word COPY, also where the port had to begin again.
    """

    job_id: str
    ok: bool
    problem: PrintProblem | None = None
    as_copy: bool = False


@dataclass(frozen=True, slots=True)
class DrawerOutcome:
    """What became of a task's kick; comes for every task that has one, before its `PrintOutcome`."""

    job_id: str
    ok: bool
    problem: PrintProblem | None = None


@dataclass(frozen=True, slots=True)
class PrinterStateChanged:
    """The printer is otherwise than before; `problem` says which cable, where it is one."""

    state: PrinterState
    problem: PortProblem | None = None


@dataclass(frozen=True, slots=True)
class DrawerStateChanged:
    """The drawer is otherwise than before, where the printer tells; LEFT_OPEN is the one to warn of."""

    state: DrawerState


PortEvent = PrintOutcome | DrawerOutcome | PrinterStateChanged | DrawerStateChanged
OnPortEvent = Callable[[PortEvent], None]


@dataclass(frozen=True, slots=True)
class PortTiming:
    """Seconds. Made short in tests."""

    connect_s: float = 3.0
    answer_s: float = 0.5
    stuck_s: float = 10.0
    confirm_s: float = 8.0
    kick_s: float = 20.0
    poll_s: float = 10.0
    drawer_s: float = 60.0
    back_off_s: tuple[float, ...] = (0.5, 1.0, 2.0, 5.0, 10.0)
