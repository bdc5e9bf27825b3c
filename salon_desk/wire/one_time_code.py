"""The one-time code with which a device joins: what it is made of, and how it is read whatever was typed.

Who makes it, keeps it and lets it lapse is head office's. Ten characters of Crockford's base 32: no I, L, O or U, so that
nothing reads like a digit.
"""

from __future__ import annotations

from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 10
HALF: Final = LENGTH // 2
_READ_AS: Final = str.maketrans("ILO", "110")


def plain(typed: str) -> str:
    """The characters of a code in what was typed or scanned, as codes are compared; dashes and blanks are passed over."""
    return "".join(one for one in typed.upper().translate(_READ_AS) if one in ALPHABET)


def grouped(code: str) -> str:
    """A plain code as people read it: two groups of five."""
    return "-".join(part for part in (code[:HALF], code[HALF:]) if part)
