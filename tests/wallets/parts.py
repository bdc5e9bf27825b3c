"""An account with the stand-in, charges, and a clock that jumps to what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from salon_desk.domain.charge import Answer, Charge, ChargeKind, Means
from salon_desk.domain.money import Money
from salon_desk.wallets.course import Course, Patience
from salon_desk.wallets.provider import WalletProvider
from salon_desk.wallets.snappay import SnapPay, SnapPayAccount
from salon_desk.wire.exchange import Line
from tests.wallets.stand_in import APP, KEY, MERCHANT, STORE, StandIn

WECHAT_CODE = "134732675710524877"
ALIPAY_CODE = "286012345678901234"
PRICE = Money(45_10, "CAD")
PATIENCE = Patience()
ACCOUNT = SnapPayAccount(MERCHANT, APP, KEY, "Salon Mei", "CAD", STORE)


class Fixed:
    def now(self) -> datetime:
        return datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


@dataclass
class Jumps:
    """Seconds that pass when somebody waits."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


def account(stand_in: StandIn, *, read_within: float = 0.15) -> SnapPay:
    return SnapPay(ACCOUNT, Fixed(), base=stand_in.url, line=Line(read_within=read_within))


def nowhere() -> SnapPay:
    """An account whose gateway is not there."""
    return SnapPay(ACCOUNT, Fixed(), base="http://127.0.0.1:9/api/gateway", line=Line(read_within=0.15))


def sale(
    reference: str = "r1", code: str = WECHAT_CODE, means: Means = Means.WECHAT_PAY, amount: Money = PRICE
) -> Charge:
    return Charge(reference, ChargeKind.SALE, amount, means, code)


def lived(charge: Charge, provider: WalletProvider, *, give_up_after: int = 99) -> Answer:
    """The answer of a charge, waiting as long as it wants."""
    clock = Jumps()
    course = Course(charge, provider, clock, PATIENCE)
    answer = course.begin()
    turns = 0
    while answer is None:
        assert turns < 200
        clock.now = max(clock.now, course.due)
        turns += 1
        answer = course.go_on(give_up=turns >= give_up_after)
    return answer
