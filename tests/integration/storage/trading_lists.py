"""A list of the old system on the day that `trading.py` records: signed for, carried over, and partly taken back.

No test lives here. Of each kind of operation there is one.
"""

from __future__ import annotations

from salon_desk.domain.money import Money
from salon_desk.domain.points import points_asset
from salon_desk.operations.carried_over import AssetCarriedOver, CarryingReversed, ImportSigned, Owned
from salon_desk.operations.operation import Cause, PurseChange
from tests.integration.services.shop import Shop
from tests.integration.storage.neighbours import record


def a_list_taken_over(shop: Shop) -> None:
    """Points of a member, of which some were too many."""
    points = points_asset(shop.member)
    record(
        shop,
        ImportSigned(
            list_id="list",
            file="members.csv",
            store="s1",
            rows=1,
            broken=0,
            counted={"points": 50},
            told={"points": 50},
        ),
    )
    carried = AssetCarriedOver(
        list_id="list",
        owned_kind=Owned.POINTS.value,
        owned=shop.member,
        member=shop.member,
        store="s1",
        units=50,
        worth=Money.zero("USD"),
        purse_changes=(PurseChange(points, 50, Cause.ISSUE),),
    )
    done = shop.till.record("import/list/batch/0", None, lambda _transaction: carried)
    back = (PurseChange(points, -20, Cause.UNDO),)
    record(
        shop,
        CarryingReversed(list_id="list", op=done.op_id, left=((points, 30),), purse_changes=back),
    )
