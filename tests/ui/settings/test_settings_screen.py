"""Settings: a tap shows at once and is kept; what is kept and unknown counts as never set; the pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.i18n import Catalogue, ClockFormat
from salon_desk.ui.screens.settings.choices import Choices, ReceiptLanguage, chosen
from salon_desk.ui.screens.settings.presenter import Appearance, SettingsPresenter, SettingsWays
from salon_desk.ui.screens.settings.view import SettingsScreen
from salon_desk.ui.screens.settings.view_model import groups
from salon_desk.ui.theme import active
from salon_desk.ui.theme.tokens import ThemeName
from tests.ui.back_office import SIZES, Desk, too_small, unnamed


class Kept:
    """Settings in memory; `written` tells what was kept, in order."""

    def __init__(self, **values: str) -> None:
        self.values, self.written = dict(values), list[tuple[str, str]]()

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def set(self, name: str, value: str) -> None:
        self.values[name] = value
        self.written.append((name, value))


def _stand(desk: Desk, kept: Kept | None = None, clocks: list[ClockFormat] | None = None) -> SettingsScreen:
    clocks = clocks if clocks is not None else []
    presenter = SettingsPresenter(
        kept or Kept(),
        appearance=Appearance(desk.window.language.use, active.use, clocks.append),
        ways=SettingsWays(
            lambda: desk.window.go("cards"),
            lambda: desk.window.go("shift"),
            lambda: desk.window.go("members"),
            lambda: desk.window.go("reports"),
            lambda: desk.window.go("reports"),
            lambda: desk.window.go("cards"),
            lambda: desk.window.go("members"),
        ),
    )
    screen = desk.stand("settings", lambda host: SettingsScreen(host, presenter))
    assert isinstance(screen, SettingsScreen)
    return screen


def _tap(desk: Desk, screen: SettingsScreen, group: str, key: str) -> None:
    desk.tap(screen.cards[group].buttons.button(key))


def test_what_was_never_set_is_the_plain_choice() -> None:
    assert chosen(Kept()) == Choices("", ThemeName.LIGHT, ClockFormat.HOURS_24, ReceiptLanguage.AS_SHOP)


def test_what_is_kept_comes_back() -> None:
    kept = Kept(language="zh_TW", theme="dark", clock_format="12h", receipt_language="en")
    assert chosen(kept) == Choices("zh_TW", ThemeName.DARK, ClockFormat.HOURS_12, ReceiptLanguage.ENGLISH)


@pytest.mark.parametrize("name", ["language", "theme", "clock_format", "receipt_language"])
def test_a_value_of_another_version_counts_as_never_set(name: str) -> None:
    assert chosen(Kept(**{name: "neon"})) == Choices()


def test_the_clock_shows_an_example_of_itself() -> None:
    shown = groups(Choices(), "en", Catalogue.load("en"))
    clock = next(one for one in shown if one.key == "clock")
    assert [one.detail for one in clock.choices] == ["15:05", "3:05 PM"]


def test_a_tap_changes_language_theme_and_clock_at_once_and_keeps_them(
    office: Desk, light_again: None
) -> None:
    kept, clocks = Kept(), list[ClockFormat]()
    screen = _stand(office, kept, clocks)
    _tap(office, screen, "language", "zh_CN")
    assert office.window.language.code == "zh_CN"
    _tap(office, screen, "theme", "dark")
    assert active.palette().name is ThemeName.DARK
    _tap(office, screen, "clock", "12h")
    assert clocks == [ClockFormat.HOURS_12]
    _tap(office, screen, "receipt", "en")
    assert kept.written == [
        ("language", "zh_CN"),
        ("theme", "dark"),
        ("clock_format", "12h"),
        ("receipt_language", "en"),
    ]


def test_what_is_in_use_is_marked_also_after_the_switch_in_the_top_bar(office: Desk) -> None:
    screen = _stand(office)
    office.window.language.use("zh_CN")
    office.settle()
    buttons = screen.cards["language"].buttons
    marked = {code: (one := buttons.button(code)) is not None and one.chosen for code in ("en", "zh_CN")}
    assert marked == {"en": False, "zh_CN": True}


def test_devices_and_shift_are_a_tap_away(office: Desk) -> None:
    screen = _stand(office)
    office.tap(screen.devices)
    assert office.window.current == "cards"
    office.window.go("settings")
    office.tap(screen.shift)
    assert office.window.current == "shift"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], code: str, size: tuple[int, int]) -> None:
    desk = make_desk_of(code, size)
    screen = _stand(desk)
    desk.picture("settings")
    assert too_small(screen) == []
    assert unnamed(screen) == []


@pytest.mark.parametrize("theme", [ThemeName.DARK, ThemeName.SUNLIGHT])
def test_pictures_of_the_themes(
    make_desk_of: Callable[..., Desk], light_again: None, theme: ThemeName
) -> None:
    desk = make_desk_of("zh_CN", (1366, 768))
    screen = _stand(desk)
    _tap(desk, screen, "theme", theme.value)
    desk.picture(f"settings-{theme.value}")
