"""How a device is, in words, with what to do about it; no Qt, and no device is asked here.

Every trouble of a printer says that papers wait and none is lost, because that is what people fear first; every trouble
of a line says which cable.
"""

from __future__ import annotations

from typing import Final, assert_never

from salon_desk.i18n import N_, Catalogue
from salon_desk.services.device_settings import Role
from salon_desk.services.device_state import Condition, Reason
from salon_desk.ui.device_status import RoleStatus
from salon_desk.ui.theme.tokens import Tone

TITLES: Final = {
    Role.PRINTER: N_("Receipt printer"),
    Role.LABELS: N_("Label printer"),
    Role.READER: N_("Card and barcode reader"),
    Role.NFC: N_("Reader for NFC cards"),
    Role.DISPLAY: N_("Customer display"),
    Role.GUEST_SCREEN: N_("Second screen for guests"),
    Role.TERMINAL: N_("Card terminal"),
}
PRINTERS: Final = (Role.PRINTER, Role.LABELS)

_READY: Final = {
    Role.PRINTER: (N_("Ready to print"), N_("Receipts print by themselves after each payment.")),
    Role.LABELS: (N_("Ready to print"), N_("Labels for shelf and product print on it.")),
    Role.READER: (N_("Connected"), N_("Scan a card or a product: it goes where you are.")),
    Role.NFC: (N_("Connected"), N_("Lay a card on it: its member comes up.")),
    Role.DISPLAY: (N_("Connected"), N_("It never answers. Show a test line and look at it.")),
    Role.GUEST_SCREEN: (N_("Connected"), ""),
    Role.TERMINAL: (N_("Ready for a card"), N_("Payments by card are asked for on it by themselves.")),
}
_NONE: Final = {
    Role.PRINTER: (
        N_("No printer is set up"),
        N_("Payments work without one. Papers are kept and print once a printer is there."),
    ),
    Role.LABELS: (N_("None is set up"), N_("Labels for shelf and product need one of their own.")),
    Role.READER: (
        N_("It types like a keyboard"),
        N_("A reader on USB needs no setting. Set one up only for a serial port."),
    ),
    Role.NFC: (N_("None is set up"), N_("Cards without contact are read once one is set up.")),
    Role.DISPLAY: (N_("None is set up"), N_("Two lines for the guest: what it costs and what is owed.")),
    Role.GUEST_SCREEN: (N_("By itself"), N_("It is used when this computer has a second screen.")),
    Role.TERMINAL: (
        N_("None is set up"),
        N_("Type what the card machine took by hand, or connect one."),
    ),
}
_NEEDS: Final = {
    Reason.PAPER_LOW: (N_("Little paper left"), N_("Have a new roll at hand. It still prints.")),
    Reason.PAPER_OUT: (
        N_("Out of paper"),
        N_("Put a new roll in, printed side up, and close the cover. What waits prints by itself then."),
    ),
    Reason.COVER_OPEN: (
        N_("The cover is open"),
        N_("Press the cover shut until it clicks. What waits prints by itself then."),
    ),
    Reason.DRAWER_OPEN: (N_("The drawer is open"), N_("Shut the drawer.")),
    Reason.STUCK: (
        N_("It takes nothing more"),
        N_("Look for jammed paper, then switch it off and on."),
    ),
    Reason.BUSY: (N_("It is busy"), N_("It is being used. Wait until it is done, then test it again.")),
}
_TROUBLES: Final = {
    Reason.REFUSED: N_("It is there but takes nothing. Switch it off, wait five seconds, switch it on."),
    Reason.NOT_PERMITTED: N_("This computer does not let the till use it. Ask who looks after it."),
    Reason.BUSY: N_("Another program holds it. Close that, or restart this computer."),
    Reason.STUCK: N_("It takes nothing more. Look for jammed paper, then switch it off and on."),
    Reason.DISK_FULL: N_("The disk of this computer is full. Make room; what waits prints then."),
    Reason.NO_DRIVER: N_("A part of the program for it is missing. Ask who looks after it."),
    Reason.NO_READER: N_("No reader is plugged in. Check its USB cable at both ends."),
    Reason.NO_SERVICE: N_("The smart card service of this computer does not run. Ask who looks after it."),
    Reason.GARBLED: N_("What it answers makes no sense. Check its kind and its speed."),
}
_CABLES: Final = {
    "tcp": N_("Is it switched on? Then check the network cable at it and at the box it leads to."),
    "serial": N_("Is it switched on? Then check the serial cable between it and this computer."),
    "usb": N_("Is it switched on? Then check the USB cable between it and this computer."),
    "pcsc": N_("Is it switched on? Then check the USB cable between it and this computer."),
    "queue": N_("Is it switched on? Then look at its queue in this computer's settings."),
}
_ANY_CABLE: Final = N_("Is it switched on? Then check the cable between it and this computer.")
_GUEST_SCREENS: Final = {
    "screen:": (N_("By itself"), N_("It is used when this computer has a second screen.")),
    "screen:window": (N_("In a window"), N_("Drag the window to where guests look.")),
    "screen:off": (N_("Off"), N_("Guests see nothing.")),
}


