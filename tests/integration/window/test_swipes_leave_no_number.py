"""After a fuzz of swiped payment cards no table, file, log, paper or word on the screen holds a number that passes Luhn.

`SALON_DESK_SWIPES` is how many are swiped on the keyboard wedge. What was there before the swipes is no finding.
"""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from salon_desk.bootstrap.screen.scanning import Scanning
from salon_desk.devices import wedge
from salon_desk.devices.emulators.pseudo_terminal import PseudoTerminal
from salon_desk.devices.payment_card import passes_luhn
from salon_desk.devices.scan import ScanEvent
from salon_desk.domain import access
from salon_desk.services.device_settings import ChosenDevice, Role
from salon_desk.services.device_state import Condition, DeviceState
from salon_desk.ui.device_status import ScanResult
from tests.integration.window.conftest import Desk

SWIPES = int(os.environ.get("SALON_DESK_SWIPES", "20"))
_ISSUERS = ("4", "51", "2221", "34", "37", "6011", "62", "35")
_NUMBERS = re.compile(rb"(?<![0-9A-Za-z])[2-6][0-9]{11,18}(?![0-9A-Za-z])")
_PLACES = ("checkout", "members", "cards", "refund", "devices")


class Swiper:
    """Cards nobody owns, and every way in which a reader says them."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.numbers: list[str] = []

    def _number(self) -> str:
        start = self._random.choice(_ISSUERS)
        length = 15 if start in ("34", "37") else self._random.choice((16, 16, 19))
        body = start + "".join(self._random.choices("0123456789", k=length - 1 - len(start)))
        number = next(body + check for check in "0123456789" if passes_luhn(body + check))
        self.numbers.append(number)
        return number

    def swipe(self) -> str:
        """Tracks 1 and 2, one of them, without a sentinel, in small letters, with and without Enter."""
        number, end = self._number(), self._random.choice(("", "\r", "\r\n"))
        first, second = f"%B{number}^DOE/JANE^2912101123?", f";{number}=29121011234567?"
        bare = second.strip(";?")
        return self._random.choice((first, second, first + second, first.lower(), bare)) + end

    def gaps(self, length: int) -> list[int]:
        """Milliseconds before each key: fast, and in every third swipe one stutter."""
        gaps = [500, *self._random.choices(range(2, 12), k=length - 1)]
        if self._random.random() < 0.34:
            gaps[self._random.randrange(1, length)] = self._random.randint(35, 149)
        return gaps


def _swipe(desk: Desk, swiper: Swiper, now: int) -> int:
    """One card through the keys of the window, with whatever field has the focus."""
    text = swiper.swipe()
    for key, gap in zip(text, swiper.gaps(len(text)), strict=True):
        now += gap
        field = QApplication.focusWidget()
        if not desk.opened.scanning.feed(key, now) and field is not None:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                press = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, key)
                QApplication.sendEvent(field, press)
    desk.opened.scanning._follow(desk.opened.scanning._wedge.tick(now + 400))
    return now + 400


def _fields(desk: Desk) -> list[QLineEdit]:
    shown = desk.opened.window.screen_for(desk.opened.window.current)
    return [one for one in shown.findChildren(QLineEdit) if one.isVisible() and one.isEnabled()]


def _typed(desk: Desk) -> str:
    window = desk.opened.window
    lines = [one.text() for one in window.findChildren(QLineEdit)]
    return " ".join(lines + [one.toPlainText() for one in window.findChildren(QPlainTextEdit)])


def _kept(folder: Path, desk: Desk) -> bytes:
    """Every table as text, and every file of the till's folder as it lies on the disk."""

    def dump() -> str:
        return "\n".join(desk.running.till.store.database.driver().iterdump())

    files = b"\n".join(one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file())
    return desk.running.worker.run(dump).encode() + b"\n" + files


def _payment_numbers(text: bytes) -> set[bytes]:
    return {found for found in _NUMBERS.findall(text) if passes_luhn(found.decode())}


def _with_a_reader(desk: Desk, reader: PseudoTerminal) -> None:
    chosen = desk.running.devices.using(Role.READER, ChosenDevice(f"serial:{reader.path}"))
    desk.running.worker.run(lambda: desk.running.use_devices(chosen))
    _until(desk, lambda: desk.running.counter.state(Role.READER) == DeviceState(Condition.READY))


def _until(desk: Desk, holds: object) -> None:
    assert callable(holds)
    while not holds():
        desk.settle()


def test_swipes_leave_no_number_anywhere(
    desk: Desk, folder: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    desk.sign_in(access.Role.MANAGER)
    before, swiper, now = _payment_numbers(_kept(folder, desk)), Swiper(7), 1_000_000
    for number in range(SWIPES):
        if number % 4 == 0:
            desk.opened.window.go(_PLACES[number // 4 % len(_PLACES)])
            desk.settle()
        fields = _fields(desk)
        if fields:
            fields[number % len(fields)].setFocus()
        now = _swipe(desk, swiper, now)
        assert not _payment_numbers(_typed(desk).encode()), number
    desk.settle()
    reader = PseudoTerminal()
    _with_a_reader(desk, reader)
    for _ in range(4):
        seen = desk.opened.devices.status().last_scan
        reader.write(swiper.swipe().strip().encode() + b"\r")
        _until(desk, lambda seen=seen: desk.opened.devices.status().last_scan != seen)
    last = desk.opened.devices.status().last_scan
    assert last is not None
    assert (last.result, last.shown) == (ScanResult.PAYMENT_CARD, "")
    desk.running.worker.run(desk.running.till.store.idle)
    kept, said = _kept(folder, desk), capfd.readouterr()
    reader.close()
    heard = (caplog.text + said.out + said.err + _typed(desk)).encode()
    assert _payment_numbers(kept) <= before
    assert not _payment_numbers(heard)
    for card in swiper.numbers:
        assert card.encode() not in kept + heard
        assert card.encode("utf-16-le") not in kept


def test_a_bug_in_the_middle_of_a_swipe_logs_no_number(
    qapp: QApplication, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_raw: str) -> ScanEvent:
        raise RuntimeError("a bug")

    monkeypatch.setattr(wedge, "classify", broken)
    scanning, swipe = Scanning(qapp), Swiper(11).swipe()

    def swiped() -> None:
        for number, key in enumerate(swipe):
            scanning.feed(key, 1_000_000 + 5 * number)

    with pytest.raises(RuntimeError) as bug:
        swiped()
    logging.getLogger("salon_desk").critical("uncaught", exc_info=bug.value)
    assert "a bug" in caplog.text
    assert not re.search(r"\d{12}", caplog.text)
