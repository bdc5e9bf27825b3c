"""The screens of the owner's rules, for discounts and for the shop, and their way back to the settings.

Every other screen and way is in `places.py`. A screen's module is imported when it is first wanted. UI thread only.
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


def shop_rules_screen(host: ScreenHost, till: Till, session: Session, approvals: Approvals) -> Screen:
    """The screen where the owner sets what the shop asks, gives and rounds."""
    from salon_desk.ui.screens.shop_rules.presenter import ShopRulesPresenter
    from salon_desk.ui.screens.shop_rules.view import ShopRulesScreen

    presenter = ShopRulesPresenter(till, host.tasks, session, approvals=approvals)
    return ShopRulesScreen(host, presenter, back_to=lambda: host.go("settings"))
