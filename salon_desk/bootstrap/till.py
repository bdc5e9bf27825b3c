"""A till put together: store, rules, database worker, devices and print queue, link to head office; no Qt.

No rule lives here. The scripted day, the screen and the tests all run on what `open_till` gives; whoever opens it
closes it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from salon_desk.bootstrap.charging import Charging
from salon_desk.bootstrap.counter_devices import CounterDevices
from salon_desk.bootstrap.link import Link
from salon_desk.bootstrap.machine import SystemClock, Uuid7
from salon_desk.bootstrap.rules import load_rules
from salon_desk.bootstrap.till_messaging import till_outbound
from salon_desk.devices.print_task import PrintOutcome, PrintProblem, PrintTask
from salon_desk.domain.clock import Clock
from salon_desk.domain.ids import NewId
from salon_desk.services import device_settings, recovery, tiers
from salon_desk.services.device_settings import DeviceChoice, Role
from salon_desk.services.errors import ShopMissing
from salon_desk.services.ports import Paper
from salon_desk.services.printing import PrintDesk, QueueState
from salon_desk.services.recovery import Recovery
from salon_desk.services.till import Till
from salon_desk.services.worker import Worker
from salon_desk.storage import home, trimming
from salon_desk.storage.errors import CannotRecord, StoreStopped
from salon_desk.storage.opening import open_store
from salon_desk.storage.store import Store

_USUAL_CURRENCY = "USD"

_log = logging.getLogger(__name__)


class RunningTill:
    """An open till with its threads. Everything of `till` runs on `worker`."""

    def __init__(self, till: Till, worker: Worker, devices: DeviceChoice, *, strict: bool = True) -> None:
        """`strict`: devices that cannot be understood are refused; else they are off line."""
        self.till = till
        self.worker = worker
        currency = worker.run(self._currency)
        self.counter = CounterDevices(devices, self._printed, currency=currency, strict=strict)
        self.charging = Charging(till, worker, self.counter)
        self._pumping = threading.Event()
        self._closed = False
        self.desk = PrintDesk(till, self)
        self.recovery: Recovery | None = worker.run(lambda: recovery.start(till))
        self.link = Link(till, worker)
        self.outbound = till_outbound(worker, till.store, till.rules)
        till.store.wake = self._wake
        till.store.urge = self.outbound.wake
        self.counter.start()
        self.charging.start()
        self._wake()
        self.link.start()
        self.outbound.start()

    @property
    def devices(self) -> DeviceChoice:
        """What this till uses now."""
        return self.counter.choice

    def wait_until_synced(self, seconds: float) -> bool:
        """Wait until nothing is pending either way; see `Link.wait_until_synced`. Blocks."""
        return self.link.wait_until_synced(seconds)

    def submit(self, paper: Paper) -> bool:
        """Hand a paper to the printer's port; see `ports.ReceiptPrinter`."""
        task = PrintTask(paper.job_id, paper.document, copy=paper.copy, kick=paper.document is None)
        return self.counter.submit(Role.PRINTER, task)

    def use_devices(self, devices: DeviceChoice) -> None:
        """Use these devices from now on, and remember them. Database worker. Errors as `open_till`."""
        self.counter.currency = self._currency()
        self.counter.check(devices)
        device_settings.choose(self.till, None, devices)
        before = self.devices.of(Role.TERMINAL)
        changed = self.counter.use(devices)
        if Role.PRINTER in changed:
            self.desk.port_changed()
        if devices.of(Role.TERMINAL) != before:  # or its name only
            self.charging.use_terminal()

    def diagnostics(self) -> dict[str, dict[str, str | int]]:
        """How each device is and what it counted since the start: nothing of a person. Any thread."""
        return {**self.counter.diagnostics(), **self.charging.diagnostics()}

    def queue_state(self) -> QueueState:
        """How the print queue stands; waits for the worker, so never on the UI thread."""
        return self.worker.run(self.desk.state)

    def close(self) -> None:
        """End the threads, note that the till ended well, close the store. Harmless the second time."""
        if self._closed:
            return
        self._closed = True
        self.outbound.stop()
        self.link.stop()
        self.charging.stop()
        self.counter.stop()
        self.till.store.wake = _nothing
        try:
            self.worker.run(lambda: recovery.finish(self.till))
            self.worker.run(self.till.store.idle)
            self.worker.run(lambda: home.remember(self.till.store))
        except (StoreStopped, CannotRecord) as refusal:
            _log.warning("the disk did not take that the till ended well: %s", refusal)
        finally:
            self.worker.close()
            self.till.store.close()

    def _currency(self) -> str:
        """That of the shop; a till that has not joined any yet has the usual one. Database worker."""
        with self.till.read() as transaction:
            try:
                return self.till.shop(transaction).currency
            except ShopMissing:
                return _USUAL_CURRENCY

    def _wake(self) -> None:
        """Something was recorded: let the link look, and the print queue, once for many."""
        self.link.recorded()
        if not self.counter.has(Role.PRINTER) or self._pumping.is_set():
            return
        self._pumping.set()
        if not self._submit(self._pump):
            self._pumping.clear()

    def _pump(self) -> None:
        self._pumping.clear()
        self.desk.pump()

    def _printed(self, event: PrintOutcome) -> None:
        """On a printer's thread: hop to the database worker."""
        self._submit(lambda: self._outcome(event))

    def _outcome(self, event: PrintOutcome) -> None:
        problem = event.problem.value if event.problem else ""
        final = event.ok or event.problem is PrintProblem.UNPRINTABLE
        self.desk.outcome(event.job_id, ok=event.ok, problem=problem, begun=event.as_copy or not final)

    def _submit(self, work: Callable[[], None]) -> bool:
        """Work on the print queue; a disk that refuses leaves the paper for the next wake or the next start."""

        def settle() -> None:
            try:
                work()
            except (StoreStopped, CannotRecord) as refusal:
                _log.warning("the print queue could not be kept: %s", refusal)

        try:
            self.worker.submit(settle)
        except RuntimeError:
            _log.info("the till is closing; a printer's outcome is settled at the next start")
            return False
        return True


def open_till(
    folder: Path,
    *,
    devices: DeviceChoice | None = None,
    clock: Clock | None = None,
    new_id: NewId | None = None,
) -> RunningTill:
    """Open a till's folder with its threads; without `devices` those that the machine was told to use.

    Raises StoreInUse, StoreNewer, StoreDamaged, FolderUnusable, BadDeviceUrl, UnknownPrinterProfile, RulePackDamaged.
    """
    rules = load_rules()
    started: list[Till] = []
    worker = Worker(idle=lambda: _rest(worker, started[0].store))
    try:
        store = worker.run(
            lambda: open_store(folder, clock or SystemClock(), new_id or Uuid7(), at_home=True)
        )
        started.append(Till(store, rules))
        kept = devices or worker.run(lambda: device_settings.chosen(started[0]))
        return RunningTill(started[0], worker, kept, strict=devices is not None)
    except BaseException:
        for till in started:
            till.store.close()
        worker.close()
        raise


def _rest(worker: Worker, store: Store) -> None:
    """When nobody waits for the worker. What is done in pieces goes on at the next rest."""
    trimming.rest(store)
    home.remember(store, home.EVERY)
    if tiers.rest(store):
        worker.submit(_nothing)


def _nothing() -> None:
    """Nobody waits any more."""
