"""The print queue: local rows that survive a crash (PITFALLS 20, 41).

What a job says lives in `documents`, how it reaches the printer in `devices`. A job is `sending`, durably, before its
first byte leaves; one found so after a restart is printed again and says COPY, so at most one paper lacks the word.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, func, insert, select, update

from salon_desk.domain.clock import instant_text
from salon_desk.domain.tender import TenderKind
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.envelope import Header
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.operations.sale import SaleCompleted, SaleRefunded, SaleVoided
from salon_desk.operations.value_document import ValueDocument
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.catalogue import custom_tender
from salon_desk.storage.store import Store
from salon_desk.storage.tables.local import print_jobs


class JobState(StrEnum):
    """Where a job stands. SKIPPED: a drawer that is not opened any more, because nobody stands there."""

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One paper, or one opening of the drawer. `copy`: it must say COPY. `detail`: for a report, its parameters."""

    job_id: str
    kind: str
    op_id: str
    language: str
    copy: bool
    state: JobState
    attempts: int
    problem: str
    queued_at: str
    detail: str


_NEXT = Statement(lambda: select(func.coalesce(func.max(print_jobs.c.number), 0) + 1))
_ADD = Statement(lambda: insert(print_jobs))
_WAITING = Statement(
    lambda: (
        select(print_jobs)
        .where(print_jobs.c.state == JobState.QUEUED.value)
        .order_by(print_jobs.c.number)
        .limit(1)
    )
)
_OF_STATE = Statement(
    lambda: select(print_jobs).where(print_jobs.c.state == bindparam("state")).order_by(print_jobs.c.number)
)
_LATEST = Statement(
    lambda: (
        select(print_jobs)
        .where(print_jobs.c.op_id == bindparam("op_id"), print_jobs.c.kind == bindparam("kind"))
        .order_by(print_jobs.c.number.desc())
        .limit(1)
    )
)
_COUNT_WAITING = Statement(
    lambda: select(func.count()).where(
        print_jobs.c.state != JobState.PRINTED.value, print_jobs.c.state != JobState.SKIPPED.value
    )
)
_REQUEUE = Statement(
    lambda: (
        update(print_jobs)
        .where(print_jobs.c.state == JobState.FAILED.value)
        .values(state=bindparam("to_state"), problem="")
    )
)
_RECENT = Statement(lambda: select(print_jobs).order_by(print_jobs.c.number.desc()).limit(bindparam("limit")))
_CLAIM = Statement(
    lambda: (
        update(print_jobs)
        .where(print_jobs.c.job_id == bindparam("job"))
        .values(state=bindparam("state"), attempts=print_jobs.c.attempts + 1)
    )
)
_MARK = Statement(
    lambda: (
        update(print_jobs)
        .where(print_jobs.c.job_id == bindparam("job"))
        .values(state=bindparam("state"), problem=bindparam("problem"), copy=bindparam("copy"))
    )
)


def opens_drawer(
    transaction: Transaction,
    day: str,
    document: SaleCompleted | CardToppedUp | SaleRefunded | SaleVoided | ValueDocument,
) -> bool:
    """Cash opens the drawer, whichever way it goes, and a tender of the shop's own that is kept in it on that day."""
    kinds = {tender.kind for tender in document.tenders}
    if TenderKind.CASH in kinds:
        return True
    own = (tender.tender for tender in document.tenders if tender.kind is TenderKind.CUSTOM)
    found = (custom_tender(transaction, one, day) for one in own)
    return any(one is not None and one.opens_drawer for one in found)


def queue(
    transaction: Transaction,
    header: Header,
    kind: str,
    language: str,
    *,
    copy: bool = False,
    suffix: str = "",
) -> str:
    """Queue a paper for an operation, inside the transaction that records it; gives the job's id."""
    job_id = f"{header.op_id}/{kind}{suffix}"
    at = instant_text(instant_of(header.at))
    _insert(transaction, job_id, at, kind=kind, op_id=header.op_id, language=language, copy=copy)
    return job_id


