"""The customer's side of a running till: one feed from the counter's screens to the pole display and to the window of the guests.

What guests see is `ui/guest_feed.py`'s and the screens'; where the window opens is `guest_places.py`'s. UI thread only. The
rule to know: only what is rung up and paid is shown; with any other screen in front, and with nobody signed in, it says welcome.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen

from salon_desk.bootstrap.screen.guest_places import Place, Wish, place_of, wish_of
from salon_desk.documents.pole_picture import PolePicture
from salon_desk.domain.money import Money
from salon_desk.services.till import Till
from salon_desk.storage.queries.shop import Shop
from salon_desk.ui.guest_feed import GuestFeed
from salon_desk.ui.guest_pole import pole_picture
from salon_desk.ui.guest_view import NOBODY, GuestView
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.screen import Screen
from salon_desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from salon_desk.ui.guest_screen.view import GuestWindow

_WINDOW = (1024, 600)

Seen = tuple[GuestView, str] | None
"""What of a screen guests see, and whose visit it is; None where it stays as it was."""


class GuestSide(QObject):
    """`feed` and `window` are there for tests. The window is made when it first has a place; without one it is hidden."""

    def __init__(
        self,
        main: MainWindow,
        till: Till,
        tasks: Tasks,
        *,
        show: Callable[[PolePicture], None],
    ) -> None:
        super().__init__(main)
        self._main, self._wish = main, Wish.OFF
        self._place: Place | None = None
        self.feed = GuestFeed(till, tasks, self._choose_tip)
        self.window: GuestWindow | None = None
        self._heard: set[str] = set()
        self.feed.listen(lambda view: show(pole_picture(view)))
        main.screen_shown.connect(self._screen_shown)
        if main.current:
            self._screen_shown(main.current)
        self._watch_screens()

    def use_shop(self, shop: Shop) -> None:
        """Whose counter this is."""
        self.feed.use_shop(shop.names, shop.receipt_language)

    def use(self, wish: str) -> None:
        """Put the window where this choice (the URL of the device) wants it, or away; once the till's own window stands.

        The same choice again changes nothing: a window that somebody closed stays closed until the screens change.
        """
        wanted = wish_of(wish)
        if wanted is not self._wish:
            self._wish = wanted
            self.put(QGuiApplication.screens())

    def put(self, screens: Sequence[QScreen]) -> None:
        """Put it where it belongs among these screens, or away."""
        named = {one.name(): one for one in screens}
        place = place_of(self._wish, tuple(named), self._main.screen().name())
        if place is None:
            if self.window is not None:
                self.window.hide()
            return
        window = self._made()
        if place == self._place and window.isVisible():
            return
        self._place = place
        screen = named[place.screen]
        window.setScreen(screen)
        if place.framed:
            room = screen.availableGeometry()
            window.setWindowState(Qt.WindowState.WindowNoState)
            window.resize(QSize(*_WINDOW).boundedTo(room.size()))
            window.move(room.center() - window.rect().center())
        else:
            window.setGeometry(screen.geometry())
            window.setWindowState(Qt.WindowState.WindowFullScreen)
        window.show()

    def _made(self) -> GuestWindow:
        """The window, made when it is first wanted."""
        from salon_desk.ui.guest_screen.view import GuestWindow

        self.window = self.window or GuestWindow(self.feed)
        return self.window

    def close(self) -> None:
        """Say nothing to anybody any more."""
        self.feed.close()
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def _watch_screens(self) -> None:
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._screen_came)
        application.screenRemoved.connect(self._screen_gone)

    def _screen_came(self, _screen: QScreen) -> None:
        self.put(QGuiApplication.screens())

    def _screen_gone(self, gone: QScreen) -> None:
        """Before the system puts the window on the till's own screen, over what the cashier reads."""
        self.put([one for one in QGuiApplication.screens() if one is not gone])

    def _screen_shown(self, key: str) -> None:
        if key in _SEEN and key not in self._heard:
            self._heard.add(key)
            self._main.screen_for(key).rendered.connect(partial(self._follow, key))
        self._follow(self._main.current)

    def _follow(self, key: str) -> None:
        """What stands in front has changed."""
        if key == self._main.current:
            see = _SEEN.get(key)
            seen = see(self._main.screen_for(key)) if see is not None else (NOBODY, "")
            if seen is not None:
                self.feed.show(*seen)

    def _choose_tip(self, visit: str, key: str, amount: Money | None) -> None:
        """The guest's tip, as the cashier's own, if it still counts."""
        from salon_desk.ui.screens.pay.guest import guest_may_tip
        from salon_desk.ui.screens.pay.view import PayScreen

        screen = self._main.screen_for(self._main.current)
        if isinstance(screen, PayScreen):
            payment = screen.presenter
            if payment.state.ticket == visit and guest_may_tip(payment.state, payment.charging.talk.talk):
                payment.edits.guest_tips(key, amount)


def _checkout(screen: Screen) -> Seen:
    from salon_desk.ui.screens.checkout.guest import guest_at_checkout
    from salon_desk.ui.screens.checkout.view import CheckoutScreen

    assert isinstance(screen, CheckoutScreen)
    return guest_at_checkout(screen.presenter.state)


def _pay(screen: Screen) -> Seen:
    from salon_desk.ui.screens.pay.guest import guest_at_payment
    from salon_desk.ui.screens.pay.view import PayScreen

    assert isinstance(screen, PayScreen)
    return guest_at_payment(screen.presenter.state, screen.presenter.charging.talk.talk)


def _top_up(screen: Screen) -> Seen:
    from salon_desk.ui.screens.top_up.guest import guest_at_top_up
    from salon_desk.ui.screens.top_up.view import TopUpScreen

    assert isinstance(screen, TopUpScreen)
    return guest_at_top_up(screen.presenter.state, screen.presenter.charging.talk.talk)


def _sell(screen: Screen) -> Seen:
    from salon_desk.ui.screens.sell.guest import guest_at_selling
    from salon_desk.ui.screens.sell.view import SellScreen

    assert isinstance(screen, SellScreen)
    return guest_at_selling(screen.presenter.state, screen.presenter.charging.talk.talk)


_SEEN: Mapping[str, Callable[[Screen], Seen]] = {
    "checkout": _checkout,
    "pay": _pay,
    "top_up": _top_up,
    "sell": _sell,
}
"""The screens of which guests see something, by key; each tells by `Screen.rendered` when that has changed."""
