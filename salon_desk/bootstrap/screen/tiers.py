"""The screen of the owner's rules for tiers, and its way back to the settings.

It is made when it is first wanted, and its module is imported then.
"""

from __future__ import annotations

from salon_desk.services.till import Till
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.session import Session


def tiers_screen(host: ScreenHost, till: Till, session: Session, approvals: Approvals) -> Screen:
    """The screen. UI thread."""
    from salon_desk.ui.screens.tiers.presenter import TiersPresenter
    from salon_desk.ui.screens.tiers.view import TiersScreen

    presenter = TiersPresenter(till, host.tasks, session, approvals=approvals)
    return TiersScreen(host, presenter, back_to=lambda: host.go("settings"))
