"""A till below a hub that was restored with proof of its old epoch's end: the hub closes that, and nobody else does."""

from __future__ import annotations

from pathlib import Path

from salon_desk.operations.envelope import Envelope
from salon_desk.operations.node import EpochClosedByParent
from salon_desk.storage.place import Place
from salon_desk.storage.verify import verify
from tests.integration.epochs.folders import issue, keep, spend, usable
from tests.integration.epochs.restored import gone_on
from tests.integration.hub.shop import Shop
from tests.integration.storage.tills import journal_of
from tests.integration.sync.linked import opened


def closings(folder: Path) -> list[Envelope]:
    return [one for one in journal_of(folder) if one.header.kind == EpochClosedByParent.KIND]


def test_the_hub_closes_the_old_epoch_of_its_till(salon: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "below"
    with opened(folder) as till:
        till.join(salon.hub.url, salon.office.code("S1", "below"))
        till.run(lambda here: issue(here.store, 100))
        salon.settle(till)
    kept = keep(folder, tmp_path / "kept")
    with opened(folder) as till:
        till.run(lambda here: spend(here.store, 70))
        till.sell(6)
        salon.settle(till)
    with gone_on(kept, folder) as till:
        for _round in range(20):
            if till.run(lambda here: usable(here.store)) == 30:
                break
            salon.settle(till)
        assert till.run(lambda here: usable(here.store)) == 30
        salon.settle(till)
        assert len(salon.digests(till)) == 1
    assert [one.header.node for one in closings(folder)] == [salon.hub.store.node]
    place = salon.office.place
    assert isinstance(place, Place)
    assert verify(place).problems == ()
    assert verify(folder).problems == ()
