"""Which kinds of card terminal there are, by the name that settings keep, and a port for one of them.

No protocol lives here. The one rule to know: a `tcp:` URL without a port means the port of the driver's protocol.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from salon_desk.devices.errors import UnknownTerminalDriver
from salon_desk.devices.terminal.driver import Surroundings, TerminalDriver, TerminalTiming
from salon_desk.devices.terminal.pax import PAX_PORT, PaxDriver, PaxSettings
from salon_desk.devices.terminal.pax_messages import Command
from salon_desk.devices.terminal.terminal_port import TerminalPort
from salon_desk.devices.url import parse_device_url
from salon_desk.services.device_state import DeviceState

DEFAULT_DRIVER = "pax"
DRIVERS = ("pax", "pax-debit")


def open_terminal(
    url: str,
    driver: str,
    on_state: Callable[[DeviceState], None],
    *,
    currency: str,
    timing: TerminalTiming | None = None,
    now: Callable[[], float] = time.monotonic,
) -> TerminalPort:
    """A port for the terminal of a URL, not yet started; an empty `driver` is a PAX.

    Raises BadDeviceUrl, UnknownTerminalDriver. `on_state` is called on the port's thread.
    """
    name = driver or DEFAULT_DRIVER
    if name not in DRIVERS:
        raise UnknownTerminalDriver(name)
    settings = PaxSettings(Command.DEBIT if name == "pax-debit" else Command.CREDIT)
    make = partial(_pax, currency=currency, settings=settings)
    return TerminalPort(parse_device_url(url, PAX_PORT), make, on_state, timing=timing, now=now)


def _pax(around: Surroundings, *, currency: str, settings: PaxSettings) -> TerminalDriver:
    return PaxDriver(around, currency, settings)
