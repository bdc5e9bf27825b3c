"""WeChat Pay and Alipay for tests of screens: they answer what the test says; charges are written down by the real services.

No test lives here.
"""

from __future__ import annotations

from collections.abc import Callable

from salon_desk.bootstrap.screen.charge_line import TillCharges
from salon_desk.domain.charge import Approved, ChargeProblem, Declined, Entry, Means, NotSent, Unknown
from salon_desk.services.charge_desk import ChargeDesk
from salon_desk.services.till import Till
from tests.ui.shop_fixture import usd
from tests.ui.terminal import FakeTerminal

WECHAT_CODE = "134732675710524877"
ALIPAY_CODE = "286012345678901234"
TO_SCAN = "weixin://wxpay/bizpayurl?pr=Zx81kLm0Q"


class FakeWallet(FakeTerminal):
    """Fulfils `PaymentTerminal` and `ShowsCode`."""

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        self._listeners: list[Callable[[str, str], None]] = []

    def to_scan(self, reference: str) -> str:
        return self._code if self.asked and self.asked[-1].reference == reference else ""

    def on_code(self, listener: Callable[[str, str], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def show_code(self, code: str = TO_SCAN) -> None:
        """The provider made a code."""
        self._code = code
        for listener in tuple(self._listeners):
            listener(self.asked[-1].reference, code)

    def pay(self) -> None:
        """The guest pays."""
        charge = self.asked[-1]
        zero = usd(0)
        self._code = ""
        self.answer(
            Approved(charge.reference, charge.amount, zero, "T7", "T7", brand="WeChat Pay", entry=Entry.CODE)
        )

    def nobody_pays(self) -> None:
        """It was undone in time."""
        self._code = ""
        self.answer(Declined(self.asked[-1].reference, "not-paid"))

    def refuse(self) -> None:
        """The provider says no."""
        self.answer(Declined(self.asked[-1].reference, "E062010", "balance not enough"))

    def no_internet(self) -> None:
        """Not a byte reached the provider."""
        self.answer(NotSent(self.asked[-1].reference, ChargeProblem.OUT_OF_REACH))

    def say_nothing(self, problem: ChargeProblem = ChargeProblem.SILENT) -> None:
        """Nobody knows, nor when it is asked again."""
        for _ in range(2):
            self.answer(Unknown(self.asked[-1].reference, problem))


class Wallets:
    """A till with both wallets: `line` is what the screens get."""

    def __init__(self, till: Till) -> None:
        self.wechat, self.alipay = FakeWallet(), FakeWallet()
        self.desk = ChargeDesk(
            till, lambda work: work(), {Means.WECHAT_PAY: self.wechat, Means.ALIPAY: self.alipay}
        )
        self.line = TillCharges(till, self.desk, lambda work: work())
