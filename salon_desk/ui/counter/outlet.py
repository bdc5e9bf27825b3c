"""What a presenter of the counter may ask of the window, as a Protocol without Qt.

No wording of a screen lives here. The real one is `host_outlet.HostOutlet`; tests hand in one that remembers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from salon_desk.domain.errors import DomainError
from salon_desk.i18n import Catalogue
from salon_desk.ui.view_values import Alert, Question


class Outlet(Protocol):
    """The window as a presenter sees it. UI thread only."""

    @property
    def catalogue(self) -> Catalogue:
        """The words of the language in use."""
        ...

    def render(self) -> None:
        """The presenter's state has changed: show it."""
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
        """Show a notice until it is closed or replaced."""
        ...

    def clear_notice(self) -> None:
        """Take the notice away, because what it said is no longer so."""
        ...

    def refuse(self, error: DomainError) -> None:
        """Show a refusal in the reader's language."""
        ...

    def ask(self, question: Question, answered: Callable[[bool], None]) -> None:
        """Ask once before something that cannot be taken back."""
        ...
