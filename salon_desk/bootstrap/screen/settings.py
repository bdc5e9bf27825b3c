"""The screen of this till's settings, and the ways from it.

Every other screen and way is in `places.py`. The screen's module is imported when it is first wanted. UI thread only.
"""

from __future__ import annotations

from salon_desk.bootstrap.screen.local_settings import MachineSettings
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.theme import active


def settings_screen(host: ScreenHost, kept: MachineSettings) -> Screen:
    """The screen where a till's own settings are chosen."""
    from salon_desk.ui.screens.settings.presenter import Appearance, SettingsPresenter, SettingsWays
    from salon_desk.ui.screens.settings.view import SettingsScreen

    appearance = Appearance(host.language.use, active.use, host.language.use_clock)
    ways = SettingsWays(
        devices=lambda: host.go("devices"),
        shift=lambda: host.go("shift"),
        tiers=lambda: host.go("tiers"),
        promotions=lambda: host.go("promotions"),
        shop_rules=lambda: host.go("shop_rules"),
        importing=lambda: host.go("importing"),
    )
    return SettingsScreen(host, SettingsPresenter(kept, appearance=appearance, ways=ways))
