"""The URL by which a device is named: `tcp:`, `serial:`, `usb:`, `queue:`, `file:` and `emulated:`.

No port is opened here (see `transport`). The one rule to know: `str` of a parsed URL parses to the
same value, so that settings and commands may keep either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from salon_desk.devices.errors import BadDeviceUrl, UrlProblem

PRINTER_PORT = 9100
_BAUDS = frozenset({1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600})


@dataclass(frozen=True, slots=True)
class TcpUrl:
    """A device on the network."""

    host: str
    port: int = PRINTER_PORT

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"tcp://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class SerialUrl:
    """A serial port or a pseudo-terminal; `baud` in bits a second, 8N1; `handshake` is RTS/CTS."""

    path: str
    baud: int = 9600
    handshake: bool = False

    def __str__(self) -> str:
        return f"serial:{self.path}?baud={self.baud}" + ("&handshake=rtscts" if self.handshake else "")


@dataclass(frozen=True, slots=True)
class UsbUrl:
    """A USB device of the printer class by vendor and product."""

    vendor: int
    product: int

    def __str__(self) -> str:
        return f"usb:{self.vendor:04x}:{self.product:04x}"


@dataclass(frozen=True, slots=True)
class QueueUrl:
    """A queue of this computer's print system, by its name there."""

    name: str

    def __str__(self) -> str:
        return f"queue:{self.name}"


@dataclass(frozen=True, slots=True)
class FileUrl:
    """A file (or a device node such as /dev/usb/lp0) that bytes are appended to."""

    path: str

    def __str__(self) -> str:
        return f"file:{self.path}"


@dataclass(frozen=True, slots=True)
class EmulatedUrl:
    """The emulator of this product, started in this process; receipts are drawn into `folder`."""

    folder: str = ""

    def __str__(self) -> str:
        return f"emulated:{self.folder}"


DeviceUrl = TcpUrl | SerialUrl | UsbUrl | QueueUrl | FileUrl | EmulatedUrl


def parse_device_url(text: str, default_port: int = PRINTER_PORT) -> DeviceUrl:
    """The device a URL names; BadDeviceUrl with what is wrong about it.

    `default_port`: of a `tcp:` URL that names none, which is a matter of what is spoken there.
    """
    scheme, colon, rest = text.strip().partition(":")
    match scheme.lower() if colon else "":
        case "tcp":
            return _tcp(text, rest, default_port)
        case "serial":
            return _serial(text, rest)
        case "usb":
            found = re.fullmatch(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})", rest)
            if not found:
                raise BadDeviceUrl(text, UrlProblem.BAD_USB_ID)
            return UsbUrl(int(found[1], 16), int(found[2], 16))
        case "queue":
            return QueueUrl(_queue(text, rest))
        case "file":
            return FileUrl(_path(text, rest))
        case "emulated":
            return EmulatedUrl(rest)
        case _:
            raise BadDeviceUrl(text, UrlProblem.UNKNOWN_SCHEME)


def _queue(text: str, rest: str) -> str:
    if not rest or not rest.isprintable():
        raise BadDeviceUrl(text, UrlProblem.NO_PATH)
    return rest


def _path(text: str, rest: str) -> str:
    path = rest[2:] if rest.startswith("///") else rest
    if not path or "\0" in path:
        raise BadDeviceUrl(text, UrlProblem.NO_PATH)
    return path


def _tcp(text: str, rest: str, default_port: int) -> TcpUrl:
    try:
        parts = urlsplit(f"tcp:{rest}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadDeviceUrl(text, UrlProblem.BAD_PORT) from None
    if not host or parts.username is not None:
        raise BadDeviceUrl(text, UrlProblem.NO_HOST)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise BadDeviceUrl(text, UrlProblem.BAD_OPTION)
    if port == 0:
        raise BadDeviceUrl(text, UrlProblem.BAD_PORT)
    return TcpUrl(host, default_port if port is None else port)


def _serial(text: str, rest: str) -> SerialUrl:
    place, _, query = rest.partition("?")
    path = _path(text, place)
    try:
        options = dict(parse_qsl(query, strict_parsing=True)) if query else {}
        baud = int(options.pop("baud", "9600"))
    except ValueError:
        raise BadDeviceUrl(text, UrlProblem.BAD_OPTION) from None
    handshake = options.pop("handshake", "none")
    if options or baud not in _BAUDS or handshake not in ("none", "rtscts"):
        raise BadDeviceUrl(text, UrlProblem.BAD_OPTION)
    return SerialUrl(path, baud, handshake == "rtscts")
