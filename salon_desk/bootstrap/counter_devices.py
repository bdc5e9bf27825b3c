"""The running devices of a till by role: each made from what was chosen, started, replaced, stopped; how it is, what it did.

No device and no rule lives here, and no Qt. The one rule to know: another device for one role never disturbs the others,
and what a device that was replaced still says is not heard.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, assert_never

from salon_desk.devices.drawer_watch import DrawerState
from salon_desk.devices.errors import BadDeviceUrl, DeviceInUse, UrlProblem
from salon_desk.devices.nfc_reader import SCHEME, NfcReader
from salon_desk.devices.pole_display import load_pole
from salon_desk.devices.pole_port import PolePort
from salon_desk.devices.port import PrinterPort
from salon_desk.devices.print_task import (
    DrawerStateChanged,
    PortEvent,
    PortTiming,
    PrinterStateChanged,
    PrintOutcome,
    PrintTask,
)
from salon_desk.devices.printer_status import PrinterState
from salon_desk.devices.profile import load_profile
from salon_desk.devices.scan import ScanEvent
from salon_desk.devices.serial_reader import ReaderEvent, ReaderStateChanged, SerialReader
from salon_desk.devices.tally import Tally
from salon_desk.devices.terminal.drivers import open_terminal
from salon_desk.devices.terminal.terminal_port import TerminalPort
from salon_desk.devices.url import parse_device_url
from salon_desk.documents.pole_picture import PolePicture
from salon_desk.domain.charge import TerminalState
from salon_desk.domain.errors import DomainError
from salon_desk.services.device_settings import ChosenDevice, DeviceChoice, Role
from salon_desk.services.device_state import (
    NO_DEVICE_STATE,
    READY,
    Condition,
    Counts,
    DeviceState,
    Reason,
)

_PRINTER_STATES = {
    PrinterState.READY: READY,
    PrinterState.PAPER_LOW: DeviceState(Condition.ATTENTION, Reason.PAPER_LOW),
    PrinterState.PAPER_OUT: DeviceState(Condition.ATTENTION, Reason.PAPER_OUT),
    PrinterState.COVER_OPEN: DeviceState(Condition.ATTENTION, Reason.COVER_OPEN),
    PrinterState.UNKNOWN: DeviceState(Condition.UNKNOWN),
}
_DRAWER_OPEN = DeviceState(Condition.ATTENTION, Reason.DRAWER_OPEN)
_ENDS_WITHIN_S = 0.5
_PLAIN_SCHEMES = ("tcp", "serial", "usb")


OnState = Callable[[Role, DeviceState], None]
"""Called on a device's thread, or on the one that chose another device."""


class Device(Protocol):
    """A device with a thread of its own. Nothing is opened before `start`; it opens its port again by itself."""

    @property
    def tally(self) -> Tally:
        """What it counted."""
        ...

    def start(self) -> None:
        """Begin to work. Once."""
        ...

    def stop(self, timeout_s: float = ..., /) -> bool:
        """End; whether the thread ended in time. Never on the device's own thread."""
        ...


@dataclass(slots=True)
class _Post:
    """One role's device while it runs."""

    chosen: ChosenDevice
    device: Device | None = None
    state: DeviceState = field(default_factory=DeviceState)
    printer: DeviceState = field(default_factory=DeviceState)
    drawer: DrawerState = DrawerState.UNKNOWN


