"""What a printer on a counter goes through, by name, for tables of runs: how each begins and how it is over.

No test and no port lives here. The one rule to know: a trial begins before the paper is handed over, and one that is
over leaves a printer that works.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.devices.emulators.printer import EmulatedPrinter, Fault

INTO_IT = 40
"""Rows of a receipt that are on paper when it stops in the middle."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial. `rows`: it begins when so many have been printed; 0 at once. `passes`: nothing has to end it."""

    name: str
    fault: Fault
    rows: int = 0
    passes: bool = False

    def begin(self, printer: EmulatedPrinter) -> None:
        """Let the printer suffer it. Thread: any."""
        if self.rows:
            printer.stop_after(self.rows, self.fault)
        else:
            printer.set_fault(self.fault)

    def end(self, printer: EmulatedPrinter) -> None:
        """A person has put it right, or the cable is back. Thread: any."""
        printer.set_fault(self.fault, active=False)


TRIALS: Final = (
    Trial("silence", Fault.SILENT),
    Trial("noise", Fault.NOISE, passes=True),
    Trial("half an answer", Fault.HALF),
    Trial("slow", Fault.SLOW, passes=True),
    Trial("gone before", Fault.GONE),
    Trial("gone mid-job, back again", Fault.GONE, rows=INTO_IT),
    Trial("off line", Fault.OFFLINE),
    Trial("paper near its end", Fault.PAPER_LOW, passes=True),
    Trial("paper out before", Fault.PAPER_OUT),
    Trial("paper out mid-receipt", Fault.PAPER_OUT, rows=INTO_IT),
    Trial("cover open before", Fault.COVER_OPEN),
    Trial("cover open mid-receipt", Fault.COVER_OPEN, rows=INTO_IT),
)
