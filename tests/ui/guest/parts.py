"""Short ways to what is tapped on the window of the guests. No test lives here."""

from __future__ import annotations

from salon_desk.ui.guest_screen.view import GuestWindow
from salon_desk.ui.widgets.pill import Pill


def pill(window: GuestWindow, code: str) -> Pill:
    """The pill of a language."""
    return next(one for one in window.languages.pills if one.key == code)
