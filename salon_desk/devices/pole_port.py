"""The thread of one pole display: shows the newest picture, opens its line again by itself, tells how it is.

What a picture says is not decided here, its bytes are `pole_display`'s. The rules to know: only the newest picture counts,
handing one over never waits, and a display never answers, so what stands there is sent again now and then.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.pole_display import PoleProfile, encode, reset
from salon_desk.devices.tally import Tally
from salon_desk.devices.transport import Transport, open_transport
from salon_desk.devices.url import DeviceUrl, EmulatedUrl
from salon_desk.documents.pole_picture import PolePicture
from salon_desk.services.device_state import READY, Condition, DeviceState, Reason

if TYPE_CHECKING:
    from salon_desk.devices.emulators.display_serving import RunningDisplay

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PoleTiming:
    """Seconds: until a line that takes nothing is stuck, between two sendings of the same, and before opening again."""

    stuck_s: float = 2.0
    again_s: float = 5.0
    back_off_s: tuple[float, ...] = (0.5, 1.0, 2.0, 5.0)


class PolePort:
    """One display. `on_state` is called on the port's thread; the caller hops. Start it once."""

    def __init__(
        self,
        url: DeviceUrl,
        profile: PoleProfile,
        on_state: Callable[[DeviceState], None],
        *,
        timing: PoleTiming | None = None,
    ) -> None:
        self.tally = Tally()
        self._url = url
        self._profile, self._on_state, self._timing = profile, on_state, timing or PoleTiming()
        self._newest: PolePicture | None = None
        self._told: DeviceState | None = None
        self._stop, self._wake = threading.Event(), threading.Event()
        self._emulator: RunningDisplay | None = None
        self._thread = threading.Thread(target=self._run, name=f"display {url}", daemon=True)

    def start(self) -> None:
        """Begin to work. Once. Thread: any."""
        self._thread.start()

    def show(self, picture: PolePicture) -> None:
        """Show this from now on; what waited and was not shown yet is forgotten. Thread: any; never blocks."""
        self._newest = picture
        self._wake.set()

    def stop(self, timeout_s: float = 3.0) -> bool:
        """End; whether the thread ended in time. What stands on the display stays. Thread: any but the port's."""
        assert threading.current_thread() is not self._thread
        self._stop.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        assert threading.current_thread() is self._thread
        try:
            self._emulate()
            waits, tries = self._timing.back_off_s, 0
            while not self._stop.is_set():
                if self._serve():
                    tries = 0
                if not self._stop.wait(waits[min(tries, len(waits) - 1)]):
                    self.tally.retry()
                tries += 1
        finally:
            if self._emulator is not None:
                self._emulator.stop()

    def _emulate(self) -> None:
        """An `emulated:` display lives in this process, behind a real line."""
        if isinstance(self._url, EmulatedUrl):
            from salon_desk.devices.emulators.display_serving import start_emulated_display

            try:
                self._emulator = start_emulated_display(chinese=self._profile.encoding == "gb18030")
            except OSError:
                _log.exception("no emulated display")  # its state will be: no driver
                return
            self._url = self._emulator.url

    def _serve(self) -> bool:
        """Open the line and show what there is to show until it breaks or the end; whether anything was shown."""
        shown = False
        transport: Transport | None = None
        try:
            transport = open_transport(self._url)
            self._send(transport, reset())
            while not self._stop.is_set():
                self._wake.clear()
                if (picture := self._newest) is not None:
                    self._send(transport, encode(picture, self._profile))
                    self.tally.job()
                    shown = True
                self._tell(READY)
                self._wake.wait(self._timing.again_s)
        except PortTrouble as trouble:
            self._in_trouble(trouble.problem)
        finally:
            if transport is not None:
                transport.close()
        return shown

    def _send(self, transport: Transport, data: bytes) -> None:
        """All of it, in time; PortTrouble STUCK where the line takes nothing for long."""
        until = time.monotonic() + self._timing.stuck_s
        while data and not self._stop.is_set():
            if time.monotonic() >= until:
                raise PortTrouble(PortProblem.STUCK)
            taken = transport.write(data, 0.1)
            if taken:
                data = data[taken:]
                until = time.monotonic() + self._timing.stuck_s

    def _in_trouble(self, problem: PortProblem) -> None:
        condition = Condition.ATTENTION if problem is PortProblem.STUCK else Condition.OFFLINE
        state = DeviceState(condition, Reason(problem.value))
        if state != self._told:
            self.tally.error()
        self._tell(state)

    def _tell(self, state: DeviceState) -> None:
        if state != self._told:
            self._told = state
            self._on_state(state)
