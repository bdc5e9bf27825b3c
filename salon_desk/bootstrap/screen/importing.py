"""The screen for coming from the old system. It is made, and its module imported, when it is first wanted.

Every other screen and way is in `places.py`.
"""

from __future__ import annotations

from salon_desk.services.till import Till
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.session import Session


def importing_screen(host: ScreenHost, till: Till, session: Session, approvals: Approvals) -> Screen:
    """The screen, which goes back to the settings."""
    from salon_desk.ui.screens.importing.files import usual_places
    from salon_desk.ui.screens.importing.presenter import ImportingPresenter
    from salon_desk.ui.screens.importing.view import ImportingScreen

    presenter = ImportingPresenter(till, host.tasks, session, approvals=approvals, places=usual_places)
    return ImportingScreen(host, presenter, back_to=lambda: host.go("settings"))
