"""The print queue over crashes: printed at least once, and at most one paper lacks the word COPY."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.storage import print_jobs
from salon_desk.storage.print_jobs import JobState, PrintJob
from salon_desk.storage.store import Store
from tests.integration.storage.tills import no_sale, open_till


def jobs(store: Store) -> list[PrintJob]:
    with store.database.read() as transaction:
        return print_jobs.recent(transaction)[::-1]


def restart(store: Store, folder: Path) -> tuple[Store, list[PrintJob]]:
    store.close()
    again = open_till(folder)
    return again, print_jobs.recover(again)


def test_jobs_are_claimed_in_the_order_in_which_they_were_queued(store: Store) -> None:
    ids = [print_jobs.queue_report(store, kind, "en", kind) for kind in ("x", "y", "z")]
    claimed = [print_jobs.claim(store) for _time in range(4)]
    assert [job.job_id if job else None for job in claimed] == [*ids, None]
    assert {job.state for job in jobs(store)} == {JobState.SENDING}
    assert {job.attempts for job in jobs(store)} == {1}


def test_a_claim_is_durable_before_the_first_byte_leaves(store: Store, folder: Path) -> None:
    print_jobs.queue_report(store, "x", "en", "")
    claimed = print_jobs.claim(store)
    assert claimed is not None
    again, unsure = restart(store, folder)
    assert [job.job_id for job in unsure] == [claimed.job_id]
    (job,) = jobs(again)
    assert (job.state, job.copy) == (JobState.QUEUED, True)
    again.close()


@pytest.mark.parametrize(
    ("before", "after", "copy"),
    [
        (JobState.QUEUED, JobState.QUEUED, False),
        (JobState.SENDING, JobState.QUEUED, True),
        (JobState.PRINTED, JobState.PRINTED, False),
        (JobState.FAILED, JobState.FAILED, False),
        (JobState.SKIPPED, JobState.SKIPPED, False),
    ],
)
def test_what_a_start_makes_of_a_paper(
    store: Store, folder: Path, before: JobState, after: JobState, copy: bool
) -> None:
    job_id = print_jobs.queue_report(store, "receipt", "en", "")
    print_jobs.mark(store, job_id, before)
    again, unsure = restart(store, folder)
    (job,) = jobs(again)
    assert (job.state, job.copy) == (after, copy)
    assert bool(unsure) == (before is JobState.SENDING)
    again.close()


@pytest.mark.parametrize("sending", [False, True])
def test_a_drawer_is_never_opened_late(store: Store, folder: Path, sending: bool) -> None:
    no_sale(store)
    if sending:
        print_jobs.claim(store)
    again, unsure = restart(store, folder)
    assert [job.state for job in jobs(again)] == [JobState.SKIPPED]
    assert bool(unsure) == sending
    assert print_jobs.claim(again) is None
    again.close()


def test_a_second_crash_finds_the_same_paper_once(store: Store, folder: Path) -> None:
    print_jobs.queue_report(store, "x", "en", "")
    print_jobs.claim(store)
    again, _unsure = restart(store, folder)
    claimed = print_jobs.claim(again)
    assert claimed is not None
    assert claimed.copy
    once_more, unsure = restart(again, folder)
    assert [job.job_id for job in unsure] == [claimed.job_id]
    assert len(jobs(once_more)) == 1
    once_more.close()


def test_a_failed_paper_waits_until_somebody_asks_for_it_and_keeps_what_it_must_say(store: Store) -> None:
    job_id = print_jobs.queue_report(store, "x", "en", "")
    print_jobs.claim(store)
    print_jobs.mark(store, job_id, JobState.FAILED, problem="paper", copy=True)
    assert print_jobs.claim(store) is None
    print_jobs.requeue_failed(store)
    claimed = print_jobs.claim(store)
    assert claimed is not None
    assert (claimed.copy, claimed.problem) == (True, "")
    with store.database.read() as transaction:
        assert print_jobs.waiting(transaction) == 1


def test_a_reprint_says_copy_and_is_a_job_of_its_own(store: Store) -> None:
    done = no_sale(store)
    first = print_jobs.reprint(store, done.op_id, "receipt", "en")
    second = print_jobs.reprint(store, done.op_id, "receipt", "en")
    assert first != second
    with store.database.read() as transaction:
        newest = print_jobs.latest(transaction, done.op_id, "receipt")
    assert newest is not None
    assert (newest.job_id, newest.copy) == (second, True)


def test_the_drawer_opens_once_for_one_operation(store: Store) -> None:
    done = no_sale(store, name="tap")
    no_sale(store, name="tap")
    assert [job.job_id for job in jobs(store)] == [f"{done.op_id}/drawer"]
