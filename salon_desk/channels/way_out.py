"""The link at the end of an advertisement by mail: it names the attempt, and its maker alone can make it.

What follows when it is followed is not decided here. The one rule: it names no person and no address, because links are passed on.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from salon_desk.services.message_ports import NotGenuine
from salon_desk.wire.inbound import MAIL_STOP

PROOF_DIGITS = 32


@dataclass(frozen=True, slots=True)
class WayOut:
    """Makes links and reads them. `public_url`: where members reach this node; `key`: 32 bytes of its own. Any thread."""

    public_url: str
    key: bytes = field(repr=False)

    def link(self, reference: str) -> str:
        """The link in the letter of an attempt."""
        told = urlencode({"reference": reference, "proof": self._proof(reference)})
        return f"{self.public_url}{MAIL_STOP}?{told}"

    def attempt(self, path: str) -> str:
        """The attempt whose link was followed; `path` with its query. Raises NotGenuine."""
        try:
            told = dict(parse_qsl(urlsplit(path).query, max_num_fields=10, errors="strict"))
        except ValueError as error:
            raise NotGenuine from error
        reference = told.get("reference", "")
        proof = told.get("proof", "").encode()
        if not hmac.compare_digest(self._proof(reference).encode(), proof):
            raise NotGenuine
        return reference

    def _proof(self, reference: str) -> str:
        return hmac.digest(self.key, f"way out\n{reference}".encode(), hashlib.sha256).hex()[:PROOF_DIGITS]
