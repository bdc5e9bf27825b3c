"""What cannot be applied yet: it waits, the rest goes on, and in the end the tables are as if it had never waited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from salon_desk.operations import registry
from salon_desk.operations.card import HoldReleased, ValueHeld
from salon_desk.operations.envelope import body_hash, seal
from salon_desk.operations.operation import Cause, Operation
from salon_desk.operations.shift import CashPaidIn, DrawerOpened
from salon_desk.storage import apply, receiving, set_aside
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.receiving import receive, retry
from salon_desk.storage.set_aside import REFUSED, UNKNOWN, Waiting
from salon_desk.storage.store import Store
from salon_desk.storage.verify import verify
from tests.integration.storage.neighbours import (
    as_received,
    differing,
    empty_store,
    journal_here,
    own,
    own_of,
    resealed,
    tables_of,
    unheard_of,
)
from tests.integration.storage.tills import ASSET, moving, no_sale, open_till, record


def waiting(store: Store) -> list[Waiting]:
    with store.database.trial() as transaction:
        return set_aside.waiting(transaction)


def test_of_a_hundred_operations_one_that_is_poison_waits_and_the_others_stand(
    store: Store, folder: Path, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(100):
        record(other, moving(1, 5) if number != 40 else moving(1000, 5, asset="series/poison"))
    poison = own(other)[41].header.op_id
    real = apply._BY_KIND[CashPaidIn]

    def stumble(transaction: Transaction, header: Any, operation: Any) -> None:
        real(transaction, header, operation)
        if header.op_id == poison:
            raise ZeroDivisionError("a bug")

    monkeypatch.setitem(apply._BY_KIND, CashPaidIn, stumble)
    done = receive(store, own(other))
    assert (len(done.recorded), done.set_aside) == (101, 1)
    (found,) = waiting(store)
    assert (found.header.op_id, found.reason, found.why) == (poison, REFUSED, "a bug")
    units = {row[0]: row[3] for row in tables_of(store)["purses"]}
    assert units == {ASSET: 99}
    assert (verify(folder).problems, verify(folder).set_aside) == ((), 1)
    assert retry(store) == 0
    monkeypatch.undo()
    assert retry(store) == 1
    assert waiting(store) == []
    assert differing(tables_of(store), as_received(journal_here(store))) == {}
    assert verify(folder).problems == ()


def test_what_stands_on_poison_waits_with_it_and_lands_with_it_in_the_same_tables(
    other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The units that poison brings are spent, held and freed; without it a later payment takes what there is."""
    record(other, moving(5))
    (poison,) = record(other, moving(5, asset=ASSET))
    record(other, moving(-8, cause=Cause.REDEEM))
    record(other, moving(8, cause=Cause.UNDO))
    record(other, ValueHeld(hold="h", asset=ASSET, units=7, ticket="t"))
    record(other, HoldReleased(hold="h"))
    record(other, moving(-4, cause=Cause.REDEEM))
    store = empty_store()
    real = apply.apply

    def stumble(transaction: Transaction, header: Any, operation: Operation) -> None:
        if header.op_id == poison.header.op_id:
            raise ZeroDivisionError
        real(transaction, header, operation)

    monkeypatch.setattr(set_aside, "apply", stumble)
    for one in own(other):
        receive(store, [one])
    assert len(waiting(store)) > 1
    monkeypatch.undo()
    retry(store)
    assert waiting(store) == []
    assert differing(tables_of(store), as_received(own(other))) == {}
    store.close()


@pytest.mark.parametrize("length", [1, 2, 3, 50])
def test_how_a_chain_is_cut_into_messages_does_not_matter_while_something_waits(
    other: Store, length: int
) -> None:
    """A newer program sold units in a way unheard of here: whoever spends them waits until other units come."""
    for units in (4, 1, -4, 3, -3, 2, 1, -4):
        record(other, moving(units, cause=Cause.ISSUE if units > 0 else Cause.REDEEM))
    opened, *rest = own(other)
    told = [opened]
    for number, one in enumerate(rest):
        told.append(resealed(one, version=1 if number else 2, prev_hash=told[-1].hash))
    wanted = as_received(told)
    assert [row[0] for row in wanted["set_aside"]] == [told[1].header.op_id, told[-1].header.op_id]
    store = empty_store()
    for start in range(0, len(told), length):
        receive(store, told[start : start + length])
    assert differing(tables_of(store), wanted) == {}
    store.close()


def test_an_unknown_version_is_kept_and_relayed_byte_for_byte_and_applied_by_a_later_program(
    store: Store, folder: Path, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_sale(other)
    chain = own(other)
    newer = unheard_of(chain[-1], DrawerOpened.KIND, version=2)
    body = b'{"shift":"s", "reason":"newer","more":[1,2]}'
    newer = seal(structs.replace(newer.header, body_hash=body_hash(b"salt", body)), b"salt", body)
    assert receive(store, [*chain, newer]).set_aside == 1
    assert own_of(store, other)[-1] == newer
    relayed = empty_store()
    assert receive(relayed, own_of(store, other)).set_aside == 1
    (found,) = waiting(store)
    assert (found.reason, found.header.version) == (UNKNOWN, 2)
    known = type("Newer", (DrawerOpened,), {"VERSION": 2, "__annotations__": {}}, frozen=True, kw_only=True)
    monkeypatch.setitem(registry.KINDS, DrawerOpened.KIND, known)
    monkeypatch.setattr(registry, "raise_version", lambda _kind, _from, _to, body: body)
    assert retry(store) == 1
    assert waiting(store) == []
    assert differing(tables_of(store), as_received(journal_here(store))) == {}
    relayed.close()


def test_a_release_of_what_another_holds_is_not_believed(other: Store, tmp_path: Path) -> None:
    third = open_till(tmp_path / "third")
    record(other, moving(5), ValueHeld(hold="h", asset=ASSET, units=5, ticket="t"))
    store = empty_store()
    receive(store, own(other))
    released = unheard_of(own(third)[-1], HoldReleased.KIND)
    body = b'{"hold":"h"}'
    released = seal(structs.replace(released.header, body_hash=body_hash(b"s", body)), b"s", body)
    assert receive(store, [*own(third), released]).set_aside == 1
    assert len(tables_of(store)["holds"]) == 1
    third.close()
    store.close()


@pytest.mark.parametrize("statement", [set_aside._ALL, set_aside._OF_REASON, receiving._IS_THERE])
def test_nothing_that_every_message_asks_reads_the_whole_journal(store: Store, statement: Statement) -> None:
    text, _bind = statement.compiled(store.database.engine.dialect)
    plan = store.database.driver().execute(f"EXPLAIN QUERY PLAN {text}", ["x"] * text.count("?"))
    steps = [row[3] for row in plan]
    assert any(step.startswith("SEARCH journal USING INDEX") for step in steps), steps
    assert not any(step.startswith("SCAN journal") for step in steps), steps
