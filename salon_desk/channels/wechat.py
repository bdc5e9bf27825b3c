"""WeChat: a template message of an official account, to one who follows it.

The template's text stands at WeChat; only its fields travel. The one rule: the same `client_msg_id` to the same person is sent once
within ten minutes, so an answer that was lost is asked for again once, at once, and never later.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from salon_desk.channels.rest import Rest
from salon_desk.domain.consent import Channel
from salon_desk.domain.message import Delivered, Delivery, Outgoing
from salon_desk.wire.exchange import Broken, Line, Reply

API: Final = "https://api.weixin.qq.com"
RENEWED_BEFORE: Final = 300
"""Seconds before its end at which a token is not used any more."""
RESTS_FOR: Final = 60
RESTS_UNTIL_PUT_RIGHT: Final = 300
RESTS_UNTIL_TOMORROW: Final = 6 * 3600

_STALE: Final = frozenset({40001, 40014, 42001})
"""The token is wrong or over: it is drawn anew once."""
_REFUSED: Final = frozenset({40003, 43004, 43019, 43101, 47003})
"""No such person here, not following, black-listed, does not want this; a field that this template does not take."""
_BUSY: Final = frozenset({-1, 45011})
_USED_UP: Final = frozenset({45009})
"""The account's number of the day."""
_ACCOUNT: Final = frozenset({40001, 40013, 40014, 40125, 40164, 42001, 48001, 50002})
"""The account, its secret or its rights are wrong: nothing goes until the owner has put it right."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WeChatAccount:
    """Which official account."""

    appid: str
    secret: str = field(repr=False)


class NoToken(Exception):
    """There is no token: what WeChat said."""

    def __init__(self, code: str, *, rest: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.rest = rest


class WeChat:
    """A `MessageChannel`. Outbound thread only."""

    def __init__(
        self,
        account: WeChatAccount,
        *,
        base: str = API,
        line: Line | None = None,
        rest: Rest | None = None,
    ) -> None:
        self._account = account
        self._base = base
        self._line = line or Line()
        self._rest = rest or Rest()
        self._token = ""
        self._token_until = 0.0

    @property
    def channel(self) -> Channel:
        """WeChat."""
        return Channel.WECHAT

    @property
    def looks_up(self) -> bool:
        """WeChat cannot be asked about a template message afterwards."""
        return False

    def look_up(self, outgoing: Outgoing, provider_id: str) -> Delivery:
        """Nobody can say."""
        del outgoing
        return Delivery(Delivered.UNKNOWN, provider_id, "no-look-up")

    def send(self, outgoing: Outgoing) -> Delivery:
        """Hand one over, once."""
        if wait := self._rest.left():
            return Delivery(Delivered.NOT_SENT, code="rests", retry_after=wait)
        try:
            delivery = self._sent(_body(outgoing))
        except NoToken as trouble:
            _log.warning("WeChat gave no token: %s", trouble.code)
            delivery = Delivery(Delivered.NOT_SENT, code=trouble.code, retry_after=trouble.rest)
        if delivery.retry_after:
            self._rest.begin(delivery.retry_after)
        return delivery

    def trouble(self) -> str:
        """What keeps this account from sending, as WeChat's number or the kind of trouble; empty for nothing. Sends nothing."""
        try:
            self._draw_token(anew=False)
        except NoToken as trouble:
            return trouble.code
        return ""

    def _sent(self, body: bytes) -> Delivery:
        """With one further try after a token that was over, and one after an answer that was lost. Raises NoToken."""
        renewed = lost = False
        while True:
            try:
                said = self._post(body)
                if said["errcode"] in _STALE and not renewed:
                    renewed = True
                    self._draw_token(anew=True)
                    continue
                return _delivery(said, again=lost)
            except Broken as broken:
                if lost or not broken.written:
                    state = Delivered.UNKNOWN if lost else Delivered.NOT_SENT
                    return Delivery(state, code=broken.kind)
                lost = True
            except NoToken as trouble:
                if not lost:
                    raise
                return Delivery(Delivered.UNKNOWN, code=trouble.code)

    def _post(self, body: bytes) -> dict[str, Any]:
        """WeChat's answer. Raises Broken, NoToken."""
        if not self._token or self._line.monotonic() >= self._token_until:
            self._draw_token(anew=False)
        query = urlencode({"access_token": self._token})
        url = f"{self._base}/cgi-bin/message/template/send?{query}"
        reply = self._line.exchange("POST", url, body=body, headers=_JSON)
        said = reply.said()
        if reply.status != 200 or not isinstance(said.get("errcode"), int):
            raise Broken(f"http-{reply.status}", written=True)
        return said

    def _draw_token(self, *, anew: bool) -> None:
        """A token by `stable_token`: others that use the account keep theirs, and the secret is in no address. Raises NoToken."""
        asked = {
            "grant_type": "client_credential",
            "appid": self._account.appid,
            "secret": self._account.secret,
            "force_refresh": anew,
        }
        self._token = ""
        try:
            reply: Reply = self._line.exchange(
                "POST", f"{self._base}/cgi-bin/stable_token", body=json.dumps(asked).encode(), headers=_JSON
            )
        except Broken as broken:
            raise NoToken(broken.kind) from None
        said = reply.said()
        token, seconds = said.get("access_token"), said.get("expires_in")
        if reply.status != 200 or not isinstance(token, str) or not token or not isinstance(seconds, int):
            code = said.get("errcode")
            told = isinstance(code, int) and code not in _BUSY
            raise NoToken(
                str(code) if isinstance(code, int) else f"http-{reply.status}",
                rest=RESTS_UNTIL_PUT_RIGHT if told else RESTS_FOR,
            )
        self._token = token
        self._token_until = self._line.monotonic() + max(0, seconds - RENEWED_BEFORE)


_JSON: Final = {"Content-Type": "application/json; charset=utf-8"}


def _body(outgoing: Outgoing) -> bytes:
    name = outgoing.reference
    if len(name) > 32:
        name = hashlib.sha256(name.encode()).hexdigest()[:32]
    told = {
        "touser": outgoing.address,
        "template_id": outgoing.template,
        "client_msg_id": name,
        "data": {key: {"value": value} for key, value in outgoing.fields},
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _delivery(said: dict[str, Any], *, again: bool) -> Delivery:
    """What an answer means. `again`: it answers a second asking, of which a first may have been done."""
    code = int(said["errcode"])
    if code == 0:
        return Delivery(Delivered.ACCEPTED, str(said.get("msgid") or ""))
    _log.warning("WeChat answered with code %s", code)
    if code in _REFUSED:
        return Delivery(Delivered.REFUSED, code=str(code), opted_out=code == 43101)
    if again:
        return Delivery(Delivered.UNKNOWN, code=str(code))
    if code in _BUSY:
        return Delivery(Delivered.NOT_SENT, code=str(code), retry_after=RESTS_FOR)
    if code in _USED_UP:
        return Delivery(Delivered.NOT_SENT, code=str(code), retry_after=RESTS_UNTIL_TOMORROW)
    rest = RESTS_UNTIL_PUT_RIGHT if code in _ACCOUNT else 0
    return Delivery(Delivered.NOT_SENT, code=str(code), retry_after=rest)
