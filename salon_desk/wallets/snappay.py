"""SnapPay: WeChat Pay and Alipay for shops in Canada and the United States, by its OpenAPI 1.0 (developer.snappay.ca/openapi.html).

Facts: its pages "SnapPay OpenAPI" and "In-Store Payment Scenarios", and its own Java SDK 1.2.0-RC4 (SnapPayInc/open-api-java-sdk at
451b35d of 2021-12-13), whose tests say what an order that is not there is answered with. The rule to know: an answer is believed
only when its signature is right and it speaks of what was asked. How it signs is in `signed_json.py`.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from salon_desk.domain.charge import ChargeProblem, Means
from salon_desk.domain.clock import Clock
from salon_desk.domain.money import Money
from salon_desk.wallets.provider import Absent, Closed, Lost, Order, Paid, Refused, Said, Waiting
from salon_desk.wallets.signed_json import is_genuine, read, signature
from salon_desk.wire.exchange import Broken, Line

API: Final = "https://open.snappay.ca/api/gateway"
CURRENCIES: Final = frozenset({"CAD", "USD"})
VALID_MINUTES: Final = 5
"""After which an order cannot be paid any more, whatever becomes of this till: the shortest that SnapPay takes."""
NOT_THERE: Final = frozenset({"E045025"})
"""No such order: what revoking one that was never made is answered with."""
OF_THE_GATEWAY: Final = "E000"
"""How codes begin that speak of the gateway and not of an order: whether it acted before that is not said."""
NOT_SIGNED: Final = "E000403"
_DONE: Final = "0"
_WALLETS: Final = {Means.WECHAT_PAY: "WECHATPAY", Means.ALIPAY: "ALIPAY"}
_LONGEST_WORDS: Final = 120
_LONGEST_CODE: Final = 1_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SnapPayAccount:
    """Whose account. `merchant`, `app`: numbers that SnapPay gave; `store`: of one of its shops, or none; `key`: what is signed with.

    `description`: what the guest reads in the wallet. `currency`: in which the account settles.
    """

    merchant: str
    app: str
    key: str = field(repr=False)
    description: str
    currency: str = "CAD"
    store: str = ""


class SnapPay:
    """A `WalletProvider`. One thread."""

    def __init__(
        self, account: SnapPayAccount, clock: Clock, *, base: str = API, line: Line | None = None
    ) -> None:
        self._account = account
        self._clock = clock
        self._base = base
        self._line = line or Line()

    def pay(self, order: Order, code: str) -> Said:
        """`pay.barcodepay`: the wallet is the one that shows the code."""
        return self._order("pay.barcodepay", order, {"auth_code": code})

    def offer(self, order: Order) -> Said:
        """`pay.qrcodepay`."""
        return self._order("pay.qrcodepay", order, {"payment_method": _WALLETS[order.means]})

    def ask(self, reference: str) -> Said:
        """`pay.orderquery`."""
        return self._standing(self._told("pay.orderquery", {"out_order_no": reference}), reference)

    def revoke(self, reference: str) -> Said:
        """`pay.ordercancel`: what was paid goes back to the guest, what was not cannot be paid any more."""
        told = self._told("pay.ordercancel", {"out_order_no": reference})
        if not isinstance(told, dict):
            return told
        return Closed() if told.get("out_order_no") == reference else _unbelievable("pay.ordercancel")

    def give_back(self, of_reference: str, reference: str, amount: Money) -> Said:
        """`pay.orderrefund`."""
        asked = {
            "out_order_no": of_reference,
            "out_refund_no": reference,
            "refund_amount": _dollars(amount),
        }
        told = self._told("pay.orderrefund", asked)
        if isinstance(told, Refused) and told.code.startswith(OF_THE_GATEWAY) and told.code != NOT_SIGNED:
            return Lost(ChargeProblem.GARBLED)
        if not isinstance(told, dict):
            return told
        if (told.get("out_order_no"), told.get("out_refund_no")) != (of_reference, reference):
            return _unbelievable("pay.orderrefund")
        match told.get("trans_status"):
            case "SUCCESS":
                return Paid(amount, _number(told.get("refund_trans_no")))
            case "USERPAYING":
                return Waiting()
            case "CLOSE":
                return Closed()
            case _:
                return _unbelievable("pay.orderrefund")

    def trouble(self) -> str:
        """`pay.exchangerate`: whether the gateway answers, and knows the app and its key."""
        asked = {"basic_currency_unit": self._account.currency, "payment_method": "WECHATPAY"}
        match self._told("pay.exchangerate", asked, merchant=False):
            case Lost(problem=problem):
                return problem.value
            case Refused(code=code):
                return code
            case _:
                return ""

    def _order(self, method: str, order: Order, told: dict[str, str]) -> Said:
        if order.amount.currency not in CURRENCIES:
            return Lost(ChargeProblem.GARBLED, written=False)
        asked = {
            "out_order_no": order.reference,
            "trans_currency": order.amount.currency,
            "trans_amount": _dollars(order.amount),
            "description": self._account.description,
            "effective_minutes": str(VALID_MINUTES),
            **told,
        }
        said = self._standing(self._told(method, asked), order.reference)
        code = told.get("auth_code", "")
        if isinstance(said, Refused) and code:
            return Refused(said.code, said.said.replace(code, "…"))
        return said

    def _standing(self, told: dict[str, Any] | Refused | Absent | Lost, reference: str) -> Said:
        """What an order's own answer comes to."""
        if not isinstance(told, dict):
            return told
        ours = told.get("out_order_no") == reference and told.get("merchant_no") == self._account.merchant
        match told.get("trans_status"):
            case "SUCCESS" if ours and (paid := _money(told)) is not None:
                return Paid(paid, _number(told.get("trans_no")))
            case "USERPAYING" if ours:
                return Waiting(_to_scan(told.get("qrcode_url")))
            case "CLOSE" if ours:
                return Closed()
            case _:
                return _unbelievable("order")

    def _told(
        self, method: str, asked: dict[str, str], *, merchant: bool = True
    ) -> dict[str, Any] | Refused | Absent | Lost:
        """The one thing that a believable answer tells."""
        try:
            reply = self._line.exchange(
                "POST", self._base, body=self._written(method, asked, merchant), headers=_JSON
            )
        except Broken as broken:
            _log.warning("SnapPay gave no answer to %s: %s", method, broken.kind)
            return Lost(_problem(broken), written=broken.written)
        said = read(reply.body)
        if reply.status != 200 or not is_genuine(said, self._account.key):
            _log.warning("SnapPay answered %s with status %s, not to be believed", method, reply.status)
            return Lost(ChargeProblem.GARBLED)
        code = _number(said.get("code"))
        if code != _DONE:
            _log.warning("SnapPay answered %s with code %s", method, code)
            return Absent() if code in NOT_THERE else Refused(code, _number(said.get("msg")))
        match said.get("data"):
            case [dict() as only]:
                return only
            case _:
                return _unbelievable(method)

    def _written(self, method: str, asked: dict[str, str], merchant: bool) -> bytes:
        """A signed request. Amounts go as text, so that nobody writes them anew before checking the signature."""
        told = {
            "app_id": self._account.app,
            "method": method,
            "format": "JSON",
            "charset": "UTF-8",
            "sign_type": "MD5",
            "version": "1.0",
            "timestamp": self._clock.now().strftime("%Y-%m-%d %H:%M:%S"),
            **asked,
        }
        if merchant:
            told["merchant_no"] = self._account.merchant
            if self._account.store:
                told["extension_parameters"] = json.dumps({"store_no": self._account.store})
        told["sign"] = signature(told, self._account.key)
        return json.dumps(told, ensure_ascii=False).encode()


