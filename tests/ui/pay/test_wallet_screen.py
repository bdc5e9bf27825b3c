"""The wallets under fingers: how many taps such a sale takes, and a picture of every state.

The pictures of the remaining sizes are taken with SALON_DESK_ALL_PICTURES=1.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from salon_desk.domain.charge import TerminalState
from salon_desk.services.tickets import NewLine
from salon_desk.ui.counter.charge_sheet import DecideSheet
from salon_desk.ui.counter.charge_talk import Answer
from salon_desk.ui.counter.wallet_sheet import WalletSheet
from tests.ui.counter_window import LANGUAGES, SIZES, Counter, keep, tap, too_small
from tests.ui.shop_fixture import CounterShop
from tests.ui.wallets import TO_SCAN, WECHAT_CODE, Wallets

MakeCounter = Callable[..., Counter]
WECHAT, ALIPAY = "wallet/wechat_pay", "wallet/alipay"
EVERY = [(code, size) for code in LANGUAGES for size in SIZES]
FEW = [("en", SIZES[0]), ("zh_CN", SIZES[1])]
shown = pytest.mark.parametrize(
    ("code", "size"),
    EVERY if os.environ.get("SALON_DESK_ALL_PICTURES") else FEW,
    ids=lambda one: one if isinstance(one, str) else f"{one[0]}x{one[1]}",
)


def sheet(counter: Counter) -> WalletSheet:
    found = counter.window.sheets.top
    assert isinstance(found, WalletSheet)
    return found


def tap_answer(counter: Counter, answer: Answer) -> None:
    tap(sheet(counter).button(answer))


@shown
def test_pictures(make_counter: MakeCounter, shop: CounterShop, code: str, size: tuple[int, int]) -> None:
    wallets = Wallets(shop.till)
    counter = make_counter(code, size, terminal=wallets.line)
    counter.pay.begin(shop.ticket(NewLine("gel-manicure", "lily")).ticket.ticket_id)
    counter.window.go("pay")
    wallets.alipay.now = TerminalState.OFFLINE
    wallets.line.changed()
    tap(counter.pay.tenders.tile(WECHAT))
    keep(counter.window, "wallet-planned")
    assert too_small(counter.pay, 52) == []
    tap(counter.pay.plan.complete)
    keep(counter.window, "wallet-scan")
    assert too_small(sheet(counter), 52) == []
    tap_answer(counter, Answer.SHOW_CODE)
    assert not sheet(counter).code.isVisible()
    keep(counter.window, "wallet-making")
    wallets.wechat.show_code(TO_SCAN)
    assert sheet(counter).code.isVisible()
    keep(counter.window, "wallet-shown")
    assert too_small(sheet(counter), 52) == []
    tap_answer(counter, Answer.CANCEL)
    keep(counter.window, "wallet-undoing")
    wallets.wechat.nobody_pays()
    keep(counter.window, "wallet-not-paid")
    tap_answer(counter, Answer.TRY_AGAIN)
    counter.pay.code_scanned("8600000114")
    keep(counter.window, "wallet-no-code")
    counter.pay.code_scanned(WECHAT_CODE)
    keep(counter.window, "wallet-guest-pays")
    wallets.wechat.refuse()
    keep(counter.window, "wallet-declined")
    tap_answer(counter, Answer.TRY_AGAIN)
    counter.pay.code_scanned(WECHAT_CODE)
    wallets.wechat.no_internet()
    keep(counter.window, "wallet-not-sent")
    tap_answer(counter, Answer.TRY_AGAIN)
    counter.pay.code_scanned(WECHAT_CODE)
    wallets.wechat.say_nothing()
    keep(counter.window, "wallet-unknown")
    assert too_small(sheet(counter), 52) == []
    tap_answer(counter, Answer.DECIDE)
    asked = counter.window.sheets.top
    assert isinstance(asked, DecideSheet)
    keep(counter.window, "wallet-decide")
    asked.dismiss()
    tap_answer(counter, Answer.ASK_AGAIN)
    wallets.wechat.pay()
    keep(counter.window, "wallet-paid")
