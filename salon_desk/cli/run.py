"""`run`: the touch screen; where there is no display, the demo day and pictures of what would have been seen.

The window is put together in `bootstrap/screen`. Only the demo is ever played without a display: nobody's shop is traded
on by a script.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from salon_desk.cli.errors import NoDisplay
from salon_desk.i18n import LANGUAGES, Catalogue
from salon_desk.settings import default_data_folder, demo_shop, language_of

SALES_WITHOUT_DISPLAY = 60


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what runs it."""
    parser = subparsers.add_parser("run", help="the touch screen", description=__doc__)
    parser.add_argument("--data", type=Path, metavar="DIR", help="the till's folder ($SALON_DESK_DATA)")
    parser.add_argument(
        "--demo", action="store_true", help="fill an empty folder with the demo shop and emulated devices"
    )
    parser.add_argument("--language", choices=LANGUAGES, help="the language of the screen at first")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Open the screen, or play the demo without one. Raises NoDisplay, and DomainErrors for the caller's words."""
    folder: Path = arguments.data or default_data_folder(demo=arguments.demo)
    if has_display(os.environ, sys.platform):
        from salon_desk.bootstrap.screen.run import run_screen

        return run_screen(folder, demo=arguments.demo, language=arguments.language)
    if not arguments.demo:
        raise NoDisplay
    return _without_display(folder, arguments.language)


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether Qt finds a screen to draw on: always but on a Linux without any display server."""
    if not platform.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _without_display(folder: Path, language: str | None) -> int:
    """The demo day through the same services and devices, and the pictures of its receipts and screens."""
    pictures = folder / "pictures"
    words = Catalogue.load(language_of())
    _say(
        words.text(
            "There is no display here. The demo day is played without one; its pictures go to {folder}.",
            folder=pictures,
        )
    )
    _play(folder, pictures / "receipts")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from salon_desk.bootstrap.screen.pictures import take_pictures

    taken = take_pictures(folder, pictures, language)
    for path in (*sorted((pictures / "receipts").glob("*.png")), *taken):
        sys.stdout.write(f"{path}\n")
    return 0


def _play(folder: Path, receipts: Path) -> None:
    """The demo day with its receipts as pictures; the next shift is open at its end, with guests in the chairs."""
    from salon_desk.bootstrap.demo_devices import demo_devices
    from salon_desk.bootstrap.till import open_till
    from salon_desk.bootstrap.trading_day import fill_if_empty, open_next, play
    from salon_desk.services import demo_file, device_settings
    from salon_desk.services.device_settings import DeviceChoice

    shop = demo_file.read(demo_shop())
    running = open_till(folder, devices=DeviceChoice.printing(f"emulated:{receipts}"))
    try:
        if fill_if_empty(running, shop):
            kept = demo_devices(folder)
            running.worker.run(lambda: device_settings.choose(running.till, None, kept))
        play(running, shop, sales=SALES_WITHOUT_DISPLAY, seed=1, announce=lambda _op_id, _cents: None)
        open_next(running, shop, seed=1)
    finally:
        running.close()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
