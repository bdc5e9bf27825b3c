"""Who was told more of head office's own chain than there is, or another one, proves by its voucher that it is an old copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.head_office import restored, vouchers
from salon_desk.head_office.context import Identity
from salon_desk.head_office.devices import witnessed
from salon_desk.simulation.faults import healing
from salon_desk.simulation.faults.campaign import opened, stepped
from salon_desk.simulation.faults.steps_disks import DiskSteps
from salon_desk.storage.office import Office, open_office
from salon_desk.storage.place import Place
from salon_desk.wire.messages import HeadsAsk, Seen
from tests.integration.storage.tills import TurnedClock, new_id, no_sales


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = open_office(Place(folder=tmp_path), TurnedClock(), new_id)
    no_sales(made, 3)
    yield made
    made.close()


def proof(office: Office, seen: Seen, told: Seen | None = None) -> restored.Proof | None:
    """What this witness proves."""
    witnessed(office, "till", HeadsAsk(heads=[seen]), told)
    with office.database.read() as transaction:
        return restored.proof(transaction, office.epoch)


def suspicion(office: Office) -> restored.Proof | None:
    """What somebody said and did not prove."""
    with office.database.read() as transaction:
        return restored.suspicion(transaction, office.epoch)


def test_what_is_there_and_what_others_have_of_others_proves_nothing(office: Office) -> None:
    head = office.head
    here = Seen(office.node, office.epoch, head.seq, head.hash)
    assert proof(office, here, told=here) is None
    assert proof(office, Seen("another", "first", 900, "a" * 64)) is None
    over = Seen(office.node, "an epoch that is over", 900, "a" * 64)
    assert proof(office, over, told=over) is None
    assert suspicion(office) is None


@pytest.mark.parametrize("beyond", [0, 5])
def test_more_or_something_else_of_this_epoch_that_was_told_here_proves_it(
    office: Office, beyond: int
) -> None:
    seen = Seen(office.node, office.epoch, office.head.seq + beyond, "a" * 64)
    found = proof(office, seen, told=seen)
    assert found is not None
    assert (found.node, found.what, found.ours) == ("till", "head", office.head.seq)


@pytest.mark.parametrize("beyond", [0, 5])
def test_who_only_says_so_proves_nothing_and_is_suspected(office: Office, beyond: int) -> None:
    assert proof(office, Seen(office.node, office.epoch, office.head.seq + beyond, "a" * 64)) is None
    found = suspicion(office)
    assert found is not None
    assert (found.node, found.what, found.ours) == ("till", "head", office.head.seq)


def test_a_voucher_says_what_it_was_given_for_and_nothing_else() -> None:
    identity = Identity(node="office", epoch="first", public_key="", token_secret=b"secret")
    given = vouchers.given_head(identity, 7, "a" * 64)
    assert vouchers.proven_head(identity, given) == Seen("office", "first", 7, "a" * 64)
    number, hash_, code = given.split(".")
    for forged in (
        "",
        "7",
        f"{number}.{hash_}.",
        f"8.{hash_}.{code}",
        f"{number}.{'b' * 64}.{code}",
        f"{number}.{hash_}.é",
        f"9{'9' * 30}.{hash_}.{code}",
        vouchers.given(identity, vouchers.FEED, "till", "", 7),
    ):
        assert vouchers.proven_head(identity, forged) is None, forged
    for other in (
        replace(identity, epoch="second"),
        replace(identity, node="hub"),
        replace(identity, token_secret=b"x"),
    ):
        assert vouchers.proven_head(other, given) is None


@pytest.mark.parametrize("seed", [11, 12])
def test_tills_follow_a_head_office_that_forgot_a_day_and_recorded_since(seed: int) -> None:
    with opened(seed, load_rules()) as world:
        world.begin()
        disks = DiskSteps(world)
        calm = {
            "crash-soon",
            "office-crash-soon",
            "kill",
            "disk",
            "destroy",
            "copy",
            "restore",
            "retire",
            "clock",
        }
        for work in (disks.office_backup, disks.office_restore):
            for _name in stepped(world, 60, calm):
                pass
            world.step("office", work)
        for _name in stepped(world, 60, calm):
            pass
        healing.heal(world)
