"""The ways to the screens that sell value alone: top-ups, gift cards and series, and back. UI thread only.

Every other screen and way is in `places.py`. A screen's module is imported when it is first wanted.
"""

from __future__ import annotations

from salon_desk.services.till import Till
from salon_desk.ui.charging import ChargeLine
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.session import Session


class Selling:
    """Registers the screens and leads to them."""

    def __init__(self, window: MainWindow, till: Till, session: Session, terminal: ChargeLine) -> None:
        self._window, self._till, self._session = window, till, session
        self._terminal = terminal
        window.register("sell", self._make)
        window.register("top_up", self._make_top_up)

    def top_up(self, card: str) -> None:
        """Sell value for a card."""
        from salon_desk.ui.screens.top_up.view import TopUpScreen

        screen = self._window.screen_for("top_up")
        assert isinstance(screen, TopUpScreen)
        screen.begin(card)
        self._window.go("top_up")

    def gift(self) -> None:
        """Sell a gift card."""
        self._begin("gift", "")

    def series(self, member: str) -> None:
        """Sell a series, to this member if one is named."""
        self._begin("series", member)

    def _begin(self, ware: str, member: str) -> None:
        from salon_desk.ui.screens.sell.state import Ware
        from salon_desk.ui.screens.sell.view import SellScreen

        screen = self._window.screen_for("sell")
        assert isinstance(screen, SellScreen)
        screen.begin(Ware(ware), member)
        self._window.go("sell")

    def _make(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.sell.view import SellScreen

        return SellScreen(
            host,
            self._till,
            self._session,
            on_done=lambda: self._window.go("cards"),
            terminal=self._terminal,
        )

    def _make_top_up(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.top_up.view import TopUpScreen

        return TopUpScreen(
            host,
            self._till,
            self._session,
            on_done=lambda: self._window.go("checkout"),
            terminal=self._terminal,
        )
