"""How many messages a text costs: a telephone network counts in segments, by the alphabet that the text needs.

No price lives here. One character outside the GSM alphabet, such as any Chinese one, makes every segment less than half as long
(3GPP TS 23.038 and 23.040); nothing that belongs together is torn apart between two segments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
"""Two places each: an escape and the character."""
_BEYOND_ONE_UNIT = 0xFFFF


class Alphabet(StrEnum):
    """In what a text is sent."""

    GSM_7 = "gsm_7"
    UCS_2 = "ucs_2"


_ROOM = {Alphabet.GSM_7: (160, 153), Alphabet.UCS_2: (70, 67)}
"""Places in a message that is whole, and in each segment of one that is not."""


@dataclass(frozen=True, slots=True)
class SmsLength:
    """Places that a text takes (characters, some count twice), and in how many segments it goes; an empty one in none."""

    alphabet: Alphabet
    places: int
    segments: int


def sms_length(text: str) -> SmsLength:
    """How long a text is as an SMS."""
    alphabet = Alphabet.GSM_7 if set(text) <= _BASIC | _EXTENDED else Alphabet.UCS_2
    sizes = [_size(character, alphabet) for character in text]
    whole, part = _ROOM[alphabet]
    places = sum(sizes)
    return SmsLength(alphabet, places, min(places, 1) if places <= whole else _segments(sizes, part))


def _size(character: str, alphabet: Alphabet) -> int:
    if alphabet is Alphabet.GSM_7:
        return 2 if character in _EXTENDED else 1
    return 2 if ord(character) > _BEYOND_ONE_UNIT else 1


def _segments(sizes: Sequence[int], room: int) -> int:
    segments, left = 1, room
    for size in sizes:
        if size > left:
            segments, left = segments + 1, room
        left -= size
    return segments
