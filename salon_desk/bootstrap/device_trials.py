"""The one-tap tests of devices that have one of their own: a label, a line on the display, a greeting of the terminal.

The receipt printer's test page goes through the print queue and is not here. Nothing here waits: how a test went is told on
whatever thread it ends.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from salon_desk.bootstrap.till import RunningTill
from salon_desk.devices.print_task import PrintTask
from salon_desk.devices.profile import load_profile
from salon_desk.documents.pole_picture import PoleLine, PolePicture
from salon_desk.i18n import Catalogue
from salon_desk.services import labels
from salon_desk.services.device_settings import Role
from salon_desk.services.device_state import Condition, DeviceState
from salon_desk.ui.device_status import TrialState

TRIAL_JOB = "trial"
"""How a test label is called; the print queue knows no job of this name, so that its outcome marks nothing."""

OnTried = Callable[[Role, TrialState], None]


class DeviceTrials:
    """The tests of one till's devices. `on_tried` is called on any thread."""

    def __init__(self, running: RunningTill, on_tried: OnTried) -> None:
        self._running, self._on_tried = running, on_tried

    def begin(self, role: Role, language: str) -> None:
        """Test a role's device. Never waits."""
        match role:
            case Role.LABELS:
                self._running.worker.submit(lambda: self._label(language))
            case Role.DISPLAY:
                self._line(language)
            case Role.TERMINAL:
                self._greet()
            case _:
                self._on_tried(role, TrialState.FAILED)

    def _label(self, language: str) -> None:
        """Database worker."""
        profile = load_profile(self._running.devices.of(Role.LABELS).profile)
        page = labels.sample(language, width_mm=profile.paper_mm)
        taken = self._running.counter.submit(Role.LABELS, PrintTask(TRIAL_JOB, page))
        self._on_tried(Role.LABELS, TrialState.PASSED if taken else TrialState.FAILED)

    def _line(self, language: str) -> None:
        words = Catalogue.load(language)
        upper = PoleLine((words.text("Welcome"), "Welcome"), centred=True)
        self._running.counter.show(PolePicture(upper, PoleLine(("1234567890",), "0.00")))
        reached = self._running.counter.state(Role.DISPLAY).condition is not Condition.OFFLINE
        self._on_tried(Role.DISPLAY, TrialState.PASSED if reached else TrialState.FAILED)

    def _greet(self) -> None:
        terminal = self._running.counter.terminal()
        if terminal is None:
            self._on_tried(Role.TERMINAL, TrialState.FAILED)
        else:
            terminal.greet().add_done_callback(self._greeted)

    def _greeted(self, done: Future[DeviceState]) -> None:
        well = not done.cancelled() and done.exception() is None
        well = well and done.result().condition in (Condition.READY, Condition.ATTENTION)
        self._on_tried(Role.TERMINAL, TrialState.PASSED if well else TrialState.FAILED)
