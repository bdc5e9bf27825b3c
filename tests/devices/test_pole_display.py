"""The pole display: an amount is never cut, only what it can show stands there, and it comes back by itself."""

from __future__ import annotations

import queue
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon_desk.devices.emulators.display import DisplayFault, EmulatedDisplay
from salon_desk.devices.emulators.display_serving import run_display
from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.pole_display import CHINESE, COLUMNS, GENERIC, PoleProfile, encode, load_pole, reset
from salon_desk.devices.pole_port import PolePort, PoleTiming
from salon_desk.devices.url import DeviceUrl, EmulatedUrl, SerialUrl
from salon_desk.documents.pole_picture import PoleLine, PolePicture
from salon_desk.services.device_state import READY, Condition, DeviceState, Reason

_QUICK = PoleTiming(stuck_s=0.05, again_s=0.05, back_off_s=(0.02,))


def shown(picture: PolePicture, profile: PoleProfile = GENERIC) -> tuple[str, str]:
    """What a display of this kind makes of it."""
    display = EmulatedDisplay(chinese=profile is CHINESE)
    display.receive(reset() + encode(picture, profile))
    return display.lines


def upper(words: tuple[str, ...], amount: str = "", profile: PoleProfile = GENERIC) -> str:
    return shown(PolePicture(PoleLine(words, amount)), profile)[0]


def test_words_stand_left_and_amounts_right_over_both_lines() -> None:
    picture = PolePicture(PoleLine(("Gel manicure",), "$45.00"), PoleLine(("Total",), "$47.03"))
    assert shown(picture) == ("Gel manicure  $45.00", "Total         $47.03")
    assert shown(PolePicture(PoleLine(("Bloom Nails",), centred=True)))[0] == "    Bloom Nails     "


def test_a_name_gives_way_to_its_amount_at_a_word() -> None:
    assert upper(("Classic pedicure with paraffin",), "$1,045.00") == "Classic    $1,045.00"
    assert upper(("Donaudampfschifffahrt",), "$45.00") == "Donaudampfsch $45.00"


def test_a_display_shows_chinese_or_the_name_that_it_can() -> None:
    said = ("凝胶美甲", "Gel manicure")
    assert upper(said, "$45.00", CHINESE) == "凝胶美甲      $45.00"
    assert upper(said, "$45.00") == "Gel manicure  $45.00"
    assert upper(("凝胶",), "$45.00") == "              $45.00"
    assert upper(("一二三四五六七八九十",), "$1.00", CHINESE) == "一二三四五六七 $1.00"


def test_what_a_display_lacks_is_written_as_near_as_it_can() -> None:
    assert upper(("Café “Ŝi”",), "\N{MINUS SIGN}$10.00") == 'Café "Si"    -$10.00'
    assert upper(("a\x1b@\nb",)) == "a @ b".ljust(COLUMNS)
    assert load_pole("no such") is GENERIC


@given(st.lists(st.text(max_size=30), max_size=3), st.integers(-(10**9), 10**9), st.booleans())
def test_an_amount_is_never_cut_and_a_line_never_runs_over(
    said: list[str], cents: int, chinese: bool
) -> None:
    profile = CHINESE if chinese else GENERIC
    amount = f"${cents / 100:,.2f}"
    picture = PolePicture(PoleLine(tuple(said), amount), PoleLine(("Total",), "$1.00"))
    above, below = shown(picture, profile)
    assert above.endswith(amount)
    assert below == "Total".ljust(COLUMNS - 5) + "$1.00"


class Plugged:
    """A display on a line that keeps its name, a port on it, and what both told."""

    def __init__(self, stack: ExitStack, link: Path) -> None:
        self.told: queue.SimpleQueue[DeviceState] = queue.SimpleQueue()
        self.pictures: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
        self.display = EmulatedDisplay(self.pictures.put)
        stack.callback(run_display(self.display, link=link).stop)
        self.port = PolePort(SerialUrl(str(link)), GENERIC, self.told.put, timing=_QUICK)
        stack.callback(self.port.stop)
        self.port.start()

    def show(self, words: str) -> None:
        self.port.show(PolePicture(PoleLine((words,))))

    def wait_for(self, words: str) -> None:
        while not self.pictures.get(timeout=5)[0].startswith(words):
            pass


