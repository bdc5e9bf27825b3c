"""Frames of a PAX terminal: STX, fields between FS, ETX and their XOR; and the single bytes around them, however cut.

No message is understood here (see `pax_messages`). The one rule to know: a frame whose check is wrong is `Broken`, and
nothing of it is handed on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from functools import reduce
from operator import xor

STX, ETX, EOT, ACK, NAK, FS, US = 0x02, 0x03, 0x04, 0x06, 0x15, 0x1C, 0x1F
VERSION = "1.35"
BETWEEN_FIELDS, WITHIN_FIELD = chr(FS), chr(US)
_LONGEST = 32 * 1024
_NEVER_INSIDE = re.compile(rb"[\x02\x04\x06\x15]")


class Control(Enum):
    """A single byte outside of frames."""

    ACK = ACK
    NAK = NAK
    EOT = EOT

    @property
    def byte(self) -> bytes:
        """As it goes over the line."""
        return bytes((self.value,))


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole frame whose check is right. Its fields are never printed: nobody knows what a terminal puts in."""

    fields: tuple[str, ...] = field(repr=False)

    @property
    def command(self) -> str:
        """What it says it is; the field before it is a status of packets."""
        return self.at(1)

    def at(self, place: int) -> str:
        """A field, empty where there is none."""
        return self.fields[place] if place < len(self.fields) else ""

    def group(self, place: int) -> tuple[str, ...]:
        """A field's parts."""
        return tuple(self.at(place).split(WITHIN_FIELD))


@dataclass(frozen=True, slots=True)
class Broken:
    """A frame whose check is wrong, or that ended in the middle (`cut`)."""

    cut: bool = False


@dataclass(frozen=True, slots=True)
class Noise:
    """A byte that means nothing where it stands."""


Heard = Control | Frame | Broken | Noise
_CONTROLS: dict[int, Control] = {control.value: control for control in Control}


def check_of(covered: bytes) -> int:
    """The XOR of all that stands after STX, ETX included."""
    return reduce(xor, covered, 0)


def encode(command: str, *fields: str) -> bytes:
    """A request as it goes over the line; an empty `fields` still has its separator."""
    inside = BETWEEN_FIELDS.join((command, VERSION, *(fields or ("",))))
    covered = inside.encode("ascii") + bytes((ETX,))
    return bytes((STX,)) + covered + bytes((check_of(covered),))


class FrameReader:
    """Keeps the beginning of a frame until the rest has come."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    @property
    def inside(self) -> bool:
        """Whether a frame has begun and not ended."""
        return bool(self._waiting)

    def feed(self, data: bytes) -> list[Heard]:
        """What is complete with these bytes, in order."""
        self._waiting += data
        heard: list[Heard] = []
        while self._waiting:
            first = self._waiting[0]
            if first != STX:
                del self._waiting[0]
                heard.append(_CONTROLS.get(first) or Noise())
                continue
            end = self._waiting.find(ETX, 1)
            if end < 0 or end + 1 == len(self._waiting):
                if len(self._waiting) > _LONGEST:
                    heard.append(self.give_up())
                break
            covered, check = bytes(self._waiting[1 : end + 1]), self._waiting[end + 1]
            del self._waiting[: end + 2]
            heard.append(_frame(covered, check))
        return heard

    def give_up(self) -> Broken:
        """The rest will not come: forget what has begun."""
        self._waiting.clear()
        return Broken(cut=True)


def _frame(covered: bytes, check: int) -> Frame | Broken:
    if check_of(covered) != check or _NEVER_INSIDE.search(covered):
        return Broken()
    return Frame(tuple(covered[:-1].decode("ascii", "replace").split(BETWEEN_FIELDS)))
