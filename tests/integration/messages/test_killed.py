"""Killed at every point between storing and noting: marketing is never repeated, a transactional message at most once, and flagged.

The provider outlives the process and counts what it was handed. The disk forgets what was not flushed.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from salon_desk.domain.consent import Purpose
from salon_desk.domain.message import Delivered, Delivery, MessageState, Trigger
from salon_desk.simulation.faults.disk import Crash, Disks, Drive
from salon_desk.storage import medium
from salon_desk.storage.verify import verify
from tests.integration.messages.conftest import Kept
from tests.integration.messages.desk import (
    Desk,
    Killed,
    Provider,
    agree,
    attempts,
    desk,
    intend,
    intent,
    state,
)

SALE, OFFER = Purpose.TRANSACTIONAL, Purpose.MARKETING
EVERY = int(os.environ.get("SALON_DESK_MESSAGE_POINTS", "5"))
"""Of the points of the disk every so many-th is tried; 1 for all."""
TRIGGERS = {SALE: Trigger.AFTER_SALE, OFFER: Trigger.ABSENT}


class Machine:
    """The till of a folder: each process over it begins where the one before was killed."""

    def __init__(self, kept: Kept, folder: Path) -> None:
        self.kept = kept
        self.folder = folder
        self.shop = kept.open(folder)
        agree(self.shop)

    def start(self) -> None:
        self.shop = self.kept.open(self.folder, self.shop)

    def end(self) -> None:
        self.shop.till.store.close()

    def desk(self, provider: Provider) -> Desk:
        return desk(self.shop, provider)


@pytest.fixture
def machine(kept: Kept, tmp_path: Path) -> Iterator[Machine]:
    found = Machine(kept, tmp_path / "till")
    yield found
    found.end()


def meant(machine: Machine, purpose: Purpose) -> str:
    trigger = TRIGGERS[purpose]
    return intend(
        machine.shop, intent(machine.shop, trigger=trigger, purpose=purpose, template=trigger.value)
    )


def killed(machine: Machine, provider: Provider, when: str) -> None:
    """One process that is killed while it sends, and the end of it."""

    def now() -> None:
        setattr(provider, when, lambda: None)
        raise Killed

    setattr(provider, when, now)
    with pytest.raises(Killed):
        machine.desk(provider).until_nothing()
    machine.end()
    machine.start()


@pytest.mark.parametrize("when", ["before", "behind"])
def test_marketing_is_never_repeated_and_its_outcome_stays_unknown(machine: Machine, when: str) -> None:
    message = meant(machine, OFFER)
    provider = Provider()
    killed(machine, provider, when)
    machine.desk(provider).until_nothing()
    assert len(provider.taken) == (0 if when == "before" else 1)
    assert state(machine.shop.till.store, message) is MessageState.UNKNOWN


@pytest.mark.parametrize("when", ["before", "behind"])
def test_a_transactional_message_is_sent_once_more_and_flagged(machine: Machine, when: str) -> None:
    message = meant(machine, SALE)
    provider = Provider()
    killed(machine, provider, when)
    machine.desk(provider).until_nothing()
    assert len(provider.taken) == (1 if when == "before" else 2)
    made = attempts(machine.shop.till.store, message)
    assert [(one.state, one.verdict) for one in made] == [
        (Delivered.UNKNOWN, "allowed"),
        (Delivered.ACCEPTED, "repeated"),
    ]
    assert state(machine.shop.till.store, message) is MessageState.SENT


def test_a_transactional_message_killed_twice_is_not_sent_a_third_time(machine: Machine) -> None:
    message = meant(machine, SALE)
    provider = Provider()
    killed(machine, provider, "behind")
    killed(machine, provider, "behind")
    machine.desk(provider).until_nothing()
    assert len(provider.taken) == 2
    assert state(machine.shop.till.store, message) is MessageState.UNKNOWN


@pytest.mark.parametrize("purpose", [SALE, OFFER])
@pytest.mark.parametrize("when", ["before", "behind"])
def test_where_the_channel_can_be_asked_everything_goes_out_exactly_once(
    machine: Machine, when: str, purpose: Purpose
) -> None:
    message = meant(machine, purpose)
    provider = Provider(looks_up=True)
    killed(machine, provider, when)
    machine.desk(provider).until_nothing()
    assert len(provider.taken) == 1
    assert provider.asked == [f"{message}-1"]
    wanted = MessageState.DELIVERED if when == "behind" else MessageState.SENT
    assert state(machine.shop.till.store, message) is wanted


@pytest.mark.parametrize("purpose", [SALE, OFFER])
def test_a_channel_that_never_finds_out_is_asked_for_an_hour_and_no_longer(
    machine: Machine, purpose: Purpose
) -> None:
    meant(machine, purpose)
    provider = Provider(looks_up=True, knows=lambda _outgoing: Delivery(Delivered.UNKNOWN, retry_after=600))
    killed(machine, provider, "behind")
    machine.desk(provider).until_nothing()
    assert len(provider.taken) == (2 if purpose is SALE else 1)
    assert 3 <= len(provider.asked) <= 10


def test_an_answer_that_got_lost_is_as_unknown_as_a_killed_process(machine: Machine) -> None:
    meant(machine, OFFER)
    meant(machine, SALE)
    provider = Provider(answers=[Delivery(Delivered.UNKNOWN)] * 10)
    machine.desk(provider).until_nothing()
    assert len(provider.taken) == 3


@pytest.mark.parametrize("purpose", [SALE, OFFER])
def test_wherever_the_disk_dies_the_rule_on_repetition_holds(
    kept: Kept, tmp_path: Path, purpose: Purpose
) -> None:
    disks = Disks(random.Random(7))
    taken: list[int] = []
    for point in count(1, EVERY):
        machine = Machine(kept, tmp_path / str(point))
        meant(machine, purpose)
        provider = Provider()
        drive = Drive(machine.folder, until_crash=point)
        crashed = _crashed(disks, drive, machine.desk(provider).until_nothing)
        machine.end()
        if not crashed:
            break
        drive.put_image_back()
        machine.start()
        machine.desk(provider).until_nothing()
        machine.end()
        assert verify(machine.folder).problems == ()
        taken.append(len(provider.taken))
    assert len(taken) * EVERY > 8
    assert set(taken) <= ({1, 2} if purpose is SALE else {0, 1})
    assert len(provider.taken) == 1


def _crashed(disks: Disks, drive: Drive, work: Callable[[], None]) -> bool:
    try:
        with medium.replaced(disks), disks.acting(drive):
            work()
    except Crash:
        return True
    return False
