"""The outlet of a presenter, made from the window that hosts its screen.

Nothing is decided here. See `outlet.Outlet` for what each part means.
"""

from __future__ import annotations

from collections.abc import Callable

from salon_desk.domain.errors import DomainError
from salon_desk.i18n import Catalogue
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.view_values import Alert, Question


class HostOutlet:
    """An `Outlet`; `render` paints the screen again from the presenter's state."""

    def __init__(self, host: ScreenHost, render: Callable[[], None]) -> None:
        self._host = host
        self.render = render

    @property
    def catalogue(self) -> Catalogue:
        """See `Outlet`."""
        return self._host.language.catalogue

    def notify(
        self,
        alert: Alert,
        title: str,
        detail: str = "",
        *,
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """See `Outlet`."""
        self._host.notify(alert, title, detail, action=action, on_action=on_action)

    def clear_notice(self) -> None:
        """See `Outlet`."""
        self._host.clear_notice()

    def refuse(self, error: DomainError) -> None:
        """See `Outlet`."""
        self._host.refuse(error)

    def ask(self, question: Question, answered: Callable[[bool], None]) -> None:
        """See `Outlet`."""
        self._host.ask(question, answered)
