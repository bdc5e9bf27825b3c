"""The screen of the settings and those behind it: the owner's rules, and coming from the old system.

Every other screen and way is in `places.py`. A screen's module is imported when it is first wanted. UI thread only.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.bootstrap.screen.local_settings import MachineSettings
from salon_desk.services.till import Till
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.session import Session
from salon_desk.ui.theme import active


@dataclass(frozen=True, slots=True)
class BehindSettings:
    """Registers these screens."""

    till: Till
    session: Session
    approvals: Approvals
    kept: MachineSettings

    def register(self, window: MainWindow) -> None:
        """Make each of them known to the window by its key."""
        window.register("settings", self._settings)
        window.register("importing", self._importing)
        window.register("promotions", self._promotions)
        window.register("savings_plans", self._savings_plans)
        window.register("shop_rules", self._shop_rules)
        window.register("tiers", self._tiers)

    def _settings(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.settings.presenter import Appearance, SettingsPresenter, SettingsWays
        from salon_desk.ui.screens.settings.view import SettingsScreen

        appearance = Appearance(host.language.use, active.use, host.language.use_clock)
        ways = SettingsWays(
            devices=lambda: host.go("devices"),
            shift=lambda: host.go("shift"),
            tiers=lambda: host.go("tiers"),
            promotions=lambda: host.go("promotions"),
            shop_rules=lambda: host.go("shop_rules"),
            savings_plans=lambda: host.go("savings_plans"),
            importing=lambda: host.go("importing"),
        )
        return SettingsScreen(host, SettingsPresenter(self.kept, appearance=appearance, ways=ways))

    def _importing(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.importing.files import usual_places
        from salon_desk.ui.screens.importing.presenter import ImportingPresenter
        from salon_desk.ui.screens.importing.view import ImportingScreen

        presenter = ImportingPresenter(
            self.till, host.tasks, self.session, approvals=self.approvals, places=usual_places
        )
        return ImportingScreen(host, presenter, back_to=lambda: host.go("settings"))

    def _promotions(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.promotions.presenter import PromotionsPresenter
        from salon_desk.ui.screens.promotions.view import PromotionsScreen

        presenter = PromotionsPresenter(self.till, host.tasks, self.session, approvals=self.approvals)
        return PromotionsScreen(host, presenter, back_to=lambda: host.go("settings"))

    def _savings_plans(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.savings_plans.presenter import SavingsPlansPresenter
        from salon_desk.ui.screens.savings_plans.view import SavingsPlansScreen

        presenter = SavingsPlansPresenter(self.till, host.tasks, self.session, approvals=self.approvals)
        return SavingsPlansScreen(host, presenter, back_to=lambda: host.go("settings"))

    def _shop_rules(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.shop_rules.presenter import ShopRulesPresenter
        from salon_desk.ui.screens.shop_rules.view import ShopRulesScreen

        presenter = ShopRulesPresenter(self.till, host.tasks, self.session, approvals=self.approvals)
        return ShopRulesScreen(host, presenter, back_to=lambda: host.go("settings"))

    def _tiers(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.tiers.presenter import TiersPresenter
        from salon_desk.ui.screens.tiers.view import TiersScreen

        presenter = TiersPresenter(self.till, host.tasks, self.session, approvals=self.approvals)
        return TiersScreen(host, presenter, back_to=lambda: host.go("settings"))
