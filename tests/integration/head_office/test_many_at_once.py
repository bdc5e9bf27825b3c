"""Fifty tills push and poll at once at four workers on PostgreSQL, one of which is killed: nothing skipped, nothing twice."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import pytest
import requests

from salon_desk.bootstrap.head_office import office_at
from salon_desk.head_office import enrolment
from salon_desk.head_office.stores import ensure_store
from salon_desk.operations.envelope import Envelope
from salon_desk.storage import journal
from salon_desk.storage.office import Place
from salon_desk.wire.messages import JournalAnswer
from tests.integration.head_office.serving import Device, said
from tests.integration.head_office.workers import Running, workers_of

T = TypeVar("T")

TILLS, ROUNDS, AT_ONCE, WORKERS = 50, 4, 3, 4


@pytest.fixture
def running(postgres: str) -> Iterator[Running]:
    """Four workers on the database of this test."""
    served = Running("--database", postgres, "--port", "0", "--workers", WORKERS)
    yield served
    served.kill()


def test_fifty_tills_at_four_workers_miss_nothing_and_hear_nothing_twice(
    running: Running, postgres: str
) -> None:
    with office_at(Place(url=postgres)) as office:
        ensure_store(office, "S1")
        codes = [
            enrolment.new_code(office, store="S1", till_name="1", made_by="", confirmed=True).code
            for _ in range(TILLS)
        ]
    devices = [Device(running.url) for _ in codes]
    for device, code in zip(devices, codes, strict=True):
        device.enroll(code)
    with ThreadPoolExecutor(TILLS) as threads:
        working = [threads.submit(_trade, device) for device in devices]
        os.kill(workers_of(running.process)[0], signal.SIGKILL)
        heard = [one.result() for one in working]
    with office_at(Place(url=postgres)) as office, office.database.read() as transaction:
        everything = [one for _position, one in journal.after(transaction, 0)]
    assert len({one.hash for one in everything}) == len(everything)
    for device, ops in zip(devices, heard, strict=True):
        ops += device.all_pages()
        others = [one.hash for one in everything if one.header.node != device.node]
        assert [one.hash for one in ops] == others
        own = [one.hash for one in everything if one.header.node == device.node]
        assert own == [one.hash for one in device.chain.ops]
    assert running.end()[0] == 0


def _trade(device: Device) -> list[Envelope]:
    """Push and poll in turn; whatever was cut off is done again."""
    heard: list[Envelope] = []
    for _ in range(ROUNDS):
        ops = device.chain.record(AT_ONCE)
        _until_answered(partial(_pushed, device, ops))
        heard += _until_answered(partial(device.page, wait=1)).ops
    return heard


def _pushed(device: Device, ops: list[Envelope]) -> None:
    assert said(device.push(ops), JournalAnswer).applied_seq == len(device.chain.ops)


def _until_answered(work: Callable[[], T]) -> T:
    for _ in range(50):
        try:
            return work()
        except requests.ConnectionError:
            continue
    raise AssertionError("nobody answers")
