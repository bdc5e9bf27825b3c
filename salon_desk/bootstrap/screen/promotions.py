"""The screen of the owner's rules for discounts, and its way back to the settings.

Every other screen and way is in `places.py`. The screen's module is imported when it is first wanted. UI thread only.
"""

from __future__ import annotations

from salon_desk.services.till import Till
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.session import Session


def promotions_screen(host: ScreenHost, till: Till, session: Session, approvals: Approvals) -> Screen:
    """The screen where the owner writes promotions and tries them."""
    from salon_desk.ui.screens.promotions.presenter import PromotionsPresenter
    from salon_desk.ui.screens.promotions.view import PromotionsScreen

    presenter = PromotionsPresenter(till, host.tasks, session, approvals=approvals)
    return PromotionsScreen(host, presenter, back_to=lambda: host.go("settings"))
