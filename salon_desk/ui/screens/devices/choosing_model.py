"""What the form of another device says: what was found for the role, what it speaks, what was refused.

No Qt here, and nothing is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.i18n import N_, Catalogue
from salon_desk.services.device_settings import Role
from salon_desk.ui.device_status import Connection, FoundDevice, Search
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.devices import state_words
from salon_desk.ui.screens.devices.drivers import DRIVERS
from salon_desk.ui.screens.devices.presenter import DevicesState
from salon_desk.ui.view_values import Chip, ListRow

_FITS: Final = {
    Role.PRINTER: (Connection.USB, Connection.NETWORK, Connection.QUEUE, Connection.SERIAL),
    Role.LABELS: (Connection.USB, Connection.NETWORK, Connection.QUEUE, Connection.SERIAL),
    Role.READER: (Connection.SERIAL,),
    Role.NFC: (Connection.NFC,),
    Role.DISPLAY: (Connection.SERIAL,),
    Role.GUEST_SCREEN: (),
    Role.TERMINAL: (Connection.TERMINAL, Connection.SERIAL),
}
_ON_THE_NETWORK: Final = (Role.PRINTER, Role.LABELS, Role.TERMINAL)
_CONNECTIONS: Final = {
    Connection.SERIAL: N_("Serial port"),
    Connection.USB: N_("Printer on USB"),
    Connection.NETWORK: N_("Printer on the network"),
    Connection.TERMINAL: N_("Card terminal on the network"),
    Connection.QUEUE: N_("Printer of this computer"),
    Connection.NFC: N_("NFC reader"),
}
_EXAMPLES: Final = {
    Role.PRINTER: "tcp://192.168.1.50:9100",
    Role.LABELS: "tcp://192.168.1.51:9100",
    Role.READER: "serial:COM3",
    Role.NFC: "pcsc:",
    Role.DISPLAY: "serial:COM4",
    Role.GUEST_SCREEN: "screen:",
    Role.TERMINAL: "tcp://192.168.1.60:10009",
}


@dataclass(frozen=True, slots=True)
class ChoosingModel:
    """The form, ready to read. `look` and `network` are the buttons of the search; an empty one does not stand there."""

    title: str
    example: str
    found: tuple[ListRow, ...]
    told: str
    look: str
    network: str
    drivers: tuple[Chip, ...]
    driver: str
    refusal: str
    can_save: bool


def choosing_model(state: DevicesState, words: Catalogue) -> ChoosingModel:
    """The form of the role in front."""
    role = state.place.role or Role.PRINTER
    search = state.status.search
    fits = tuple(one for one in search.found if one.connection in _FITS[role])
    chips = tuple(Chip(words.text(name), key=key) for key, name in DRIVERS.get(role, {}).items())
    return ChoosingModel(
        title=words.text(state_words.TITLES[role]),
        example=_EXAMPLES[role],
        found=tuple(_row(one, words) for one in fits),
        told=_told(search, len(fits), words),
        look=words.text("Stop looking") if search.running else words.text("Look again"),
        network="" if search.running or role not in _ON_THE_NETWORK else words.text("Search the network"),
        drivers=chips,
        driver=state.driver,
        refusal=error_text(state.refusal, words) if state.refusal else "",
        can_save=not state.working,
    )


def _row(one: FoundDevice, words: Catalogue) -> ListRow:
    connection = words.text(_CONNECTIONS[one.connection])
    return ListRow(one.url, one.title or connection, one.url)


def _told(search: Search, fits: int, words: Catalogue) -> str:
    if search.running and search.whole:
        done, whole = words.number(search.done), words.number(search.whole)
        return words.text("{done} of {whole} addresses asked", done=done, whole=whole)
    if search.running:
        return words.text("Looking at what is plugged in…")
    if not fits:
        return words.text("Nothing that fits was found. Plug it in and look again, or type its address.")
    return words.plural("{n} device that fits was found.", "{n} devices that fit were found.", fits)