class CounterDevices:
    """The devices of one till. What is told comes on the devices' threads: whoever listens hops.

    Making one raises BadDeviceUrl, UnknownPrinterProfile, UnknownTerminalDriver, where it is strict.
    """

    def __init__(
        self,
        choice: DeviceChoice,
        on_paper: Callable[[PrintOutcome], None],
        *,
        currency: str = "USD",
        timing: PortTiming | None = None,
        strict: bool = True,
    ) -> None:
        """`currency`: of the amounts that a terminal is asked for. Not `strict`: what cannot be understood is off line, and
        the till opens all the same.
        """
        self._on_paper = on_paper
        self._timing = timing or PortTiming()
        self.currency = currency
        self._listeners: tuple[OnState, ...] = ()
        self.on_scan: Callable[[ScanEvent], None] = _ignore_scan
        self._lock = threading.Lock()
        self._started = False
        self._picture: PolePicture | None = None
        self.choice = choice
        make = self._post if strict else self._post_or_none
        self._posts = {role: make(role, choice.of(role)) for role in Role if choice.of(role).url}

    def listen(self, listener: OnState) -> Callable[[], None]:
        """Be told of every change of a device's state; what is returned ends that. Any thread."""
        self._listeners = (*self._listeners, listener)

        def end() -> None:
            self._listeners = tuple(one for one in self._listeners if one is not listener)

        return end

    def start(self) -> None:
        """Begin to work. Once."""
        self._started = True
        for post in self._posts.values():
            _start(post)

    def check(self, choice: DeviceChoice) -> None:
        """Whether this choice can be used. Raises BadDeviceUrl, UnknownPrinterProfile, UnknownTerminalDriver, DeviceInUse."""
        changed = self._changed(choice)
        for role in changed:
            if choice.of(role).url:
                self._post(role, choice.of(role))
        terminal = self.terminal()
        if Role.TERMINAL in changed and terminal is not None and terminal.state() is TerminalState.BUSY:
            raise DeviceInUse

    def use(self, choice: DeviceChoice) -> tuple[Role, ...]:
        """Use these from now on; which roles have another device than before. Blocks for a moment; errors as `check`.

        An old port that is in the middle of something ends by itself a little later; the new one waits for the line meanwhile.
        """
        changed = self._changed(choice)
        fresh = {role: self._post(role, choice.of(role)) for role in changed if choice.of(role).url}
        self.choice = choice
        for role in changed:
            old = self._posts.get(role)
            if old is not None and old.device is not None and self._started:
                old.device.stop(_ENDS_WITHIN_S)
            with self._lock:
                self._posts.pop(role, None)
                if role in fresh:
                    self._posts[role] = fresh[role]
        for role in changed:
            if role in fresh and self._started:
                _start(fresh[role])
            if role is Role.DISPLAY and self._picture is not None:
                self.show(self._picture)
            self._tell(role, self.state(role))
        return changed

    def stop(self) -> None:
        """End all of them."""
        for post in tuple(self._posts.values()):
            if post.device is not None and self._started:
                post.device.stop()

    def state(self, role: Role) -> DeviceState:
        """What was heard last of a role's device. Any thread."""
        with self._lock:
            post = self._posts.get(role)
            return post.state if post is not None else NO_DEVICE_STATE

    @property
    def drawer(self) -> DrawerState:
        """How the drawer is, where the receipt printer tells. Any thread."""
        with self._lock:
            post = self._posts.get(Role.PRINTER)
        return post.drawer if post is not None else DrawerState.UNKNOWN

    def counts(self, role: Role) -> Counts:
        """What a role's device counted since it was started. Any thread."""
        with self._lock:
            post = self._posts.get(role)
        return post.device.tally.now() if post is not None and post.device is not None else Counts()

    def submit(self, role: Role, task: PrintTask) -> bool:
        """Hand a task to the printer of a role; False when there is none or it takes no more. Never blocks. Any thread."""
        with self._lock:
            post = self._posts.get(role)
        return post is not None and isinstance(post.device, PrinterPort) and post.device.submit(task)

    def show(self, picture: PolePicture) -> None:
        """Show this to the guest, on the display of now and on one that is chosen later. Never blocks. Any thread."""
        with self._lock:
            self._picture = picture
            post = self._posts.get(Role.DISPLAY)
        if post is not None and isinstance(post.device, PolePort):
            post.device.show(picture)

    def terminal(self) -> TerminalPort | None:
        """The card terminal, for the charge desk; None for none. Any thread."""
        with self._lock:
            post = self._posts.get(Role.TERMINAL)
        return post.device if post is not None and isinstance(post.device, TerminalPort) else None

    def has(self, role: Role) -> bool:
        """Whether a role has a device. Any thread."""
        with self._lock:
            return role in self._posts

    def diagnostics(self) -> dict[str, dict[str, str | int]]:
        """How each device is and what it counted, for a diagnostics bundle: no name, no folder. Any thread."""
        with self._lock:
            posts = tuple(self._posts.items())
        return {role.value: _diagnosis(post, self.counts(role)) for role, post in posts}

    def _changed(self, choice: DeviceChoice) -> tuple[Role, ...]:
        """The roles whose device is another one in this choice."""
        return tuple(role for role in Role if _place(self.choice.of(role)) != _place(choice.of(role)))

    def _post(self, role: Role, chosen: ChosenDevice) -> _Post:
        post = _Post(chosen)
        post.device = self._made(role, chosen, post)
        return post

    def _post_or_none(self, role: Role, chosen: ChosenDevice) -> _Post:
        try:
            return self._post(role, chosen)
        except DomainError:
            return _Post(chosen, state=DeviceState(Condition.OFFLINE, Reason.NO_DRIVER))

    def _made(self, role: Role, chosen: ChosenDevice, post: _Post) -> Device | None:
        """A role's device, not yet started; None where no port is opened for it."""
        match role:
            case Role.PRINTER | Role.LABELS:
                url, profile = parse_device_url(chosen.url), load_profile(chosen.profile)
                said = partial(self._printer_said, role, post)
                return PrinterPort(url, profile, said, timing=self._timing)
            case Role.READER:
                heard = partial(self._reader_said, role, post)
                return SerialReader(parse_device_url(chosen.url), heard, back_off_s=self._timing.back_off_s)
            case Role.NFC:
                if not chosen.url.startswith(SCHEME):
                    raise BadDeviceUrl(chosen.url, UrlProblem.UNKNOWN_SCHEME)
                tell, scanned = partial(self._heard, role, post), partial(self._scanned, role, post)
                return NfcReader(chosen.url, scanned, tell, back_off_s=self._timing.back_off_s)
            case Role.DISPLAY:
                tell = partial(self._heard, role, post)
                return PolePort(parse_device_url(chosen.url), load_pole(chosen.driver), tell)
            case Role.TERMINAL:
                tell = partial(self._heard, role, post)
                return open_terminal(chosen.url, chosen.driver, tell, currency=self.currency)
            case Role.GUEST_SCREEN:
                return None
            case _:
                assert_never(role)

    def _printer_said(self, role: Role, post: _Post, event: PortEvent) -> None:
        if isinstance(event, PrinterStateChanged):
            post.printer = _printer_state(event)
            self._heard(role, post, _with_drawer(post))
        elif isinstance(event, DrawerStateChanged):
            post.drawer = event.state
            self._heard(role, post, _with_drawer(post))
        elif isinstance(event, PrintOutcome) and self._is_here(role, post):
            self._on_paper(event)

    def _reader_said(self, role: Role, post: _Post, event: ReaderEvent) -> None:
        if isinstance(event, ReaderStateChanged):
            trouble = event.problem
            state = READY if trouble is None else DeviceState(Condition.OFFLINE, Reason(trouble.value))
            self._heard(role, post, state)
        else:
            self._scanned(role, post, event)

    def _scanned(self, role: Role, post: _Post, event: ScanEvent) -> None:
        if self._is_here(role, post):
            self.on_scan(event)

    def _heard(self, role: Role, post: _Post, state: DeviceState) -> None:
        post.state = state
        if self._is_here(role, post):
            self._tell(role, state)

    def _tell(self, role: Role, state: DeviceState) -> None:
        for listener in self._listeners:
            listener(role, state)

    def _is_here(self, role: Role, post: _Post) -> bool:
        """Whether it was not replaced meanwhile."""
        with self._lock:
            return self._posts.get(role) is post


