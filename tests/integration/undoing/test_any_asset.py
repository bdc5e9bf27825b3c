"""The engine knows assets, not cards: visits, points, coupons, gifts and once-only rights go the very same ways as value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import IntegrityError

import pytest

from salon_desk.domain.claim import Swap, refund_right, swap_asset, top_up_right
from salon_desk.domain.cover import may_be_covered
from salon_desk.domain.errors import InsufficientValue
from salon_desk.domain.undo import Rest, money_back, take_back, worth
from salon_desk.operations.card import HoldReleased, ValueHeld
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.shift import CashPaidOut
from salon_desk.services import moves
from salon_desk.wire.messages import Recall
from tests.integration.cover.facts import with_tills
from tests.integration.moves.chain import Chain, Counter, open_chain, own, record, usd

KINDS = (
    "series/twelve",
    "points/may",
    "coupon/birthday",
    "gift/g1/USD",
    refund_right("ticket", "line"),
    top_up_right("top-up"),
    swap_asset(Swap("card-one", "USD", "ticket", 0)),
)


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    """A head office with tills of S1, S1 and S2."""
    chain = open_chain(tmp_path)
    yield with_tills(chain)
    chain.close()


def change(till: Counter, *changes: PurseChange) -> None:
    """An operation of this till that changes its purses."""
    record(till.store, CashPaidOut(shift="shift", amount=usd(0), reason="", purse_changes=changes))


@pytest.mark.parametrize("asset", KINDS)
def test_any_asset_is_issued_wanted_held_recalled_redeemed_and_undone(chain: Chain, asset: str) -> None:
    home, away = chain.tills[0], chain.tills[2]
    change(home, PurseChange(asset, 7, Cause.ISSUE))
    chain.push(home)
    for _time in range(2):
        chain.want(away, "want", (asset, 5))
        home.answer(chain.recalls(home))
        chain.push(home)
    chain.feed(away)
    assert own(away.store, asset) >= 5
    had = own(away.store, asset)
    record(away.store, ValueHeld(hold="hold", asset=asset, units=4, ticket="ticket"))
    assert away.answer([Recall(recall="r", asset=asset, keep=0)]) == (had > 4)
    assert own(away.store, asset) == 4
    with pytest.raises(IntegrityError):
        change(away, PurseChange(asset, -1, Cause.REDEEM))  # held for another
    change(away, PurseChange(asset, -3, Cause.REDEEM, "hold"))
    change(away, PurseChange(asset, 2, Cause.UNDO))
    record(away.store, ValueHeld(hold="again", asset=asset, units=3, ticket="ticket"))
    record(away.store, HoldReleased(hold="again"))
    with pytest.raises(IntegrityError):
        change(away, PurseChange(asset, -4, Cause.REDEEM))
    assert moves.return_all(away.till, chain.office.node, chain.office.epoch) == 1
    for till in chain.tills:
        chain.push(till)
    for till in chain.tills:
        chain.feed(till)
    assert chain.total(asset) == 6
    assert len(chain.digests()) == 1
    assert may_be_covered(asset) is asset.startswith("gift/")  # money alone is made good with money


@pytest.mark.parametrize("asset", KINDS)
def test_what_is_gone_of_any_asset_is_priced_or_refuses_the_undo(asset: str) -> None:
    back = take_back({asset: 10}, {asset: 4})
    assert (back.taken, back.missing) == ({asset: 4}, {asset: 6})
    assert worth(back.missing, {asset: 5}) == 30
    with pytest.raises(InsufficientValue):
        worth(back.missing, {})
    assert take_back({asset: 4}, {asset: 9}).missing == {}
    for rest, (returned, kept, owed) in ((Rest.DEDUCT, (0, 20, 10)), (Rest.OWE, (20, 0, 30))):
        money = money_back(usd(20), usd(30), rest)
        assert (money.returned.cents, money.kept.cents, money.owed.cents) == (returned, kept, owed)
