"""Recording: one transaction, one number, one chain; a command is carried out once, whatever the clock does."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salon_desk.domain.errors import DomainError, ShiftNotOpen
from salon_desk.operations.envelope import GENESIS, faults
from salon_desk.operations.operation import Cause, Operation
from salon_desk.operations.shift import DrawerOpened, ShiftOpened
from salon_desk.services.worker import Worker
from salon_desk.storage import journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.store import Store
from salon_desk.storage.verify import verify
from tests.integration.storage.tills import (
    DAY,
    TurnedClock,
    anchored,
    command,
    journal_of,
    moving,
    new_id,
    no_sale,
    no_sales,
    open_till,
    recorded,
)


def test_what_was_recorded_is_in_journal_and_anchor_and_chained(store: Store, folder: Path) -> None:
    no_sales(store, 5)
    whole = journal_of(folder)
    assert anchored(folder) == whole
    assert [one.header.seq for one in whole] == [1, 2, 3, 4, 5, 6]
    assert [one.header.prev_hash for one in whole] == [GENESIS, *(one.hash for one in whole[:-1])]
    assert all(faults(one) == [] for one in whole)


def test_a_salt_is_never_used_twice(store: Store, folder: Path) -> None:
    for _time in range(20):
        journal.record(store, command(), lambda _t: [moving(), moving()])
    salts = [one.salt for one in journal_of(folder)]
    assert len(set(salts)) == len(salts)
    assert {len(salt or b"") for salt in salts} == {16}


def test_several_operations_of_one_command_stand_together_or_not_at_all(store: Store, folder: Path) -> None:
    done = journal.record(store, command("both"), lambda _t: [moving(units=2), moving(units=3)])
    assert [one.header.command_id for one in done.envelopes] == ["both", "both/1"]
    with pytest.raises(Exception, match="CHECK constraint failed"):
        journal.record(store, command(), lambda _t: [moving(units=1), moving(units=-9)])
    assert len(journal_of(folder)) == 3
    assert verify(folder).ok


def test_the_same_command_again_gives_the_same_operations_and_records_nothing(store: Store) -> None:
    first = journal.record(store, command("tap"), lambda _t: [moving(units=2), moving(units=3)])
    again = journal.record(store, command("tap"), lambda _t: pytest.fail("decided twice"))
    assert again.repeated
    assert not first.repeated
    assert (again.op_id, again.operations, again.envelopes) == (
        first.op_id,
        first.operations,
        first.envelopes,
    )
    assert store.head.seq == 3


def test_the_same_command_is_known_after_a_restart(folder: Path) -> None:
    store = open_till(folder)
    first = no_sale(store, name="tap")
    store.close()
    again = open_till(folder)
    assert no_sale(again, name="tap").op_id == first.op_id
    again.close()


def test_one_command_from_many_callers_at_once_is_carried_out_once(folder: Path) -> None:
    worker = Worker()
    store = worker.run(lambda: open_till(folder))
    start = threading.Barrier(8)
    found: list[str] = []

    def tap() -> None:
        start.wait()
        found.append(worker.run(lambda: no_sale(store, name="tap").op_id))

    threads = [threading.Thread(target=tap) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    worker.run(store.close)
    worker.close()
    assert len(set(found)) == 1
    assert len(found) == 8
    assert len(journal_of(folder)) == 2


def test_a_refusal_leaves_nothing_behind_and_the_command_can_be_given_again(
    store: Store, folder: Path
) -> None:
    def refuse(_transaction: Transaction) -> Operation:
        raise ShiftNotOpen

    with pytest.raises(DomainError):
        journal.record(store, command("tap"), refuse)
    assert len(journal_of(folder)) == len(anchored(folder)) == 1
    assert not no_sale(store, name="tap").repeated


def test_what_decides_reads_what_it_changes_in_one_transaction(store: Store) -> None:
    def decide(transaction: Transaction) -> Operation:
        known = transaction.one(journal.BY_COMMAND, node=store.node, command_id="first")
        return DrawerOpened(shift="", reason=known.op_id if known else "none")

    no_sale(store, name="first")
    done = journal.record(store, command(), decide).operations[0]
    assert isinstance(done, DrawerOpened)
    assert done.reason != "none"


def test_the_business_day_is_the_operations_own_or_read_inside_the_transaction(store: Store) -> None:
    of_shift = ShiftOpened(
        shift="s",
        store="s1",
        opened_at="",
        business_day="2026-12-24",
        opening_float=moving().amount,
        denominations=(),
    )
    assert (
        journal.record(store, command(), lambda _t: of_shift).envelopes[0].header.business_day == "2026-12-24"
    )
    read = journal.Command(new_id(), "amy", lambda _transaction: "2026-01-02")
    assert journal.record(store, read, lambda _t: moving()).envelopes[0].header.business_day == "2026-01-02"
    assert no_sale(store).envelopes[0].header.business_day == DAY


def test_a_purse_below_zero_is_refused_by_the_table_whatever_was_decided(store: Store, folder: Path) -> None:
    journal.record(store, command(), lambda _t: moving(units=5))
    with pytest.raises(Exception, match="CHECK constraint failed"):
        journal.record(store, command(), lambda _t: moving(units=-6, cause=Cause.REDEEM))
    journal.record(store, command(), lambda _t: moving(units=-5, cause=Cause.REDEEM))
    assert verify(folder).ok


def test_what_was_recorded_is_found_by_its_id_and_by_its_place(store: Store) -> None:
    done = no_sale(store, reason="looked")
    with store.database.read() as transaction:
        found = journal.operation_of(transaction, done.op_id)
        assert found == (done.envelopes[0].header, done.operations[0])
        assert journal.operation_of(transaction, "nothing") is None
        assert [position for position, _one in journal.after(transaction, 1)] == [2]


def test_a_clock_that_jumps_to_1970_and_2100_breaks_no_chain(folder: Path) -> None:
    clock = TurnedClock()
    store = open_till(folder, clock)
    for year in (1970, 2026, 2100, 2026, 1970):
        clock.instant = datetime(year, 1, 1, tzinfo=UTC)
        no_sale(store)
    store.close()
    clock.instant = datetime(1971, 1, 1, tzinfo=UTC)
    again = open_till(folder, clock)
    no_sale(again)
    again.close()
    readings = [one.header.at for one in journal_of(folder)]
    assert readings == sorted(set(readings))
    assert verify(folder).ok


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("move"), st.integers(-40, 60)),
            st.tuples(st.just("several"), st.integers(1, 4)),
            st.tuples(st.just("reopen"), st.just(0)),
            st.tuples(st.just("again"), st.integers(0, 30)),
        ),
        max_size=25,
    )
)
def test_any_stream_of_commands_leaves_a_gapless_chain_that_verifies(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("stream") / "till"
    store, units, commands = open_till(folder), 0, [new_id()]
    for step, number in steps:
        name = commands[number % len(commands)] if step == "again" else new_id()
        commands.append(name)
        if step == "reopen":
            store.close()
            store = open_till(folder)
        elif step == "several":
            journal.record(store, command(name), lambda _t: [moving(cents=7)] * number)  # noqa: B023
        elif step == "move" and units + number >= 0:
            units += number
            journal.record(store, command(name), lambda _t: moving(units=number))  # noqa: B023
        elif step == "again" and recorded_command(store, name):
            assert no_sale(store, name=name).repeated
    assert [one.header.seq for one in journal_of(folder)] == list(range(1, store.head.seq + 1))
    assert verify(folder).problems == ()
    store.close()


def recorded_command(store: Store, name: str) -> bool:
    with store.database.read() as transaction:
        return transaction.one(journal.BY_COMMAND, node=store.node, command_id=name) is not None


def test_nothing_decided_is_nothing_recorded(store: Store) -> None:
    done = journal.record(store, command(), lambda _t: [])
    assert done.envelopes == ()
    assert store.head.seq == 1


def test_somebody_who_waits_is_woken_after_the_commit(store: Store) -> None:
    seen: list[bool] = []
    store.wake = lambda: seen.append(recorded(store, store_last(store)))
    no_sale(store)
    assert seen == [True]


def store_last(store: Store) -> str:
    with store.database.read() as transaction:
        return [one.header.op_id for _position, one in journal.after(transaction, 0)][-1]
