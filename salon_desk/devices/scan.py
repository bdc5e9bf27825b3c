"""What a reader read: a barcode, a house magnetic card, a member's QR code, or a payment card (dropped).

No key and no port lives here (see `wedge`, `serial_reader`). The one rule to know: the representation
of a scan shows no code, because scans end up in logs and payment cards among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from salon_desk.devices.payment_card import is_payment_card, is_payment_track

MEMBER_QR_PREFIX = "SDM-"
"""Opens the text of a member's QR code; plain letters that every keyboard layout types alike."""

LONGEST_SCAN = 512
_SHORTEST = 4
_TRACK_STARTS = "%;+"
_TRACK_END = "?"


class ScanKind(StrEnum):
    """What was read."""

    BARCODE = "barcode"
    MAGNETIC = "magnetic"
    MEMBER_QR = "member_qr"
    NFC = "nfc"


@dataclass(frozen=True, slots=True, repr=False)
class Scan:
    """A code that was read: of a track without its sentinels, of a member's QR code without its prefix."""

    kind: ScanKind
    code: str

    def __repr__(self) -> str:
        return f"Scan({self.kind.value}, {len(self.code)} characters)"


@dataclass(frozen=True, slots=True)
class PaymentCardRefused:
    """A payment card was swiped here; it was dropped at once. It carries no digits."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A swipe or a scan that makes no sense: try again."""


ScanEvent = Scan | PaymentCardRefused | Unreadable


def begins_track(character: str) -> bool:
    """Whether a magnetic track may begin with this character."""
    return character in ("%", ";")


def classify(raw: str) -> ScanEvent:
    """What a whole burst or line, without its Enter, is. Never raises."""
    if is_payment_card(raw):
        return PaymentCardRefused()
    if len(raw) > LONGEST_SCAN:
        return Unreadable()
    if raw[:1] in tuple(_TRACK_STARTS):
        return _magnetic(raw)
    if raw.startswith(MEMBER_QR_PREFIX) and len(raw) > len(MEMBER_QR_PREFIX):
        return Scan(ScanKind.MEMBER_QR, raw.removeprefix(MEMBER_QR_PREFIX))
    if len(raw) < _SHORTEST or not raw.isprintable():
        return Unreadable()
    return Scan(ScanKind.BARCODE, raw)


def _magnetic(raw: str) -> ScanEvent:
    """The first track that has content; an open end, as of a swipe cut short, is no card."""
    if is_payment_track(raw):
        return PaymentCardRefused()
    for track in raw.split(_TRACK_END)[:-1]:
        content = track.strip("\r\n").lstrip(_TRACK_STARTS)
        if (
            content and content.isprintable() and content != "E"
        ):  # readers say E for a track they could not read
            return Scan(ScanKind.MAGNETIC, content)
    return Unreadable()
