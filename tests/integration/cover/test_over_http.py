"""A till that is declared dead while it is off, its cover spent elsewhere, and its return: real tills, real threads, real HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.bootstrap.office_data import office_at
from salon_desk.head_office import lost_tills
from salon_desk.operations.card import CardIssued
from salon_desk.storage.errors import TillClosed
from salon_desk.storage.place import Place
from salon_desk.storage.verify import verify
from salon_desk.wire.messages import Part
from tests.integration.cover.facts import standing, still_open
from tests.integration.head_office.serving import serving_at
from tests.integration.moves.chain import CARD, PAID, Counter, issue, own, record
from tests.integration.sync.linked import LONG, LinkedTill, opened


def _has(till: LinkedTill) -> int:
    return till.run(lambda here: own(here.store, PAID))


def _fetch(till: LinkedTill, units: int) -> None:
    """Ask for value as a counter does, which comes with the answer."""
    till.link.want([Part(PAID, units)]).result(LONG)
    assert _has(till) == units


def test_a_dead_till_is_covered_and_repays_when_it_comes_back(tmp_path: Path) -> None:
    with serving_at(Place(folder=tmp_path / "head-office")) as office:
        with opened(tmp_path / "one") as lost:
            lost.join(office.url, office.code("S1", "one"))
            lost.run(
                lambda here: record(here.store, CardIssued(card=CARD, code="4417", currency="USD", member=""))
            )
            lost.run(lambda here: issue(here.store, 9_000))
            assert lost.synced()
            node = lost.store.node
        with opened(tmp_path / "two") as other:
            other.join(office.url, office.code("S2", "two"))
            assert other.synced()
            with office_at(office.place) as data:
                assert lost_tills.declare_dead(data, node, "flooded")
            _fetch(other, 9_000)
            other.run(lambda here: Counter(here, here.store).redeem(5_000))
            assert other.synced()
            with opened(tmp_path / "one") as back:
                for _round in range(20):
                    assert back.synced()
                    if back.store.closed:
                        break
                with pytest.raises(TillClosed):
                    back.sell()
            assert other.synced()
            assert _has(other) == 4_000
        with office_at(office.place) as data:
            assert (still_open(data), standing(data)) == (0, (0, 0))
    assert verify(office.place).problems == ()
    assert verify(tmp_path / "two").problems == ()
