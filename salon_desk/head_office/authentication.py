"""Who asks: the bearer token of a device, and what one may do that is not confirmed or was locked out.

Tokens are given in `enrolment.py`. The parent keeps only their SHA-256, so that a copy of its database opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac

from starlette.requests import Request

from salon_desk.head_office.context import Context
from salon_desk.head_office.refusals import Refusal
from salon_desk.storage import children, routes
from salon_desk.storage.children import Child
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import stores

LONGEST_TOKEN = 200


def token_of(secret: bytes, code: str, public_key: str) -> str:
    """The token of a device: the same code with the same key gives the same one again."""
    return hmac.new(secret, b"\0".join((b"token", code.encode(), public_key.encode())), "sha256").hexdigest()


def hash_of(secret_text: str) -> str:
    """How a token or a code is kept."""
    return hashlib.sha256(secret_text.encode()).hexdigest()


async def device(context: Context, request: Request) -> Child:
    """The device that asks, confirmed or not. Raises Refusal: 401, or 403 when the owner has locked it out."""
    child, locked_out = await _asking(context, request)
    if locked_out:
        raise locked()
    return child


def locked() -> Refusal:
    """It was stolen, or lost: whoever has it hears nothing."""
    return Refusal(403, "locked-out")


async def _asking(context: Context, request: Request) -> tuple[Child, bool]:
    """The device with this token, and whether it is locked out. Raises Refusal (401)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN or not token.isascii():
        raise Refusal(401, "unauthorized")
    hashed = hash_of(token.strip())
    child, locked_out = context.known_devices.find(hashed), False
    if child is None:
        child, locked_out = await context.access.read(lambda transaction: _found(transaction, hashed))
        if child is None:
            raise Refusal(401, "unauthorized")
        if not locked_out:
            context.known_devices.remember(hashed, child)
    request.state.node = child.node
    if not locked_out:
        context.attendance.heard(child.node)
    return child, locked_out


def _found(transaction: Transaction, hashed: str) -> tuple[Child | None, bool]:
    child = children.by_token(transaction, hashed)
    return child, child is not None and stores.is_locked_out(transaction, child.node)


async def confirmed_device(context: Context, request: Request) -> Child:
    """The device that asks. Raises Refusal: 401, or 403 when the owner has not confirmed it."""
    return _confirmed(await device(context, request))


async def pushing_device(context: Context, request: Request) -> Child:
    """The same for one that hands in what it recorded: also when it is locked out, so that units can still come home."""
    child, _locked_out = await _asking(context, request)
    return _confirmed(child)


def _confirmed(child: Child) -> Child:
    if not child.confirmed:
        raise Refusal(403, "unconfirmed")
    return child


async def may_speak_for(context: Context, child: Child, node: str) -> bool:
    """Whether a device may hand on what a node recorded or asks: its own; a hub also that of the devices it has let in."""
    if child.node == node:
        return True
    return await context.access.read(lambda transaction: routes.leads(transaction, node, child.node))


def fingerprint(public_key: str) -> str:
    """What the owner compares: 16 hex digits of the key's SHA-256, in groups of four."""
    digits = hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:16]
    return "-".join(digits[place : place + 4] for place in range(0, 16, 4))
