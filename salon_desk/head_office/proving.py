"""`POST /v1/proof`: a hub whose certificate nobody has signed proves that it is its own, to whoever has a code of it.

How is in `wire/own_certificate.py`. A code's hash never leaves; how often one may ask is limited like wrong codes are.
"""

from __future__ import annotations

import re

from starlette.requests import Request

from salon_desk.domain.clock import instant_text
from salon_desk.head_office.context import Context
from salon_desk.head_office.limits import body_of
from salon_desk.head_office.refusals import malformed
from salon_desk.storage import children
from salon_desk.storage.engine import Transaction
from salon_desk.wire import codec
from salon_desk.wire.own_certificate import MOST_PROOFS, NONCE_BYTES, ProofAnswer, ProofAsk, proof

_NONCE = re.compile(f"[0-9a-f]{{{NONCE_BYTES * 2}}}")


async def prove(context: Context, request: Request) -> ProofAnswer:
    """A proof for each open code. Raises Refusal, DatabaseTrouble."""
    address = request.client.host if request.client else ""
    context.code_tries.check(address)
    ask = codec.decode(await body_of(request), ProofAsk)
    if not _NONCE.fullmatch(ask.nonce):
        raise malformed("nonce")
    context.code_tries.check(address)  # again: others came while the body did
    context.code_tries.wrong(address)
    certificate = context.own_certificate
    if not certificate:
        return ProofAnswer()

    def read(transaction: Transaction) -> list[str]:
        now = instant_text(context.clock.now())
        return children.open_codes(transaction, now, MOST_PROOFS)

    hashes, nonce = await context.access.read(read), bytes.fromhex(ask.nonce)
    return ProofAnswer(proofs=[proof(one, nonce, certificate) for one in hashes])
