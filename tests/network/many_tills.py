"""Tills that do nothing but push their chain and poll the feed, all at once, each with a plain connection of its own.

What they found is judged in the tests. Whatever is lost or refused for now is asked again, as often as it takes; any other
refusal ends the till. `SALON_DESK_TILLS=20` makes the chains twenty times as long.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from salon_desk.bench.chains import as_of, new_till
from salon_desk.operations.envelope import Envelope
from salon_desk.wire import codec
from salon_desk.wire.messages import EnrollAnswer, EnrollAsk, FeedAnswer, JournalAnswer, JournalPush

SCALE = max(1, int(os.environ.get("SALON_DESK_TILLS", "1")))
"""How long the chains are: 1 in every run, more by hand and in a campaign."""
TILLS = 50
BATCHES, A_BATCH = 2 * SCALE, 10
ENDS_WITHIN_S = 90.0 + 30.0 * SCALE
"""Long after that nobody is on the way any more: it hangs."""
A_PAGE = 200
REST_S = 0.05
FOR_NOW = (429, 503)

M = TypeVar("M", bound=msgspec.Struct)


class Progress:
    """How many batches head office has taken, of all tills; who waits for a share of them is told. Any thread."""

    def __init__(self, batches: int) -> None:
        self._batches = batches
        self._ends = time.monotonic() + ENDS_WITHIN_S
        self._taken = 0
        self._given_up = False
        self._news = threading.Condition()

    def taken(self) -> None:
        """One more."""
        with self._news:
            self._taken += 1
            self._news.notify_all()

    def give_up(self) -> None:
        """A till has failed: nobody need go on."""
        with self._news:
            self._given_up = True
            self._news.notify_all()

    def wait_for(self, share: float) -> None:
        """Until such a share of all batches was taken."""
        with self._news:
            self._news.wait_for(lambda: self._given_up or self._taken >= share * self._batches, ENDS_WITHIN_S)
        self.check()

    def check(self) -> None:
        """Fail when nobody can be on the way any more."""
        assert not self._given_up, "another till has failed"
        assert time.monotonic() < self._ends, f"it hangs: {self._taken} of {self._batches} batches were taken"

    def rest(self) -> None:
        """What a till waits before it asks again."""
        with self._news:
            self._news.wait_for(lambda: self._given_up, REST_S)


@dataclass
class ManyTill:
    """One of them. `seen`: the operations that the feed gave it, in their order."""

    number: int
    address: str
    code: str
    chain: Sequence[Envelope]
    progress: Progress
    seen: list[Envelope] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    """Statuses that were not 200, each of which was asked again."""
    lost: int = 0
    """Requests whose answer did not come."""
    cursor: str = ""
    token: str = ""

    def __post_init__(self) -> None:
        self.who = new_till(self.number)
        parts = urlsplit(self.address)
        self._line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=ENDS_WITHIN_S)

    def trade(self, others: int) -> None:
        """Enrol, push all of the chain with a page of the feed after each batch, poll until all of the others is here."""
        try:
            self._enrol()
            for start in range(0, len(self.chain), A_BATCH):
                self._push(self.chain[start : start + A_BATCH])
                self._poll(0)
            of_others = sum(one.header.node in TRADERS for one in self.seen)
            while of_others < others:
                of_others += sum(one.header.node in TRADERS for one in self._poll(2))
            while self._poll(0):
                continue
        finally:
            self._line.close()

    def _enrol(self) -> None:
        key = hashlib.sha256(self.who.node.encode()).hexdigest()
        name = f"till {self.number}"
        ask = EnrollAsk(
            code=self.code, public_key=key, device_name=name, node=self.who.node, epoch=self.who.epoch
        )
        self.token = self._asked("POST", "/v1/enroll", EnrollAnswer, codec.encode(ask)).token

    def _push(self, batch: Sequence[Envelope]) -> None:
        message = JournalPush(
            node=self.who.node, epoch=self.who.epoch, from_seq=batch[0].header.seq, ops=list(batch)
        )
        answer = self._asked("POST", "/v1/journal", JournalAnswer, codec.encode(message))
        assert answer.durable_seq == batch[-1].header.seq
        self.progress.taken()

    def _poll(self, wait: int) -> list[Envelope]:
        path = f"/v1/feed?limit={A_PAGE}&wait={wait}&cursor={self.cursor}"
        answer = self._asked("GET", path, FeedAnswer)
        self.cursor = answer.cursor
        self.seen += answer.ops
        return answer.ops

    def _asked(self, method: str, path: str, kind: type[M], body: bytes | None = None) -> M:
        """The answer, after as many tries as it takes."""
        while True:
            self.progress.check()
            try:
                status, data = self._ask(method, path, body)
            except (OSError, http.client.HTTPException):
                self.lost += 1
                self._line.close()
            else:
                if status == http.HTTPStatus.OK:
                    return codec.decode(data, kind)
                assert status in FOR_NOW, f"{path}: {status} {data[:300]!r}"
                self.refused.append(status)
            self.progress.rest()

    def _ask(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        self._line.request(method, path, body=body, headers=headers)
        answer = self._line.getresponse()
        return answer.status, answer.read()


TRADERS = frozenset(new_till(number).node for number in range(TILLS))


def trade_at_once(
    address: str, codes: Sequence[str], day: list[Envelope], meanwhile: Callable[[Progress], None]
) -> list[ManyTill]:
    """A till for each code, each on a thread of its own, until all have seen all; `meanwhile` runs beside them."""
    length = BATCHES * A_BATCH
    progress = Progress(len(codes) * BATCHES)
    tills = [
        ManyTill(number, address, code, _chain(number, day, length), progress)
        for number, code in enumerate(codes)
    ]

    def trade(till: ManyTill) -> None:
        try:
            till.trade((len(tills) - 1) * length)
        except BaseException:
            progress.give_up()
            raise

    with ThreadPoolExecutor(len(tills)) as threads:
        trading = [threads.submit(trade, till) for till in tills]
        try:
            meanwhile(progress)
        except BaseException:
            progress.give_up()
            raise
        finally:
            failed = [error for one in trading if (error := one.exception()) is not None]
    if failed:
        raise failed[0]
    return tills


def _chain(number: int, day: list[Envelope], length: int) -> list[Envelope]:
    return list(islice(as_of(new_till(number), day, again=1 + length // (len(day) - 1)), length))
