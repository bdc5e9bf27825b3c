"""Joining a head office: the one-time code and the device's key are handed in, and the answer is kept.

Whether a code is good is head office's to say. The same code with the same key gives the same answer again, so that a lost
answer is asked for once more (PROTOCOL 3). Runs on the send thread.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace

from salon_desk import __version__, secrets
from salon_desk.services import parent
from salon_desk.services.link_status import Enrolled, EnrolmentRefused, HeadOfficeOutOfReach, LinkReason
from salon_desk.services.parent import ParentLink
from salon_desk.services.till import Till
from salon_desk.sync.backoff import Backoff
from salon_desk.sync.client import Address, Client
from salon_desk.sync.context import Context
from salon_desk.sync.outcome import Answer, Denied, Unreachable
from salon_desk.wire.address import is_safe
from salon_desk.wire.messages import PURPOSE, EnrollAnswer, EnrollAsk, enrol_text
from salon_desk.wire.sealing import sign

TRIES = 5
_MOST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Application:
    """What a person typed."""

    url: str
    code: str
    certificate: str = ""
    proxy: str = ""

    @property
    def address(self) -> Address:
        """Where to knock; there is no token yet."""
        return Address(self.url, self.certificate, self.proxy)


def enrol(
    context: Context,
    asked: Application,
    pause: Callable[[float], None],
    *,
    connect: Callable[[Address], Client] = Client,
) -> tuple[ParentLink, Enrolled]:
    """Enrol and keep what came of it. Raises EnrolmentRefused, HeadOfficeOutOfReach, KeysUnreachable, CannotRecord."""
    if not is_safe(asked.url):
        raise HeadOfficeOutOfReach(LinkReason.NOT_SECURED)
    node, epoch = context.database(lambda till: (till.store.node, till.store.epoch))
    keys = secrets.node_keys(node)
    ask = EnrollAsk(
        code=asked.code.strip(),
        public_key=keys.public_hex,
        device_name=platform.node()[:_MOST_TEXT] or "till",
        node=node,
        epoch=epoch,
        program=__version__,
        hub=context.relays,
    )
    ask = replace(ask, proof=sign(keys.private, PURPOSE, enrol_text(ask)).hex())
    try:
        answer = _answer(context, ask, connect(asked.address), pause)
    except HeadOfficeOutOfReach as refusal:
        trusted = _trusted(asked, node) if refusal.reason == LinkReason.CERTIFICATE else None
        if trusted is None:
            raise
        asked = Application(asked.url, asked.code, trusted.certificate)
        answer = _answer(context, ask, connect(trusted), pause)
    if answer.node != node:
        raise EnrolmentRefused("not-yours")
    secrets.save_token(node, answer.parent, answer.token)

    def keep(till: Till) -> ParentLink:
        return parent.enrolled(
            till, asked.url, asked.code, answer, certificate=asked.certificate, proxy=asked.proxy
        )

    link = context.database(keep)
    return link, Enrolled(answer.store, answer.fingerprint, answer.confirmed)


def _trusted(asked: Application, node: str) -> Address | None:
    """A hub's own certificate, once it is proven by the code."""
    from salon_desk.sync.pinning import trusted_by_code

    return trusted_by_code(asked.address, asked.code, node)


def _answer(context: Context, ask: EnrollAsk, client: Client, pause: Callable[[float], None]) -> EnrollAnswer:
    """Ask until there is an answer, a few times."""
    backoff = Backoff(context.random, cap=4.0)
    last = LinkReason.NO_CONNECTION
    try:
        for left in reversed(range(TRIES)):
            match client.enroll(ask):
                case Answer(message=answer):
                    return answer
                case Denied(refused=refused):
                    raise EnrolmentRefused(refused.error)
                case Unreachable(reason=reason, retry_after=later):
                    last = reason
                    if reason in (LinkReason.CERTIFICATE, LinkReason.INTERRUPTED):
                        break
            if left and not context.stopping.is_set():
                pause(backoff.failed(later))
    finally:
        client.close()
    raise HeadOfficeOutOfReach(last)
