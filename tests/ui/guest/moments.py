"""The worked visit of DOMAIN 1 as its guest sees it, moment by moment, by hand; and a feed that is told them.

No test lives here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.ui.guest_view import (
    TIP_NONE,
    GuestCard,
    GuestLine,
    GuestSums,
    GuestTips,
    GuestView,
    Stage,
    TipOffer,
)


def usd(cents: int) -> Money:
    return Money(cents, "USD")


SHOP: Final = Names("Bloom Nails & Spa", "花漾美甲", "花漾美甲")
LINES: Final = (
    GuestLine(Names("Gel manicure", "凝胶美甲", "凝膠美甲"), 1, usd(4500)),
    GuestLine(Names("Classic pedicure", "经典足部护理", "經典足部護理"), 1, usd(3800), by_series=True),
    GuestLine(
        Names("Hand cream, rose and almond, 75 ml", "玫瑰杏仁护手霜 75 毫升", "玫瑰杏仁護手霜"), 2, usd(3600)
    ),
)
_NONE: Final = usd(0)
SUMS: Final = GuestSums(
    discount=usd(1000),
    tax=usd(489),
    total=usd(11389),
    tip=_NONE,
    top_up=_NONE,
    by_series=usd(3800),
    by_gift=_NONE,
    by_value=_NONE,
    charged=_NONE,
    due=usd(7589),
)
TIPS: Final = GuestTips(
    usd(8300),
    (TipOffer("15", usd(1245)), TipOffer("18", usd(1494)), TipOffer("20", usd(1660))),
    TIP_NONE,
    _NONE,
    open=True,
)
CARD: Final = GuestCard("0137", usd(18750), usd(6250))
VISIT: Final = GuestView(
    stage=Stage.LINES, visit="t1", language="zh_CN", lines=LINES, sums=SUMS, cards=(CARD,)
)
PAYING: Final = replace(
    VISIT,
    stage=Stage.PAYING,
    sums=replace(SUMS, tip=usd(1494), by_value=usd(6250), due=usd(2833)),
    cards=(GuestCard("0137", usd(12500), usd(0)),),
    tips=replace(TIPS, chosen="18", amount=usd(1494)),
)
AT_TERMINAL: Final = replace(PAYING, stage=Stage.TERMINAL, to_charge=usd(2833))
PAID: Final = replace(
    PAYING,
    stage=Stage.PAID,
    tips=replace(TIPS, chosen="18", amount=usd(1494), open=False),
    earned=28,
    paid=usd(9083),
    change=usd(1167),
)
WALK_IN: Final = replace(VISIT, visit="t2", language="", cards=(), lines=LINES[:1])
