"""What a guest does on the second screen: choose a tip, type one, change the language. No Qt, and nothing is reckoned here.

The one rule to know: whatever was half typed ends with the moment in which it could be typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from salon_desk.ui.digit_entry import DigitEntry
from salon_desk.ui.guest_feed import GuestFeed
from salon_desk.ui.guest_view import NOBODY, TIP_CUSTOM, GuestView

NOTHING_TYPED = DigitEntry(most=6)


@dataclass(frozen=True, slots=True)
class GuestState:
    """What stands on the screen. `typing`: a tip of the guest's own is being typed."""

    view: GuestView = NOBODY
    typing: bool = False
    typed: DigitEntry = NOTHING_TYPED


class GuestPresenter:
    """The screen's behaviour. UI thread only."""

    def __init__(self, feed: GuestFeed, render: Callable[[], None]) -> None:
        self._feed, self._render = feed, render
        self.state = GuestState()

    def begin(self) -> None:
        """Show what the feed tells from now on. Once."""
        self._feed.listen(self._changed)

    def tap_tip(self, key: str) -> None:
        """One of the tips: a suggested one and none count at once, another is typed first."""
        if key == TIP_CUSTOM:
            self._set(replace(self.state, typing=True, typed=NOTHING_TYPED))
        else:
            self._feed.choose_tip(key)

    def press(self, keys: str) -> None:
        """A key of the pad."""
        self._set(replace(self.state, typed=self.state.typed.press(keys)))

    def erase(self) -> None:
        """The pad's backspace."""
        self._set(replace(self.state, typed=self.state.typed.erase()))

    def confirm(self) -> None:
        """This much; nothing typed is no tip."""
        tips, typed = self.state.view.tips, self.state.typed
        self._set(replace(self.state, typing=False))
        if tips is not None:
            self._feed.choose_tip(TIP_CUSTOM, typed.money(tips.amount.currency))

    def cancel(self) -> None:
        """As it was."""
        self._set(replace(self.state, typing=False))

    def use_language(self, code: str) -> None:
        """The guest reads this language better."""
        self._feed.use_language(code)

    def _changed(self, view: GuestView) -> None:
        tips = view.tips
        still = self.state.typing and tips is not None and tips.open and view.visit == self.state.view.visit
        self._set(replace(self.state, view=view, typing=still))

    def _set(self, state: GuestState) -> None:
        self.state = state
        self._render()
