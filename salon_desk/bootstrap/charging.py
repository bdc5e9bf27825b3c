"""The payment devices of a till put together: the charge desk, the card terminal of its counter, the wallets of its settings.

No rule lives here. The one rule to know: whenever a device is there (again), it is asked what became of every charge that
nobody knows of; nothing is ever charged from here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict

from salon_desk.bootstrap.counter_devices import CounterDevices
from salon_desk.domain.charge import Means, TerminalState
from salon_desk.services import channel_settings, wallet_settings
from salon_desk.services.charge_desk import ChargeDesk
from salon_desk.services.device_settings import Role
from salon_desk.services.device_state import Condition, DeviceState
from salon_desk.services.till import Till
from salon_desk.services.wallet_settings import WalletSettings
from salon_desk.services.worker import Worker
from salon_desk.storage.errors import CannotRecord, StoreStopped
from salon_desk.wallets.terminal import WalletTerminal

_log = logging.getLogger(__name__)

Changed = Callable[[], None]


class Charging:
    """`desk` is what services and screens ask. Whoever made it stops it before the database worker is closed."""

    def __init__(self, till: Till, worker: Worker, counter: CounterDevices) -> None:
        self._till, self._worker, self._counter = till, worker, counter
        self._listeners: tuple[Changed, ...] = ()
        self._wallets: dict[Means, WalletTerminal] = {}
        self._stopped = False
        self.desk = ChargeDesk(till, self._submit, {})
        counter.listen(self._device_heard)

    def start(self) -> None:
        """Begin: take the devices there are, and ask about what nobody knows. Blocks for the database."""
        self._worker.run(self._take_all)

    def stop(self) -> None:
        """End the wallets' threads. The terminal is the counter's."""
        self._stopped = True
        for wallet in self._wallets.values():
            wallet.stop()

    def listen(self, listener: Changed) -> Callable[[], None]:
        """Be told on any thread that a device is there, gone or in another state; what is returned ends that."""
        self._listeners = (*self._listeners, listener)

        def end() -> None:
            self._listeners = tuple(one for one in self._listeners if one is not listener)

        return end

    def use_terminal(self) -> None:
        """Another terminal was chosen. Database worker."""
        chosen = self._counter.choice.of(Role.TERMINAL)
        self.desk.use(Means.TERMINAL, self._counter.terminal(), name=chosen.name or chosen.url)
        self._changed()

    def use_wallets(self) -> None:
        """Other settings for the wallets. Database worker; blocks while the old ones end."""
        for means, wallet in self._wallets.items():
            self.desk.use(means, None)
            wallet.stop()
        with self._till.read() as transaction:
            settings = wallet_settings.read(transaction)
            proxy = channel_settings.read(transaction).proxy
        self._wallets = self._made(settings, proxy) if settings is not None else {}
        for means, wallet in self._wallets.items():
            self.desk.use(means, wallet, name=settings.merchant if settings is not None else "")
            wallet.start()
        self._changed()

    def diagnostics(self) -> dict[str, dict[str, str | int]]:
        """How each wallet is and what it counted, for a diagnostics bundle: no account and no key. Any thread."""
        return {
            means.value: {"condition": wallet.state().value, **asdict(wallet.counts())}
            for means, wallet in self._wallets.items()
        }

    def _take_all(self) -> None:
        self.use_terminal()
        self.use_wallets()
        self.desk.look_up_open()

    def _made(self, settings: WalletSettings, proxy: str) -> dict[Means, WalletTerminal]:
        from salon_desk.bootstrap.wallets import wallets_of

        store = self._till.store
        return wallets_of(store.node, settings, store.clock, proxy=proxy, on_state=self._wallet_heard)

    def _device_heard(self, role: Role, state: DeviceState) -> None:
        """On a device's thread."""
        if role is Role.TERMINAL:
            self._heard(ready=state.condition is Condition.READY)

    def _wallet_heard(self, _means: Means, state: TerminalState) -> None:
        """On a wallet's thread."""
        self._heard(ready=state is TerminalState.READY)

    def _heard(self, *, ready: bool) -> None:
        self._changed()
        if ready and not self._stopped:
            try:
                self._submit(self._look_up)
            except RuntimeError:
                _log.info("the till is closing; charges are asked about at the next start")

    def _look_up(self) -> None:
        self.desk.look_up_open()

    def _submit(self, work: Callable[[], None]) -> object:
        """Run work on the database worker; a disk that refuses leaves the charge to be asked about again."""

        def settle() -> None:
            try:
                work()
            except (StoreStopped, CannotRecord) as refusal:
                _log.warning("an answer about a charge could not be kept: %s", refusal)

        return self._worker.submit(settle)

    def _changed(self) -> None:
        for listener in self._listeners:
            listener()
