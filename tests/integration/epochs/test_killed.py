"""Processes killed with SIGKILL at every point of the disk while an epoch is opened, claimed, closed, its moves taken back.

Each way is gone on with after the kill, as a start does it: nothing is lost and nothing happens twice. A common run takes every
few points, from another one each time; SALON_DESK_KILLS takes them all.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.head_office import closings
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.move import ValueTakenBack, Why
from salon_desk.operations.node import (
    EpochClaimed,
    EpochClosed,
    EpochClosedByParent,
    EpochOpened,
    EpochPurseSent,
)
from salon_desk.services import ending, own_chain, taking_back
from salon_desk.services.moves import Holder, sending
from salon_desk.services.till import Till
from salon_desk.storage import journal
from salon_desk.storage.medium import replaced
from salon_desk.storage.office import Office, open_office
from salon_desk.storage.place import Place
from salon_desk.storage.queries import ends
from salon_desk.storage.receiving import receive
from salon_desk.storage.store import Store
from salon_desk.storage.trimming import trim
from salon_desk.storage.verify import verify
from tests.integration.epochs.folders import (
    acknowledge,
    issue,
    join,
    keep,
    opening,
    own,
    restore,
    spend,
    usable,
)
from tests.integration.head_office.serving import Chain
from tests.integration.storage import tills
from tests.integration.storage.dying_disk import Killing
from tests.integration.storage.tills import (
    ASSET,
    DAY,
    TurnedClock,
    command,
    moving,
    new_id,
    no_sales,
    open_till,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
EVERY = 1 if "SALON_DESK_KILLS" in os.environ else 2


def killed(work: Callable[[], object], uses: int) -> bool:
    """Whether a process that did this was killed before it came to its end."""
    child = os.fork()
    if not child:
        code = 1
        tills._numbers = count(random.SystemRandom().randrange(1 << 40))  # ids that nobody draws again
        try:
            with replaced(Killing(uses)):
                work()
            code = 0
        finally:
            os._exit(code)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def each_point(base: Path, here: Path, work: Callable[[], object]) -> Iterator[int]:
    """A folder as it was, killed at one point after the other until the work comes to its end."""
    point = random.randrange(EVERY) + 1
    while True:
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(base, here)
        if not killed(work, point):
            yield point
            return
        yield point
        point += EVERY


def kinds(store: Store) -> Counter[str]:
    """How many operations of each kind a node holds."""
    with store.database.read() as transaction:
        return Counter(one.header.kind for _position, one in journal.after(transaction, 0))


def till_of(store: Store) -> Till:
    return Till(store, load_rules())


def anew(store: Store) -> None:
    assert own_chain.go_on_without(till_of(store))


@pytest.fixture
def restored(tmp_path: Path) -> tuple[Path, list[Envelope]]:
    """A folder that waits for its own records, and those records up to what its anchor proves."""
    folder = tmp_path / "base"
    store = open_till(folder)
    join(store)
    issue(store, 100)
    store.close()
    kept = keep(folder, tmp_path / "kept")
    store = open_till(folder)
    spend(store, 70)
    acknowledge(store)
    assert trim(store, 1)
    no_sales(store, 2)
    whole = own(store)
    store.close()
    restore(kept, folder, "till.db")
    return folder, whole


def test_a_till_killed_while_it_opens_an_epoch_keeps_the_proof(
    restored: tuple[Path, list[Envelope]], folder: Path
) -> None:
    base, whole = restored

    def work() -> None:
        store = open_till(folder)
        anew(store)
        no_sales(store, 1)

    for point in each_point(base, folder, work):
        store = open_till(folder)
        if store.catching_up is not None:
            anew(store)
        opened = opening(store)
        assert (opened.end_seq, opened.end_hash) == (whole[-1].header.seq, whole[-1].hash), point
        assert usable(store) == 0, point
        assert kinds(store)[EpochOpened.KIND] == 2, point
        receive(store, whole)
        with store.database.read() as transaction:
            assert len(list(ends.proven_past(transaction, store.node, store.epoch))) == 1, point
        store.close()
        assert verify(folder).problems == (), point


def test_a_till_killed_while_it_claims_claims_once(
    restored: tuple[Path, list[Envelope]], folder: Path
) -> None:
    base, whole = restored
    store = open_till(base)
    anew(store)
    receive(store, whole)
    store.close()

    def work() -> None:
        store = open_till(folder)
        ending.claim(till_of(store))
        no_sales(store, 1)

    for point in each_point(base, folder, work):
        store = open_till(folder)
        ending.claim(till_of(store))
        assert kinds(store)[EpochClaimed.KIND] == 1, point
        store.close()
        assert verify(folder).problems == (), point


def opened_office(folder: Path) -> Office:
    return open_office(Place(folder=folder), TurnedClock(), new_id)


def test_a_head_office_killed_while_it_closes_sends_every_purse_once(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closings, "MOST_AT_ONCE", 2)
    base, assets = tmp_path / "base", [f"series/{number}" for number in range(5)]
    office = opened_office(base)
    first, second = Chain("till", "one"), Chain("till", "two")
    first.record(1, EpochOpened())
    for number, asset in enumerate(assets):
        first.record(1, moving(100 + number, asset=asset))
    end = {"old_epoch": "one", "end_seq": first.ops[-1].header.seq, "end_hash": first.ops[-1].hash}
    second.record(1, EpochOpened(**end))
    second.record(1, EpochClaimed(**end, closer=office.node, closer_epoch=office.epoch))
    receive(office, [*first.ops, *second.ops])
    office.close()

    def work() -> None:
        closings.close_proven(opened_office(folder))

    for point in each_point(base, folder, work):
        office = opened_office(folder)
        closings.catch_up(office)
        found = kinds(office)
        assert (found[EpochClosedByParent.KIND], found[EpochPurseSent.KIND]) == (1, 5), point
        with office.database.read() as transaction:
            assert ends.purses_of(transaction, "till", "one") == [], point
        office.close()
        assert verify(Place(folder=folder)).ok, point


def test_a_till_killed_while_it_takes_back_takes_back_once(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_back, "MOST_AT_ONCE", 2)
    base, gone = tmp_path / "base", Chain("gone", "e")
    store = open_till(base)
    issue(store, 100)
    moves = [sending(f"m{number}", Holder("gone", "e"), [(ASSET, 10)], Why.WANT) for number in range(5)]
    journal.record(store, command(), lambda _t: moves)
    gone.record(1, EpochOpened())
    gone.record(1, EpochClosed())
    receive(store, gone.ops)
    store.close()

    def work() -> None:
        taking_back.take_back(open_till(folder), DAY)

    for point in each_point(base, folder, work):
        store = open_till(folder)
        taking_back.take_back(store, DAY)
        assert (kinds(store)[ValueTakenBack.KIND], usable(store)) == (5, 100), point
        store.close()
        assert verify(folder).problems == (), point
