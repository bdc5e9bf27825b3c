"""The settings screen's behaviour: a tap sets, shows at once, and is kept.

No Qt here: what a language or a theme changes is done by the callables that are handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from salon_desk.i18n import ClockFormat
from salon_desk.ui.screens.settings import choices
from salon_desk.ui.screens.settings.choices import Choices, LocalSettings, ReceiptLanguage
from salon_desk.ui.theme.tokens import ThemeName


@dataclass(frozen=True, slots=True)
class SettingsWays:
    """Where this screen leads; bootstrap hands in the ways."""

    devices: Callable[[], None]
    shift: Callable[[], None]
    tiers: Callable[[], None]
    promotions: Callable[[], None]
    shop_rules: Callable[[], None]
    savings_plans: Callable[[], None]
    importing: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a choice is made to show: the window's language, its theme, its clock."""

    language: Callable[[str], None]
    theme: Callable[[ThemeName], None]
    clock: Callable[[ClockFormat], None]


class SettingsPresenter:
    """What is chosen stands in `state`; the language in use is the window's own."""

    def __init__(self, kept: LocalSettings, *, appearance: Appearance, ways: SettingsWays) -> None:
        self._kept, self._appearance, self.ways = kept, appearance, ways
        self.changed: Callable[[], None] = _nobody
        self.state: Choices = choices.chosen(kept)

    def begin(self) -> None:
        """The screen comes to the front: what was set elsewhere shows."""
        self.state = choices.chosen(self._kept)
        self.changed()

    def use_language(self, code: str) -> None:
        """Read the screens in this language."""
        self._keep(choices.LANGUAGE, code)
        self.state = replace(self.state, language=code)
        self._appearance.language(code)
        self.changed()

    def use_theme(self, theme: ThemeName) -> None:
        """Paint in this theme."""
        self._keep(choices.THEME, theme.value)
        self.state = replace(self.state, theme=theme)
        self._appearance.theme(theme)
        self.changed()

    def use_clock(self, clock: ClockFormat) -> None:
        """Write times of day like this."""
        self._keep(choices.CLOCK_FORMAT, clock.value)
        self.state = replace(self.state, clock=clock)
        self._appearance.clock(clock)
        self.changed()

    def use_receipt(self, receipt: ReceiptLanguage) -> None:
        """Print receipts in this language, from the next payment on."""
        self._keep(choices.RECEIPT_LANGUAGE, receipt.value)
        self.state = replace(self.state, receipt=receipt)
        self.changed()

    def _keep(self, name: str, value: str) -> None:
        if self._kept.get(name) != value:
            self._kept.set(name, value)


def _nobody() -> None:
    """Nobody looks yet."""
