"""A month without head office: every till closes each night, and after it is back nothing is lost, doubled or changed.

A few nights in every run; `SALON_DESK_NETWORK=10` makes it a month. The nights are a clock's, handed in.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from salon_desk.bootstrap.till import open_till
from salon_desk.bootstrap.trading_day import play
from salon_desk.domain.shift import ShiftState
from salon_desk.services.device_settings import DeviceChoice
from salon_desk.storage.office import open_for_reading
from salon_desk.storage.queries import store_day
from tests.integration.day.played import DEMO
from tests.network.chain import SCALE, Chain, Till, chain

NIGHTS = 3 * SCALE
PLACES = ("sqlite", "postgresql") if SCALE > 1 else ("sqlite",)
"""What a night costs at a till is the same on both; a long run looks at both."""
SALES = 3


class DaysAgo:
    """The machine's clock, so many days late."""

    def __init__(self, days: int) -> None:
        self._late = timedelta(days=days)

    def now(self) -> datetime:
        return datetime.now(UTC) - self._late


@pytest.mark.usefixtures("processes_are_not_measured")
@pytest.mark.timeout(240 + 120 * SCALE)
@pytest.mark.parametrize("place", PLACES, indirect=True)
def test_after_a_month_without_head_office_nothing_is_lost_doubled_or_changed(
    place: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALON_DESK_KEYS", str(tmp_path / "keys"))
    with chain(place, tmp_path) as shops:
        tills = [shops.add(store, name) for store, name in (("S1", "1"), ("S1", "2"), ("S2", "1a"))]
        for till in tills:
            assert till.day(0).ended().status == 0
        shops.office.kill()
        sold = [_month(till, seed) for seed, till in enumerate(tills)]
        before = [_closings(till) for till in tills]
        assert [len(one) for one in before] == [NIGHTS] * 3
        shops.office.start()
        shops.settle()
        shops.in_step()
        assert [_closings(till) for till in tills] == before
        everywhere = [one["op_id"] for one in tills[0].journal() if one["kind"] == "sale.completed"]
        assert sorted(everywhere) == sorted(op_id for month in sold for op_id in month)
        _the_store_says_what_came_late(shops, tills)


def _month(till: Till, seed: int) -> list[str]:
    """A day with its Z, every night; the sales that were announced."""
    announced: list[str] = []
    for days in range(NIGHTS, 0, -1):
        running = open_till(till.folder, devices=DeviceChoice(), clock=DaysAgo(days))
        try:
            played = play(
                running,
                DEMO,
                sales=SALES,
                seed=seed,
                announce=lambda op_id, _cents: announced.append(op_id),
            )
        finally:
            running.close()
        assert played.closed is not None
        assert played.problems == ()
    return announced


def _closings(till: Till) -> list[dict[str, Any]]:
    """The till's own Zs, to the last byte."""
    journal = till.journal()
    own = journal[0]["node"]
    return [
        {"hash": one["hash"], "seq": one["seq"], "body": one["body"]}
        for one in journal
        if one["kind"] == "shift.closed" and one["node"] == own
    ]


def _the_store_says_what_came_late(shops: Chain, tills: list[Till]) -> None:
    """Two tills of one store came back one after the other: the second's earlier days are late, and named."""
    office = open_for_reading(shops.office.data())
    try:
        first = tills[0].journal()
        day = next(one["business_day"] for one in first if one["kind"] == "shift.opened")
        with office.read() as transaction:
            late = store_day.late(transaction, store="S1", first=day, last=day)
            states = store_day.tills_of_day(transaction, store="S1", first=day, last=day, currency="USD")
    finally:
        office.close()
    assert late
    assert {one.till for one in late} <= {"1", "2"}
    assert [one.state.value for one in states] == [ShiftState.CLOSED.value] * 2
