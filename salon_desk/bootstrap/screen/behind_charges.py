"""The screen of payments that somebody has to see to, its mark in the top bar, and the ways to and from it. UI thread only.

Every other screen and way is in `places.py`. The screen's module is imported when it is first wanted.
"""

from __future__ import annotations

from collections.abc import Callable

from salon_desk.domain.charge_state import ChargeState
from salon_desk.i18n import Catalogue
from salon_desk.services.till import Till
from salon_desk.ui.charging import ChargeLine, ChargeNow
from salon_desk.ui.counter.charge_words import open_charges_pill, to_see_to
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.session import Session
from salon_desk.ui.view_values import StatusPill

KEY = "open_charges"


class BehindCharges:
    """Registers the screen. `to_ticket` and `to_document`: where a payment is finished."""

    def __init__(
        self,
        till: Till,
        session: Session,
        line: ChargeLine,
        *,
        to_ticket: Callable[[str], None],
        to_document: Callable[[str], None],
    ) -> None:
        self._till, self._session, self._line = till, session, line
        self._to_ticket, self._to_document = to_ticket, to_document

    def register(self, window: MainWindow) -> None:
        """Say how it is made."""
        window.register(KEY, lambda host: self._make(host, lambda: window.go("checkout")))

    def _make(self, host: ScreenHost, back_to: Callable[[], None]) -> Screen:
        from salon_desk.ui.screens.open_charges.presenter import ChargeWays
        from salon_desk.ui.screens.open_charges.view import OpenChargesScreen

        ways = ChargeWays(to_ticket=self._to_ticket, to_document=self._to_document)
        return OpenChargesScreen(host, self._till, self._session, line=self._line, ways=ways, back_to=back_to)


class OpenChargesMark:
    """How many payments are open, for the top bar; `changed` is called when it is another number.

    What was just approved is usually recorded within a moment by the sale that asked: it counts once another screen is in front.
    """

    def __init__(self, window: MainWindow, line: ChargeLine, changed: Callable[[], None]) -> None:
        self._tasks, self._line, self._changed = window.tasks, line, changed
        self._number = 0
        line.hear(self._heard)
        window.screen_shown.connect(lambda _key: self.look())
        window.heading_shown.connect(self._finished)

    def look(self) -> None:
        """Count them."""
        self._tasks.run(
            lambda: to_see_to(self._line.unsettled()), self._counted, replaces="open-charges-mark"
        )

    def pills(self, words: Catalogue) -> tuple[StatusPill, ...]:
        """The mark, or nothing."""
        return (open_charges_pill(KEY, self._number, words),) if self._number else ()

    def _heard(self, charge: ChargeNow) -> None:
        if self._number or charge.standing is not ChargeState.APPROVED:
            self.look()

    def _finished(self) -> None:
        """What was open may be paid now, on the screen that is in front."""
        if self._number:
            self.look()

    def _counted(self, number: int) -> None:
        if number != self._number:
            self._number = number
            self._changed()
