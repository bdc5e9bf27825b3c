"""Taking in another node's chain: repeats, gaps, forks, damage, withheld bodies, a disk that is full."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from salon_desk.operations.description import AllergyNoted, PinSet
from salon_desk.operations.envelope import Envelope
from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import CannotRecord, ChainBroken, EnvelopeDamaged
from salon_desk.storage.receiving import MOST_TEXT, Body, Received, receive
from salon_desk.storage.store import Store
from salon_desk.storage.verify import verify
from tests.integration.storage.neighbours import (
    journal_here,
    own,
    own_of,
    resealed,
    tables_of,
    unheard_of,
    withheld,
)
from tests.integration.storage.test_disk_trouble import FailingConnection
from tests.integration.storage.tills import no_sale, no_sales, record


def test_what_was_received_stands_in_journal_and_tables_and_a_repeat_changes_nothing(
    store: Store, folder: Path, other: Store
) -> None:
    no_sales(other, 3)
    mine = own(store)
    done = receive(store, own(other))
    assert done == Received(tuple(own(other)), 0)
    assert journal_here(store) == [*mine, *own(other)]
    before = tables_of(store)
    assert receive(store, own(other)[1:3]) == Received((), 0)
    assert receive(store, [*own(other), *own(other)]) == Received((), 0)
    assert tables_of(store) == before
    assert verify(folder).problems == ()


def test_the_nodes_own_operations_go_on_after_others_and_above_their_clocks(
    store: Store, other: Store
) -> None:
    other.clock.instant = other.clock.instant.replace(year=2100)  # type: ignore[attr-defined]
    no_sale(other)
    receive(store, own(other))
    (mine,) = no_sale(store).envelopes
    assert mine.header.seq == 2
    assert mine.header.at > own(other)[-1].header.at
    assert receive(store, [mine]) == Received((), 0)


def test_an_operation_of_ones_own_that_one_never_recorded_is_refused(store: Store) -> None:
    (mine,) = no_sale(store).envelopes
    with pytest.raises(EnvelopeDamaged, match="own chain"):
        receive(store, [unheard_of(mine)])
    no_sale(store)


def test_a_gap_is_refused_with_the_number_that_would_follow_and_nothing_of_the_message_stands(
    store: Store, other: Store
) -> None:
    no_sales(other, 4)
    chain = own(other)
    before = journal_here(store)
    with pytest.raises(ChainBroken) as broken:
        receive(store, [*chain[:2], *chain[3:]])
    assert (broken.value.wanted, broken.value.is_fork) == (3, False)
    assert journal_here(store) == before
    with pytest.raises(ChainBroken) as broken:
        receive(store, chain[1:])
    assert broken.value.wanted == 1


@pytest.mark.parametrize("recorded", [0, 5])
def test_two_operations_of_one_number_are_a_fork_and_the_first_stands(
    store: Store, other: Store, recorded: int
) -> None:
    no_sales(other, 4)
    chain = own(other)
    receive(store, chain[:recorded])
    forged = resealed(chain[2], actor="somebody else")
    with pytest.raises(ChainBroken) as broken:
        receive(store, [*chain, forged])
    assert (broken.value.is_fork, broken.value.known) == (True, chain[2].hash)
    assert broken.value.envelope == forged


def test_an_operation_that_follows_another_past_is_a_fork(store: Store, other: Store) -> None:
    no_sales(other, 4)
    chain = own(other)
    receive(store, chain[:3])
    with pytest.raises(ChainBroken) as broken:
        receive(store, [resealed(chain[3], prev_hash="f" * 64)])
    assert (broken.value.is_fork, broken.value.known) == (True, chain[2].hash)


def _other_body(one: Envelope) -> Envelope:
    return Envelope(one.header, one.hash, one.salt, b"{}")


def _other_salt(one: Envelope) -> Envelope:
    return Envelope(one.header, one.hash, b"x", one.body)


def _no_salt(one: Envelope) -> Envelope:
    return Envelope(one.header, one.hash, None, one.body)


def _other_header(one: Envelope) -> Envelope:
    return Envelope(structs.replace(one.header, actor="x"), one.hash, one.salt, one.body)


_HARMS: tuple[Callable[[Envelope], Envelope], ...] = (
    _other_body,
    _other_salt,
    _no_salt,
    _other_header,
    withheld,
    *(
        lambda one, name=name: resealed(one, **{name: "x" * (MOST_TEXT + 1)})
        for name in ("op_id", "kind", "node", "epoch", "command_id", "business_day", "actor")
    ),
    *(lambda one, name=name: resealed(one, **{name: "a\0b"}) for name in ("op_id", "actor")),
    *(
        lambda one, name=name: resealed(one, **{name: ""})
        for name in ("op_id", "kind", "node", "epoch", "command_id")
    ),
    *(
        lambda one, name=name, number=number: resealed(one, **{name: number})
        for name, number in (
            ("seq", 0),
            ("seq", -1),
            ("seq", 1 << 62),
            ("seq", 1 << 70),
            ("at", -1),
            ("at", 1 << 63),
            ("version", 0),
            ("version", 1 << 64),
        )
    ),
)


@pytest.mark.parametrize("harm", range(len(_HARMS)))
def test_a_damaged_envelope_and_a_header_beyond_all_limits_are_refused(
    store: Store, other: Store, harm: int
) -> None:
    no_sale(other)
    first, second = own(other)
    with pytest.raises(EnvelopeDamaged):
        receive(store, [first, _HARMS[harm](second)])
    assert len(journal_here(store)) == 1
    assert receive(store, [first, second]).recorded == (first, second)


def test_a_reading_of_a_clock_that_cannot_be_does_not_keep_anybody_from_recording(
    store: Store, folder: Path, other: Store
) -> None:
    no_sale(other)
    first, second = own(other)
    receive(store, [first, resealed(second, at=(1 << 63) - 1)])
    no_sale(store)
    store.load()
    no_sale(store)
    assert verify(folder).problems == ()


def test_an_id_that_is_taken_is_refused_whoever_took_it(store: Store, other: Store) -> None:
    (mine,) = no_sale(store).envelopes
    no_sales(other, 2)
    first, second, third = own(other)
    with pytest.raises(EnvelopeDamaged):
        receive(store, [first, resealed(second, op_id=mine.header.op_id)])
    again = resealed(second, op_id=first.header.op_id)
    with pytest.raises(EnvelopeDamaged):
        receive(store, [first, again])
    same_command = resealed(third, command_id=second.header.command_id)
    with pytest.raises(EnvelopeDamaged):
        receive(store, [first, second, same_command])
    receive(store, [first, second])
    with pytest.raises(EnvelopeDamaged):
        receive(store, [same_command])


def test_two_nodes_may_use_the_same_command_id(store: Store, other: Store) -> None:
    mine, theirs = no_sale(store, name="same"), no_sale(other, name="same")
    receive(store, own(other))
    assert no_sale(store, name="same").envelopes == mine.envelopes
    assert no_sale(other, name="same").envelopes == theirs.envelopes
    assert no_sale(store, name="same").repeated


def test_what_is_done_beside_is_in_the_same_transaction(store: Store, other: Store) -> None:
    no_sale(other)
    seen: list[Received] = []

    def fail(_transaction: Transaction, done: Received) -> None:
        seen.append(done)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        receive(store, own(other), also=fail)
    assert seen == [Received(tuple(own(other)), 0)]
    assert len(journal_here(store)) == 1
    assert receive(store, own(other)).recorded == tuple(own(other))


def _allergy(store: Store) -> list[object]:
    return [row[2] for row in tables_of(store)["allergies"]]


def test_a_withheld_body_leaves_the_chain_whole_and_is_applied_when_it_is_disclosed(
    store: Store, folder: Path, other: Store
) -> None:
    (noted,) = record(other, AllergyNoted(allergy_id="a", member="m", substance="latex"))
    (pin,) = record(other, PinSet(staff="amy", pin_hash="$argon2id$"))
    no_sale(other)
    whole = own(other)
    shown = [withheld(one) if one in (noted, pin) else one for one in whole]
    assert receive(store, shown).set_aside == 0
    assert _allergy(store) == []
    assert verify(folder).problems == ()
    given = [Body(one.header.op_id, one.salt or b"", one.body or b"") for one in (noted, pin)]
    receive(store, [], bodies=[given[0]])
    assert _allergy(store) == ["latex"]
    receive(store, shown, bodies=[*given, *given])
    assert own_of(store, other) == whole
    assert tables_of(store)["staff_pins"][0][1] == "$argon2id$"
    assert verify(folder).problems == ()


def test_a_disclosed_body_that_is_not_the_one_that_was_hashed_is_refused(store: Store, other: Store) -> None:
    (noted,) = record(other, AllergyNoted(allergy_id="a", member="m", substance="latex"))
    receive(store, [withheld(one) if one == noted else one for one in own(other)])
    with pytest.raises(EnvelopeDamaged):
        receive(store, [], bodies=[Body(noted.header.op_id, noted.salt or b"", b"{}")])
    receive(store, [], bodies=[Body("nobody's", b"", b"{}")])
    assert _allergy(store) == []


@pytest.mark.parametrize("after", [False, True])
def test_a_full_disk_refuses_a_message_as_a_whole_and_it_can_come_again(
    store: Store, folder: Path, other: Store, after: bool
) -> None:
    """`after`: the commit stands although it raised; then the repeat is passed over."""
    no_sales(other, 3)
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_IOERR if after else sqlite3.SQLITE_FULL
    store.database._connection = FailingConnection(store.database._connection, full, after=after)
    with pytest.raises(CannotRecord):
        receive(store, own(other))
    no_sale(store)
    assert bool(receive(store, own(other)).recorded) is not after
    assert own_of(store, other) == own(other)
    no_sale(store)
    assert verify(folder).problems == ()
