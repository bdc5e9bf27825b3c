"""A till as it runs asks a terminal that was given another name about its charges, and no other terminal."""

from __future__ import annotations

import queue
from pathlib import Path

from salon_desk.bootstrap.till import open_till
from salon_desk.domain.charge_state import ChargeState
from salon_desk.services import charges
from salon_desk.services.charges import ChargeAsk, ChargeView
from salon_desk.services.device_settings import ChosenDevice, DeviceChoice, Role
from tests.integration.services.shop import CASHIER, dollars, open_shop


def test_a_new_name_is_no_other_terminal_and_another_terminal_knows_nothing(tmp_path: Path) -> None:
    shop = open_shop(tmp_path / "till")
    shop.open_shift()
    ticket = shop.ticket(("gel", "lily"))
    shop.till.store.close()
    running = open_till(tmp_path / "till")
    run = running.worker.run

    def use(name: str, driver: str) -> None:
        chosen = ChosenDevice("emulated:", driver, name)
        run(lambda: running.use_devices(DeviceChoice().using(Role.TERMINAL, chosen)))

    try:
        desk, told = running.charging.desk, queue.Queue[ChargeView]()
        desk.listen(told.put)
        ask = ChargeAsk(ticket, dollars("45.00"), terminal="Front")
        view = run(lambda: charges.begin(running.till, "crashed", CASHIER, ask)).view
        use("Spare", "pax")
        assert not run(lambda: desk.look_up(view.reference))
        use("Front", "pax")
        run(desk.look_up_open)
        assert told.get(timeout=20).state is ChargeState.NOT_CHARGED
    finally:
        running.close()
