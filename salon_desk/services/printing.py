"""The print queue at work: jobs are claimed, turned into documents and handed to the printer's port.

What a document says is in `documents`, the queue's rows in `storage/print_jobs.py`, bytes in `devices`. A job is marked
as being sent, durably, before the port gets it; whoever hears the port's outcome brings it to the database worker.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from salon_desk.documents import self_test
from salon_desk.documents.layout import Document
from salon_desk.domain.access import Permission
from salon_desk.services import receipts
from salon_desk.services.errors import UnknownSale
from salon_desk.services.ports import Paper, ReceiptPrinter
from salon_desk.services.till import Actor, Till
from salon_desk.storage import print_jobs
from salon_desk.storage.print_jobs import JobState, PrintJob
from salon_desk.storage.queries import sales

DRAWER = "drawer"
MOST_IN_HAND = 4
"""Papers at the port at one time; the rest waits on disk."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class QueueState:
    """What waits, what is at the printer, and what went wrong last."""

    waiting: int
    at_printer: int
    problem: str


class PrintDesk:
    """Feeds one receipt printer from the till's queue. Every method runs on the database worker."""

    def __init__(self, till: Till, printer: ReceiptPrinter) -> None:
        self._till = till
        self._printer = printer
        self._in_hand: dict[str, PrintJob] = {}
        self._problem = ""

    def pump(self) -> None:
        """Hand waiting jobs to the printer until it has enough; called after each commit and each outcome."""
        while len(self._in_hand) < MOST_IN_HAND:
            job = print_jobs.claim(self._till.store)
            if job is None or not self._send(job):
                return

    def outcome(self, job_id: str, *, ok: bool, problem: str = "", begun: bool = False) -> None:
        """The port says how a job ended; what was begun and not finished must say COPY when printed again."""
        job = self._in_hand.pop(job_id, None)
        if job is None:
            return
        state = JobState.PRINTED if ok else JobState.FAILED
        if not ok and job.kind == DRAWER:
            state = JobState.SKIPPED
        self._problem = "" if ok else problem
        print_jobs.mark(self._till.store, job_id, state, problem=problem, copy=job.copy or begun)
        self.pump()

    def state(self) -> QueueState:
        """How the queue stands."""
        with self._till.read() as transaction:
            waiting = print_jobs.waiting(transaction)
        return QueueState(waiting, len(self._in_hand), self._problem)

    def retry(self) -> None:
        """Put failed jobs back into the queue and go on."""
        print_jobs.requeue_failed(self._till.store)
        self.pump()

    def port_changed(self) -> None:
        """Another printer takes over: what the old one had in hand is printed again, as copies."""
        for job_id, job in self._in_hand.items():
            again = JobState.SKIPPED if job.kind == DRAWER else JobState.QUEUED
            print_jobs.mark(self._till.store, job_id, again, copy=True)
        self._in_hand.clear()
        self._problem = ""
        self.pump()

    def print_test(self, language: str) -> None:
        """Queue the printer's test page."""
        print_jobs.queue_report(self._till.store, "test", language, "")

    def print_self_test(self, language: str) -> None:
        """Queue the page by which a printer shows what it can; `devices.self_test` judges what was seen."""
        print_jobs.queue_report(self._till.store, self_test.KIND, language, "")

    def _send(self, job: PrintJob) -> bool:
        """Hand one claimed job over; False when the printer takes no more, and the job waits again."""
        document: Document | None = None
        if job.kind != DRAWER:
            try:
                document = self._document(job)
            except Exception:
                # one paper that cannot be drawn must not hold up all others
                _log.exception("no document for print job %s", job.job_id)
                print_jobs.mark(self._till.store, job.job_id, JobState.FAILED, problem="document")
                return True
        if not self._printer.submit(Paper(job.job_id, document, job.copy)):
            print_jobs.mark(self._till.store, job.job_id, JobState.QUEUED, copy=job.copy)
            return False
        self._in_hand[job.job_id] = job
        return True

    def _document(self, job: PrintJob) -> Document:
        with self._till.read() as transaction:
            return receipts.document(self._till, transaction, job)


def reprint(till: Till, actor: Actor, document: str, language: str) -> str:
    """Queue a copy of a receipt, by op id or receipt number. Raises UnknownSale, PermissionNeeded."""
    actor.require(Permission.REPRINT)
    with till.read() as transaction:
        found = sales.document(transaction, document) or sales.by_receipt(transaction, document.strip())
        if found is None:
            raise UnknownSale(document)
    return print_jobs.reprint(till.store, found.op_id, "receipt", language)


def recent(till: Till, most: int = 20) -> list[PrintJob]:
    """The newest print jobs for the devices screen."""
    with till.read() as transaction:
        return print_jobs.recent(transaction, most)
