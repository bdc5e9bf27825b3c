"""The mark of open payments goes as soon as they are finished, without another screen."""

from __future__ import annotations

from typing_extensions import override

from salon_desk.bootstrap.screen.behind_charges import OpenChargesMark
from salon_desk.domain.charge_state import ChargeState
from salon_desk.i18n import Catalogue
from salon_desk.ui.charging import ChargeAsk, ChargeNow, NoTerminal
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.screen import Screen
from tests.ui.shop_fixture import usd


class _Line(NoTerminal):
    """A line with one payment that no sale has yet."""

    def __init__(self) -> None:
        ask = ChargeAsk("ticket", usd(4703))
        self.open: tuple[ChargeNow, ...] = (ChargeNow("R", ask, ChargeState.APPROVED, usd(4703), usd(0)),)

    @override
    def unsettled(self) -> tuple[ChargeNow, ...]:
        return self.open


def test_the_mark_goes_when_the_screen_in_front_has_finished_the_payment(desk: MainWindow) -> None:
    words, line = Catalogue.load("en"), _Line()
    mark = OpenChargesMark(desk, line, lambda: None)
    desk.register("pay", Screen)
    desk.go("pay")
    assert len(mark.pills(words)) == 1

    line.open = ()
    desk.screen_for("pay").heading_changed.emit()
    assert mark.pills(words) == ()
