"""What the settings screen says in a language: each group with its choices.

No Qt here. A language is called by its own name, so that everybody finds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Final

from salon_desk.i18n import LANGUAGES, N_, OWN_NAMES, Catalogue, ClockFormat
from salon_desk.ui.screens.settings.choices import Choices, ReceiptLanguage
from salon_desk.ui.theme.tokens import ThemeName

_THEMES: Final = {
    ThemeName.LIGHT: (N_("Light"), N_("for the day")),
    ThemeName.DARK: (N_("Dark"), N_("for the evening")),
    ThemeName.SUNLIGHT: (N_("Sunlight"), N_("for sun on the glass")),
}
_CLOCKS: Final = {ClockFormat.HOURS_24: N_("24 hours"), ClockFormat.HOURS_12: N_("12 hours")}
_EXAMPLE: Final = time(15, 5)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a group; `detail` is its second line."""

    key: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What one question offers, and which is in use."""

    key: str
    title: str
    hint: str
    choices: tuple[Choice, ...]
    chosen: str


def groups(state: Choices, in_use: str, words: Catalogue) -> tuple[Group, ...]:
    """Every group in a language; `in_use` is the language that the window speaks now."""
    return (
        Group(
            "language",
            words.text("Language of the screens"),
            words.text("Also changed at a tap in the top bar; the ticket stays."),
            tuple(Choice(code, OWN_NAMES[code]) for code in LANGUAGES),
            in_use,
        ),
        Group("receipt", *_receipt(words), _receipts(words), state.receipt.value),
        Group(
            "theme",
            words.text("Colours"),
            "",
            tuple(
                Choice(theme.value, words.text(name), words.text(what))
                for theme, (name, what) in _THEMES.items()
            ),
            state.theme.value,
        ),
        Group(
            "clock",
            words.text("Clock"),
            "",
            tuple(
                Choice(clock.value, words.text(name), _example(clock, words))
                for clock, name in _CLOCKS.items()
            ),
            state.clock.value,
        ),
    )


def _receipt(words: Catalogue) -> tuple[str, str]:
    return (
        words.text("Language of the receipts"),
        words.text("From the next payment on. Names of services are printed in both languages."),
    )


def _receipts(words: Catalogue) -> tuple[Choice, ...]:
    shop = Choice(ReceiptLanguage.AS_SHOP.value, words.text("As the shop says"))
    return (
        shop,
        *(Choice(one.value, OWN_NAMES[one.value]) for one in ReceiptLanguage if one.value),
    )


def _example(clock: ClockFormat, words: Catalogue) -> str:
    """Five past three in the afternoon, written as the clock does."""
    return Catalogue.load(words.language, clock).time(_EXAMPLE)
