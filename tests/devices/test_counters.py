"""The counters of a port: what was seen once never changes, whoever counts on."""

from __future__ import annotations

from salon_desk.devices.counters import Counters, Counts


def test_a_port_counts_jobs_failures_retries_and_errors_by_the_name_of_the_last() -> None:
    counters = Counters()
    before = counters.look()
    counters.job()
    counters.job(ok=False)
    counters.retry()
    counters.error("gone")
    counters.error("stuck")
    assert before == Counts()
    assert counters.look() == Counts(jobs=1, failed=1, retries=1, errors=2, last_problem="stuck")
