"""SMS by Twilio's Messages API: handing one over, and finding out what became of it.

What its answers mean is in `twilio_answers.py`, what comes in in `twilio_inbound.py`. Twilio knows no idempotency key: an attempt whose
answer is lost is looked for among the messages to that number, by its text and time, and none is taken that another attempt has.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import quote, urlencode, urljoin

from salon_desk.channels import twilio_answers
from salon_desk.channels.rest import Rest
from salon_desk.domain.clock import Clock, parse_instant
from salon_desk.domain.consent import Channel
from salon_desk.domain.message import Delivered, Delivery, Incoming, Outgoing
from salon_desk.wire.exchange import Broken, Line, Reply

API: Final = "https://api.twilio.com"
VALID_FOR: Final = 600
"""Seconds that Twilio may keep a message waiting: it must not come out at night because it stood in a queue in the evening."""
WINDOW_BACK: Final = timedelta(minutes=10)
"""How much earlier than our own clock says a message may have been made."""
WINDOW_WITHOUT_TIME: Final = timedelta(days=2)
SETTLED: Final = timedelta(minutes=10)
"""After this an attempt that stands in no list was never taken."""
PAGE: Final = 100
MOST_PAGES: Final = 20
_TRIAL: Final = "Sent from your Twilio trial account"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """Whose account. `user`: the account's SID, or an API key's; `password`: its token or secret. `sender`: a number or an MG… SID.

    `callback`: where Twilio tells later statuses, empty where it cannot reach the shop. `per_second`: messages, 0 for no limit.
    """

    account: str
    user: str
    password: str = field(repr=False)
    sender: str
    callback: str = ""
    per_second: int = 1


def nobody(_provider_id: str) -> bool:
    """Whether another attempt is known to be this message: no."""
    return False


class Twilio:
    """A `MessageChannel` and an `InboundSource`. Outbound thread only."""

    def __init__(
        self,
        account: TwilioAccount,
        clock: Clock,
        *,
        base: str = API,
        line: Line | None = None,
        rest: Rest | None = None,
        claimed: Callable[[str], bool] = nobody,
    ) -> None:
        """`claimed`: whether a message's SID belongs to an attempt already."""
        self._account = account
        self._clock = clock
        self._base = base
        self._line = line or Line()
        self._rest = rest or Rest(account.per_second)
        self._claimed = claimed

    @property
    def channel(self) -> Channel:
        """SMS."""
        return Channel.SMS

    @property
    def looks_up(self) -> bool:
        """Twilio's list says what became of an attempt."""
        return True

    def send(self, outgoing: Outgoing) -> Delivery:
        """Hand one over, once."""
        if wait := self._rest.left():
            return Delivery(Delivered.NOT_SENT, code="rests", retry_after=wait)
        self._rest.take_turn()
        form = {"To": outgoing.address, "Body": outgoing.text, "ValidityPeriod": str(VALID_FOR)}
        form["MessagingServiceSid" if self._account.sender.startswith("MG") else "From"] = (
            self._account.sender
        )
        if self._account.callback:
            form["StatusCallback"] = (
                f"{self._account.callback}?reference={quote(outgoing.reference, safe='')}"
            )
        try:
            reply = self._ask("POST", "/Messages.json", form=form)
        except Broken as broken:
            _log.warning("Twilio gave no answer: %s", broken.kind)
            return Delivery(Delivered.UNKNOWN if broken.written else Delivered.NOT_SENT, code=broken.kind)
        delivery = self._answered(reply)
        if delivery.retry_after:
            self._rest.begin(delivery.retry_after)
        return delivery

    def look_up(self, outgoing: Outgoing, provider_id: str) -> Delivery:
        """What became of it; an attempt that stands in no list some time later was never taken."""
        if wait := self._rest.left():
            return Delivery(Delivered.UNKNOWN, provider_id, "rests", retry_after=wait)
        try:
            return self._named(provider_id) if provider_id else self._searched(outgoing)
        except Broken as broken:
            _log.warning("Twilio gave no answer to a look-up: %s", broken.kind)
            return Delivery(Delivered.UNKNOWN, provider_id, broken.kind)

    def received(self, since: str) -> tuple[Incoming, ...] | None:
        """What members wrote from the day of an instant on, oldest first; None when Twilio did not answer."""
        asked = {"DateSent>": parse_instant(since).date().isoformat()}
        if not self._account.sender.startswith("MG"):
            asked["To"] = self._account.sender
        try:
            found = [one for one in self._listed(asked) if one.get("direction") == "inbound"]
        except Broken as broken:
            _log.warning("Twilio gave no answer to what came in: %s", broken.kind)
            return None
        found.sort(key=lambda one: (_made(one) or datetime.min.replace(tzinfo=UTC), str(one.get("sid"))))
        return tuple(
            Incoming(Channel.SMS, str(one["from"]), str(one.get("body") or ""), str(one["sid"]))
            for one in found
            if one.get("from") and one.get("sid")
        )

    def trouble(self) -> str:
        """What keeps this account from sending, in Twilio's own word or number; empty for nothing. Sends nothing."""
        try:
            reply = self._ask("GET", ".json")
        except Broken as broken:
            return broken.kind
        said = reply.said()
        if reply.status != 200:
            return str(said.get("code") or f"http-{reply.status}")
        return "" if said.get("status") == "active" else str(said.get("status"))

    def _answered(self, reply: Reply) -> Delivery:
        """What came back for a message. One that was made and cannot be named is looked up like one without an answer."""
        if reply.status != 201:
            delivery = twilio_answers.of_refusal(reply)
            _log.warning("Twilio answered %s with code %s", reply.status, delivery.code)
            return delivery
        said = reply.said()
        if not said.get("sid"):
            return Delivery(Delivered.UNKNOWN, code="unreadable")
        return twilio_answers.of_message(said)

    def _named(self, provider_id: str) -> Delivery:
        reply = self._ask("GET", f"/Messages/{quote(provider_id, safe='')}.json")
        if reply.status == 200 and reply.said().get("sid") == provider_id:
            return twilio_answers.of_message(reply.said())
        if reply.status == 429:
            self._rest.begin(reply.rest(twilio_answers.RESTS_FOR))
        return Delivery(Delivered.UNKNOWN, provider_id, f"http-{reply.status}")

    def _searched(self, outgoing: Outgoing) -> Delivery:
        """By number and day; then by number alone, because one that still waits at Twilio has no day of sending."""
        now = self._clock.now()
        attempted = parse_instant(outgoing.attempted_at) if outgoing.attempted_at else None
        earliest = attempted - WINDOW_BACK if attempted else now - WINDOW_WITHOUT_TIME
        to = {"To": outgoing.address}
        for asked in ({**to, "DateSent>": earliest.date().isoformat()}, to):
            fitting = [
                one
                for one in self._listed(asked)
                if _says(one, outgoing.text) and (_made(one) or earliest) >= earliest
            ]
            fitting = [one for one in fitting if one.get("sid") and not self._claimed(str(one["sid"]))]
            if fitting:
                return twilio_answers.of_message(min(fitting, key=lambda one: _made(one) or earliest))
        if attempted is not None and now - attempted >= SETTLED:
            return Delivery(Delivered.NOT_SENT, code="not-there")
        wait = SETTLED - (now - attempted) if attempted else timedelta()
        return Delivery(Delivered.UNKNOWN, code="not-there", retry_after=int(wait.total_seconds()))

    def _listed(self, asked: dict[str, str]) -> Iterator[dict[str, Any]]:
        """Messages, page after page. Raises Broken, also for an answer that is no list."""
        page = f"/Messages.json?{urlencode({**asked, 'PageSize': PAGE})}"
        url = self._url(page)
        for _number in range(MOST_PAGES):
            reply = self._line.exchange("GET", url, auth=self._auth)
            found, further = reply.said().get("messages"), reply.said().get("next_page_uri")
            if reply.status == 429:
                self._rest.begin(reply.rest(twilio_answers.RESTS_FOR))
            if reply.status != 200 or not isinstance(found, list):
                raise Broken(f"http-{reply.status}", written=False)
            yield from (one for one in found if isinstance(one, dict))
            if not isinstance(further, str) or not further:
                return
            url = urljoin(self._base, further)
            if not url.startswith(f"{self._base}/"):
                raise Broken("ElsewhereListed", written=False)
        raise Broken("TooMuchListed", written=False)

    def _ask(self, method: str, path: str, *, form: dict[str, str] | None = None) -> Reply:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        body = urlencode(form).encode("ascii") if form else b""
        return self._line.exchange(method, self._url(path), body=body, headers=headers, auth=self._auth)

    def _url(self, path: str) -> str:
        return f"{self._base}/2010-04-01/Accounts/{quote(self._account.account, safe='')}{path}"

    @property
    def _auth(self) -> tuple[str, str]:
        return self._account.user, self._account.password


def _says(message: dict[str, Any], text: str) -> bool:
    """Whether a message went out with this text; a trial account puts a sentence of its own before it."""
    body, wanted = (" ".join(one.split()) for one in (str(message.get("body") or ""), text))
    same = body == wanted or (body.startswith(_TRIAL) and body.endswith(f"- {wanted}"))
    return same and str(message.get("direction")).startswith("outbound")


def _made(message: dict[str, Any]) -> datetime | None:
    """When a message was made, as Twilio's clock says."""
    try:
        made = parsedate_to_datetime(str(message.get("date_created")))
    except ValueError:
        return None
    return made if made.tzinfo else made.replace(tzinfo=UTC)
