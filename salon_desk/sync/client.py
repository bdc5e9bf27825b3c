"""Asking the parent: one function a call of PROTOCOL 3, and exactly three outcomes: an answer, a refusal, no answer.

Nothing is retried and nothing is decided here. One thread uses a client; `interrupt` belongs to any thread.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

import msgspec

from salon_desk import __version__
from salon_desk.services.link_status import LinkReason
from salon_desk.sync.lines import Lines
from salon_desk.sync.outcome import Answer, Denied, Unreachable, read_answer
from salon_desk.wire import codec, messages
from salon_desk.wire.own_certificate import ProofAnswer, ProofAsk

if TYPE_CHECKING:
    from salon_desk.sync.connection import Session

CONNECT_WITHIN = 5.0
READ_WITHIN = 15.0
WHOLE_WITHIN = 60.0
"""Seconds: to connect, between two reads, for a whole answer once it should be on its way."""

M = TypeVar("M", bound=msgspec.Struct)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the parent is and how it is trusted."""

    url: str
    certificate: str = ""
    proxy: str = ""
    token: str = ""


class Client:
    """The parent as one thread asks it."""

    def __init__(self, address: Address, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._address = address
        self._monotonic = monotonic
        self._session: Session | None = None
        self._lines = Lines()

    def prepare(self) -> None:
        """From now on `interrupt` reaches the request that comes next, even before it begins."""
        self._lines.arm()

    def interrupt(self, *, for_good: bool = False) -> None:
        """Cut off the request that is under way; `for_good`: every later one too. Any thread, never blocks."""
        self._lines.interrupt(for_good=for_good)

    def close(self) -> None:
        """Let the connections go. The thread that uses this client."""
        if self._session is not None:
            self._session.close()

    def enroll(self, ask: messages.EnrollAsk) -> Answer[messages.EnrollAnswer] | Denied | Unreachable:
        """`POST /v1/enroll`."""
        return self._post("enroll", ask, messages.EnrollAnswer)

    def prove(self, ask: ProofAsk) -> Answer[ProofAnswer] | Denied | Unreachable:
        """`POST /v1/proof`."""
        return self._post("proof", ask, ProofAnswer)

    def me(self) -> Answer[messages.Me] | Denied | Unreachable:
        """`GET /v1/me`."""
        return self._ask("GET", "me", messages.Me)

    def push(self, batch: messages.JournalPush) -> Answer[messages.JournalAnswer] | Denied | Unreachable:
        """`POST /v1/journal`."""
        return self._post("journal", batch, messages.JournalAnswer)

    def own(self, epoch: str, after: int, upto: int = 0) -> Answer[messages.OwnAnswer] | Denied | Unreachable:
        """`GET /v1/own`; `upto`: 0 for everything behind `after`."""
        asked = {"epoch": epoch, "after": after, **({"to": upto} if upto else {})}
        return self._ask("GET", f"own?{urlencode(asked)}", messages.OwnAnswer)

    def feed(
        self,
        cursor: str,
        acknowledged: int,
        limit: int,
        wait: float,
        *,
        epoch: str = "",
        at_root: int | None = None,
        reach: Sequence[str] = (),
        vouchers: tuple[str, str] = ("", ""),
    ) -> Answer[messages.FeedAnswer] | Denied | Unreachable:
        """`GET /v1/feed`; `acknowledged` and `at_root`: how far this node believes that its `epoch` is held there and by the
        root, `wait`: whole seconds that the answer may be held back, `reach`: whom a hub has heard of,
        `vouchers`: what it gave with the cursor and with `acknowledged`."""
        asked = {"cursor": cursor, "acknowledged": acknowledged, "limit": limit, "wait": int(wait)}
        asked |= {"epoch": epoch} if epoch else {}
        asked |= {"at_root": at_root} if at_root is not None else {}
        asked |= {"reach": ",".join(reach)} if reach else {}
        asked |= {"position_voucher": vouchers[0]} if vouchers[0] else {}
        asked |= {"acknowledged_voucher": vouchers[1]} if vouchers[1] else {}
        return self._ask("GET", f"feed?{urlencode(asked)}", messages.FeedAnswer, patience=wait)

    def goodbye(self, cursor: str, within: float) -> None:
        """`GET /v1/feed` for the last time in a while, so that nothing is sent here meanwhile; best effort."""
        asked = {"cursor": cursor, "limit": 1, "leaving": 1}
        self._ask("GET", f"feed?{urlencode(asked)}", messages.FeedAnswer, within=within)

    def want(
        self, ask: messages.WantAsk, within: float
    ) -> Answer[messages.WantAnswer] | Denied | Unreachable:
        """`POST /v1/want`, given up after `within` seconds."""
        return self._post("want", ask, messages.WantAnswer, within=within)

    def heads(self, ask: messages.HeadsAsk) -> Answer[messages.HeadsAnswer] | Denied | Unreachable:
        """`POST /v1/heads`."""
        return self._post("heads", ask, messages.HeadsAnswer)

    def make_code(self, ask: messages.CodeAsk) -> Answer[messages.CodeAnswer] | Denied | Unreachable:
        """`POST /v1/codes`."""
        return self._post("codes", ask, messages.CodeAnswer)

    def _post(
        self, path: str, message: msgspec.Struct, kind: type[M], within: float | None = None
    ) -> Answer[M] | Denied | Unreachable:
        return self._ask("POST", path, kind, body=codec.encode(message), within=within)

    def _ask(
        self,
        method: str,
        path: str,
        kind: type[M],
        *,
        body: bytes | None = None,
        patience: float = 0.0,
        within: float | None = None,
    ) -> Answer[M] | Denied | Unreachable:
        lines = self._lines
        if not lines.is_armed:
            lines.arm()
        began = self._monotonic()
        try:
            if lines.is_cut:
                return Unreachable(LinkReason.INTERRUPTED)
            status, headers, data = self._exchange(method, path, body, patience, within)
        except Exception as error:
            # requests, urllib3, ssl and the socket have some thirty kinds between them; all of them are "no answer"
            from salon_desk.sync.trouble import reason_of

            reason = reason_of(error)
            _log.info("%s %s: %s (%s)", method, path.partition("?")[0], reason.value, type(error).__name__)
            return Unreachable(reason)
        finally:
            lines.disarm()
        return read_answer(status, headers, data, kind, self._monotonic() - began)

    def _exchange(
        self, method: str, path: str, body: bytes | None, patience: float, within: float | None
    ) -> tuple[int, dict[str, str], bytes]:
        whole = within if within is not None else patience + WHOLE_WITHIN
        ends = self._monotonic() + whole
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            "User-Agent": f"salon-desk/{__version__}",
        }
        if self._address.token:
            headers["Authorization"] = f"Bearer {self._address.token}"
        if body is not None:
            headers["Content-Type"] = "application/json"
            if len(body) >= codec.WORTH_PACKING:
                headers["Content-Encoding"] = "gzip"
                body = codec.pack(body)
        status, given, data = self._open_session().exchange(
            method,
            f"{self._address.url.rstrip('/')}/v1/{path}",
            headers=headers,
            body=body,
            timeouts=(min(CONNECT_WITHIN, whole), min(READ_WITHIN + patience, whole)),
            most=codec.MOST_BYTES,
            overdue=lambda: self._monotonic() > ends,
        )
        named = {name.lower(): value for name, value in given.items()}
        if named.get("content-encoding", "").strip().lower() == "gzip":
            data = codec.unpack(data)
        return status, named, data

    def _open_session(self) -> Session:
        if self._session is None:
            from salon_desk.sync.connection import Session

            self._session = Session(
                self._lines, certificate=self._address.certificate, proxy=self._address.proxy
            )
        return self._session
