"""Readers: a burst is told from typing, nothing typed is lost, a payment card leaves no digit anywhere."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.devices.emulators.pseudo_terminal import PseudoTerminal
from salon_desk.devices.emulators.reader import serve_reader
from salon_desk.devices.errors import PortProblem
from salon_desk.devices.payment_card import is_payment_card, may_hold_card_number, passes_luhn
from salon_desk.devices.scan import (
    PaymentCardRefused,
    Scan,
    ScanEvent,
    ScanKind,
    Unreadable,
    classify,
)
from salon_desk.devices.serial_reader import ReaderStateChanged, SerialReader
from salon_desk.devices.url import SerialUrl
from salon_desk.devices.wedge import BURST_GAP_MS, QUIET_MS, Wedge, WedgeStep
from tests.devices.receipts import Ears

_FAST, _SLOW = 8, 120


class Field:
    """The text field that has the focus, and the keys of one till."""

    def __init__(self) -> None:
        self.wedge = Wedge()
        self.text = ""
        self.events: list[ScanEvent] = []
        self.said = ""
        self._now = 1000

    def key(self, text: str, gap: int) -> None:
        self._now += gap
        step = self.wedge.feed(text, self._now)
        self._obey(step)
        if not step.swallow:
            self.text += text

    def keys(self, text: str, gap: int, *, first: int = 400) -> None:
        for number, key in enumerate(text):
            self.key(key, gap if number else first)

    def rest(self) -> None:
        self._now += 400
        self._obey(self.wedge.tick(self._now))

    def tick(self, after: int) -> None:
        """The screen looks so many milliseconds after the last key."""
        self._obey(self.wedge.tick(self._now + after))

    def _obey(self, step: WedgeStep) -> None:
        assert step.retract <= len(self.text)
        self.text = self.text[: len(self.text) - step.retract] + step.release
        self.said += f"{step!r}{self.wedge!r}"
        if step.event is not None:
            self.events.append(step.event)


def luhn(digits: str) -> str:
    """The digits with the check digit that makes them pass."""
    return next(digits + check for check in "0123456789" if passes_luhn(digits + check))


_printable = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)
_slow = st.integers(BURST_GAP_MS, 2000)
_cards = st.builds(lambda body: luhn(body), st.from_regex(r"[3-6][0-9]{10,17}", fullmatch=True))
_expiry = st.builds(lambda y, m: f"{y:02}{m:02}", st.integers(0, 99), st.integers(1, 12))
_tracks = st.builds(
    lambda card, when, which: {
        "1": f"%B{card}^DOE/JANE^{when}101123?",
        "2": f";{card}={when}10112345678?",
        "both": f"%B{card}^DOE/JANE^{when}101123?;{card}={when}10112345678?",
        "lower": f"%b{card}^doe/jane^{when}101123?",
        "bare": f"{card}={when}101",
        "lines": f"%B{card}^DOE/JANE^{when}101123?\r;{card}={when}10112345678?",
    }[which],
    _cards,
    _expiry,
    st.sampled_from(["1", "2", "both", "lower", "bare", "lines"]),
)


@given(st.lists(st.tuples(st.sampled_from([*"abC %;?=+019染é", "\r", "\b"]), _slow)))
def test_typing_passes_untouched(keys: list[tuple[str, int]]) -> None:
    field = Field()
    for key, gap in keys:
        field.key(key, gap)
    field.rest()
    assert field.text == "".join(key for key, _ in keys)
    assert field.events == []


@given(st.lists(st.tuples(st.sampled_from("abcXYZ .,染é"), st.integers(0, 200)), max_size=60))
def test_nothing_typed_is_lost_or_turned_round_however_fast(keys: list[tuple[str, int]]) -> None:
    field = Field()
    for key, gap in keys:
        field.key(key, gap)
    field.rest()
    assert field.text == "".join(key for key, _ in keys)


@given(_printable, st.from_regex(r"[A-Za-z0-9-]{4,40}", fullmatch=True), st.integers(0, BURST_GAP_MS - 1))
def test_a_barcode_with_enter_is_a_scan_and_leaves_no_character(typed: str, code: str, gap: int) -> None:
    field = Field()
    field.keys(typed, _SLOW)
    field.keys(code + "\r", gap)
    field.rest()
    assert field.text == typed
    assert field.events == [classify(code)]
    field.keys("and on", _SLOW)
    assert field.text == typed + "and on"


def test_a_carriage_return_with_line_feed_is_one_enter() -> None:
    field = Field()
    field.keys("4006381333931\r\n", _FAST)
    assert (field.text, field.events) == ("", [Scan(ScanKind.BARCODE, "4006381333931")])


def test_two_scans_in_a_row_are_two() -> None:
    field = Field()
    for code in ("10000001", "10000002"):
        field.keys(code + "\r", _FAST, first=60)
    assert field.events == [Scan(ScanKind.BARCODE, "10000001"), Scan(ScanKind.BARCODE, "10000002")]
    assert field.text == ""


def test_a_short_burst_with_enter_is_a_person() -> None:
    field = Field()
    field.keys("12\r", _FAST)
    assert (field.text, field.events) == ("12\r", [])


def test_a_burst_without_enter_is_given_back() -> None:
    field = Field()
    field.keys("ABC-12", _FAST)
    assert field.wedge.waiting
    field.rest()
    assert not field.wedge.waiting
    assert (field.text, field.events) == ("ABC-12", [])


def test_shift_and_the_like_pass_in_the_middle_of_a_burst() -> None:
    field = Field()
    for key in ("A", "", "b", "", "C", "1", "\r"):
        field.key(key, _FAST)
    assert field.events == [Scan(ScanKind.BARCODE, "AbC1")]


@pytest.mark.parametrize(
    ("raw", "event"),
    [
        (";8000123?", Scan(ScanKind.MAGNETIC, "8000123")),
        ("%LILY8000123?;8000123?", Scan(ScanKind.MAGNETIC, "LILY8000123")),
        ("%E?;8000123?", Scan(ScanKind.MAGNETIC, "8000123")),
        ("%?;8000123?", Scan(ScanKind.MAGNETIC, "8000123")),
        ("SDM-9F86D081", Scan(ScanKind.MEMBER_QR, "9F86D081")),
        ("4006381333931", Scan(ScanKind.BARCODE, "4006381333931")),
        (";E?", Unreadable()),
        (";8000123", Unreadable()),
        ("%", Unreadable()),
        ("", Unreadable()),
        ("x" * 600, Unreadable()),
    ],
)
def test_what_was_read_is_told_by_its_form(raw: str, event: ScanEvent) -> None:
    assert classify(raw) == event


def test_a_house_card_is_swallowed_from_its_first_key_on() -> None:
    field = Field()
    field.keys("%LILY8000123?;8000123?\r", _FAST)
    assert (field.text, field.events) == ("", [Scan(ScanKind.MAGNETIC, "LILY8000123")])


def test_a_house_card_without_enter_counts_when_its_track_is_closed() -> None:
    field = Field()
    field.keys(";8000123?", _FAST)
    field.rest()
    assert (field.text, field.events) == ("", [Scan(ScanKind.MAGNETIC, "8000123")])


def test_a_torn_track_is_not_typed_into_the_field() -> None:
    field = Field()
    field.keys(";8000123", _FAST)
    field.rest()
    assert (field.text, field.events) == ("", [Unreadable()])


@given(_printable, _tracks, st.booleans())
def test_a_payment_card_is_dropped_and_leaves_no_digit(typed: str, tracks: str, enter: bool) -> None:
    field = Field()
    field.keys(typed, _SLOW)
    field.rest()
    field.keys(tracks + ("\r" if enter else ""), _FAST)
    assert field.wedge._buffer == ""
    assert field.text == typed
    assert field.events == [PaymentCardRefused()]
    assert not re.search(r"\d{4}", field.said)
    field.keys("on", _SLOW, first=QUIET_MS)
    assert field.text == typed + "on"


@given(_tracks, st.integers(0, 40), st.integers(0, 40), st.booleans())
def test_no_part_of_a_payment_card_reaches_a_field(tracks: str, start: int, end: int, enter: bool) -> None:
    field = Field()
    field.keys(tracks[start : len(tracks) - end] + ("\r" if enter else ""), _FAST)
    field.rest()
    assert not may_hold_card_number(field.text)
    assert not re.search(r"\d{4}", field.said)


@given(_tracks, st.integers(1, 60), st.integers(BURST_GAP_MS, QUIET_MS - 1), st.booleans(), st.booleans())
def test_a_card_of_a_reader_that_stutters_leaves_no_number(
    tracks: str, at: int, pause: int, enter: bool, ticked: bool
) -> None:
    field = Field()
    field.keys(tracks[:at], _FAST)
    if ticked:
        field.tick(min(pause - 1, BURST_GAP_MS + 5))
    field.keys(tracks[at:] + ("\r" if enter else ""), _FAST, first=pause)
    field.rest()
    assert not may_hold_card_number(field.text)
    assert not may_hold_card_number("".join(one.code for one in field.events if isinstance(one, Scan)))
    assert not re.search(r"\d{4}", field.said)


def test_digits_typed_by_hand_stay_whatever_they_add_up_to() -> None:
    field = Field()
    field.keys(luhn("411111111111111"), 120)
    field.keys("=2912", 36, first=60)
    field.rest()
    assert field.text == luhn("411111111111111") + "=2912"


@given(_tracks)
def test_a_payment_card_is_known_before_its_expiry_is_whole(tracks: str) -> None:
    seen = next(n for n in range(len(tracks)) if is_payment_card(tracks[:n]))
    assert not re.search(r"[=^]\d{5}", tracks[:seen])


@pytest.mark.parametrize(
    ("digits", "ok"), [("4111111111111111", True), ("4111111111111112", False), ("", False), ("4a", False)]
)
def test_luhn(digits: str, ok: bool) -> None:
    assert passes_luhn(digits) is ok


@pytest.mark.parametrize(
    "raw", ["4006381333931", ";6001?", "1234567890123456=2513", "4111111111111112=2512", "SDM-1"]
)
def test_what_is_no_payment_card_is_let_pass(raw: str) -> None:
    assert not is_payment_card(raw)


def test_representations_show_no_code() -> None:
    scan = Scan(ScanKind.BARCODE, luhn("411111111111111"))
    assert repr(scan) == "Scan(barcode, 16 characters)"
    assert f"{scan}" == repr(scan)
    assert "4111" not in repr(WedgeStep(release=scan.code)) + repr(PaymentCardRefused())


# --- on a serial port


def _read(lines: bytes, count: int) -> list[object]:
    terminal = PseudoTerminal()
    ears = Ears()
    reader = SerialReader(SerialUrl(terminal.path), ears)
    try:
        reader.start()
        ears.wait(lambda event: event == ReaderStateChanged(None))
        terminal.write(lines)
        for _ in range(count):
            ears.wait(lambda event: not isinstance(event, ReaderStateChanged))
    finally:
        assert reader.stop()
        terminal.close()
    return [event for event in ears.heard if not isinstance(event, ReaderStateChanged)]


def test_lines_of_a_serial_reader_are_scans() -> None:
    assert _read(b"4006381333931\r\n;8000123?\r\x02SDM-42\x03\r", 3) == [
        Scan(ScanKind.BARCODE, "4006381333931"),
        Scan(ScanKind.MAGNETIC, "8000123"),
        Scan(ScanKind.MEMBER_QR, "42"),
    ]


def test_a_reader_without_line_end_is_heard_after_a_silence() -> None:
    assert _read(b"4006381333931", 1) == [Scan(ScanKind.BARCODE, "4006381333931")]


def test_a_payment_card_on_a_serial_reader_is_refused_and_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    card = luhn("411111111111111")
    assert _read(f";{card}=25121011?\r{card}\r".encode(), 2)[0] == PaymentCardRefused()
    assert _read(card.encode(), 1) == [Unreadable()]
    assert not re.search(r"\d{12}", caplog.text)


def test_noise_without_end_is_unreadable_and_does_not_grow() -> None:
    assert _read(b"x" * 600 + b"\r", 2)[0] == Unreadable()


def test_a_reader_that_is_plugged_in_again_reads_on(closing: ExitStack, link: Path) -> None:
    ears = Ears()
    reader = SerialReader(SerialUrl(str(link)), ears, back_off_s=(0.02,))
    closing.callback(reader.stop)
    reader.start()
    ears.wait(lambda event: event == ReaderStateChanged(PortProblem.NOT_FOUND))
    for code in ("10000001", "10000002"):
        terminal = PseudoTerminal(link)
        ears.wait(lambda event: event == ReaderStateChanged(None))
        terminal.write(code.encode() + b"\r")
        ears.wait(lambda event, code=code: event == Scan(ScanKind.BARCODE, code))  # type: ignore[misc]
        terminal.close()
        ears.wait(lambda event: isinstance(event, ReaderStateChanged) and event.problem is not None)


def test_the_emulated_reader_types_what_it_is_given(closing: ExitStack, link: Path) -> None:
    ears = Ears()
    ready, opened, stop = threading.Event(), threading.Event(), threading.Event()

    def codes() -> Iterable[str]:
        opened.wait(10)
        yield from ("10000001\n", "", "10000002")

    thread = threading.Thread(
        target=serve_reader,
        args=(link, codes()),
        kwargs={"stop": stop, "on_ready": lambda _path: ready.set()},
    )
    thread.start()
    closing.callback(thread.join)
    closing.callback(stop.set)
    assert ready.wait(10)
    reader = SerialReader(SerialUrl(str(link)), ears)
    closing.callback(reader.stop)
    reader.start()
    ears.wait(lambda event: event == ReaderStateChanged(None))
    opened.set()
    for code in ("10000001", "10000002"):
        assert ears.wait(lambda event: isinstance(event, Scan)) == Scan(ScanKind.BARCODE, code)
