"""The one feed of the customer's side: what the guest should see now, told to the second screen and to the pole display.

How a ticket and a payment become a `GuestView` is in the screens (`checkout/guest.py`, `pay/guest.py`). No Qt. The rules to
know: listeners hear a view only when it differs, and a language that a guest chose ends with the visit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.services import guest_points
from salon_desk.services.till import Till
from salon_desk.ui.guest_view import NOBODY, GuestView, Stage
from salon_desk.ui.tasks import Tasks

_FALLBACK: Final = "en"

ChooseTip = Callable[[str, str, Money | None], None]
"""The visit, the key of the choice, and the amount of a custom one."""


class GuestFeed:
    """Holds the newest view. UI thread only."""

    def __init__(self, till: Till, tasks: Tasks, choose_tip: ChooseTip) -> None:
        self._till, self._tasks, self._choose_tip = till, tasks, choose_tip
        self._listeners: list[Callable[[GuestView], None]] = []
        self._shop, self._shop_language = NOBODY.shop, _FALLBACK
        self._shown, self._member = NOBODY, ""
        self._points: int | None = None
        self._asked: tuple[str, bool] = ("", False)
        self._chosen = ""
        self.view = replace(NOBODY, language=_FALLBACK)

    def listen(self, listener: Callable[[GuestView], None]) -> None:
        """Tell `listener` the view now and whenever it changes."""
        self._listeners.append(listener)
        listener(self.view)

    def close(self) -> None:
        """Tell nobody any more."""
        self._listeners.clear()

    def use_shop(self, names: Names, language: str) -> None:
        """Whose counter this is, and the language of a guest who has none of their own."""
        self._shop, self._shop_language = names, language or _FALLBACK
        self._tell()

    def show(self, view: GuestView, member: str = "") -> None:
        """Another moment of a visit, of this member or of somebody nobody knows; shop and points are filled in here."""
        if view.visit != self._shown.visit:
            self._chosen = ""
        if member != self._member:
            self._points = None
        self._shown, self._member = view, member
        self._read_points()
        self._tell()

    def use_language(self, code: str) -> None:
        """The guest reads this language better."""
        self._chosen = code
        self._tell()

    def choose_tip(self, key: str, amount: Money | None = None) -> None:
        """The guest has chosen a tip; nothing happens when it is too late for that."""
        tips = self.view.tips
        if tips is not None and tips.open:
            self._choose_tip(self.view.visit, key, amount)

    def _read_points(self) -> None:
        """Ask for them once for each member, and once more when the payment has changed them."""
        member, asked = self._member, (self._member, self._shown.stage is Stage.PAID)
        if asked == self._asked:
            return
        self._asked = asked
        if member:
            self._tasks.run(
                lambda: guest_points.balance(self._till, member),
                lambda points: self._points_came(member, points),
                lambda _refusal: None,
                replaces="guest-points",
            )

    def _points_came(self, member: str, points: int | None) -> None:
        if member == self._member:
            self._points = points
            self._tell()

    def _tell(self) -> None:
        shown = self._shown
        language = self._chosen or shown.language or self._shop_language
        view = replace(shown, shop=self._shop, language=language, points=self._points)
        if view != self.view:
            self.view = view
            for listener in tuple(self._listeners):
                listener(view)
