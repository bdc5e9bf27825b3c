"""NFC readers: a card counts once, a reader that is pulled comes back, one that pays leaves no number, absence is said."""

from __future__ import annotations

import queue
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from salon_desk.devices.card_layer import CardSeen, SystemCards
from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.nfc_reader import NfcReader, read
from salon_desk.devices.scan import PaymentCardRefused, Scan, ScanEvent, ScanKind, Unreadable
from salon_desk.services.device_state import READY, Condition, DeviceState, Reason

UID = bytes.fromhex("04A1B2C3D4E580")
_WAIT_S = 20.0


class Layer:
    """A PC/SC service of a test: `lies` is what lies on the reader, `names` are the readers."""

    def __init__(self) -> None:
        self.names: tuple[str, ...] = ("ACS ACR122U 00 00",)
        self.lies: CardSeen | None = None
        self.broken: PortProblem | None = None

    def readers(self) -> tuple[str, ...]:
        if self.broken:
            raise PortTrouble(self.broken)
        return self.names

    def look(self, reader: str) -> CardSeen | None:
        if reader not in self.names:
            raise PortTrouble(PortProblem.GONE)
        return self.lies


class Heard:
    """A reader and what it told."""

    def __init__(self, layer: Layer, url: str = "pcsc:") -> None:
        self.scans: queue.SimpleQueue[ScanEvent] = queue.SimpleQueue()
        self.states: queue.SimpleQueue[DeviceState] = queue.SimpleQueue()
        self.reader = NfcReader(
            url, self.scans.put, self.states.put, layer=layer, look_every_s=0.005, back_off_s=(0.005,)
        )

    def scan(self) -> ScanEvent:
        return self.scans.get(timeout=_WAIT_S)

    def state(self) -> DeviceState:
        return self.states.get(timeout=_WAIT_S)


@pytest.fixture
def layer() -> Layer:
    return Layer()


@pytest.fixture
def heard(layer: Layer) -> Iterator[Heard]:
    one = Heard(layer)
    one.reader.start()
    yield one
    assert one.reader.stop()


def test_a_cards_number_is_told_once_and_again_after_it_was_taken_away(layer: Layer, heard: Heard) -> None:
    assert heard.state() == READY
    layer.lies = CardSeen(UID)
    assert heard.scan() == Scan(ScanKind.NFC, "04A1B2C3D4E580")
    layer.lies = CardSeen(b"\x04\x01\x02\x03")
    assert heard.scan() == Scan(ScanKind.NFC, "04010203")
    assert heard.scans.empty()
    assert heard.reader.tally.now().jobs == 2


def test_a_reader_that_is_pulled_out_is_said_and_found_again(layer: Layer, heard: Heard) -> None:
    assert heard.state() == READY
    layer.names = ()
    assert heard.state() == DeviceState(Condition.OFFLINE, Reason.GONE)
    assert heard.state() == DeviceState(Condition.OFFLINE, Reason.NO_READER)
    layer.names = ("ACS ACR122U 00 00",)
    assert heard.state() == READY


def test_a_reader_that_was_named_is_waited_for(layer: Layer) -> None:
    other = Heard(layer, "pcsc:Another reader")
    other.reader.start()
    assert other.state().reason is Reason.NO_READER
    assert other.reader.stop()


def test_without_the_systems_service_it_is_said_which_part_is_missing(layer: Layer) -> None:
    layer.broken = PortProblem.NO_DRIVER
    one = Heard(layer)
    one.reader.start()
    assert one.state() == DeviceState(Condition.OFFLINE, Reason.NO_DRIVER)
    assert one.reader.stop()


def test_a_card_that_pays_and_a_number_made_up_each_time_are_no_codes() -> None:
    assert read(CardSeen(UID, pays=True)) == PaymentCardRefused()
    assert read(CardSeen(b"\x08\x11\x22\x33")) == Unreadable()
    assert read(CardSeen(b"")) == Unreadable()
    assert "A1" not in repr(CardSeen(UID))


class NoCardException(Exception):
    """Named as the library's own."""


class Connection:
    """A card of the fake library: answers by the first byte of what it is asked."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def connect(self) -> None:
        if self._library.trouble is not None:
            raise self._library.trouble

    def transmit(self, command: list[int]) -> tuple[list[int], int, int]:
        if self._library.torn:
            raise OSError
        if command[0] == 0xFF:
            return list(UID), 0x90, 0x00
        return [], 0x90 if self._library.pays else 0x6A, 0x82

    def disconnect(self) -> None:
        self._library.left += 1


class Library(ModuleType):
    """pyscard's module of readers, as far as it is used."""

    def __init__(self) -> None:
        super().__init__("smartcard.System")
        self.trouble: Exception | None = None
        self.pays = self.torn = self.dead = False
        self.left = 0

    def readers(self) -> list[Library]:
        if self.dead:
            raise OSError
        return [self]

    def __str__(self) -> str:
        return "Reader 0"

    def createConnection(self) -> Connection:  # noqa: N802 - the library's name
        return Connection(self)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    found = Library()
    monkeypatch.setitem(sys.modules, "smartcard", ModuleType("smartcard"))
    monkeypatch.setitem(sys.modules, "smartcard.System", found)
    return found


def test_the_library_is_asked_for_the_number_and_let_go(library: Library) -> None:
    cards = SystemCards()
    assert cards.readers() == ("Reader 0",)
    assert cards.look("Reader 0") == CardSeen(UID)
    library.pays = True
    assert cards.look("Reader 0") == CardSeen(b"", pays=True)
    library.torn = True
    assert cards.look("Reader 0") is None
    assert library.left == 3


def test_whatever_the_library_raises_is_one_trouble(library: Library) -> None:
    cards = SystemCards()
    library.trouble = NoCardException()
    assert cards.look("Reader 0") is None
    library.trouble = OSError()
    with pytest.raises(PortTrouble) as busy:
        cards.look("Reader 0")
    with pytest.raises(PortTrouble) as gone:
        cards.look("Reader 1")
    library.dead = True
    with pytest.raises(PortTrouble) as shut:
        cards.readers()
    assert [one.value.problem for one in (busy, gone, shut)] == [
        PortProblem.BUSY,
        PortProblem.GONE,
        PortProblem.NOT_PERMITTED,
    ]


def test_without_the_library_the_trouble_is_a_missing_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "smartcard", None)
    with pytest.raises(PortTrouble) as missing:
        SystemCards().readers()
    assert missing.value.problem is PortProblem.NO_DRIVER
