"""A till as it runs takes the wallets that were set on its machine, hears whether they are there, and charges by them once."""

from __future__ import annotations

import queue
from decimal import Decimal
from pathlib import Path

import pytest

from salon_desk import secrets
from salon_desk.bootstrap.till import open_till
from salon_desk.domain.charge import Means, TerminalState
from salon_desk.domain.charge_state import ChargeState
from salon_desk.services import wallet_settings
from salon_desk.services.charges import ChargeAsk, ChargeView
from salon_desk.services.wallet_settings import WalletSettings
from tests.integration.services.shop import CASHIER, dollars, open_shop
from tests.wallets.parts import WECHAT_CODE
from tests.wallets.stand_in import APP, KEY, MERCHANT, STORE, StandIn

_WITHIN = 20.0


def test_a_till_that_runs_charges_by_the_wallet_that_was_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(secrets.FOLDER_VARIABLE, str(tmp_path / "keys"))
    gateway = StandIn()
    shop = open_shop(tmp_path / "till")
    shop.open_shift()
    ticket = shop.ticket(("gel", "lily"))
    only = Means.WECHAT_PAY
    account = WalletSettings(MERCHANT, APP, "Salon Mei", "USD", STORE, only=only, api=gateway.url)
    wallet_settings.keep(shop.till.store, account, KEY)
    shop.till.store.close()

    running = open_till(tmp_path / "till")
    try:
        desk = running.charging.desk
        heard: queue.Queue[None] = queue.Queue()
        running.charging.listen(lambda: heard.put(None))
        while desk.state(only) is not TerminalState.READY:
            heard.get(timeout=_WITHIN)
        assert desk.state(Means.ALIPAY) is TerminalState.NONE
        told: queue.Queue[ChargeView] = queue.Queue()
        desk.listen(told.put)
        ask = ChargeAsk(ticket, dollars("47.03"), means=only)
        begun = running.worker.run(lambda: desk.begin("c1", CASHIER, ask, code=WECHAT_CODE))
        again = running.worker.run(lambda: desk.begin("c1", CASHIER, ask, code=WECHAT_CODE))
        assert again.reference == begun.reference
        while (view := told.get(timeout=_WITHIN)).is_open:
            pass
        assert (view.reference, view.state) == (begun.reference, ChargeState.APPROVED)
    finally:
        running.close()
        gateway.close()
    assert gateway.charged(begun.reference) == Decimal("47.03")
    assert gateway.times("pay.barcodepay") == 1
