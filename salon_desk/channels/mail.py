"""E-mail by SMTP: one message, its parts, and what each answer of the server means for it.

The letter itself is put together in `letter.py`. The one rule: once the server has said that it takes the text, a lost connection
leaves nobody knowing, and nothing can be looked up; everything before that is certainly not sent.
"""

from __future__ import annotations

import logging
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from salon_desk.channels.letter import Sender, letter, message_id, routed
from salon_desk.channels.rest import Rest
from salon_desk.domain.clock import Clock
from salon_desk.domain.consent import Channel
from salon_desk.domain.message import Delivered, Delivery, Outgoing
from salon_desk.services.channel_settings import MailSecurity
from salon_desk.wire.address import is_this_machine

PATIENCE: Final = 20.0
"""Seconds for each answer of the server."""
RESTS_FOR: Final = 60
"""Seconds after 421: the server is closing or wants no more from here."""
RESTS_UNTIL_PUT_RIGHT: Final = 300

_DOT: Final = re.compile(rb"(?m)^\.")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MailAccount:
    """Which server, as whom. No `user`: no sign-in."""

    host: str
    port: int
    security: MailSecurity
    sender: Sender
    user: str = ""
    password: str = field(default="", repr=False)


class Refused(Exception):
    """The server said no: what that means."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__(delivery.code)
        self.delivery = delivery


class Mail:
    """A `MessageChannel`. Outbound thread only."""

    def __init__(
        self,
        account: MailAccount,
        clock: Clock,
        *,
        way_out: Callable[[str], str] | None = None,
        patience: float = PATIENCE,
        rest: Rest | None = None,
    ) -> None:
        """`way_out`: the link by which one gets out of an attempt's letter, where members reach this node.

        Raises ValueError for a server elsewhere without TLS: passwords and letters would be read on the way.
        """
        if account.security is MailSecurity.NONE and not is_this_machine(account.host):
            raise ValueError("mail leaves this machine sealed or not at all")
        self._account = account
        self._clock = clock
        self._way_out = way_out
        self._patience = patience
        self._rest = rest or Rest()

    @property
    def channel(self) -> Channel:
        """E-mail."""
        return Channel.EMAIL

    @property
    def looks_up(self) -> bool:
        """SMTP says nothing afterwards."""
        return False

    def look_up(self, outgoing: Outgoing, provider_id: str) -> Delivery:
        """Nobody can say."""
        name = provider_id or message_id(outgoing.reference, self._account.sender.address)
        return Delivery(Delivered.UNKNOWN, name, "no-look-up")

    def send(self, outgoing: Outgoing) -> Delivery:
        """Hand one over, once."""
        if wait := self._rest.left():
            return Delivery(Delivered.NOT_SENT, code="rests", retry_after=wait)
        try:
            to = routed(outgoing.address)
            link = self._way_out(outgoing.reference) if self._way_out else ""
            data = letter(outgoing, self._account.sender, self._clock.now(), way_out=link)
        except ValueError:
            return Delivery(Delivered.REFUSED, code="address")
        delivery = self._handed_over(to, data, message_id(outgoing.reference, self._account.sender.address))
        if delivery.retry_after:
            self._rest.begin(delivery.retry_after)
        return delivery

    def trouble(self) -> str:
        """What keeps this account from sending, as the server's code or the kind of trouble; empty for nothing. Sends nothing."""
        try:
            server = self._connected()
        except Refused as refused:
            return refused.delivery.code
        except (OSError, smtplib.SMTPException) as error:
            return type(error).__name__
        _leave(server)
        return ""

    def _handed_over(self, to: str, data: bytes, name: str) -> Delivery:
        begun = False
        server: smtplib.SMTP | None = None
        try:
            server = self._connected()
            _require(server.mail(self._account.sender.address), ours=True)
            _require(server.rcpt(to))
            _require(server.docmd("DATA"), wanted=354)
            begun = True
            server.send(_DOT.sub(b"..", data) + b".\r\n")
            _require(server.getreply())
        except Refused as refused:
            _log.warning("the mail server answered %s", refused.delivery.code)
            return refused.delivery
        except (OSError, smtplib.SMTPException) as error:
            # an error of smtplib may repeat what the server said, and that the address
            kind = type(error).__name__
            _log.warning("the mail server was lost: %s", kind)
            return Delivery(Delivered.UNKNOWN if begun else Delivered.NOT_SENT, name if begun else "", kind)
        finally:
            if server is not None:
                _leave(server)
        return Delivery(Delivered.ACCEPTED, name)

    def _connected(self) -> smtplib.SMTP:
        """A server that has greeted, sealed and signed in. Raises Refused, OSError, SMTPException."""
        account = self._account
        own_name = account.sender.address.rpartition("@")[2]
        server: smtplib.SMTP
        if account.security is MailSecurity.TLS:
            server = smtplib.SMTP_SSL(
                account.host,
                account.port,
                local_hostname=own_name,
                timeout=self._patience,
                context=ssl.create_default_context(),
            )
        else:
            server = smtplib.SMTP(account.host, account.port, local_hostname=own_name, timeout=self._patience)
        try:
            server.ehlo_or_helo_if_needed()
            if account.security is MailSecurity.STARTTLS:
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if account.user:
                server.login(account.user, account.password)
        except smtplib.SMTPResponseException as error:
            _leave(server)
            raise Refused(_ours(error.smtp_code)) from None
        except BaseException:
            _leave(server)
            raise
        return server


def _require(answer: tuple[int, bytes], *, wanted: int = 250, ours: bool = False) -> None:
    """Raise Refused unless the server said what was wanted. `ours`: what is refused is the shop, not the person."""
    code = answer[0]
    if code == wanted or (wanted == 250 and code == 251):
        return
    if ours:
        raise Refused(_ours(code))
    if code == 421:
        raise Refused(Delivery(Delivered.NOT_SENT, code=str(code), retry_after=RESTS_FOR))
    state = Delivered.NOT_SENT if 400 <= code < 500 else Delivered.REFUSED
    raise Refused(Delivery(state, code=str(code)))


def _ours(code: int) -> Delivery:
    """The shop's own sign-in or sender is refused: nothing goes until the owner has put it right."""
    rest = RESTS_FOR if 400 <= code < 500 else RESTS_UNTIL_PUT_RIGHT
    return Delivery(Delivered.NOT_SENT, code=str(code), retry_after=rest)


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; what is answered matters to nobody."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
