"""SnapPay on this machine: it checks signatures, keeps books of what guests paid, and misbehaves by name.

It signs by itself, apart from the product. What is planned for a method holds for its next request and then is over; whatever it does not
understand stands in `problems`. Nothing here is SnapPay's but the names of its fields and codes.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import defaultdict, deque
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MERCHANT = "901800000001"
APP = "0123456789abcdef"
KEY = "the-key-of-the-stand-in"
STORE = "80519999"
NO_ORDER, NO_WALLET, DUPLICATE, BAD_SIGN, NO_MONEY = "E045025", "E062004", "E045001", "E000403", "E062010"


class Fault(StrEnum):
    """How it misbehaves. All but SWALLOWED, REFUSED and NO_MONEY have booked what was asked."""

    SILENCE = "silence"
    ANSWER_LOST = "answer lost"
    HALF = "half an answer"
    SERVER_ERROR = "500 after booking"
    WRONG_SIGNATURE = "wrong signature"
    OTHER_AMOUNT = "another amount"
    OTHER_ORDER = "another order"
    SLOW = "slow"
    SWALLOWED = "taken and forgotten"
    NO_MONEY = "no money in the wallet"
    BUSY = "an error although it was booked"


@dataclass(slots=True)
class Booked:
    """An order as the book has it."""

    amount: Decimal
    currency: str
    method: str
    status: str
    number: str
    given_back: dict[str, Decimal] = field(default_factory=dict)


class StandIn:
    """A gateway with one merchant. `waits`: guests who were scanned have to agree first."""

    def __init__(self) -> None:
        self.book: dict[str, Booked] = {}
        self.asked: list[dict[str, str]] = []
        self.problems: list[str] = []
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.waits = False
        self.arrived = threading.Event()
        self.go = threading.Event()
        self._over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/api/gateway"

    def close(self) -> None:
        self._over.set()
        self.go.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def guest_pays(self, reference: str) -> None:
        if self.book[reference].status == "USERPAYING":
            self.book[reference].status = "SUCCESS"

    def charged(self, reference: str) -> Decimal:
        """What the guest's wallet is poorer for."""
        booked = self.book.get(reference)
        if booked is None or booked.status != "SUCCESS":
            return Decimal(0)
        return booked.amount - sum(booked.given_back.values())

    def times(self, method: str) -> int:
        return sum(1 for one in self.asked if one["method"] == method)

    def _answer(self, told: dict[str, str], fault: Fault | None) -> dict[str, Any]:
        if told.get("sign") != signed(told):
            self.problems.append("signature")
            return refusal(BAD_SIGN, "sign error")
        if (told.get("app_id"), told.get("version"), told.get("format")) != (APP, "1.0", "JSON"):
            self.problems.append("common fields")
        match told["method"]:
            case "pay.exchangerate":
                return done({"exchange_rate": 5.21})
            case "pay.barcodepay" | "pay.qrcodepay" if fault in (Fault.NO_MONEY, Fault.SWALLOWED):
                return refusal(NO_MONEY, f"the wallet {told.get('auth_code')} has not enough")
            case "pay.barcodepay" | "pay.qrcodepay":
                return self._pay(told)
            case "pay.orderquery":
                return self._shown(told["out_order_no"])
            case "pay.ordercancel":
                return self._cancel(told["out_order_no"], fault)
            case "pay.orderrefund":
                return self._refund(told)
        self.problems.append(told["method"])
        return refusal("E000404", "no such method")

    def _pay(self, told: dict[str, str]) -> dict[str, Any]:
        reference, shown = told["out_order_no"], told["method"] == "pay.qrcodepay"
        if json.loads(told.get("extension_parameters", "{}")) != {"store_no": STORE}:
            self.problems.append("store")
        if not 5 <= int(told["effective_minutes"]) <= 60 or not told["description"]:
            self.problems.append("fields of an order")
        if reference in self.book:
            return refusal(DUPLICATE, "the order number was used")
        code = told.get("auth_code", "")
        if not shown and len(code) != 18:
            return refusal(NO_WALLET, f"{code} is of no wallet")
        wallet = told["payment_method"] if shown else ("ALIPAY" if code.startswith("2") else "WECHATPAY")
        status = "USERPAYING" if shown or self.waits else "SUCCESS"
        self.book[reference] = Booked(
            Decimal(told["trans_amount"]), told["trans_currency"], wallet, status, f"T{len(self.book):08}"
        )
        more = {"qrcode_url": f"weixin://pay/{reference}?pr={'x' * 150}"} if shown else {}
        return self._shown(reference, **more)

    def _shown(self, reference: str, **more: str) -> dict[str, Any]:
        booked = self.book.get(reference)
        if booked is None:
            return refusal(NO_ORDER, "no such order")
        told: dict[str, Any] = {
            "trans_no": booked.number,
            "out_order_no": reference,
            "merchant_no": MERCHANT,
            "trans_status": booked.status,
            "payment_method": booked.method,
            "pay_user_account_name": "王\u2028*",
            "pay_user_account_id": None,
            **more,
        }
        if booked.status == "SUCCESS":
            told |= {
                "trans_currency": booked.currency,
                "trans_amount": float(booked.amount),
                "c_trans_fee": 0.0,
            }
        return done(told)

    def _cancel(self, reference: str, fault: Fault | None) -> dict[str, Any]:
        if reference not in self.book:
            return refusal(NO_ORDER, "no such order")
        if fault in (Fault.NO_MONEY, Fault.SWALLOWED):
            return refusal("E045030", "not now")
        self.book[reference].status = "CLOSE"
        return done({"trans_no": self.book[reference].number, "out_order_no": reference})

    def _refund(self, told: dict[str, str]) -> dict[str, Any]:
        reference, number, amount = (
            told["out_order_no"],
            told["out_refund_no"],
            Decimal(told["refund_amount"]),
        )
        booked = self.book.get(reference)
        if booked is None or number in booked.given_back or amount > self.charged(reference):
            return refusal("E045043", "cannot be given back")
        booked.given_back[number] = amount
        shown = {"trans_no": booked.number, "out_order_no": reference, "out_refund_no": number}
        return done({**shown, "refund_trans_no": f"R{booked.number}", "trans_status": "SUCCESS"})

    def _served(self, handler: BaseHTTPRequestHandler) -> None:
        told = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        planned = self.faults[told["method"]]
        fault = planned.popleft() if planned else None
        answer = self._answer(told, fault)
        self.asked.append(told)
        self.arrived.set()
        if fault in (Fault.SILENCE, Fault.SWALLOWED):
            self._over.wait(20)
        if fault is Fault.SLOW:
            self.go.wait(20)
        if fault in (Fault.SILENCE, Fault.SWALLOWED, Fault.ANSWER_LOST):
            handler.close_connection = True
            return
        body = json.dumps(_spoilt(answer, fault), ensure_ascii=False).encode()
        handler.send_response(500 if fault is Fault.SERVER_ERROR else 200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2] if fault is Fault.HALF else body)
        handler.close_connection = True

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                stand_in._served(self)

            def log_message(self, *told: object) -> None:
                pass

        return Handler


