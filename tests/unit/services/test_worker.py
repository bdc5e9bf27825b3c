"""The one database worker: one thread, in order, tidy when idle."""

from __future__ import annotations

import threading

import pytest

from salon_desk.services.worker import Worker


def test_work_runs_on_one_thread_in_the_order_given() -> None:
    worker = Worker()
    seen: list[int] = []
    threads = set()

    def work(number: int) -> int:
        worker.assert_here()
        threads.add(threading.current_thread())
        seen.append(number)
        return number

    futures = [worker.submit(lambda n=n: work(n)) for n in range(50)]  # type: ignore[misc]
    assert [future.result() for future in futures] == list(range(50)) == seen
    assert len(threads) == 1
    assert threading.current_thread() not in threads
    worker.close()


def test_an_error_comes_back_to_the_asker_and_the_worker_goes_on() -> None:
    worker = Worker()
    with pytest.raises(ZeroDivisionError):
        worker.run(lambda: 1 // 0)
    assert worker.run(lambda: 7) == 7
    worker.close()


def test_idle_work_is_done_when_nobody_waits() -> None:
    idle = threading.Event()
    worker = Worker(idle=idle.set)
    worker.run(lambda: None)
    assert idle.wait(10)
    worker.close()


def test_a_closed_or_overfull_worker_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "MOST_WAITING", 2)
    worker = Worker()
    gate = threading.Event()
    worker.submit(gate.wait)
    worker.submit(gate.wait)
    with pytest.raises(RuntimeError, match="too much"):
        worker.submit(gate.wait)
    gate.set()
    worker.close()
    with pytest.raises(RuntimeError, match="closed"):
        worker.submit(gate.wait)
