"""Answers of a PAX terminal as bytes, written out for tests of the codec and of what is believed.

Made with the codec's own framing, unlike the emulator's. The one rule to know: fields are named as in `pax_messages`.
"""

from __future__ import annotations

from salon_desk.devices.terminal.pax_frames import ACK, ETX, STX, US, Frame, FrameReader, check_of

PLAIN_HOST = ("00", "APPROVAL", "A1B2C3", "HR1", "1", "12")
PLAIN_ACCOUNT = ("4460", "4", "", "", "", "", "01", "", "", "", "0")


def group(*parts: str) -> str:
    return chr(US).join(parts)


def framed(*fields: str) -> bytes:
    """Fields as a whole frame."""
    covered = "\x1c".join(fields).encode("ascii") + bytes((ETX,))
    return bytes((STX,)) + covered + bytes((check_of(covered),))


def frame(data: bytes) -> Frame:
    """The one frame that these bytes are."""
    (heard,) = FrameReader().feed(data)
    assert isinstance(heard, Frame)
    return heard


def credit(
    *amounts: str,
    code: str = "000000",
    said: str = "OK",
    deed: str = "01",
    reference: str = "SALE1",
    host: tuple[str, ...] = PLAIN_HOST,
    account: tuple[str, ...] = PLAIN_ACCOUNT,
    transaction: str = "1",
) -> bytes:
    """The answer to T00."""
    trace = group(transaction, reference, "20261122101500")
    head = ("0", "T01", "1.35", code, said)
    return framed(*head, group(*host), deed, group(*amounts), group(*account), trace, "", "", "", "HREF=1")


def record(
    *amounts: str, deed: str = "01", reference: str = "SALE1", account: tuple[str, ...] = PLAIN_ACCOUNT
) -> bytes:
    """The answer to R02 that found something."""
    trace = group("1", reference, "20261122101500")
    head = ("0", "R03", "1.35", "000000", "OK", "3", "2", group(*PLAIN_HOST), "01", deed, "")
    return framed(*head, group(*amounts), group(*account), trace, "", "", "", "HREF=1")


ACKED = bytes((ACK,))
