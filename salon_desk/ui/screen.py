"""What a screen is to the window, and what the window is to a screen.

No screen lives here (see `screens/`). A screen is made with a `ScreenHost`, writes all of its words
in `retranslate()`, and keeps its state there: changing the language never loses a ticket.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from salon_desk.domain.errors import DomainError
from salon_desk.ui.language import Language
from salon_desk.ui.tasks import Tasks
from salon_desk.ui.view_values import Alert, Heading, Question
from salon_desk.ui.widgets.sheet import Sheet


class ScreenHost(Protocol):
    """What every screen may use of the window around it. UI thread only."""

    @property
    def language(self) -> Language:
        """The language in use, with its `changed` signal."""
        ...

    @property
    def tasks(self) -> Tasks:
        """Where work for the database goes."""
        ...

    def go(self, key: str) -> None:
        """Show the screen registered under `key`."""
        ...

    def notify(
        self,
        alert: Alert,
        title: str,
        detail: str = "",
        *,
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Show a notice under the top bar until it is closed or replaced; `action` is its button."""
        ...

    def clear_notice(self) -> None:
        """Take the notice away, because what it said is no longer so."""
        ...

    def open_keyboard(self, field: QWidget) -> None:
        """Dock the on-screen keyboard for a field: what a search field's button asks for."""
        ...

    def refuse(self, error: DomainError) -> None:
        """Show a refusal as a notice, in the reader's language."""
        ...

    def ask(self, question: Question, answered: Callable[[bool], None]) -> None:
        """Ask once before something that cannot be taken back."""
        ...

    def open_sheet(self, sheet: Sheet) -> None:
        """Lay a sheet over the window; it closes by its own `closed` signal and is deleted then."""
        ...

    def busy(self, words: str, cancel: Callable[[], None] | None = None) -> None:
        """Cover the window while something lasts over a second; with `cancel` where that is safe."""
        ...

    def not_busy(self) -> None:
        """Take the cover of `busy` away."""
        ...


class Screen(QWidget):
    """One place of the window. Signals: `heading_changed()` when `heading()` says something else; `rendered()` when a screen that
    guests see a part of shows another state."""

    heading_changed = Signal()
    rendered = Signal()

    rail_key: ClassVar[str] = ""
    """The place in the rail that is marked while this screen stands; empty for its own key."""
    with_rail: ClassVar[bool] = True
    """Whether the rail is there; signing in has none."""

    def __init__(self, host: ScreenHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.host = host
        self.setProperty("panel", "ground")

    @property
    def words(self) -> Language:
        """The language in use; `self.words.catalogue.text(...)`."""
        return self.host.language

    def heading(self) -> Heading:
        """What the top bar says while this screen stands; by default the shop and the till."""
        return Heading()

    def kept_clear(self) -> int:
        """Pixels at the right edge that no notice may cover: where an allergy stands."""
        return 0

    def shown(self) -> None:
        """Called when the screen comes to the front: ask for what may have changed."""

    def left(self) -> None:
        """Called when another screen comes to the front."""

    def back(self) -> None:
        """Called when the back button of the top bar is tapped (only when `heading().back`)."""

    def retranslate(self) -> None:
        """Write every word again in the current language, keeping all state."""