def signed(told: dict[str, Any]) -> str:
    """As the gateway signs; every value as compact JSON or as its text."""
    rows = []
    for name in sorted(set(told) - {"sign", "sign_type"}):
        value = told[name]
        if value in (None, ""):
            continue
        if not isinstance(value, str):
            value = json.dumps(_without_null(value), ensure_ascii=False, separators=(",", ":"))
            value = value.replace("\u2028", "\\u2028")
        rows.append(f"{name}={value}")
    return hashlib.md5(("&".join(rows) + KEY).encode()).hexdigest()


def done(told: dict[str, Any]) -> dict[str, Any]:
    return _sealed({"code": "0", "msg": "success", "total": 1, "data": [told], "psn": "0815"})


def refusal(code: str, words: str) -> dict[str, Any]:
    return _sealed({"code": code, "msg": words, "total": 0, "data": [], "psn": "0816"})


def _sealed(answer: dict[str, Any]) -> dict[str, Any]:
    return {**answer, "sign": signed(answer)}


def _without_null(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_null(one) for one in value]
    if isinstance(value, dict):
        return {name: _without_null(one) for name, one in value.items() if one is not None}
    return value


def _spoilt(answer: dict[str, Any], fault: Fault | None) -> dict[str, Any]:
    match fault:
        case Fault.WRONG_SIGNATURE:
            return {**answer, "sign": "0" * 32}
        case Fault.OTHER_AMOUNT:
            return done({**answer["data"][0], "trans_amount": 0.01, "trans_currency": "CAD"})
        case Fault.OTHER_ORDER:
            return done({**answer["data"][0], "out_order_no": "another"})
        case Fault.BUSY:
            return refusal("E000500", "busy, try again")
        case _:
            return answer
