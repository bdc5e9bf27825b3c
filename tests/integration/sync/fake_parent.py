"""A parent that keeps the protocol and can be told to break the line: real HTTP, real messages, no database.

It judges chains as head office does and keeps what it was sent in lists. What goes wrong is queued by a test and happens
to the next request of a route, once.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from salon_desk.operations.envelope import GENESIS, Envelope
from salon_desk.wire import codec
from salon_desk.wire.messages import (
    Disclosed,
    EnrollAnswer,
    EnrollAsk,
    FeedAnswer,
    HeadsAnswer,
    HeadsAsk,
    JournalAnswer,
    JournalPush,
    Me,
    OwnAnswer,
    Recall,
    Refused,
    WantAnswer,
    WantAsk,
)
from tests.unit.sync.serving import Asked, HangUp, Reply, message

CODE = "ABCDE-12345"
TOKEN = "token-of-the-till"
NOW = "2026-11-20T15:00:00.000Z"

Fault = Callable[["FakeParent", Asked, Callable[[Asked], Reply]], Reply]


@dataclass
class FakeParent:
    """What it holds and what it says. Tests change it under `lock` or while no request runs."""

    node: str = "parent"
    epoch: str = "parent-epoch"
    confirmed: bool = True
    feed_ops: list[Envelope] = field(default_factory=list)
    held: list[Envelope] = field(default_factory=list)
    recalls: list[Recall] = field(default_factory=list)
    bodies: list[Disclosed] = field(default_factory=list)
    heads: list[HeadsAsk] = field(default_factory=list)
    wants: list[WantAsk] = field(default_factory=list)
    answer_want: Callable[[WantAsk], WantAnswer] = lambda ask: WantAnswer(
        want_id=ask.want_id, slip=None, rest=[]
    )
    contradicts: bool = False
    page: int = 500
    durable_behind: int = 0

    def __post_init__(self) -> None:
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.changed = threading.Condition()
        self.closing = False
        self.long_polls = 0
        self.code_used_by = ""
        self.pushed: list[JournalPush] = []

    def stir(self, *ops: Envelope) -> None:
        """Others did something."""
        with self.changed:
            self.feed_ops += ops
            self.changed.notify_all()

    def close(self) -> None:
        with self.changed:
            self.closing = True
            self.changed.notify_all()

    def fault(self, route: str, *faults: Fault) -> None:
        """What happens to the next requests of a route, one each."""
        self.faults[f"/v1/{route}"] += faults

    def __call__(self, asked: Asked) -> Reply:
        waiting = self.faults[asked.route]
        if waiting:
            return waiting.popleft()(self, asked, self._answer)
        return self._answer(asked)

    def _answer(self, asked: Asked) -> Reply:
        if asked.route == "/v1/enroll":
            return self._enroll(codec.decode(asked.body, EnrollAsk))
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return message(Refused(error="unauthorized"), 401)
        if asked.route == "/v1/me":
            return message(Me(node="n", store="S1", confirmed=self.confirmed, fingerprint="f"))
        if not self.confirmed:
            return message(Refused(error="unconfirmed"), 403)
        match asked.route:
            case "/v1/journal":
                return self._journal(codec.decode(asked.body, JournalPush))
            case "/v1/feed":
                return self._feed(asked)
            case "/v1/own":
                return self._own(asked)
            case "/v1/want":
                ask = codec.decode(asked.body, WantAsk)
                self.wants.append(ask)
                return message(self.answer_want(ask))
            case "/v1/heads":
                self.heads.append(codec.decode(asked.body, HeadsAsk))
                seen = self.heads[-1].heads
                return message(HeadsAnswer(contradicted=seen if self.contradicts else []))
            case _:
                return Reply(404)

    def _enroll(self, ask: EnrollAsk) -> Reply:
        if ask.code != CODE:
            return message(Refused(error="code-unknown"), 403)
        if self.code_used_by not in ("", ask.public_key):
            return message(Refused(error="code-used"), 403)
        self.code_used_by = ask.public_key
        return message(
            EnrollAnswer(
                node=ask.node,
                token=TOKEN,
                store="S1",
                confirmed=self.confirmed,
                fingerprint="0123-4567-89ab-cdef",
                parent=self.node,
                parent_epoch=self.epoch,
                parent_key="00" * 32,
            )
        )

    def _journal(self, push: JournalPush) -> Reply:
        with self.changed:
            self.pushed.append(push)
            for one in push.ops:
                header, end = one.header, self.held[-1] if self.held else None
                if header.seq <= len(self.held):
                    if self.held[header.seq - 1].hash != one.hash:
                        return message(Refused(error="fork", wanted_seq=len(self.held) + 1), 409)
                elif header.seq > len(self.held) + 1:
                    return message(Refused(error="gap", wanted_seq=len(self.held) + 1), 409)
                elif header.prev_hash != (end.hash if end else GENESIS):
                    return message(Refused(error="fork", wanted_seq=header.seq), 409)
                else:
                    self.held.append(one)
            held = len(self.held)
            return message(JournalAnswer(applied_seq=held, durable_seq=held - self.durable_behind))

    def _own(self, asked: Asked) -> Reply:
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        with self.changed:
            chain = [one for one in self.held if one.header.epoch == query["epoch"]]
        after, upto = int(query["after"]), int(query.get("to", 1 << 60))
        ops = [one for one in chain if after < one.header.seq <= upto]
        head = chain[-1] if chain else None
        return message(
            OwnAnswer(
                ops=ops[: self.page],
                head_seq=head.header.seq if head else 0,
                head_hash=head.hash if head else "",
            )
        )

    def _feed(self, asked: Asked) -> Reply:
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        of, _, text = query["cursor"].rpartition(":")
        after = int(text) if of == f"{self.node}:{self.epoch}" else 0
        with self.changed:
            if int(query["wait"]):
                self.long_polls += 1
                self.changed.notify_all()
                self.changed.wait_for(
                    lambda: self.closing or len(self.feed_ops) > after or self.recalls, int(query["wait"])
                )
            ops = self.feed_ops[after : after + min(self.page, int(query["limit"]))]
            position = after + len(ops)
            return message(
                FeedAnswer(
                    cursor=f"{self.node}:{self.epoch}:{position}",
                    position=position,
                    last=len(self.feed_ops),
                    ops=ops,
                    bodies=list(self.bodies),
                    recalls=list(self.recalls),
                    acknowledged=len(self.held),
                    acknowledged_at_root=len(self.held) - self.durable_behind,
                    now=NOW,
                )
            )


def lose_answer(_parent: FakeParent, asked: Asked, answer: Callable[[Asked], Reply]) -> Reply:
    """What was asked is done; nobody hears of it."""
    answer(asked)
    raise HangUp


def lose_question(_parent: FakeParent, _asked: Asked, _answer: Callable[[Asked], Reply]) -> Reply:
    """The line breaks before anything is done."""
    raise HangUp


def double(_parent: FakeParent, asked: Asked, answer: Callable[[Asked], Reply]) -> Reply:
    """The request arrives twice."""
    answer(asked)
    return answer(asked)


def busy(_parent: FakeParent, _asked: Asked, _answer: Callable[[Asked], Reply]) -> Reply:
    """503."""
    return Reply(503, b"", {"Retry-After": "0"})


def cut(_parent: FakeParent, asked: Asked, answer: Callable[[Asked], Reply]) -> Reply:
    """The answer breaks off in the middle."""
    whole = answer(asked)
    return Reply(whole.status, whole.body, whole.headers, cut=len(whole.body) // 2)


def portal(_parent: FakeParent, _asked: Asked, _answer: Callable[[Asked], Reply]) -> Reply:
    """Somebody else answers."""
    return Reply(200, b"<html>sign in</html>")


def refuse(error: str, status: int, *, wanted_seq: int = 0) -> Fault:
    """A refusal by name."""

    def refusing(_parent: FakeParent, _asked: Asked, _answer: Callable[[Asked], Reply]) -> Reply:
        return message(Refused(error=error, wanted_seq=wanted_seq), status)

    return refusing