def reprint(store: Store, op_id: str, kind: str, language: str) -> str:
    """Queue another paper for an operation that has been printed before; it says COPY. Its own transaction."""
    with store.local() as transaction:
        number = transaction.value(_NEXT)
        job_id = f"{op_id}/{kind}/{number}"
        at = instant_text(store.clock.now())
        _insert(transaction, job_id, at, kind=kind, op_id=op_id, language=language, copy=True)
    store.wake()
    return job_id


def queue_report(store: Store, kind: str, language: str, detail: str) -> str:
    """Queue a paper that belongs to no operation (an X report, a printer's test). Its own transaction."""
    job_id = store.new_id()
    with store.local() as transaction:
        at = instant_text(store.clock.now())
        _insert(transaction, job_id, at, kind=kind, op_id="", language=language, copy=False, detail=detail)
    store.wake()
    return job_id


def claim(store: Store) -> PrintJob | None:
    """The next job to print, durably marked as being sent; None when nothing waits."""
    with store.local() as transaction:
        row = transaction.one(_WAITING)
        if row is None:
            return None
        transaction.run(_CLAIM, job=row.job_id, state=JobState.SENDING.value)
        return _job(row)


def mark(store: Store, job_id: str, state: JobState, *, problem: str = "", copy: bool = False) -> None:
    """Note how a job ended; `copy` says what a further attempt must say."""
    with store.local() as transaction:
        transaction.run(_MARK, job=job_id, state=state.value, problem=problem, copy=int(copy))


def recover(store: Store) -> list[PrintJob]:
    """At start: jobs that were being sent go back into the queue, to say COPY; a drawer is not opened late.

    Gives the jobs whose fate is unknown, as they were.
    """
    with store.local() as transaction:
        unsure = [_job(row) for row in transaction.all(_OF_STATE, state=JobState.SENDING.value)]
        for job in unsure:
            again = JobState.SKIPPED if job.kind == "drawer" else JobState.QUEUED
            transaction.run(_MARK, job=job.job_id, state=again.value, problem="", copy=1)
        for row in transaction.all(_OF_STATE, state=JobState.QUEUED.value):
            if row.kind == "drawer":
                transaction.run(_MARK, job=row.job_id, state=JobState.SKIPPED.value, problem="", copy=0)
    return unsure


def waiting(transaction: Transaction) -> int:
    """How many jobs are not yet printed, failed ones included."""
    return int(transaction.value(_COUNT_WAITING))


def requeue_failed(store: Store) -> None:
    """Put failed jobs back into the queue."""
    with store.local() as transaction:
        transaction.run(_REQUEUE, to_state=JobState.QUEUED.value)


def latest(transaction: Transaction, op_id: str, kind: str) -> PrintJob | None:
    """The newest job of a kind for an operation."""
    row = transaction.one(_LATEST, op_id=op_id, kind=kind)
    return None if row is None else _job(row)


def recent(transaction: Transaction, limit: int = 20) -> list[PrintJob]:
    """The newest jobs, newest first."""
    return [_job(row) for row in transaction.all(_RECENT, limit=limit)]


def _insert(
    transaction: Transaction,
    job_id: str,
    at: str,
    *,
    kind: str,
    op_id: str,
    language: str,
    copy: bool,
    detail: str = "",
) -> None:
    transaction.run(
        _ADD,
        job_id=job_id,
        number=transaction.value(_NEXT),
        kind=kind,
        op_id=op_id,
        language=language,
        copy=int(copy),
        state=JobState.QUEUED.value,
        attempts=0,
        problem="",
        queued_at=at,
        detail=detail,
    )


def _job(row: object) -> PrintJob:
    fields = row._asdict()  # type: ignore[attr-defined]
    fields.pop("number")
    return PrintJob(**{**fields, "copy": bool(fields["copy"]), "state": JobState(fields["state"])})
