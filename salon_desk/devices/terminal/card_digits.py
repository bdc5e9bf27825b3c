"""What may be kept of texts that a terminal sends: the last four digits of a card and no more, whatever it sends.

No message is parsed here. The one rule to know: every text of a terminal goes through one of these functions before it
is put into any value; what looks like the number of a card leaves only its last four digits.
"""

from __future__ import annotations

import re

from salon_desk.devices.payment_card import may_hold_card_number

_MANY_DIGITS = re.compile(r"[0-9](?:[ .*xX-]*[0-9]){6,}")
_NOT_SHOWN = re.compile(r"[^ -~]+")
_PLAIN_CODE = re.compile(r"[0-9A-Za-z-]*")
_SHORTEST_CUT_NUMBER = 13


def last_four(account: str) -> str:
    """The last four digits of what a terminal calls the account; empty if it does not end in four."""
    found = re.search(r"([0-9]{4})[ ]*\Z", account)
    return found[1] if found else ""


def shown(text: str, most: int = 60) -> str:
    """Free text for a person to read: seven digits and more become their last four."""
    plain = _NOT_SHOWN.sub(" ", text).strip()
    return _MANY_DIGITS.sub(lambda found: _masked(found[0]), plain)[:most]


def kept(code: str, most: int = 32) -> str:
    """A number or code by which a terminal or its host calls something; masked if it may be a card's number.

    A host's number that happens to look like a card's is masked as well: our own reference finds it anyhow.
    """
    plain = code.strip()
    digits = re.sub(r"\D", "", plain, flags=re.ASCII)
    if (
        not _PLAIN_CODE.fullmatch(plain)
        or may_hold_card_number(digits)
        or len(digits) >= _SHORTEST_CUT_NUMBER
    ):
        return _masked(plain)
    return plain[:most]


def _masked(text: str) -> str:
    digits = re.sub(r"\D", "", text, flags=re.ASCII)
    return f"****{digits[-4:]}" if digits else ""
