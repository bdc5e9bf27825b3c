"""What the top bar says of the devices, on every screen: the printer, and the card terminal where there is one.

No Qt and no device here. Few words: what to do stands on the devices screen.
"""

from __future__ import annotations

from typing import Final

from salon_desk.i18n import N_, Catalogue
from salon_desk.services.device_settings import Role
from salon_desk.services.device_state import Condition, DeviceState, Reason
from salon_desk.ui.device_status import DeviceStatus
from salon_desk.ui.view_values import StatusPill, Tone

_PRINTER_NEEDS: Final = {
    Reason.PAPER_LOW: N_("Paper is low"),
    Reason.PAPER_OUT: N_("No paper"),
    Reason.COVER_OPEN: N_("Printer is open"),
}
_TONES: Final = {Condition.READY: Tone.GOOD, Condition.UNKNOWN: Tone.PLAIN, Condition.NONE: Tone.PLAIN}


def device_pills(status: DeviceStatus, words: Catalogue) -> tuple[StatusPill, ...]:
    """The pills of the devices."""
    printer, terminal = status.of(Role.PRINTER).state, status.of(Role.TERMINAL)
    pills = [StatusPill("printer", _printer(printer, words), _tone(printer))]
    if terminal.chosen.url:
        pills.insert(0, StatusPill("terminal", _terminal(terminal.state, words), _tone(terminal.state)))
    return tuple(pills)


def _printer(state: DeviceState, words: Catalogue) -> str:
    match state.condition:
        case Condition.OFFLINE:
            return words.text("Printer is off")
        case Condition.NONE:
            return words.text("No printer")
        case Condition.ATTENTION:
            return words.text(_PRINTER_NEEDS.get(state.reason, N_("Printer")))
        case _:
            return words.text("Printer")


def _terminal(state: DeviceState, words: Catalogue) -> str:
    match state.condition:
        case Condition.OFFLINE:
            return words.text("Terminal is off")
        case Condition.ATTENTION if state.reason is Reason.BUSY:
            return words.text("Terminal is busy")
        case _:
            return words.text("Terminal")


def _tone(state: DeviceState) -> Tone:
    return _TONES.get(state.condition, Tone.AMBER)