def _start(post: _Post) -> None:
    if post.device is not None:
        post.device.start()


def _place(chosen: ChosenDevice) -> tuple[str, str]:
    """What makes it another device; a name does not."""
    return chosen.url, chosen.driver


def _printer_state(event: PrinterStateChanged) -> DeviceState:
    if event.state is PrinterState.OFFLINE:
        return DeviceState(Condition.OFFLINE, Reason(event.problem.value) if event.problem else Reason.NONE)
    return _PRINTER_STATES[event.state]


def _with_drawer(post: _Post) -> DeviceState:
    """The printer's own trouble first: a drawer left open is only said of one that prints."""
    left_open = post.drawer is DrawerState.LEFT_OPEN
    return _DRAWER_OPEN if left_open and post.printer == READY else post.printer


def _diagnosis(post: _Post, counts: Counts) -> dict[str, str | int]:
    scheme = post.chosen.url.partition(":")[0]
    return {
        "url": post.chosen.url if scheme in _PLAIN_SCHEMES else scheme,
        "driver": post.chosen.driver,
        "condition": post.state.condition.value,
        "reason": post.state.reason.value,
        "jobs": counts.jobs,
        "retries": counts.retries,
        "errors": counts.errors,
    }


def _ignore_scan(_event: ScanEvent) -> None:
    """Nobody listens yet."""
