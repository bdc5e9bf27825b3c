"""A keyboard-wedge reader told apart from a person typing: a pure state machine over keys and times.

No Qt lives here (the screen feeds it and obeys its steps). Bursts have gaps under 35 ms. The rules to
know: from `%` or `;` on everything is swallowed; typing passes untouched; a payment card is dropped
while it is still being read, and what follows it too until the reader falls silent, also where it stutters.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from salon_desk.devices.payment_card import is_payment_card, may_hold_card_number
from salon_desk.devices.scan import LONGEST_SCAN, ScanEvent, Unreadable, begins_track, classify

BURST_GAP_MS = 35
"""Keys closer than this come from a reader."""

QUIET_MS = 150
"""After a payment card everything is dropped until the line was silent for so long."""

_SURELY_READ = 6
"""So many keys within burst gaps come from no hand: what follows is looked at together with what went before."""

_TORN_MS = 400
"""A reader that stutters in the middle of a card goes on within this time."""

_MOST_REMEMBERED = 40
_SHORTEST_CODE = 4
_MOST_TYPED_OF_A_TRACK = 2
_TRACK_END = "?"
_ENTER = ("\r", "\n", "\t")


@dataclass(frozen=True, slots=True, repr=False)
class WedgeStep:
    """What the screen does, in this order.

    Remove `retract` characters that went through before the burst was known (backspace); type
    `release` into the field that has the focus; then let the key itself through unless `swallow`.
    """

    swallow: bool = False
    release: str = ""
    retract: int = 0
    event: ScanEvent | None = None

    def __repr__(self) -> str:
        return f"WedgeStep(swallow={self.swallow}, retract={self.retract}, event={self.event!r})"


THROUGH = WedgeStep()
"""Nothing to do: the key passes."""

_SWALLOWED = WedgeStep(swallow=True)


class _Mode(Enum):
    TYPING = auto()
    BURST = auto()
    TRACK = auto()
    DROPPING = auto()


class Wedge:
    """Reads the keys of one window. Thread: the one that has the keys.

    Feed it the text and the time of the key event itself, not of its arrival, so that a busy screen
    does not make a person look like a reader; do not feed repeated keys. While `waiting`, call `tick`
    some 40 ms after the last key.
    """

    def __init__(self) -> None:
        self._mode = _Mode.TYPING
        self._buffer = ""
        self._through = 0
        self._last_ms: int | None = None
        self._ended = False
        self._before = ""

    def __repr__(self) -> str:
        return f"Wedge({self._mode.name}, {len(self._buffer)} read)"

    @property
    def waiting(self) -> bool:
        """Whether keys are held that `tick` must give back or end."""
        return len(self._buffer) > self._through

    def feed(self, key_text: str, timestamp_ms: int) -> WedgeStep:
        """One key: its text ("" for Shift and the like, which pass) and when it was pressed."""
        if not key_text:
            return THROUGH
        gap = QUIET_MS if self._last_ms is None else timestamp_ms - self._last_ms
        gap = gap if gap >= 0 else QUIET_MS  # the clock of the keys began anew
        self._last_ms = timestamp_ms
        if gap >= _TORN_MS:
            self._before = ""
        if self._mode is _Mode.DROPPING and gap < QUIET_MS:
            return _SWALLOWED
        if gap >= BURST_GAP_MS:
            settled = self._settle()
            if self._mode is _Mode.DROPPING and gap < QUIET_MS:
                return _then(settled, _SWALLOWED)
            return _then(settled, self._first(key_text))
        if self._ended and key_text in _ENTER:
            return _SWALLOWED  # the line feed after a reader's carriage return
        if not _plain(key_text) and key_text not in _ENTER:
            return _then(self._settle(), self._first(key_text))
        return self._fast(key_text)

    def tick(self, now_ms: int) -> WedgeStep:
        """Time went by without a key: what was held and turned out to be typing is given back."""
        if not self.waiting or self._last_ms is None or now_ms - self._last_ms < BURST_GAP_MS:
            return THROUGH
        return self._settle()

    def _first(self, text: str) -> WedgeStep:
        """A key out of silence passes, but may open a burst; a track is held from its first key on."""
        self._ended = False
        if not _plain(text):
            self._reset()
            self._before = ""
            return THROUGH
        track = begins_track(text)
        self._mode = _Mode.TRACK if track else _Mode.BURST
        self._buffer, self._through = text, 0 if track else 1
        return _SWALLOWED if track else THROUGH

    def _fast(self, text: str) -> WedgeStep:
        """A key in a burst."""
        if self._mode is _Mode.TYPING:
            return self._first(text)
        if text in _ENTER:
            return self._enter()
        self._buffer += text
        if is_payment_card(self._buffer) or len(self._buffer) > LONGEST_SCAN:
            step = WedgeStep(swallow=True, retract=self._through, event=classify(self._buffer))
            self._reset(_Mode.DROPPING)
            return step
        if self._goes_on() and is_payment_card(self._before + self._buffer):
            step = WedgeStep(
                swallow=True,
                retract=self._through + len(self._before),
                event=classify(self._before + self._buffer),
            )
            self._reset(_Mode.DROPPING)
            return step
        return _SWALLOWED

    def _enter(self) -> WedgeStep:
        if self._mode is _Mode.BURST and len(self._buffer) < _SHORTEST_CODE:
            return _then(self._settle(), self._first("\r"))
        step = WedgeStep(swallow=True, retract=self._through, event=classify(self._buffer))
        self._reset()
        self._before = ""
        self._ended = True
        return step

    def _settle(self) -> WedgeStep:
        """The burst is over without Enter: typing is given back, a closed track counts, a torn one does not."""
        held, read, through = self._buffer[self._through :], self._buffer, self._through
        mode, before, goes_on = self._mode, self._before, self._goes_on()
        self._reset()
        self._before = (before + read)[-_MOST_REMEMBERED:]
        if not held:
            return THROUGH
        if mode is _Mode.TRACK and len(held) > _MOST_TYPED_OF_A_TRACK:
            self._reset(_Mode.TYPING if read.endswith(_TRACK_END) else _Mode.DROPPING)
            self._before = ""
            return WedgeStep(event=classify(read))
        if may_hold_card_number(read):
            self._before = ""
            return WedgeStep(retract=through, event=Unreadable())
        if goes_on and may_hold_card_number(before + read):
            self._before = ""
            return WedgeStep(retract=through + len(before), event=Unreadable())
        return WedgeStep(release=held)

    def _goes_on(self) -> bool:
        """Whether this burst may be the rest of one that stuttered, whose beginning stands in the field."""
        return bool(self._before) and len(self._buffer) >= _SURELY_READ

    def _reset(self, mode: _Mode = _Mode.TYPING) -> None:
        self._mode, self._buffer, self._through = mode, "", 0
        if mode is _Mode.DROPPING:
            self._before = ""


def _plain(text: str) -> bool:
    return len(text) == 1 and " " <= text <= "~"


def _then(first: WedgeStep, second: WedgeStep) -> WedgeStep:
    """Two steps as one; the second never retracts."""
    return WedgeStep(
        second.swallow, first.release + second.release, first.retract, first.event or second.event
    )
