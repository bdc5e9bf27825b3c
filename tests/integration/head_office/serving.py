"""A head office behind real HTTP in this process, and devices that speak to it; nothing of the till's own side.

What a till does with the answers is tested in `tests/integration/sync`. Here a device says what it likes.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

import msgspec
import requests

from salon_desk.bootstrap.head_office import Server, Serving, address_of, configured, listen, open_context
from salon_desk.bootstrap.office_data import office_at
from salon_desk.head_office import enrolment
from salon_desk.head_office.context import Context
from salon_desk.head_office.stores import ensure_store
from salon_desk.operations import envelope as envelopes
from salon_desk.operations.description import AllergyNoted
from salon_desk.operations.envelope import GENESIS, Envelope, Header
from salon_desk.operations.operation import Operation
from salon_desk.operations.registry import encode
from salon_desk.operations.shift import DrawerOpened
from salon_desk.storage.office import Office, Place
from salon_desk.storage.queries.feed import last_position
from salon_desk.wire import codec
from salon_desk.wire.messages import EnrollAnswer, EnrollAsk, FeedAnswer, JournalAnswer, JournalPush, Refused

_numbers = count(1)
M = TypeVar("M", bound=msgspec.Struct)


@dataclass
class Chain:
    """Operations as a till would have recorded them: small facts, sealed and chained."""

    node: str
    epoch: str
    ops: list[Envelope] = field(default_factory=list)

    def record(self, number: int = 1, operation: Operation | None = None) -> list[Envelope]:
        """Further operations at its end."""
        return [self._seal(operation) for _ in range(number)]

    def _seal(self, operation: Operation | None) -> Envelope:
        seq = len(self.ops) + 1
        body = encode(operation or DrawerOpened(shift="shift", reason=f"{seq}"))
        salt = b"s" * 16
        header = Header(
            op_id=f"{self.node}-{self.epoch}-{seq}-{next(_numbers)}",
            kind=(operation or DrawerOpened).KIND,
            version=1,
            node=self.node,
            epoch=self.epoch,
            seq=seq,
            at=seq,
            business_day="2026-11-20",
            actor="amy",
            command_id=f"{self.epoch}/{seq}/{next(_numbers)}",
            body_hash=envelopes.body_hash(salt, body),
            prev_hash=self.ops[-1].hash if self.ops else GENESIS,
        )
        self.ops.append(envelopes.seal(header, salt, body))
        return self.ops[-1]


def allergy(member: str = "member") -> AllergyNoted:
    """Something that not every store may read."""
    return AllergyNoted(allergy_id=f"allergy-{next(_numbers)}", member=member, substance="nuts")


@dataclass
class Device:
    """A device with its chain and its token."""

    url: str
    node: str = ""
    epoch: str = ""
    public_key: str = ""
    token: str = ""
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        number = next(_numbers)
        self.node = self.node or f"node-{number}"
        self.epoch = self.epoch or f"epoch-{number}"
        self.public_key = self.public_key or f"{number:064x}"
        self.chain = Chain(self.node, self.epoch)
        self.session.trust_env = False
        self.cursor = ""
        self.vouchers = {"position_voucher": "", "acknowledged_voucher": ""}

    def call(self, method: str, path: str, **given: Any) -> requests.Response:
        """A request with the device's token; it never takes for ever."""
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= given.pop("headers", {})
        return self.session.request(method, f"{self.url}{path}", headers=headers, timeout=40, **given)

    def post(self, path: str, message: msgspec.Struct | bytes, **given: Any) -> requests.Response:
        """A message."""
        data = message if isinstance(message, bytes) else codec.encode(message)
        return self.call("POST", path, data=data, **given)

    def ask(self, code: str) -> EnrollAsk:
        """How it would enrol."""
        return EnrollAsk(
            code=code, public_key=self.public_key, device_name="counter", node=self.node, epoch=self.epoch
        )

    def enroll(self, code: str) -> EnrollAnswer:
        """Enrol, and keep the token."""
        answer = said(self.post("/v1/enroll", self.ask(code)), EnrollAnswer)
        self.token = answer.token
        return answer

    def push(self, ops: Sequence[Envelope], **given: Any) -> requests.Response:
        """Push operations as they are."""
        from_seq = ops[0].header.seq if ops else len(self.chain.ops) + 1
        message = JournalPush(node=self.node, epoch=self.epoch, from_seq=from_seq, ops=list(ops))
        return self.post("/v1/journal", msgspec.structs.replace(message, **given))

    def recorded(self, number: int = 1, operation: Operation | None = None) -> list[Envelope]:
        """Record and push."""
        ops = self.chain.record(number, operation)
        answer = said(self.push(ops), JournalAnswer)
        assert answer.applied_seq == len(self.chain.ops)
        self.vouchers["acknowledged_voucher"] = answer.voucher
        return ops

    def page(self, **query: Any) -> FeedAnswer:
        """The next page of the feed; the cursor moves on."""
        answer = said(self.call("GET", "/v1/feed", params={"cursor": self.cursor, **query}), FeedAnswer)
        self.cursor = answer.cursor
        self.vouchers["position_voucher"] = answer.position_voucher
        return answer

    def all_pages(self, **query: Any) -> list[Envelope]:
        """Everything that is there."""
        found: list[Envelope] = []
        while True:
            answer = self.page(**query)
            found += answer.ops
            if answer.position == answer.last:
                return found


class HeadOffice:
    """One serving process's worth of head office, in threads of this one."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.context: Context = open_context(place)
        serving = Serving(port=0)
        listener = listen(serving)
        self.url = address_of(serving, listener)
        ready: Future[bool] = Future()
        self.server = Server(configured(self.context, serving), self.context, lambda: ready.set_result(True))
        self._thread = threading.Thread(target=self.server.run, args=([listener],))
        self._thread.start()
        assert ready.result(30)

    def close(self) -> None:
        """End as after a signal."""
        self.server.should_exit = True
        self._thread.join(30)
        assert not self._thread.is_alive()

    def code(self, store: str = "S1", till: str = "1", *, confirmed: bool = True) -> str:
        """A code as the command line makes one."""
        return self.context.access.run(lambda office: _code(office, store, till, confirmed=confirmed))

    def code_from_beside(self, store: str) -> str:
        """The same, made by another process."""
        with office_at(self.place) as office:
            return _code(office, store, "1", confirmed=True)

    def device(self, store: str = "S1", *, confirmed: bool = True) -> Device:
        """A device that has enrolled."""
        device = Device(self.url)
        device.enroll(self.code(store, confirmed=confirmed))
        return device

    def position(self) -> int:
        """The last position of its journal."""

        def read(office: Office) -> int:
            with office.database.read() as transaction:
                return last_position(transaction)

        return self.context.access.run(read)


def _code(office: Office, store: str, till: str, *, confirmed: bool) -> str:
    ensure_store(office, store)
    return enrolment.new_code(office, store=store, till_name=till, made_by="", confirmed=confirmed).code


@contextlib.contextmanager
def serving_at(place: Place) -> Iterator[HeadOffice]:
    """A head office that serves as long as the block runs."""
    served = HeadOffice(place)
    try:
        yield served
    finally:
        served.close()


def said(response: requests.Response, kind: type[M], status: int = 200) -> M:
    """The message in a response of this status."""
    assert response.status_code == status, response.text
    return codec.decode(response.content, kind)


def refused(response: requests.Response, status: int) -> Refused:
    """The refusal in a response of this status."""
    return said(response, Refused, status)