_JSON: Final = {"Content-Type": "application/json", "Accept-Language": "en-US"}


def _dollars(amount: Money) -> str:
    return f"{amount.cents // 100}.{amount.cents % 100:02d}"


def _money(told: dict[str, Any]) -> Money | None:
    """What was paid, in whole cents of a currency; None for what cannot be that."""
    try:
        cents = Decimal(_number(told.get("trans_amount"))) * 100
    except InvalidOperation:
        return None
    currency = told.get("trans_currency")
    if not cents.is_finite() or cents != cents.to_integral_value() or currency not in CURRENCIES:
        return None
    return Money(int(cents), currency)


def _number(value: object) -> str:
    """Words or a number of the provider's, short enough to keep and to show."""
    return str(value)[:_LONGEST_WORDS] if isinstance(value, str) else ""


def _to_scan(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= _LONGEST_CODE else ""


def _problem(broken: Broken) -> ChargeProblem:
    if not broken.written:
        return ChargeProblem.OUT_OF_REACH
    return ChargeProblem.SILENT if "Timeout" in broken.kind else ChargeProblem.CUT_SHORT


def _unbelievable(method: str) -> Lost:
    _log.warning("SnapPay answered %s with something that was not asked", method)
    return Lost(ChargeProblem.GARBLED)