def condition(role: Role, status: RoleStatus, words: Catalogue) -> tuple[str, Tone]:
    """How it is, in a few words."""
    if role is Role.GUEST_SCREEN:
        return words.text(_guest_screen(status)[0]), Tone.PLAIN
    state = status.state
    match state.condition:
        case Condition.READY:
            return words.text(_READY[role][0]), Tone.GOOD
        case Condition.ATTENTION:
            tone = Tone.AMBER if state.reason in (Reason.PAPER_LOW, Reason.BUSY) else Tone.DANGER
            return words.text(_needs(state.reason)[0]), tone
        case Condition.OFFLINE:
            return words.text("It cannot be reached"), Tone.DANGER
        case Condition.UNKNOWN:
            return words.text("No answer yet"), Tone.AMBER
        case Condition.NONE:
            return words.text(_NONE[role][0]), Tone.AMBER if role is Role.PRINTER else Tone.PLAIN
        case _:
            assert_never(state.condition)


def what_to_do(role: Role, status: RoleStatus, words: Catalogue) -> str:
    """What a person does now."""
    if role is Role.GUEST_SCREEN:
        return words.text(_guest_screen(status)[1])
    state = status.state
    match state.condition:
        case Condition.READY:
            return words.text(_READY[role][1])
        case Condition.ATTENTION:
            return words.text(_needs(state.reason)[1])
        case Condition.OFFLINE:
            return words.text(_TROUBLES.get(state.reason) or _cable(status.chosen.url))
        case Condition.UNKNOWN if role in PRINTERS:
            return words.text("Some printers do not say how they are. Print a test page and look.")
        case Condition.UNKNOWN:
            return words.text("Test it. If nothing comes, check that it is switched on and its cable.")
        case Condition.NONE:
            return words.text(_NONE[role][1])
        case _:
            assert_never(state.condition)


def called(role: Role, status: RoleStatus, words: Catalogue) -> str:
    """Which device it is: the name people gave it, its address, or both."""
    chosen = status.chosen
    address = (
        words.text("Practice device inside this program")
        if chosen.url.startswith("emulated:")
        else chosen.url
    )
    if role is Role.GUEST_SCREEN:
        address = ""
    if chosen.name and address:
        return words.text("{name} · {address}", name=chosen.name, address=address)
    return chosen.name or address


def counts(status: RoleStatus, words: Catalogue) -> str:
    """What it did since the till was started; empty where it did nothing."""
    told = status.counts
    if not (told.jobs or told.retries or told.errors):
        return ""
    return words.text(
        "Since the start: done {jobs} · tried again {retries} · errors {errors}",
        jobs=words.number(told.jobs),
        retries=words.number(told.retries),
        errors=words.number(told.errors),
    )


def _needs(reason: Reason) -> tuple[str, str]:
    return _NEEDS.get(reason, (N_("Look at it"), N_("It says that something is wrong with it.")))


def _cable(url: str) -> str:
    """Which cable it is, by the address."""
    return _CABLES.get(url.split(":", 1)[0], _ANY_CABLE)


def _guest_screen(status: RoleStatus) -> tuple[str, str]:
    return _GUEST_SCREENS.get(status.chosen.url, _GUEST_SCREENS["screen:"])
