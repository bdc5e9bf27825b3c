"""A till that is replaced, and one declared dead that comes back: what each has goes home and is placed with the new device."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.head_office import attendance, enrolment, lost_tills
from salon_desk.operations.card import CardIssued
from salon_desk.operations.description import MemberDescribed
from salon_desk.operations.payment import Funding
from salon_desk.services.carry_over import carried_over
from salon_desk.services.describe import described
from salon_desk.services.till import Till
from salon_desk.storage import journal
from salon_desk.storage.office import Office
from salon_desk.storage.queries import cards
from tests.integration.epochs.folders import keep
from tests.integration.epochs.restored import gone_on
from tests.integration.head_office.serving import HeadOffice
from tests.integration.moves.chain import CARD, PAID, usd
from tests.integration.storage.tills import command, no_sales
from tests.integration.sync.linked import LinkedTill, opened


@pytest.fixture(autouse=True)
def _noted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Head office notes at once whom it heard of."""
    monkeypatch.setattr(attendance, "KEEP_EVERY", 0.05)


@pytest.fixture
def old(office: HeadOffice, folder: Path) -> Iterator[LinkedTill]:
    """The till of S1 with 50.00 on the card of a member of S1."""
    with opened(folder) as till:
        till.join(office.url, office.code("S1", "front"))
        till.run(_fill)
        assert till.synced()
        yield till


def _fill(till: Till) -> None:
    def decide(transaction: object) -> list[object]:
        may = described(transaction, MemberDescribed, "may", {"name": "May", "home_store": "S1"})  # type: ignore[arg-type]
        card = CardIssued(card=CARD, code="4417", currency="USD", member="may")
        return [may, card, carried_over(Funding(card=CARD, paid=usd(5000), bonus=usd(0)), reason="test")]

    journal.record(till.store, command(), decide)  # type: ignore[arg-type]


def has(till: LinkedTill) -> int:
    def units(of: Till) -> int:
        with of.read() as transaction:
            return cards.units_here(transaction, PAID, of.store.node, of.store.epoch)

    return till.run(units)


def replaced(office: HeadOffice, node: str) -> str:
    def replace(data: Office) -> str:
        made = enrolment.retire_for_another(data, node)
        assert made is not None
        return made.code

    return office.context.access.run(replace)


def until_there(till: LinkedTill, *others: LinkedTill) -> None:
    for _round in range(30):
        if has(till) == 5000:
            return
        assert all(one.synced() for one in (*others, till))
    assert has(till) == 5000


def test_a_till_that_is_replaced_sends_home_what_the_new_one_gets(
    office: HeadOffice, old: LinkedTill, tmp_path: Path
) -> None:
    code = replaced(office, old.store.node)
    with opened(tmp_path / "new") as new:
        new.join(office.url, code)
        until_there(new, old)
        assert has(old) == 0


def test_a_till_declared_dead_that_comes_back_brings_its_value(
    office: HeadOffice, old: LinkedTill, folder: Path, tmp_path: Path
) -> None:
    node = old.store.node
    old.link.stop()
    office.context.access.run(lambda data: lost_tills.declare_dead(data, node, "water damage"))
    code = replaced(office, node)
    with opened(tmp_path / "new") as new:
        new.join(office.url, code)
        assert new.synced()
        owned = has(new)
        old.worker.close()
        old.store.close()
        with opened(folder) as back:
            for _round in range(20):
                assert back.synced()
                if back.store.closed:
                    break
            assert back.store.closed
            assert has(back) == 0
        assert owned in (0, 5000), "covered or not, never more"
        until_there(new)


def test_a_till_declared_dead_that_comes_back_from_a_backup_brings_what_its_anchor_proves(
    office: HeadOffice, folder: Path, tmp_path: Path
) -> None:
    with opened(folder) as till:
        till.join(office.url, office.code("S1", "front"))
        till.run(_fill)
        assert till.synced()
        node = till.store.node
    backup = keep(folder, tmp_path / "backup")
    with opened(folder) as till:
        till.run(lambda here: no_sales(here.store, 5))
        assert till.synced()
    code = replaced(office, node)
    with opened(tmp_path / "new") as new:
        new.join(office.url, code)
        assert new.synced()
        with gone_on(backup, folder) as back:
            until_there(new, back)
            assert has(back) == 0


def test_the_command_line_prints_a_code_for_the_device_in_its_place(
    office: HeadOffice, old: LinkedTill
) -> None:
    place = ["--data", str(office.place.folder), "--json"]
    run = [sys.executable, "-m", "salon_desk", "head-office", "retire", "--till", "S1/front", "--replace"]
    told = subprocess.run([*run, *place], capture_output=True, text=True, check=True, timeout=60)
    said = json.loads(told.stdout)
    assert (said["node"], said["store"], said["till"], said["retiring"]) == (
        old.store.node,
        "S1",
        "front",
        True,
    )
    assert len(said["code"]) == 11