@pytest.fixture
def plugged(closing: ExitStack, tmp_path: Path) -> Plugged:
    return Plugged(closing, tmp_path / "display")


def test_a_display_that_was_unplugged_shows_the_newest_when_it_is_back(plugged: Plugged) -> None:
    plugged.show("first")
    plugged.wait_for("first")
    assert plugged.told.get(timeout=5) == READY
    plugged.display.suffer(DisplayFault.GONE)
    assert plugged.told.get(timeout=5).condition is Condition.OFFLINE
    plugged.show("second")
    plugged.show("third")
    plugged.display.recover()
    plugged.wait_for("third")
    while plugged.told.get(timeout=5) != READY:
        pass
    counts = plugged.port.tally.now()
    assert counts.jobs >= 2
    assert counts.errors >= 1
    assert counts.retries >= 1


@pytest.mark.parametrize("fault", DisplayFault)
def test_whatever_a_display_suffers_it_ends_at_the_newest(plugged: Plugged, fault: DisplayFault) -> None:
    plugged.show("before")
    plugged.wait_for("before")
    plugged.display.suffer(fault)
    plugged.show("meanwhile")
    plugged.show("after")
    plugged.display.recover()
    plugged.wait_for("after")


class _Stuck:
    """A line whose other end takes nothing, until it does."""

    answers, shared = False, False

    def __init__(self) -> None:
        self.takes = False
        self.taken = b""

    def write(self, data: bytes, _timeout_s: float) -> int:
        self.taken += data if self.takes else b""
        return len(data) if self.takes else 0

    def read(self, _timeout_s: float) -> bytes:
        return b""

    def close(self) -> None:
        """Nothing is kept open."""


@pytest.fixture
def on_line(
    closing: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., queue.SimpleQueue[DeviceState]]:
    def make(opened: Callable[[DeviceUrl], _Stuck]) -> queue.SimpleQueue[DeviceState]:
        monkeypatch.setattr("salon_desk.devices.pole_port.open_transport", opened)
        told: queue.SimpleQueue[DeviceState] = queue.SimpleQueue()
        port = PolePort(SerialUrl("/dev/none"), GENERIC, told.put, timing=_QUICK)
        closing.callback(port.stop)
        port.show(PolePicture(PoleLine(("here",))))
        port.start()
        return told

    return make


def test_a_line_that_takes_nothing_needs_attention_until_it_does(
    on_line: Callable[..., queue.SimpleQueue[DeviceState]],
) -> None:
    line = _Stuck()
    told = on_line(lambda _url: line)
    assert told.get(timeout=5) == DeviceState(Condition.ATTENTION, Reason.STUCK)
    line.takes = True
    assert told.get(timeout=5) == READY
    assert b"here" in line.taken


def test_a_port_that_is_not_there_is_said_once_and_tried_again(
    on_line: Callable[..., queue.SimpleQueue[DeviceState]],
) -> None:
    tries: list[int] = []

    def opened(_url: DeviceUrl) -> _Stuck:
        tries.append(1)
        if len(tries) < 4:
            raise PortTrouble(PortProblem.NOT_FOUND)
        line = _Stuck()
        line.takes = True
        return line

    told = on_line(opened)
    assert told.get(timeout=5) == DeviceState(Condition.OFFLINE, Reason.NOT_FOUND)
    assert told.get(timeout=5) == READY


def test_an_emulated_display_lives_in_this_process(closing: ExitStack) -> None:
    told: queue.SimpleQueue[DeviceState] = queue.SimpleQueue()
    port = PolePort(EmulatedUrl(), CHINESE, told.put, timing=_QUICK)
    port.start()
    assert told.get(timeout=5) == READY
    assert port.stop()
