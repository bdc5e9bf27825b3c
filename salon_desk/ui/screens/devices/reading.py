"""What the devices screen reads of the print queue, in one snapshot, on the database worker.

Nothing is queued or printed here (`services/printing.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.services import inspections, printing
from salon_desk.services.inspections import Inspected
from salon_desk.services.till import Till
from salon_desk.storage.print_jobs import PrintJob
from salon_desk.storage.queries import closed_shifts, sales
from salon_desk.storage.queries.sales import Document
from salon_desk.ui.device_status import DeviceDesk, QueueCounts

MOST_JOBS = 30


@dataclass(frozen=True, slots=True)
class Paper:
    """A print job with what it is about: a sale's document, or for a Z its number."""

    job: PrintJob
    document: Document | None = None
    z_number: int = 0

    @property
    def can_be_copied(self) -> bool:
        """Whether another paper of it can be asked for: only receipts."""
        return self.job.kind == "receipt" and self.document is not None


@dataclass(frozen=True, slots=True)
class PrintRoom:
    """The queue's counts and the newest papers, newest first; how the terminal stands that is used, None for none."""

    queue: QueueCounts
    papers: tuple[Paper, ...]
    time_zone: str
    inspected: Inspected | None = None


def print_room(till: Till, desk: DeviceDesk, terminal: str = "") -> PrintRoom:
    """How the printing stands now, and the terminal of this name. Raises ShopMissing."""
    queue, jobs = desk.queue(), printing.recent(till, MOST_JOBS)
    inspected = inspections.standing(till, terminal) if terminal else None
    with till.read() as transaction:
        papers = []
        for job in jobs:
            closed = closed_shifts.by_operation(transaction, job.op_id) if job.kind == "z" else None
            document = sales.document(transaction, job.op_id) if job.op_id else None
            papers.append(Paper(job, document, closed.z_number if closed else 0))
        return PrintRoom(queue, tuple(papers), till.shop(transaction).time_zone, inspected)
